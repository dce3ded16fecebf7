"""Reads files of SDK records: YAML text into rows, each with the line it begins at; faults are told by file and line.

What a row must look like is said by ``schema.json`` and held by ``shape``.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mingcha_corpora.errors import MingchaError, UnreadableInputError

ENDING = ".yaml"
MAX_BYTES = 16 << 20
_TEXT_TAG = "tag:yaml.org,2002:str"
_DEPTH = 8

Row = dict[str, Any]
Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class RecordFile:
    """One file of records: its path as shown to the user, and its bytes."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a line of a file; ``code`` is a key of ``words/errors.yaml``."""

    code: str
    path: str
    line: int
    params: tuple[tuple[str, str], ...] = ()

    def error(self, kind: type[MingchaError] = UnreadableInputError) -> MingchaError:
        """Return the error to raise for it."""
        return kind(self.code, path=self.path, line=str(self.line), **dict(self.params))


class FaultyRecordsError(Exception):
    """A file of records cannot be used; ``fault`` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


def read_files(folder: Path) -> tuple[RecordFile, ...]:
    """Return the record files below a folder, sorted by path, with paths relative to it."""
    paths = sorted((path.relative_to(folder).as_posix(), path) for path in folder.rglob(f"*{ENDING}"))
    return tuple(RecordFile(name, path.read_bytes()) for name, path in paths)


def digest_of(files: Iterable[RecordFile]) -> str:
    """Return the SHA-256 over names and contents, in hex; line ends do not count."""
    digest = hashlib.sha256()
    for file in files:
        content = file.data.replace(b"\r\n", b"\n")
        digest.update(f"{file.path}\0{len(content)}\0".encode("utf-8", "surrogateescape"))
        digest.update(content)
    return digest.hexdigest()


def parse_file(file: RecordFile) -> Any:
    """Return what a file holds, as dictionaries, lists and scalars.

    Raises:
        FaultyRecordsError: it is no YAML, is too large, repeats a key or uses anchors.
    """
    node = compose(file)
    return None if node is None else _value(file, node, 0)


def compose(file: RecordFile) -> Any:
    """Return the root node of the YAML text, None for an empty one; raises as ``parse_file``."""
    import yaml

    if len(file.data) > MAX_BYTES:
        raise FaultyRecordsError(Fault("sdk_file_large", file.path, 1, (("limit", f"{MAX_BYTES >> 20} MB"),)))
    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(file.data.decode("utf-8-sig"))
        try:
            return loader.get_single_node()
        finally:
            loader.dispose()
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise FaultyRecordsError(_syntax_fault(file, error)) from None


def line_of(file: RecordFile, place: Place) -> int:
    """Return the line of a place such as ``("sdks", 3, "packages")``, or of the nearest place that is there."""
    node, line = compose(file), 1
    for step in place:
        line, node = _step_into(node, step, line)
        if node is None:
            break
    return line


def _step_into(node: Any, step: str | int, line: int) -> tuple[int, Any]:
    if node.id == "mapping":
        for key, value in node.value:
            if key.value == step:
                return key.start_mark.line + 1, value
    elif node.id == "sequence" and isinstance(step, int) and step < len(node.value):
        found = node.value[step]
        return found.start_mark.line + 1, found
    return line, None


def _syntax_fault(file: RecordFile, error: Exception) -> Fault:
    mark = getattr(error, "problem_mark", None)
    if isinstance(error, UnicodeDecodeError):
        line, problem = file.data.count(b"\n", 0, error.start) + 1, "UTF-8"
    else:
        line, problem = (mark.line + 1 if mark else 1), str(getattr(error, "problem", None) or error)
    return Fault("sdk_yaml", file.path, line, (("fault", problem),))


def _value(file: RecordFile, node: Any, depth: int) -> Any:
    if node.id == "scalar":
        return node.value if node.tag == _TEXT_TAG else _scalar(node)
    if depth > _DEPTH:
        raise FaultyRecordsError(Fault("sdk_yaml", file.path, node.start_mark.line + 1, (("fault", "depth"),)))
    if node.id == "sequence":
        return [_value(file, item, depth + 1) for item in _once(file, node)]
    found: Row = {}
    for key, item in _once(file, node):
        name = _key(file, key)
        if name in found:
            raise FaultyRecordsError(Fault("sdk_yaml_twice", file.path, key.start_mark.line + 1, (("field", name),)))
        found[name] = _value(file, item, depth + 1)
    return found


def _once(file: RecordFile, node: Any) -> Sequence[Any]:
    """Return a node's children; the second time is a fault, as what an alias repeats could grow without end."""
    children: Sequence[Any] = node.value
    if children is None:
        raise FaultyRecordsError(Fault("sdk_yaml_anchor", file.path, node.start_mark.line + 1))
    node.value = None
    return children


def _key(file: RecordFile, node: Any) -> str:
    if node.id != "scalar":
        raise FaultyRecordsError(Fault("sdk_yaml", file.path, node.start_mark.line + 1, (("fault", "key"),)))
    return str(node.value)


def _scalar(node: Any) -> Any:
    import yaml

    try:
        return yaml.constructor.SafeConstructor().construct_object(node)
    except (yaml.YAMLError, ValueError, OverflowError):
        return None  # No text in any case, which is all that a record may hold beside true and false.
