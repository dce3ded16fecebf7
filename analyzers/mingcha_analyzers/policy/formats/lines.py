"""What every format yields: the text and its lines, each a run of characters without blanks at its ends."""

import re
from dataclasses import dataclass

from mingcha_analyzers.policy.layout import BlockKind, Link
from mingcha_analyzers.values import Limit

BLANKS = (
    " \t\u00a0\u00ad\u3000\ufeff\u200b\u200c\u200d\u2060\u202f"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
)
"""Characters that show nothing; many policies hold them before and inside headings."""
_LINE = re.compile("[^\n\r\x0b\x0c\u2028\u2029\x85]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text.

    ``level``: that of a marked heading (h1 to h6, ``#``); ``strong``: all of it is bold;
    ``flat``: cut out of a longer line, so that its end need not be the end of a paragraph.
    """

    start: int
    end: int
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int | None = None
    strong: bool = False
    table: int | None = None
    cells: tuple[tuple[int, int], ...] = ()
    header: bool = False
    flat: bool = False


@dataclass(frozen=True, slots=True)
class Lines:
    """A document's text in the form ``Document`` wants, with its lines in order.

    ``extracted``: the text was taken out of the file and is not its own characters; ``pages``: where in the text each
    page of the source begins; ``limits``: what of it could not be read.
    """

    text: str
    lines: tuple[Line, ...]
    source_lines: tuple[int, ...] = ()
    marked: tuple[tuple[int, int], ...] | None = None
    extracted: bool = False
    pages: tuple[int, ...] = ()
    limits: tuple[Limit, ...] = ()
    links: tuple[Link, ...] = ()


def strip_range(text: str, start: int, end: int) -> tuple[int, int]:
    """Return ``start`` and ``end`` moved inward past blanks."""
    while start < end and text[start] in BLANKS:
        start += 1
    while end > start and text[end - 1] in BLANKS:
        end -= 1
    return start, end


def split_lines(text: str) -> list[tuple[int, int]]:
    """Return the places of all lines that show something."""
    places = (strip_range(text, match.start(), match.end()) for match in _LINE.finditer(text))
    return [(start, end) for start, end in places if start < end]
