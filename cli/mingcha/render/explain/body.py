"""The text of a document as HTML: headings, paragraphs, list items and tables, as the reader found them."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from mingcha.render.explain.ink import Ink
from mingcha.render.web.markup import Html, element
from mingcha_analyzers.policy.blocks import BlockKind, Cell, TextBlock

_DEEPEST = 6
_SHOWN_LEVELS = 2
"""Headings of the page itself stand above those of the policy."""


def render_blocks(blocks: Sequence[TextBlock], ink: Ink) -> Html:
    """Return blocks of one section, rows of one table together."""
    parts: list[Html] = []
    for table, run in groupby(blocks, key=lambda block: block.table if block.cells else None):
        group = tuple(run)
        parts += [_block(block, ink) for block in group] if table is None else [_table(group, ink)]
    return "\n".join(parts)


def _block(block: TextBlock, ink: Ink) -> Html:
    inner = ink.draw(block.start, block.end)
    if block.kind is BlockKind.HEADING:
        level = min((block.level or _DEEPEST) + _SHOWN_LEVELS, _DEEPEST)
        return element(f"h{level}", inner)
    return element("p", inner, class_="li" if block.kind is BlockKind.LIST_ITEM else None)


def _table(rows: Sequence[TextBlock], ink: Ink) -> Html:
    grid = [row.cells for row in rows]
    lines = []
    for at, row in enumerate(rows):
        tag = "th" if row.header else "td"
        lines.append(element("tr", *(_cell(tag, grid, at, column, ink) for column in _columns(grid, at))))
    return element("div", element("table", *lines), class_="table")


def _columns(grid: Sequence[Sequence[Cell]], at: int) -> Iterator[int]:
    """Yield the columns where a cell of row ``at`` begins; none where that of the left or of the row above goes on."""
    row, above = grid[at], grid[at - 1] if at else ()
    for column, cell in enumerate(row):
        filled = cell.start < cell.end
        if filled and column and row[column - 1] == cell:
            continue
        if filled and column < len(above) and above[column] == cell:
            continue
        yield column


def _cell(tag: str, grid: Sequence[Sequence[Cell]], at: int, column: int, ink: Ink) -> Html:
    cell = grid[at][column]
    if cell.start >= cell.end:
        return element(tag)
    wide = high = 1
    while column + wide < len(grid[at]) and grid[at][column + wide] == cell:
        wide += 1
    while at + high < len(grid) and column < len(grid[at + high]) and grid[at + high][column] == cell:
        high += 1
    spans = {"colspan": wide if wide > 1 else None, "rowspan": high if high > 1 else None}
    return element(tag, ink.draw(cell.start, cell.end), **spans)
