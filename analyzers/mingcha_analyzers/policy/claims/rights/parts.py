"""Where in the outline of its document a statement stands, and which part a number or a title means."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from mingcha_analyzers.policy.claims.numbers import read_number as read_numeral
from mingcha_analyzers.policy.claims.statement import fold
from mingcha_analyzers.policy.claims.words import spoken
from mingcha_analyzers.policy.layout import OutlineNode, ReadDocument
from mingcha_analyzers.policy.numbering import read_number

DEEPEST = 12  # Headings above a statement that are looked at; real policies have five levels at most.


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with all that stands below it; ``parent`` is the index of the part around it, -1 for none."""

    start: int
    end: int
    number: int | None
    heading: str
    depth: int
    parent: int


class Parts:
    """The parts of one document in text order."""

    def __init__(self, document: ReadDocument) -> None:
        self._document = document
        self._lang = spoken(document.document.language)

    @cached_property
    def _parts(self) -> tuple[Part, ...]:
        return tuple(self._flatten(self._document.outline))

    @cached_property
    def _starts(self) -> list[int]:
        return [part.start for part in self._parts]

    def _flatten(self, roots: Sequence[OutlineNode]) -> Iterator[Part]:
        """Yield the parts in text order, without recursion as the depth is the input's choice."""
        text = self._document.document.text
        waiting = [(node, 0, -1) for node in reversed(roots)]
        count = 0
        while waiting:
            node, depth, parent = waiting.pop()
            number = read_number(text, node.start, node.heading_end)
            heading, _ = fold(text[node.start : node.heading_end][:200], blanks=self._lang == "en")
            yield Part(node.start, node.end, number.value if number else None, heading, depth, parent)
            waiting += [(child, depth + 1, count) for child in reversed(node.children)]
            count += 1

    def headings(self, offset: int) -> Iterator[str]:
        """Yield the folded headings above ``offset``, the nearest first."""
        return (part.heading for part in self._above(offset))

    def end_of(self, offset: int) -> int:
        """Return where the innermost part around ``offset`` ends."""
        return next((part.end for part in self._above(offset)), len(self._document.document.text))

    def _above(self, offset: int) -> Iterator[Part]:
        index = bisect_right(self._starts, offset) - 1
        for _ in range(DEEPEST):
            while index >= 0 and self._parts[index].end <= offset:
                index = self._parts[index].parent
            if index < 0:
                return
            yield self._parts[index]
            index = self._parts[index].parent

    def numbered(self, words: str) -> tuple[int, int] | None:
        """Return where the highest part with this number (“十”, “3.5”) lies."""
        if "." in words:
            found = [part for part in self._parts if re.match(rf"{re.escape(words)}(?![.\d])", part.heading)]
        else:
            number = read_numeral(words)
            found = [part for part in self._parts if part.number == number and number is not None]
        best = min(found, key=lambda part: part.depth, default=None)
        return (best.start, best.end) if best else None

    def titled(self, title: str) -> tuple[int, int] | None:
        """Return where the last part lies whose heading holds ``title``; a table of contents stands before it."""
        found = [part for part in self._parts if title in part.heading]
        return (found[-1].start, found[-1].end) if found else None
