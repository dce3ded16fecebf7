"""Read, then judge: the one way from input files to a ``Result``, behind every command.

The files of the user are opened here and handed down as values. Limits of time and memory are not kept here but
by ``supervisor``, which runs this module in a child process.
"""

import hashlib
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from mingcha.result import SCHEMA_VERSION, InputFile, InputRole, Result
from mingcha.versions import tool_info
from mingcha_analyzers.app.values import App
from mingcha_analyzers.policy.values import Policy
from mingcha_analyzers.values import SourceFile, SourceFolder
from mingcha_corpora.errors import UnreadableInputError, UsageError

MEGABYTE = 1 << 20
# Of places where a policy may be, so many are named.
MAX_SEEN = 5
# A policy is text for people: the longest known ones have 0.5 MB. Android refuses packages of 4 GB.
MAX_BYTES = {
    InputRole.APP: 2048 * MEGABYTE,
    InputRole.POLICY: 32 * MEGABYTE,
    InputRole.EXTRA_DEX: 256 * MEGABYTE,
    InputRole.SDK_BASE: 16 * MEGABYTE,
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one analysis may use; ``seconds`` None: by the size of the inputs; ``memory`` in bytes, 0: no limit."""

    seconds: float | None = None
    memory: int = 4096 * MEGABYTE


class EmbeddedUse(StrEnum):
    """Whether the policy is taken from inside the package.

    ``if_any``: where no other is given and one is there; ``needed``: the analysis fails without.
    """

    NONE = "none"
    IF_ANY = "if_any"
    NEEDED = "needed"


@dataclass(frozen=True, slots=True)
class Request:
    """One analysis: the files as the user named them and the choices that bear on the result."""

    app: str | None
    policies: tuple[str, ...]
    as_of: str
    standards: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
    extra_dex: tuple[str, ...] = ()
    embedded: EmbeddedUse = EmbeddedUse.NONE
    sdk_base: tuple[str, ...] = ()


def run(request: Request) -> Result:
    """Return everything that one run finds out.

    Raises:
        MingchaError: an input cannot be read, or an unknown standard is named.
    """
    layers = use_sdk_base(request.sdk_base)
    standards = choose_standards(request.standards)
    app_files = [read_source(request.app, InputRole.APP)] if request.app is not None else []
    dump_files = [read_source(path, InputRole.EXTRA_DEX) for path in request.extra_dex]
    policies = [read_policy_source(path) for path in request.policies]
    app = _read_app(app_files, dump_files)
    if app is not None and (request.embedded is EmbeddedUse.NEEDED or not policies):
        policies += _read_embedded(app_files[0], app, request.embedded)
    inputs = [_describe(InputRole.APP, file) for file in app_files]
    inputs += [_describe(InputRole.EXTRA_DEX, file) for file in dump_files]
    inputs += [_describe(InputRole.POLICY, file) for source in policies for file in files_of(source)]
    inputs += [_describe(InputRole.SDK_BASE, file) for file in layers]
    policy = _read_policy(policies)
    from mingcha_rules.engine import assess

    assessment = assess(policy, app, standards=standards, as_of=request.as_of)
    return Result(SCHEMA_VERSION, tool_info(), request.as_of, tuple(inputs), policy, app, assessment)


def use_sdk_base(paths: Sequence[str]) -> list[SourceFile]:
    """Lay the user's files of SDK records over the shipped base, for all that this process does next; return them.

    Raises:
        UnreadableInputError: a file cannot be read, or a record is not as it must be.
    """
    from mingcha_corpora.sdks import RecordFile, lay_over

    files = [read_source(path, InputRole.SDK_BASE) for path in paths]
    lay_over(RecordFile(file.path, file.data) for file in files)
    return files


def choose_standards(wanted: Sequence[str]) -> tuple[str, ...]:
    """Return the standards to judge by: those named, else the usual ones.

    Raises:
        UsageError: one of them is not known.
    """
    from mingcha_rules.catalogue import DEFAULT_STANDARDS, load_standards

    if not wanted:
        return tuple(DEFAULT_STANDARDS)
    known = load_standards()
    for name in wanted:
        if name not in known:
            raise UsageError("standard_unknown", path="--standard", standard=name, known=", ".join(known))
    return tuple(dict.fromkeys(wanted))


def shown_path(path: str) -> str:
    """Return a file's name as it can be written in a report; bytes that are no text become escapes."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def read_source(path: str, role: InputRole) -> SourceFile:
    """Return one input file with its bytes.

    Raises:
        UnreadableInputError: the file is missing, no ordinary file, empty or too large.
    """
    shown = shown_path(path)
    size = regular_size(path)
    if size > MAX_BYTES[role]:
        limit = f"{MAX_BYTES[role] // MEGABYTE} MB"
        raise UnreadableInputError("file_too_large", path=shown, size=f"{size // MEGABYTE} MB", limit=limit)
    try:
        return SourceFile(shown, Path(path).read_bytes())
    except OSError as error:
        raise UnreadableInputError("file_unreadable", path=shown, fault=_fault(error)) from None


def read_policy_source(path: str) -> SourceFile | SourceFolder:
    """Return a policy's file, or the files of a folder that may be a policy, sorted by name; an address is fetched.

    Raises:
        UnreadableInputError: it is missing, holds nothing that may be a policy, or a file of it cannot be read.
        LimitExceededError: an address gives too much or too slowly.
    """
    if is_url(path):
        from mingcha.fetching import fetch

        return fetch(path)
    if not is_folder(path):
        return read_source(path, InputRole.POLICY)
    from mingcha.policy_folder import find_files

    names = find_files(path)
    return SourceFolder(shown_path(path), tuple(read_source(name, InputRole.POLICY) for name in names))


def policy_size(path: str) -> int:
    """Return the size of a policy's file, or of the files of a folder that may be a policy; that of an address is 0.

    Raises:
        UnreadableInputError: it is missing, no ordinary file, empty, or holds nothing that may be a policy.
    """
    if is_url(path):
        return 0
    if not is_folder(path):
        return regular_size(path)
    from mingcha.policy_folder import find_files

    return sum(regular_size(name) for name in find_files(path))


def is_url(path: str) -> bool:
    """Tell whether a policy was given by the address of its page."""
    return path.lower().startswith(("http://", "https://"))


def is_folder(path: str) -> bool:
    """Tell whether a path names a folder; one that no file can have does not."""
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):
        return False


