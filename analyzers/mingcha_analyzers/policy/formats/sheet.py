"""The sheet on which a page is written: white space folded as a browser does, lines, bold and source lines kept."""

import re

from mingcha_analyzers.policy.formats.grid import Cell, is_header, resolve
from mingcha_analyzers.policy.formats.lines import BLANKS, Line, Lines
from mingcha_analyzers.policy.layout import BlockKind

_SPACE = re.compile(r"[ \t\n\r\f]+")
_CJK = re.compile("[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]")
_MIN_ROWS = 2


class Sheet:
    """Text written so far; a line is opened by its first visible character and closed by ``break_line``."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._line_start = 0
        self._space = False
        self._last = ""
        self._source = 1
        self._line_source = 1
        self._sources: list[int] = []
        self._lines: list[Line] = []
        self._marked: list[tuple[int, int]] = []
        self._strong = False
        self._level: int | None = None
        self._item = False
        self._rows: list[list[Cell]] | None = None
        self._row_places: list[tuple[int, int]] = []
        self._cell_start = 0
        self._tables = 0

    @property
    def length(self) -> int:
        """The number of characters written so far."""
        return self._length

    @property
    def in_table(self) -> bool:
        """Whether a table of data is open."""
        return self._rows is not None

    def move_to(self, source: int | None) -> None:
        """Note the line of the source where what follows stands."""
        if source is not None and source > self._source:
            self._source = source

    def set_strong(self, strong: bool) -> None:
        """Begin or end conspicuous type."""
        self._strong = strong

    def set_level(self, level: int | None) -> None:
        """Begin a heading of ``level``."""
        self._level = level

    def set_item(self) -> None:
        """Begin an item of a list."""
        self._item = True

    def write(self, words: str, *, keep: bool = False) -> None:
        """Write words with their white space folded; ``keep`` holds line ends, as preformatted text does."""
        if keep:
            for number, line in enumerate(words.split("\n")):
                if number:
                    self._source += 1
                    self.break_line()
                self._write(line)
            return
        self._write(words)

    def _write(self, words: str) -> None:
        at = 0
        for match in _SPACE.finditer(words):
            self._put(words[at : match.start()])
            self._fold(match.group(), words[match.end() : match.end() + 1])
            at = match.end()
        self._put(words[at:])

    def _fold(self, blank: str, following: str) -> None:
        lines = blank.count("\n")
        self._source += lines
        joined = lines and _CJK.match(self._last or " ") and _CJK.match(following or " ")
        self._space = self._space or not joined

    def _put(self, word: str) -> None:
        if not word:
            return
        if self._length == self._line_start:
            word = word.lstrip(BLANKS)
            if not word:
                return
            self._line_source = self._source
        elif self._space:
            word = " " + word
        self._space = False
        start = self._length
        self._parts.append(word)
        self._length += len(word)
        self._last = word[-1]
        if self._strong:
            self._mark(start, self._length)

    def _mark(self, start: int, end: int) -> None:
        if self._marked and self._marked[-1][1] == start:
            self._marked[-1] = (self._marked[-1][0], end)
        else:
            self._marked.append((start, end))

    def break_line(self) -> None:
        """Close the line; inside a cell only a blank is left, so that a row stays one line."""
        if self._rows is not None:
            self._space = True
            return
        self._close_line()

    def _close_line(self, row: bool = False) -> None:
        level, item, self._level, self._item = self._level, self._item, None, False
        self._space = False
        if self._length == self._line_start:
            if not row:
                self._level, self._item = level, item  # The block's words are still to come.
            return
        if not row:
            kind = BlockKind.LIST_ITEM if item else BlockKind.PARAGRAPH
            self._lines.append(Line(self._line_start, self._length, kind, level, self._covered()))
        self._sources.append(self._line_source)
        self._parts.append("\n")
        self._length += 1
        self._line_start = self._length
        self._last = ""

    def end_block(self) -> None:
        """Close the line and forget the block's level."""
        self.break_line()
        self._level, self._item = None, False

    def _covered(self) -> bool:
        """Tell whether the line that is closed is conspicuous throughout."""
        marked = 0
        for start, end in reversed(self._marked):
            if end <= self._line_start:
                break
            marked += end - max(start, self._line_start)
        return marked > 0 and marked >= (self._length - self._line_start) * 0.9

    def begin_table(self) -> None:
        """Begin a table of data."""
        self._close_line()
        self._rows = []

    def begin_row(self) -> None:
        """Begin a row; one that was left open ends."""
        self.end_row()
        if self._rows is not None:
            self._rows.append([])

    def begin_cell(self) -> None:
        """Begin a cell, parted from the one before by a tab."""
        if self._rows is None:
            return
        if not self._rows:
            self._rows.append([])
        if self._rows[-1] and self._length > self._line_start:
            self._parts.append("\t")
            self._length += 1
        self._space = False
        self._last = ""
        self._cell_start = self._length
        if self._length == self._line_start:
            self._line_source = self._source

    def end_cell(self, columns: int, rows: int, *, heading: bool) -> None:
        """End a cell that reaches over ``columns`` and ``rows``."""
        if self._rows:
            self._rows[-1].append(Cell(self._cell_start, self._length, columns, rows, heading))
            self._space = False

    def end_row(self) -> None:
        """End a row; one without words is no line."""
        if self._rows is None or len(self._rows) == len(self._row_places):
            return
        self._row_places.append((self._line_start, self._length))
        self._close_line(row=True)

    def end_table(self) -> None:
        """End the table: its rows become lines with the cells of all columns."""
        if self._rows is None:
            return
        self.end_row()
        text = ""
        for number, (row, cells) in enumerate(zip(self._rows, resolve(self._rows), strict=True)):
            start, end = self._row_places[number]
            if start == end:
                continue
            header = is_header(text, row, number)
            self._lines.append(Line(start, end, BlockKind.TABLE_ROW, table=self._tables, cells=cells, header=header))
        self._tables += 1
        self._rows = None
        self._row_places = []

    def finish(self) -> Lines:
        """Return the whole text with its lines."""
        self.end_table()
        self._close_line()
        text = "".join(self._parts).removesuffix("\n")
        return Lines(text, tuple(self._lines), tuple(self._sources), tuple(self._marked), extracted=True)
