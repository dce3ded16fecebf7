"""Marks laid over a run of text: they may overlap, markup may not, so those that cross are split."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mingcha.render.explain.reading import Kind

MAX_DEPTH = 6
"""So many marks may lie over one another; a page could not show more."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a document and the numbers of the readings there; ``word``: the words that tell, inside another."""

    start: int
    end: int
    kind: Kind
    numbers: tuple[int, ...]
    word: bool = False

    @property
    def order(self) -> tuple[int, int, bool, tuple[int, ...]]:
        """The wider mark opens first."""
        return self.start, -self.end, self.word, self.numbers


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of a document under the same marks, the outermost first."""

    start: int
    end: int
    marks: tuple[Mark, ...]


def split(marks: Iterable[Mark], start: int, end: int) -> Iterator[Piece]:
    """Yield the characters of ``start`` to ``end`` as pieces that lie under the same marks throughout."""
    waiting = sorted((mark for mark in marks if mark.start < end and mark.end > start), key=lambda mark: mark.order)
    waiting.reverse()
    open_: list[Mark] = []
    at = start
    while at < end:
        open_ = [mark for mark in open_ if mark.end > at]
        while waiting and waiting[-1].start <= at:
            mark = waiting.pop()
            if mark.end > at and len(open_) < MAX_DEPTH:
                open_.append(mark)
        stop = min([end, *(mark.end for mark in open_), *(mark.start for mark in waiting[-1:])])
        yield Piece(at, stop, tuple(open_))
        at = stop


def shared_depth(before: Sequence[Mark], after: Sequence[Mark]) -> int:
    """Return how many of the outermost marks go on from one piece to the next."""
    depth = 0
    while depth < min(len(before), len(after)) and before[depth] is after[depth]:
        depth += 1
    return depth


def gather(readings: Sequence[tuple[int, Kind, tuple[int, int], Sequence[tuple[int, int]]]]) -> list[Mark]:
    """Return the marks of numbered readings of one document in order; readings of a kind at one place share one."""
    places: dict[tuple[Kind, bool, int, int], list[int]] = {}
    for number, kind, (start, end), words in readings:
        places.setdefault((kind, False, start, end), []).append(number)
        for low, high in words:
            places.setdefault((kind, True, low, high), []).append(number)
    marks = (
        Mark(start, end, kind, tuple(numbers), word)
        for (kind, word, start, end), numbers in places.items()
        if start < end
    )
    return sorted(marks, key=lambda mark: mark.order)
