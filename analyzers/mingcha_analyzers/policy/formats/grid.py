"""Tables of a page: which hold data, and where the cell of each column stands when cells span others."""

from dataclasses import dataclass

from mingcha_analyzers.policy.formats.node import Node

_MAX_SPAN = 50
_MAX_COLUMNS = 100
_HEADER_CELL = 20


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as written: its place in the text and how far it reaches."""

    start: int
    end: int
    columns: int
    rows: int
    heading: bool


def is_data_table(table: Node) -> bool:
    """Tell a table of data from one that lays out the page: rows with several cells and no table inside."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    wide = 0
    for row in table.iter("tr"):
        cells = sum(1 for cell in row if cell.tag in ("td", "th"))
        wide += cells >= 2
        if wide >= 2:
            return True
    return False


def span_of(cell: Node, name: str) -> int:
    """Return a column or row span, kept small: a forged one must not cost memory."""
    value = (cell.get(name) or "1").strip()
    return max(1, min(_MAX_SPAN, int(value))) if value.isdecimal() and len(value) < 6 else 1


def resolve(rows: list[list[Cell]]) -> list[tuple[tuple[int, int], ...]]:
    """Return the place of the cell in every column of every row; a covered column repeats the covering cell."""
    open_cells: dict[int, tuple[Cell, int]] = {}
    resolved = []
    for row in rows:
        places: dict[int, Cell] = {}
        for column, (cell, left) in list(open_cells.items()):
            places[column] = cell
            if left == 1:
                del open_cells[column]
            else:
                open_cells[column] = (cell, left - 1)
        column = 0
        for cell in row:
            while column in places:
                column += 1
            for offset in range(cell.columns):
                if column + offset >= _MAX_COLUMNS:
                    break
                places[column + offset] = cell
                if cell.rows > 1:
                    open_cells[column + offset] = (cell, cell.rows - 1)
        resolved.append(tuple((places[at].start, places[at].end) for at in sorted(places)))
    return resolved


def is_header(text: str, row: list[Cell], number: int) -> bool:
    """Tell whether a row names the columns: headings throughout, or a first row of short words."""
    if not row:
        return False
    if all(cell.heading for cell in row):
        return True
    return number == 0 and all(0 < cell.end - cell.start <= _HEADER_CELL for cell in row) and len(row) >= 2
