"""The version of the knowledge in use: a fingerprint of all its files."""

import hashlib
from functools import cache

from mingcha_corpora.records import DATA, ROOT, WORDS
from mingcha_corpora.sdks import FINGERPRINTS, load_sdk_base


def knowledge_version() -> str:
    """Return ``sha256:`` and 12 hex digits over all files of data, words and fingerprints and the SDK base in use."""
    return f"sha256:{hashlib.sha256(f'{_files_digest()}{load_sdk_base().digest}'.encode()).hexdigest()[:12]}"


@cache
def _files_digest() -> str:
    digest = hashlib.sha256()
    files = [path for folder in (DATA, WORDS, FINGERPRINTS) for path in folder.rglob("*") if path.is_file()]
    for path in sorted(files, key=lambda path: path.relative_to(ROOT).as_posix()):
        # A checkout with other line ends holds the same knowledge.
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.relative_to(ROOT).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
