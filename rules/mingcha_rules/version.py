"""The version of the rules: a hash over all their data, so that equal versions mean equal rules."""

import hashlib
from functools import cache
from importlib.resources import files

_FOLDERS = {"cards": ".yaml", "catalogue": ".jsonl", "cues": ".yaml", "questions": ".yaml", "words": ".yaml"}
_LENGTH = 12


@cache
def rules_version() -> str:
    """Return ``sha256:`` and the first 12 hex digits of the hash over cards, catalogue, cues, questions and words."""
    digest = hashlib.sha256()
    root = files("mingcha_rules")
    for folder, ending in _FOLDERS.items():
        for file in sorted(root.joinpath(folder).iterdir(), key=lambda entry: entry.name):
            if file.name.endswith(ending):
                digest.update(f"{folder}/{file.name}\0".encode())
                digest.update(file.read_text(encoding="utf-8").encode())
    return f"sha256:{digest.hexdigest()[:_LENGTH]}"
