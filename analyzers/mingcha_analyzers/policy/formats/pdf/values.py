"""What a page of a PDF file holds before it is put in reading order; points from the page's upper left corner."""

from collections.abc import Sequence
from dataclasses import dataclass

_SAME_EDGE = 8.0


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one look that stand beside each other; ``spaced``: a blank stands before them."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    strong: bool
    spaced: bool

    @property
    def middle(self) -> float:
        """The height of the middle of the characters."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A line that is drawn: ``at`` its height (or its place from the left, when upright), from ``start`` to ``end``."""

    upright: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Sheaf:
    """One page as drawn: its runs in the order of the file, its rules, and whether a picture covers most of it."""

    number: int
    width: float
    height: float
    runs: tuple[Run, ...]
    rules: tuple[Rule, ...]
    pictured: bool
    unknown: int
    """Characters of which the file does not say what they are."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Runs of one visual line with no wide gap between them; ``line`` is the number of that line on the page."""

    runs: tuple[Run, ...]
    left: float
    top: float
    right: float
    bottom: float
    line: int = 0

    @property
    def size(self) -> float:
        """The size of the longest run."""
        return max(self.runs, key=lambda run: len(run.text)).size

    @property
    def text(self) -> str:
        """The characters, with a blank where one stands."""
        return "".join((" " if run.spaced and at else "") + run.text for at, run in enumerate(self.runs))

    @property
    def strong(self) -> bool:
        """Whether all of it is in conspicuous type."""
        return all(run.strong for run in self.runs)


def segment_of(runs: Sequence[Run], line: int = 0) -> Segment:
    """Return the runs, which must be in order from left to right, as one segment."""
    return Segment(
        tuple(runs),
        runs[0].left,
        min(run.top for run in runs),
        max(run.right for run in runs),
        max(run.bottom for run in runs),
        line,
    )


@dataclass(frozen=True, slots=True)
class TableCell:
    """The lines of a cell, and over how many columns and rows it reaches."""

    lines: tuple[Segment, ...]
    columns: int = 1
    rows: int = 1

    @property
    def text(self) -> str:
        """All its characters."""
        return "".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; ``edges`` are where its columns begin and the last one ends."""

    rows: tuple[tuple[TableCell, ...], ...]
    edges: tuple[float, ...]
    top: float
    bottom: float

    @property
    def filled(self) -> int:
        """The number of rows with words in several cells."""
        return sum(sum(bool(cell.text) for cell in row) > 1 for row in self.rows)

    def continues(self, other: "Table") -> bool:
        """Tell whether the columns of two tables stand in the same places."""
        pairs = zip(self.edges, other.edges, strict=False)
        return len(self.edges) == len(other.edges) and all(abs(one - two) <= _SAME_EDGE for one, two in pairs)


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of running text; ``column`` is where its column begins and ends."""

    segment: Segment
    column: tuple[float, float]


Piece = TextLine | Table
"""What a page is put together from, in reading order."""
