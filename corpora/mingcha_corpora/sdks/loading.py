"""Finds the compiled index of the shipped records: in a wheel as a file, in a checkout in the user's cache.

A checkout is compiled when it is first used. The cache is named by the contents of the record files and of the
modules that compile them, so that it is never stale; where it cannot be written, nothing is kept.
"""

import contextlib
import hashlib
import os
from pathlib import Path

from mingcha_corpora.errors import KnowledgeError
from mingcha_corpora.sdks.faults import RecordFile
from mingcha_corpora.sdks.files import digest_of, read_files
from mingcha_corpora.sdks.index import Compiled, decode, encode

FOLDER = Path(__file__).parent
RECORDS = FOLDER / "records"
INDEX = "index.msgpack"
# A few checkouts and branches may take turns.
KEPT = 6


def load_compiled(folder: Path = FOLDER, cache: Path | None = None) -> Compiled:
    """Return the index of the records shipped in ``folder``; ``cache`` is where compiled ones are kept.

    Raises:
        KnowledgeError: the shipped index is damaged, or a record is not as it must be.
    """
    shipped = folder / INDEX
    if not shipped.is_file():
        return _load_from_records(read_files(folder / "records"), folder, _cache_folder() if cache is None else cache)
    compiled = decode(shipped.read_bytes())
    if compiled is None:
        raise KnowledgeError("knowledge_damaged", path=str(shipped), line="1", fault="checksum")
    return compiled


def _load_from_records(files: tuple[RecordFile, ...], folder: Path, cache: Path) -> Compiled:
    path = cache / f"{_key(files)}.msgpack"
    with contextlib.suppress(OSError):
        compiled = decode(path.read_bytes())
        if compiled is not None:
            return compiled
    compiled = _compile(files, folder)
    with contextlib.suppress(OSError):  # A cache that cannot be written costs time, and nothing else.
        _keep(path, encode(compiled))
    return compiled


def _compile(files: tuple[RecordFile, ...], folder: Path) -> Compiled:
    from mingcha_corpora.sdks.compiling import compile_files
    from mingcha_corpora.sdks.faults import FaultyRecordsError

    try:
        return compile_files(files)
    except FaultyRecordsError as error:
        fault = error.fault
        said = ", ".join((fault.code, *(f"{name}={value}" for name, value in fault.params)))
        where = str(folder / "records" / fault.path)
        raise KnowledgeError("knowledge_damaged", path=where, line=str(fault.line), fault=said) from error


def _key(files: tuple[RecordFile, ...]) -> str:
    digest = hashlib.sha256(digest_of(files).encode())
    for module in ("compiling.py", "index.py", "values.py", "yamltext.py"):
        with contextlib.suppress(OSError):
            digest.update((FOLDER / module).read_bytes())
    return digest.hexdigest()


def _cache_folder() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("mingcha", appauthor=False) / "sdks"


def _keep(path: Path, data: bytes) -> None:
    """Write an index into the cache, whole or not at all, and remove those that were not used for longest."""
    import tempfile

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, part = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        Path(part).replace(path)
    except OSError:
        Path(part).unlink(missing_ok=True)
        raise
    made = sorted(path.parent.glob("*.msgpack"), key=lambda each: each.stat().st_mtime)
    for old in made[:-KEPT]:
        old.unlink(missing_ok=True)
