"""How what was found is shown: short, and of a secret no more than its ends (first four and last two characters)."""

import re

_SHOWN = 80
_HEAD, _TAIL = 4, 2
# Below this length the ends would tell too much.
_LEAST_MASKED = 16
_PEM_HEAD = re.compile(r"^-----BEGIN [A-Z ]*-----\s*")


def show(match: re.Match[str] | re.Match[bytes], how: str) -> str | None:
    """Return what is told of a match: ``mask`` its ends, ``match`` all of it, ``group`` its first group."""
    found = match.group(1) if how == "group" else match.group()
    text = found.decode("utf-8", "replace") if isinstance(found, bytes) else found
    return mask(_PEM_HEAD.sub("", text)) if how == "mask" else cut(text)


def mask(secret: str) -> str:
    """Return the ends of a secret."""
    text = secret.strip()
    if len(text) < _LEAST_MASKED:
        return f"{text[:2]}…"
    return f"{text[:_HEAD]}…{text[-_TAIL:]}"


def cut(text: str) -> str:
    """Return a text short enough for a report."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
