"""A statement: one sentence of a policy in a folded form that keeps the way back to the document.

Folding drops what stands between the letters of a word in real texts (blanks, zero-width marks, Markdown stars)
and levels width and case, so that one pattern finds “MAC 地址”, “ＭＡＣ地址” and “**MAC**地址”.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from mingcha_analyzers.policy.folding import fold as fold_characters
from mingcha_analyzers.policy.layout import BlockKind
from mingcha_analyzers.values import Span

DROPPED = frozenset("*\u200b\u200c\u200d\u2060\ufeff\u00ad")
FIRST_WIDE, LAST_WIDE, WIDTH = 0xFF01, 0xFF5E, 0xFEE0


@cache
def fold_letter(letter: str) -> str:
    """Return ``letter`` in half width and lower case; all blanks become one kind."""
    if FIRST_WIDE <= ord(letter) <= LAST_WIDE:
        letter = chr(ord(letter) - WIDTH)
    if letter.isspace():
        return " "
    lower = letter.lower()
    return lower if len(lower) == 1 else letter


def fold(source: str, *, blanks: bool) -> tuple[str, tuple[int, ...]]:
    """Return the folded text and the place in ``source`` of each of its characters.

    ``blanks``: keep one blank between words (English); Chinese is matched without any.
    """
    letters: list[str] = []
    places: list[int] = []
    # Traditional characters are matched as simplified ones; folding keeps their number.
    for place, letter in enumerate(fold_characters(source)):
        if letter in DROPPED:
            continue
        folded = fold_letter(letter)
        if folded == " " and (not blanks or not letters or letters[-1] == " "):
            continue
        letters.append(folded)
        places.append(place)
    return "".join(letters), tuple(places)


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence or list item; ``text`` is folded, ``source`` as written, ``places`` lead from one to the other.

    ``lead``: the sentence that introduces the list this stands in (“我们会收集以下信息：”). ``follows``: the statement
    before it in the same block.
    """

    doc: str
    start: int
    source: str
    text: str
    places: tuple[int, ...]
    lang: str
    kind: BlockKind
    section: str | None
    heading: str
    block: int
    lead: "Statement | None" = None

    @property
    def end(self) -> int:
        """Where the statement ends in the document."""
        return self.start + len(self.source)

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Return the place in the document of ``text[start:end]``."""
        if not self.places or (start == 0 and end is None):
            return Span(self.doc, self.start, self.end)
        last = min(len(self.text) if end is None else end, len(self.text))
        return Span(self.doc, self.start + self.places[start], self.start + self.places[last - 1] + 1)

    def words(self, start: int, end: int) -> str:
        """Return ``text[start:end]`` as written, on one line and without marks of emphasis."""
        if start >= end or start >= len(self.places):
            return ""
        written = self.source[self.places[start] : self.places[min(end, len(self.places)) - 1] + 1]
        return " ".join("".join(letter for letter in written if letter not in DROPPED).split())

    def adjoining(self, index: int) -> bool:
        """Return whether nothing was dropped between ``text[index - 1]`` and ``text[index]``."""
        return self.places[index] - self.places[index - 1] == 1

    def leads(self) -> Iterator["Statement"]:
        """Yield the introducing sentences, the nearest first."""
        lead = self.lead
        while lead is not None:
            yield lead
            lead = lead.lead
