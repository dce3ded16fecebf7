"""Reads the folder of record files, and tells by a digest whether two folders hold the same."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from mingcha_corpora.sdks.faults import RecordFile

ENDING = ".yaml"


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
