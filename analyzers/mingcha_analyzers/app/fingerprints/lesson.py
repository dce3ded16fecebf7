"""Learning one SDK from an archive that a user has: what ``mingcha sdks learn`` does, without opening a file."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

import numpy as np

from mingcha_analyzers.app.archive import open_archive
from mingcha_analyzers.app.classfile.archive import ClassFiles, is_class_file
from mingcha_analyzers.app.code.hashing import find_places
from mingcha_analyzers.app.fingerprints.fromclasses import read_tokens
from mingcha_analyzers.app.fingerprints.frompackage import MAGIC, read_package_tokens
from mingcha_analyzers.app.fingerprints.learning import Distinction, divide, learn_part
from mingcha_analyzers.app.fingerprints.tokens import Tokens
from mingcha_analyzers.values import Limit, SourceFile
from mingcha_corpora.errors import UnreadableInputError
from mingcha_corpora.fingerprints import (
    Fingerprint,
    LearntVersion,
    add_version,
    load_common,
    load_fingerprints,
    merge_versions,
)
from mingcha_corpora.sdks import load_sdk_base

# From fewer tokens the weight that names an SDK is hardly ever reached once an app was shrunk.
LEAST_TOKENS = 20


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learnt: ``classes`` and ``tokens`` of this version; ``others``: classes that belong to other SDKs."""

    fingerprint: Fingerprint
    classes: int
    tokens: int
    others: Mapping[str, int]
    limits: tuple[Limit, ...]


def learn_sdk(files: Sequence[SourceFile], id: str, version: str, known: Fingerprint | None) -> Lesson:
    """Return the fingerprint of an SDK with one version more; ``known``: what was learnt of it before.

    Raises:
        UnreadableInputError: a file is no archive of classes, or shows too little to know the SDK again.
    """
    tokens, names, limits = _read(files)
    parts = divide(names, load_sdk_base().owner_of, id)
    part = learn_part(tokens, parts.get(id, np.zeros(0, np.int64)), _distinction(id))
    count = len(part.own) + len(part.shared)
    if count < LEAST_TOKENS:
        # What could not be read may be the very code that tells the SDK.
        place = {"place": limits[0].detail} if limits else {}
        code = "fingerprint_too_little_read" if limits else "fingerprint_too_little"
        raise UnreadableInputError(code, path=files[0].path, tokens=str(count), least=str(LEAST_TOKENS), **place)
    digest = hashlib.sha256(b"".join(file.data for file in files)).hexdigest()
    # The name alone: where the user keeps the file says nothing to others.
    learnt = LearntVersion(version, f"file:{PurePath(files[0].path).name}", digest, part.classes)
    row = (learnt, part.own, part.shared, part.all)
    fingerprint = merge_versions(id, [row]) if known is None else add_version(known, row)
    others = Counter({other: len(classes) for other, classes in parts.items() if other != id})
    return Lesson(fingerprint, part.classes, count, others, limits)


def _read(files: Sequence[SourceFile]) -> tuple[Tokens, tuple[str, ...], tuple[Limit, ...]]:
    if len(files) == 1 and _is_package(files[0]):
        return read_package_tokens(files[0])
    reader = ClassFiles()
    tokens, names, damaged = read_tokens(reader.read(files))
    if damaged:
        reader.limits.append(Limit("class_files", "class_code", str(damaged)))
    return tokens, names, tuple(reader.limits)


def _is_package(file: SourceFile) -> bool:
    if file.data[: len(MAGIC)] == MAGIC:
        return True
    return not is_class_file(file.data) and "classes.dex" in open_archive(file)


def _distinction(id: str) -> Distinction:
    """Return what the shipped fingerprints of other SDKs, and the libraries, say of tokens."""
    others = [each.tokens for each in load_fingerprints() if each.id != id]
    known = np.unique(np.concatenate([np.zeros(0, np.uint64), *others]))
    return Distinction(load_common().has, lambda keys: find_places(known, keys) >= 0)
