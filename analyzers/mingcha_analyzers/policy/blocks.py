"""The runs of text that a document is made of: headings, paragraphs, list items, table rows with their cells."""

from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What a run of text is; a table row keeps its cells."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table row; a cell under a row span repeats the place of the cell that covers it."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One run of a document's text: code points into it, in order and without overlap.

    ``level``: that of a heading in the outline, 1 for the highest; null for all else. ``table``: number of the table
    within the document; ``header``: the row names the columns.
    """

    kind: BlockKind
    start: int
    end: int
    level: int | None = None
    table: int | None = None
    header: bool = False
    cells: tuple[Cell, ...] = ()
