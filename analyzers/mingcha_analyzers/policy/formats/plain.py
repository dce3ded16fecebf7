"""Plain text: each line is a paragraph; lines parted by equally many tabs are the rows of a table."""

from mingcha_analyzers.policy.formats.lines import Line, Lines, split_lines, strip_range
from mingcha_analyzers.policy.layout import BlockKind

_MIN_ROWS = 3
_MIN_TABS = 2


def read_plain(text: str) -> Lines:
    """Return the lines of plain text; nothing in it can show bold type."""
    places = split_lines(text)
    tabs = [text.count("\t", start, end) for start, end in places]
    lines: list[Line] = []
    table = 0
    index = 0
    while index < len(places):
        stop = index + 1
        while stop < len(places) and tabs[stop] == tabs[index]:
            stop += 1
        if tabs[index] >= _MIN_TABS and stop - index >= _MIN_ROWS:
            lines += _rows(text, places[index:stop], table)
            table += 1
        else:
            lines += [Line(start, end) for start, end in places[index:stop]]
        index = stop
    return Lines(text, tuple(lines))


def _rows(text: str, places: list[tuple[int, int]], table: int) -> list[Line]:
    return [
        Line(start, end, BlockKind.TABLE_ROW, table=table, cells=_cells(text, start, end), header=number == 0)
        for number, (start, end) in enumerate(places)
    ]


def _cells(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    cells = []
    while (tab := text.find("\t", start, end)) >= 0:
        cells.append(strip_range(text, start, tab))
        start = tab + 1
    return (*cells, strip_range(text, start, end))
