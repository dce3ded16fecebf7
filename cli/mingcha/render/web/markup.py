"""Makes HTML out of words: texts are always escaped, and what cannot be seen in them is shown or left out."""

import re
from html import escape

from mingcha.render.untrusted import show_character
from mingcha_analyzers.policy.formats.lines import BLANKS

Html = str
"""Markup that is safe to put into a page as it stands."""

_UNSEEN = re.compile(r"[^\n\x20-\x7e\u3001-\ud7ff]")  # Candidates only; Han and ASCII text skips the closer look.
_VOID = frozenset({"input", "meta", "br", "hr"})
_SPACE = frozenset(" \t\u00a0\u3000\u202f" + "".join(map(chr, range(0x2000, 0x200B))))


def text_html(text: str) -> Html:
    """Return ``text`` escaped; direction marks and control characters are shown, blanks without width left out."""
    return escape(_UNSEEN.sub(_shown, text), quote=True)


def element(tag: str, *inner: Html, **attributes: str | bool | int | None) -> Html:
    """Return an element around markup; ``class_`` and ``data_x`` are ``class`` and ``data-x``, None leaves one out."""
    opening = f"<{tag}{''.join(_attribute(name, value) for name, value in attributes.items())}>"
    return opening if tag in _VOID else f"{opening}{''.join(inner)}</{tag}>"


def _attribute(name: str, value: str | bool | int | None) -> str:
    name = name.rstrip("_").replace("_", "-")
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{text_html(str(value))}"'


def _shown(match: re.Match[str]) -> str:
    char = match.group()
    if char in _SPACE:
        return " "
    return "" if char in BLANKS else show_character(char)
