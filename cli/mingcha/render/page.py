"""A page of a terminal report: styled lines of a fixed width, printed by rich as they stand.

Every text given to a page is taken as words, never as markup.
"""

import io
from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from mingcha.render.wrap import pad, wrap

MIN_WIDTH, MAX_WIDTH = 60, 200
Piece = tuple[str, str]
"""Words and their style."""


class Page:
    """Collects the lines of a report."""

    def __init__(self, width: int) -> None:
        self.width = max(MIN_WIDTH, min(MAX_WIDTH, width))
        self._lines: list[Text] = []

    def blank(self) -> None:
        """Add an empty line."""
        self._lines.append(Text())

    def rule(self, style: str = "dim") -> None:
        """Add a line across the page."""
        self._lines.append(Text("─" * self.width, style))

    def line(self, *pieces: Piece) -> None:
        """Add one line of pieces that are known to fit."""
        self._lines.append(Text.assemble(*pieces))

    def paragraph(self, text: str, style: str = "", indent: int = 0) -> None:
        """Add wrapped text."""
        for part in wrap(text, self.width - indent):
            self._lines.append(Text(" " * indent + part, style))

    def hanging(self, first: Piece, text: str, style: str = "") -> None:
        """Add wrapped text behind a mark; the further lines stand under the first word."""
        mark, mark_style = first
        room = len(pad(mark, 0))
        for number, part in enumerate(wrap(text, self.width - room)):
            lead = (mark, mark_style) if number == 0 else (" " * room, "")
            self._lines.append(Text.assemble(lead, (part, style)))

    def field(self, label: str, texts: Iterable[str], label_width: int, indent: int = 0, style: str = "") -> None:
        """Add a label with one or more wrapped texts beside it."""
        room = self.width - indent - label_width
        lead = pad(label, label_width)
        for text in texts:
            for part in wrap(text, room):
                self._lines.append(Text.assemble(" " * indent, (lead, "dim"), (part, style)))
                lead = " " * label_width

    def text(self, *, color: bool) -> str:
        """Return the page, with colours as terminal codes where asked."""
        console = Console(
            file=io.StringIO(),
            width=self.width + 1,  # Room for a mark of unclear width at the end of a line.
            force_terminal=color,
            color_system="standard" if color else None,
            no_color=not color,
            legacy_windows=False,
            highlight=False,
            emoji=False,
            markup=False,
            _environ={},
        )
        for line in self._lines:
            console.print(line, soft_wrap=True)
        output: io.StringIO = console.file  # type: ignore[assignment]
        return "\n".join(line.rstrip() for line in output.getvalue().split("\n"))
