"""A page put in reading order: ruled tables, columns, tables that alignment alone makes, lines of text."""

from collections.abc import Iterator, Sequence

from mingcha_analyzers.policy.formats.pdf.aligned import find_aligned
from mingcha_analyzers.policy.formats.pdf.columns import Column, in_order
from mingcha_analyzers.policy.formats.pdf.grids import Grid, fill, find_grids
from mingcha_analyzers.policy.formats.pdf.segments import segments_of
from mingcha_analyzers.policy.formats.pdf.values import Piece, Rule, Run, Segment, Table, TextLine, segment_of


def order(runs: Sequence[Run], rules: Sequence[Rule]) -> list[Piece]:
    """Return the text lines and tables of a page in the order they are read."""
    grids = find_grids(rules)
    inside: dict[int, list[Run]] = {}
    outside = []
    for run in runs:
        at = next((at for at, grid in enumerate(grids) if grid.holds(run)), None)
        if at is None:
            outside.append(run)
        else:
            inside.setdefault(at, []).append(run)
    level = [rule for rule in rules if not rule.upright]
    pieces: list[Piece] = []
    for at, grid in enumerate(grids):
        above = [run for run in outside if run.middle < grid.down[0]]
        outside = [run for run in outside if run.middle >= grid.down[0]]
        pieces += [*_text(above, level), *_ruled(grid, inside.get(at, []), level)]
    return pieces + list(_text(outside, level))


def settled(pages: Sequence[Sequence[Piece]]) -> list[list[Piece]]:
    """Return the pages with tables of a single row kept only where they go on from or to another page."""
    return [
        [
            inner
            for at, piece in enumerate(page)
            for inner in (_settle(piece, pages, number, at) if isinstance(piece, Table) else (piece,))
        ]
        for number, page in enumerate(pages)
    ]


def _settle(table: Table, pages: Sequence[Sequence[Piece]], number: int, at: int) -> Iterator[Piece]:
    if table.filled > 1 or _goes_over(table, pages, number, at):
        yield table
        return
    last = len(table.edges) - 1
    for row in table.rows:
        column = 0
        for cell in row:
            edges = table.edges[min(column, last - 1)], table.edges[min(column + cell.columns, last)]
            column += cell.columns
            yield from (TextLine(line, edges) for line in cell.lines)


def _goes_over(table: Table, pages: Sequence[Sequence[Piece]], number: int, at: int) -> bool:
    before = pages[number - 1][-1:] if number and at == 0 else ()
    after = pages[number + 1][:1] if number + 1 < len(pages) and at == len(pages[number]) - 1 else ()
    return any(isinstance(piece, Table) and piece.continues(table) for piece in (*before, *after))


def _ruled(grid: Grid, runs: Sequence[Run], level: Sequence[Rule]) -> Iterator[Piece]:
    """Yield the table of a grid; one of which a single column holds text is a frame around text."""
    table = fill(grid, runs)
    if table.filled:
        yield table
    else:
        yield from _text(runs, level)


def _text(runs: Sequence[Run], level: Sequence[Rule]) -> Iterator[Piece]:
    """Yield the pieces of runs that no grid holds."""
    lines: list[tuple[list[Segment], Column]] = []
    for segment, column in in_order(segments_of(runs)):
        if lines and lines[-1][1] == column and lines[-1][0][-1].line == segment.line:
            lines[-1][0].append(segment)
        else:
            lines.append(([segment], column))
    for piece in find_aligned([line for line, _ in lines], level):
        if isinstance(piece, Table):
            yield piece
        else:
            line, column = lines[piece]
            yield TextLine(segment_of([run for segment in line for run in segment.runs]), column)
