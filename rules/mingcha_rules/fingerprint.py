"""Stable names of findings and their parts, so that a baseline knows them again."""

import hashlib

_LENGTH = 16


def fingerprint(*names: str) -> str:
    """Return the first 16 hex digits of the SHA-256 over the names; their order counts."""
    return hashlib.sha256("\x1f".join(names).encode()).hexdigest()[:_LENGTH]
