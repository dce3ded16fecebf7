"""The version of the shipped knowledge: a fingerprint of all its files."""

import hashlib
from functools import cache

from mingcha_corpora.records import DATA, ROOT, WORDS


@cache
def knowledge_version() -> str:
    """Return ``sha256:`` and the first 12 hex digits over all files of ``data/`` and ``words/``."""
    digest = hashlib.sha256()
    files = [path for folder in (DATA, WORDS) for path in folder.rglob("*") if path.is_file()]
    for path in sorted(files, key=lambda path: path.relative_to(ROOT).as_posix()):
        # A checkout with other line ends holds the same knowledge.
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.relative_to(ROOT).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return f"sha256:{digest.hexdigest()[:12]}"
