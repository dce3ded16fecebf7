"""Where in the outline of its document a statement stands, and which part a number or a title means."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from mingcha_analyzers.policy.claims.numbers import read_number as read_numeral
from mingcha_analyzers.policy.claims.statement import fold
from mingcha_analyzers.policy.claims.words import spoken
from mingcha_analyzers.policy.layout import OutlineNode, ReadDocument
from mingcha_analyzers.policy.numbering import read_number

MOST_LOOKED_UP = 100  # Different numbers and titles that a policy points at.
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
        self._found: dict[str, tuple[int, int] | None] = {}

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
            simple = number.value if number and "1.1" not in number.style else None  # “2.9” is no part nine.
            yield Part(node.start, node.end, simple, heading, depth, parent)
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
            start = re.compile(rf"{re.escape(words)}(?![.\d])")
            return self._find(words, lambda part: start.match(part.heading) is not None)
        number = read_numeral(words)
        return self._find(words, lambda part: number is not None and part.number == number)

    def titled(self, title: str) -> tuple[int, int] | None:
        """Return where the highest part whose heading holds ``title`` lies, the last of them."""
        return self._find(title, lambda part: title in part.heading)

    def _find(self, words: str, fits: Callable[[Part], bool]) -> tuple[int, int] | None:
        """Return the last of the highest parts that fit; each of ``words`` is looked up once, and not too many are."""
        if words not in self._found and len(self._found) < MOST_LOOKED_UP:
            found = [part for part in self._parts if fits(part)]
            best = min(reversed(found), key=lambda part: part.depth, default=None)
            self._found[words] = (best.start, best.end) if best else None
        return self._found.get(words)
