"""Tables without upright rules: lines whose segments stand below one another in columns."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from mingcha_analyzers.policy.formats.pdf.values import Rule, Segment, Table, TableCell

_LEAST_ROWS = 3
_MOST_COLUMNS = 10
_APART = 4.0
"""Lines further apart than so many times the size of the type belong to no one table."""
_WIDER = 1.3

Line = list[Segment]


@dataclass(slots=True)
class _Gathering:
    """Lines that may make a table and how far each of its columns reaches."""

    lines: list[Line] = field(default_factory=list)
    extents: list[tuple[float, float]] = field(default_factory=list)

    def take(self, line: Line) -> bool:
        """Add a line if each of its segments stands in one column; tells whether it does."""
        if self.lines and line[0].top - self.lines[-1][0].bottom > _APART * line[0].size:
            return False
        extents = self.extents
        for segment in line:
            widened = _widened(extents, segment)
            if widened is None or len(widened) > _MOST_COLUMNS:
                return False
            extents = widened
        if self.lines and len(line) == 1 and line[0].left <= self.extents[0][0] + 1 and not self._is_cell(line[0]):
            return False
        self.lines.append(line)
        self.extents = extents
        return True

    def _is_cell(self, segment: Segment) -> bool:
        return len(self.extents) > 1 and segment.right < self.extents[1][0]

    def is_table(self) -> bool:
        """Tell whether enough of the lines have several cells."""
        several = sum(len(line) > 1 for line in self.lines)
        return len(self.extents) > 1 and several >= _LEAST_ROWS and several * 3 >= len(self.lines)


def find_aligned(lines: Sequence[Line], level: Sequence[Rule]) -> Iterator[Table | int]:
    """Yield the numbers of the lines, a table for those that make one; ``level`` are the level rules of the page."""
    at = 0
    while at < len(lines):
        gathered = _gather(lines, at)
        if gathered is not None:
            yield _table(gathered, level)
            at += len(gathered.lines)
        else:
            yield at
            at += 1


def _gather(lines: Sequence[Line], at: int) -> _Gathering | None:
    if len(lines[at]) < 2:
        return None
    gathered = _Gathering()
    for line in lines[at:]:
        if not gathered.take(line):
            break
    while gathered.lines and len(gathered.lines[-1]) == 1 and gathered.lines[-1][0].left <= gathered.extents[0][0] + 1:
        gathered.lines.pop()  # A line below the table that happens to be short.
    return gathered if gathered.is_table() else None


def _widened(extents: Sequence[tuple[float, float]], segment: Segment) -> list[tuple[float, float]] | None:
    """Return the columns with the segment in one of them or in a new one; null when it reaches over several."""
    met = [each for each in extents if segment.left < each[1] and each[0] < segment.right]
    if len(met) > 1:
        return None
    rest = [each for each in extents if each not in met]
    left, right = (min([segment.left, *(each[0] for each in met)]), max([segment.right, *(each[1] for each in met)]))
    if any(left < each[1] and each[0] < right for each in rest):
        return None
    return sorted([*rest, (left, right)])


def _table(gathered: _Gathering, level: Sequence[Rule]) -> Table:
    extents = gathered.extents
    rows = []
    for lines in _rows(gathered.lines, extents, level):
        cells: list[list[Segment]] = [[] for _ in extents]
        for segment in (each for line in lines for each in line):
            cells[_column(extents, segment)].append(segment)
        rows.append(tuple(TableCell(tuple(cell)) for cell in cells))
    edges = (*(extent[0] for extent in extents), extents[-1][1])
    return Table(tuple(rows), edges, gathered.lines[0][0].top, gathered.lines[-1][0].bottom)


def _column(extents: Sequence[tuple[float, float]], segment: Segment) -> int:
    middle = (segment.left + segment.right) / 2
    return next(at for at, (left, right) in enumerate(extents) if left <= middle <= right)


def _rows(lines: Sequence[Line], extents: Sequence[tuple[float, float]], level: Sequence[Rule]) -> Iterable[list[Line]]:
    """Group the lines of a table into rows: by rules between them, by wider gaps, or by the first column."""
    begins = _by_rules(lines, extents, level) or _by_gaps(lines) or _by_first_column(lines, extents)
    rows: list[list[Line]] = []
    for line, begin in zip(lines, begins, strict=True):
        if begin or not rows:
            rows.append([])
        rows[-1].append(line)
    return rows


def _by_rules(lines: Sequence[Line], extents: Sequence[tuple[float, float]], level: Sequence[Rule]) -> list[bool]:
    left, right = extents[0][0], extents[-1][1]
    wide = [rule.at for rule in level if rule.start <= left + 6 and rule.end >= right - 6]
    begins = [True] + [
        any(_middle(above) < at < _middle(line) for at in wide) for above, line in itertools.pairwise(lines)
    ]
    return begins if sum(begins) > 2 else []


def _by_gaps(lines: Sequence[Line]) -> list[bool]:
    gaps = [_middle(line) - _middle(above) for above, line in itertools.pairwise(lines)]
    least = min(gaps)
    if max(gaps) < _WIDER * least or median(gaps) > 3 * least:
        return []
    return [True] + [gap >= _WIDER * least for gap in gaps]


def _by_first_column(lines: Sequence[Line], extents: Sequence[tuple[float, float]]) -> list[bool]:
    return [any(_column(extents, segment) == 0 for segment in line) for line in lines]


def _middle(line: Line) -> float:
    return (line[0].top + line[0].bottom) / 2