def files_of(source: SourceFile | SourceFolder) -> tuple[SourceFile, ...]:
    """Return the files of a source that was opened."""
    return source.files if isinstance(source, SourceFolder) else (source,)


def regular_size(path: str) -> int:
    """Return the size of an ordinary, non-empty file.

    Raises:
        UnreadableInputError: it is missing, a directory, a device or pipe, or empty.
    """
    shown = shown_path(path)
    try:
        status = os.stat(path)  # noqa: PTH116 -- a Path of a name with a null byte raises something else.
    except (FileNotFoundError, NotADirectoryError):
        raise UnreadableInputError("file_missing", path=shown) from None
    except (OSError, ValueError) as error:
        raise UnreadableInputError("file_unreadable", path=shown, fault=_fault(error)) from None
    if stat.S_ISDIR(status.st_mode):
        raise UnreadableInputError("file_is_directory", path=shown)
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableInputError("file_not_regular", path=shown)
    if status.st_size == 0:
        raise UnreadableInputError("file_empty", path=shown)
    return status.st_size


def _fault(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _describe(role: InputRole, file: SourceFile) -> InputFile:
    fetched = role is InputRole.POLICY and is_url(file.path)
    return InputFile(role, file.path, hashlib.sha256(file.data).hexdigest(), len(file.data), fetched)


def _read_embedded(file: SourceFile, app: App, use: EmbeddedUse) -> Sequence[SourceFile]:
    """Return the policy texts inside the package.

    Raises:
        UnreadableInputError: one is needed and none is there that can be read.
    """
    if use is EmbeddedUse.NONE:
        return []
    if any(each.text_sha256 is not None for each in app.policies):
        from mingcha_analyzers.app.embedded.package import read_embedded_policy

        return read_embedded_policy(file)
    if use is EmbeddedUse.IF_ANY:
        return []
    seen = [each.place for each in app.policies] + [each.url for each in app.policy_urls if each.owner == "app"]
    if seen:
        raise UnreadableInputError("policy_not_embedded_seen", path=file.path, seen=", ".join(seen[:MAX_SEEN]))
    raise UnreadableInputError("policy_not_embedded", path=file.path)


def _read_policy(sources: Sequence[SourceFile | SourceFolder]) -> Policy | None:
    if not sources:
        return None
    from mingcha_analyzers.policy.reader import read_policy

    return read_policy(sources)


def _read_app(files: Sequence[SourceFile], extra_dex: Sequence[SourceFile]) -> App | None:
    if not files:
        return None
    from mingcha_analyzers.app.reader import read_app

    return read_app(files[0], extra_dex)
