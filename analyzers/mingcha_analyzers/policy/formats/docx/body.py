"""Writes the body of a DOCX file on a sheet: paragraphs, tables, and what is inside of them."""

from collections.abc import Iterator, Mapping

from mingcha_analyzers.policy.formats.docx.numbering import Numbering
from mingcha_analyzers.policy.formats.docx.package import Element, child, local, value
from mingcha_analyzers.policy.formats.docx.paragraphs import Paragraph, ParagraphReader, numbered
from mingcha_analyzers.policy.formats.docx.styles import Style, Styles, outline_level
from mingcha_analyzers.policy.formats.docx.tables import Cell, is_data_table, rows_of
from mingcha_analyzers.policy.formats.sheet import Sheet
from mingcha_analyzers.values import Limit

_DEEPEST = 24
"""Levels of tables and boxes inside one another; no page for people has more than a few."""
_INNER_NAMES = "sdt sdtContent customXml smartTag ins moveTo txbxContent AlternateContent Choice"
_INNER = frozenset(_INNER_NAMES.split())
"""What only wraps paragraphs and tables."""


class BodyWriter:
    """The sheet and the counters that run through the whole file."""

    def __init__(self, styles: Styles, numbering: Numbering, notes: Mapping[str, Element]) -> None:
        """Begin with what the other parts of the file say."""
        self.sheet = Sheet()
        self.limits: list[Limit] = []
        self._styles = styles
        self._numbering = numbering
        self._notes = dict(notes)
        self._reader = ParagraphReader(styles)
        self._depth = 0

    def write(self, container: Element) -> None:
        """Write the paragraphs and tables of a body, cell, note or box."""
        if self._depth >= _DEEPEST:
            self._leave_out("nested_too_deep")
            return
        self._depth += 1
        for each in _blocks(container):
            name = local(each)
            if name == "p":
                self._write_paragraph(each)
            elif name == "tbl":
                self._write_table(each)
            else:
                self._leave_out("embedded_document")
        self._depth -= 1

    def _leave_out(self, reason: str) -> None:
        limit = Limit("policy_pages", reason, "")
        if limit not in self.limits:
            self.limits.append(limit)

    def _write_paragraph(self, element: Element) -> None:
        properties = child(element, "pPr")
        style = self._styles.style(value(child(properties, "pStyle")))
        paragraph = self._reader.read(element, style)
        label = self._label(element, style)
        if not paragraph.text.strip():
            label = ""  # It counts and shows nothing to read.
        sheet = self.sheet
        sheet.set_level(outline_level(properties) or style.level)
        if label.startswith("• "):
            sheet.set_item()
        self._write_words(label, paragraph)
        sheet.end_block()
        for box in paragraph.boxes:
            self.write(box)
        for key in paragraph.notes:
            note = self._notes.pop(key, None)  # Each note is read once, whatever points to it.
            if note is not None:
                self.write(note)

    def _label(self, element: Element, style: Style) -> str:
        place = numbered(element, style)
        if place is None or child(element, "pPr", "rPr", "del") is not None:
            return ""
        key, depth = place
        if depth is None:
            depth = self._numbering.depth_of(key, value(child(element, "pPr", "pStyle")))
        return self._numbering.next_label(key, depth)

    def _write_words(self, label: str, paragraph: Paragraph) -> None:
        sheet = self.sheet
        first = next((each for each in paragraph.words if each.text.strip()), None)
        sheet.set_strong(first is not None and first.strong)
        sheet.write(label)
        for words in paragraph.words:
            sheet.set_strong(words.strong)
            sheet.write(words.text, keep="\n" in words.text)
        sheet.set_strong(False)

    def _write_table(self, element: Element) -> None:
        rows = rows_of(element)
        if self.sheet.in_table or not is_data_table(rows):
            for cell in (cell for row in rows for cell in row):
                self._write_cell(cell)
            return
        self.sheet.begin_table()
        for row in rows:
            self.sheet.begin_row()
            for cell in row:
                self.sheet.begin_cell()
                self._write_cell(cell)
                self.sheet.end_cell(cell.columns, cell.rows, heading=cell.heading)
            self.sheet.end_row()
        self.sheet.end_table()

    def _write_cell(self, cell: Cell) -> None:
        if cell.element is not None:
            self.write(cell.element)


def _blocks(container: Element) -> Iterator[Element]:
    """Yield paragraphs, tables and embedded documents in order, through what only wraps them."""
    stack = list(reversed(container))
    while stack:
        each = stack.pop()
        name = local(each)
        if name in ("p", "tbl", "altChunk"):
            yield each
        elif name in _INNER:
            stack += reversed(each)
