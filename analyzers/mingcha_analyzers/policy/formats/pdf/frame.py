"""How a page stands: its box and its turn, so that all places are measured from the upper left corner as one reads."""

import ctypes
import math
from dataclasses import dataclass
from typing import Any

Box = tuple[float, float, float, float]
"""left, top, right, bottom."""
_A4 = (0.0, 0.0, 595.0, 842.0)
_LARGEST = 20_000.0


@dataclass(frozen=True, slots=True)
class Frame:
    """The box of a page in the file's own points (origin below left), and its turn in quarters clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @classmethod
    def of(cls, pdfium: Any, page: Any) -> "Frame":
        """Return the frame of an open page."""
        box = pdfium.FS_RECTF()
        found = pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(box))
        edges = box.left, box.bottom, box.right, box.top
        if not found or not all(math.isfinite(edge) and abs(edge) <= _LARGEST for edge in edges):
            edges = _A4
        left, bottom, right, top = edges
        return cls(left, bottom, right, top, pdfium.FPDFPage_GetRotation(page) % 4)

    @property
    def width(self) -> float:
        """The width as one reads."""
        return self.right - self.left if self.turn % 2 == 0 else self.top - self.bottom

    @property
    def height(self) -> float:
        """The height as one reads."""
        return self.top - self.bottom if self.turn % 2 == 0 else self.right - self.left

    def place(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return a box of the file as left, top, right, bottom from the upper left corner."""
        if self.turn == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        if self.turn == 1:
            return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
        if self.turn == 2:
            return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
        return self.top - top, self.right - right, self.top - bottom, self.right - left

    def holds(self, box: Box) -> bool:
        """Tell whether the middle of a box lies on the page."""
        across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return -1 <= across <= self.width + 1 and -1 <= down <= self.height + 1
