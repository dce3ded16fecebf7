"""Makes text from apps and policies safe to print: nothing in it can move the cursor, turn the writing or hide."""

import re

_HIDDEN = re.compile(r"[^\x20-\x7e\u3001-\ud7ff]")  # Candidates only; Han and ASCII text skips the closer look.
_SPACES = re.compile(r"\s+")
ELLIPSIS = "…"


def visible(text: str, limit: int | None = None) -> str:
    """Return ``text`` on one line with control, bidi and other unprintable characters written as escapes.

    ``limit`` bounds the number of characters of the text that are shown.
    """
    cut = limit is not None and len(text) > limit
    shown = text[:limit] if cut else text
    shown = _SPACES.sub(" ", shown)
    shown = _HIDDEN.sub(_escape, shown)
    return shown + ELLIPSIS if cut else shown


def _escape(match: re.Match[str]) -> str:
    return show_character(match.group())


def show_character(char: str) -> str:
    """Return a character that can be seen as it is, any other as an escape."""
    if char.isprintable():
        return char
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
