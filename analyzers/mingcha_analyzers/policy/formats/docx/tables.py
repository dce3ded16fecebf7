"""The rows and cells of a table in a DOCX file, with cells that reach over columns and rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mingcha_analyzers.policy.formats.docx.package import Element, child, flag, local, number, value

_MOST = 100


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell; one without element is a gap before or behind a short row."""

    element: Element | None
    columns: int = 1
    rows: int = 1
    heading: bool = False


Row = tuple[Cell, ...]


def rows_of(table: Element) -> list[Row]:
    """Return the rows with the cells that begin in them; a cell that is covered from above is left out."""
    rows: list[list[Cell]] = []
    open_cells: dict[int, tuple[int, int]] = {}
    for element in _inner(table, "tr"):
        properties = child(element, "trPr")
        if child(properties, "del") is not None:
            continue
        heading = flag(child(properties, "tblHeader")) is True
        row: list[Cell] = []
        rows.append(row)
        column = 0
        before = _span(child(properties, "gridBefore"))
        if child(properties, "gridBefore") is not None:
            row.append(Cell(None, before))
            column = before
        for each in _inner(element, "tc"):
            columns = _span(child(each, "tcPr", "gridSpan"))
            merge = child(each, "tcPr", "vMerge")
            if merge is not None and value(merge) != "restart" and column in open_cells:
                above, at = open_cells[column]
                rows[above][at] = replace(rows[above][at], rows=rows[above][at].rows + 1)
            else:
                open_cells.pop(column, None)
                if merge is not None:
                    open_cells[column] = len(rows) - 1, len(row)
                row.append(Cell(each, columns, 1, heading))
            column += columns
    return [tuple(row) for row in rows]


def is_data_table(rows: Sequence[Row]) -> bool:
    """Tell a table of data from one that lays out the page: rows with several cells and no table inside."""
    if any(cell.element is not None and _holds_table(cell.element) for row in rows for cell in row):
        return False
    return sum(len(row) >= 2 for row in rows) >= 2


def _holds_table(cell: Element) -> bool:
    return next(_inner(cell, "tbl"), None) is not None


def _span(element: Element | None) -> int:
    return max(1, min(_MOST, number(value(element)) or 1))


def _inner(element: Element, wanted: str) -> Iterator[Element]:
    """Yield children of that name in order, also those that content controls wrap."""
    stack = list(reversed(element))
    while stack:
        each = stack.pop()
        name = local(each)
        if name == wanted:
            yield each
        elif name in ("sdt", "sdtContent", "customXml", "ins"):
            stack += reversed(each)
