"""Writes the pieces of all pages on one sheet: lines joined to paragraphs, tables joined over pages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mingcha_analyzers.policy.formats.lines import Lines
from mingcha_analyzers.policy.formats.pdf.joining import Paragraph, glue, is_bullet, line_pitch
from mingcha_analyzers.policy.formats.pdf.values import Piece, Run, Segment, Table, TableCell, TextLine
from mingcha_analyzers.policy.formats.sheet import Sheet

_LARGER = 1.12
_LONGEST_HEADING = 60
_LEADERS = re.compile(r"[.．…·‥_]{4,}\s*\d{0,4}$")
_CJK = re.compile("[\u2e80-\u9fff\u3000-\u303f\uff00-\uffef]")
_GAP, _GAP_CJK = 0.22, 0.8
_FINAL = "。；.;"

Row = tuple[TableCell, ...]


class Writer:
    """The sheet, the paragraph that is still open and the table that may go on on the next page."""

    def __init__(self, body: float, sizes: Sequence[float]) -> None:
        """Begin with the size of running text and the larger sizes, the largest first."""
        self._body = body
        self._sizes = sizes
        self._sheet = Sheet()
        self._paragraph: Paragraph | None = None
        self._table: Table | None = None
        self._held: Row | None = None
        self._header: list[str] = []
        self._written = ""
        self._pages: list[int] = []
        self._begun = 0
        self._pitch = 0.0

    def write_page(self, pieces: Sequence[Piece]) -> None:
        """Write a page; what was open at the end of the last one may go on."""
        self._begun += 1
        self._pitch = line_pitch([piece for piece in pieces if isinstance(piece, TextLine)]) or self._pitch
        turned = True
        for piece in pieces:
            if isinstance(piece, Table):
                self._write_table(piece, turned=turned)
            else:
                self._write_line(piece, turned=turned)
            turned = False

    def finish(self) -> Lines:
        """Return all that was written, with the places where pages begin."""
        self._end_table()
        self._end_paragraph()
        self._note_page()
        lines = self._sheet.finish()
        return replace(lines, source_lines=(), pages=tuple(self._pages))

    def _note_page(self) -> None:
        """Note that the pages begun since the last words begin here."""
        while len(self._pages) < self._begun:
            self._pages.append(self._sheet.length)

    def _write_line(self, line: TextLine, *, turned: bool) -> None:
        self._end_table()
        turned = turned or (self._paragraph is not None and self._paragraph.last.column != line.column)
        if self._paragraph is not None and self._paragraph.goes_on(line, self._pitch, turned=turned):
            self._paragraph.lines.append(line)
            self._write(line.segment, glue(self._written, line.segment.text))
            return
        self._end_paragraph()
        self._paragraph = Paragraph(line)
        self._sheet.set_level(self._level(line.segment))
        if is_bullet(line.segment.text):
            self._sheet.set_item()
        self._write(line.segment, "")

    def _level(self, segment: Segment) -> int | None:
        """Return the level of a heading told by its size."""
        if segment.size < self._body * _LARGER or len(segment.text) > _LONGEST_HEADING or segment.text[-1] in _FINAL:
            return None
        return min(6, 1 + sum(size > segment.size + 0.3 for size in self._sizes))

    def _write(self, segment: Segment, prefix: str) -> None:
        self._note_page()
        before: Run | None = None
        for run in _without_leaders(segment):
            words = (prefix if before is None else _blank(before, run)) + run.text
            self._sheet.set_strong(run.strong or run.size >= self._body * _LARGER)
            self._sheet.write(words)
            self._written = (self._written + words)[-300:]
            before = run
        self._sheet.set_strong(False)

    def _end_paragraph(self) -> None:
        if self._paragraph is not None:
            self._sheet.end_block()
            self._paragraph = None
        self._written = ""

    def _write_table(self, table: Table, *, turned: bool) -> None:
        self._end_paragraph()
        rows = list(table.rows)
        if self._table is not None and turned and self._table.continues(table):
            if rows and _words(rows[0]) == self._header:
                rows.pop(0)
            rows = list(self._continued(rows))
        else:
            self._end_table()
            self._sheet.begin_table()
            self._header = _words(rows[0]) if rows else []
        self._table = table
        for row in rows:
            self._flush()
            self._held = row

    def _continued(self, rows: Sequence[Row]) -> Iterator[Row]:
        """Yield the rows of a table's next page; one that the page's end cut is joined to the row before."""
        first = rows[0] if rows else ()
        held = self._held
        if not first or held is None or first[0].text or len(first) != len(held):
            yield from rows
            return
        pairs = list(zip(held, first, strict=True))
        if any(new.text and old.text and old.text[-1] not in _FINAL for old, new in pairs):
            self._held = tuple(replace(old, lines=old.lines + new.lines) for old, new in pairs)
        else:
            self._held = (replace(held[0], rows=held[0].rows + first[0].rows), *held[1:])
            yield first[1:]
        yield from rows[1:]

    def _flush(self) -> None:
        """Write the row that was held back."""
        if self._held is None:
            return
        self._sheet.begin_row()
        for cell in self._held:
            self._sheet.begin_cell()
            self._written = ""
            for line in cell.lines:
                self._write(line, glue(self._written, line.text))
            strong = bool(cell.lines) and all(line.strong for line in cell.lines)
            self._sheet.end_cell(cell.columns, cell.rows, heading=strong)
        self._sheet.end_row()
        self._held = None

    def _end_table(self) -> None:
        self._flush()
        if self._table is not None:
            self._sheet.end_table()
            self._table = None
            self._written = ""


def _without_leaders(segment: Segment) -> Iterator[Run]:
    """Yield the runs without the dots and the page number at the end of a line in a table of contents."""
    found = _LEADERS.search(segment.text)
    left = len(segment.text) if found is None else found.start()
    for run in segment.runs:
        words = run.text[: max(0, left)]
        left -= len(run.text) + run.spaced
        if words:
            yield replace(run, text=words) if found else run


def _blank(before: Run, run: Run) -> str:
    apart = (run.left - before.right) / max(run.size, 1.0)
    close = _CJK.match(before.text[-1]) and _CJK.match(run.text[0])
    if run.spaced:
        return " " if apart > _GAP or not close else ""
    return " " if apart > (_GAP_CJK if close else _GAP) else ""


def _words(row: Row) -> list[str]:
    return [cell.text for cell in row]
