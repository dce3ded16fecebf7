"""Tables that are drawn with rules: which rules make a grid, and what stands in its cells."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mingcha_analyzers.policy.formats.pdf.segments import segments_of
from mingcha_analyzers.policy.formats.pdf.values import Rule, Run, Table, TableCell

_NEAR = 3.0
_MAX_LINES = 400
"""Rules of one direction on one page; no table for people has more."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The rules that cross one another: where columns and rows are parted, and the rules that part them."""

    across: tuple[float, ...]
    down: tuple[float, ...]
    upright: tuple[Rule, ...]
    level: tuple[Rule, ...]

    def holds(self, run: Run) -> bool:
        """Tell whether a run stands inside."""
        middle = (run.left + run.right) / 2
        return self.across[0] <= middle <= self.across[-1] and self.down[0] <= run.middle <= self.down[-1]

    def closed_right(self, row: int, column: int) -> bool:
        """Tell whether a rule stands right of a cell."""
        return _covered(self.upright, self.across[column + 1], (self.down[row] + self.down[row + 1]) / 2)

    def closed_below(self, row: int, column: int) -> bool:
        """Tell whether a rule stands below a cell."""
        return _covered(self.level, self.down[row + 1], (self.across[column] + self.across[column + 1]) / 2)


def find_grids(rules: Sequence[Rule]) -> list[Grid]:
    """Return the grids of two columns at least, from top to bottom."""
    upright = _merged(rule for rule in rules if rule.upright)
    level = _merged(rule for rule in rules if not rule.upright)
    if len(upright) > _MAX_LINES or len(level) > _MAX_LINES:
        return []
    grids = [_grid(group) for group in _connected([*upright, *level])]
    found = [grid for grid in grids if grid is not None]
    return sorted(found, key=lambda grid: grid.down[0])


def fill(grid: Grid, runs: Iterable[Run]) -> Table:
    """Return the table of a grid with the runs that stand in it."""
    held: dict[tuple[int, int], list[Run]] = defaultdict(list)
    for run in runs:
        held[_index(grid.down, run.middle), _index(grid.across, (run.left + run.right) / 2)].append(run)
    taken: set[tuple[int, int]] = set()
    columns = range(len(grid.across) - 1)
    rows = [
        tuple(_cell(grid, row, column, taken, held) for column in columns if (row, column) not in taken)
        for row in range(len(grid.down) - 1)
    ]
    return Table(tuple(rows), grid.across, grid.down[0], grid.down[-1])


def _cell(
    grid: Grid, row: int, column: int, taken: set[tuple[int, int]], held: dict[tuple[int, int], list[Run]]
) -> TableCell:
    columns = rows = 1
    while (
        column + columns < len(grid.across) - 1
        and (row, column + columns) not in taken
        and not grid.closed_right(row, column + columns - 1)
    ):
        columns += 1
    while row + rows < len(grid.down) - 1 and not grid.closed_below(row + rows - 1, column):
        rows += 1
    places = [(at, across) for at in range(row, row + rows) for across in range(column, column + columns)]
    taken.update(places)
    runs = [run for place in places for run in held.pop(place, ())]
    return TableCell(tuple(segments_of(runs)), columns, rows)


def _index(edges: Sequence[float], place: float) -> int:
    return min(max(bisect_right(edges, place) - 1, 0), len(edges) - 2)


def _covered(rules: Iterable[Rule], at: float, place: float) -> bool:
    return any(abs(rule.at - at) <= _NEAR and rule.start - 1 <= place <= rule.end + 1 for rule in rules)


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Return the rules with those that continue one another joined."""
    merged: list[Rule] = []
    level: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if level and rule.at - level[0].at > _NEAR / 2:
            merged += _chained(level)
            level = []
        level.append(rule)
    return merged + _chained(level)


def _chained(rules: Iterable[Rule]) -> list[Rule]:
    chained: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: rule.start):
        last = chained[-1] if chained else None
        if last is not None and rule.start - last.end <= _NEAR:
            chained[-1] = Rule(last.upright, last.at, last.start, max(last.end, rule.end))
        else:
            chained.append(rule)
    return chained


def _connected(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Return the groups of rules that cross or touch one another."""
    root = list(range(len(rules)))

    def find(at: int) -> int:
        while root[at] != at:
            root[at] = root[root[at]]
            at = root[at]
        return at

    for first, one in enumerate(rules):
        for second in range(first + 1, len(rules)):
            if one.upright != rules[second].upright and _cross(one, rules[second]):
                root[find(first)] = find(second)
    groups: dict[int, list[Rule]] = defaultdict(list)
    for at, rule in enumerate(rules):
        groups[find(at)].append(rule)
    return list(groups.values())


def _cross(one: Rule, other: Rule) -> bool:
    return one.start - _NEAR <= other.at <= one.end + _NEAR and other.start - _NEAR <= one.at <= other.end + _NEAR


def _grid(rules: Sequence[Rule]) -> Grid | None:
    upright = tuple(rule for rule in rules if rule.upright)
    level = tuple(rule for rule in rules if not rule.upright)
    if not upright or len(level) < 2:
        return None
    # Tables that are open at their sides have no outer rules there.
    sides = [min(rule.start for rule in level), max(rule.end for rule in level)]
    across = _snapped([*(rule.at for rule in upright), *sides])
    down = _snapped([rule.at for rule in level])
    if len(across) < 3 or len(down) < 2:
        return None
    edges = [Rule(True, side, down[0], down[-1]) for side in (across[0], across[-1])]
    return Grid(tuple(across), tuple(down), (*upright, *edges), level)


def _snapped(places: Iterable[float]) -> list[float]:
    snapped: list[float] = []
    for place in sorted(places):
        if not snapped or place - snapped[-1] > _NEAR:
            snapped.append(place)
    return snapped
