"""What a page draws beside its characters: the rules of tables, and pictures that may be scanned text."""

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mingcha_analyzers.policy.formats.pdf.frame import Frame
from mingcha_analyzers.policy.formats.pdf.values import Rule

_MAX_OBJECTS = 20_000
_MAX_SEGMENTS = 20_000
_MAX_RULES = 3_000
_DEEPEST = 4
_THIN = 3.0
_SHORTEST = 4.0

Matrix = tuple[float, float, float, float, float, float]
_PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Drawn:
    """The rules of a page and the area that pictures cover, in square points."""

    rules: tuple[Rule, ...]
    pictures: float


def read_drawn(pdfium: Any, page: Any, frame: Frame) -> Drawn:
    """Return the rules and pictures of a page, as many as are looked at."""
    reader = _Reader(pdfium, frame)
    objects = (pdfium.FPDFPage_GetObject(page, at) for at in range(pdfium.FPDFPage_CountObjects(page)))
    reader.read(objects, _PLAIN, 0)
    return Drawn(tuple(reader.rules), reader.pictures)


class _Reader:
    """Goes through the objects of a page and those of its forms."""

    def __init__(self, pdfium: Any, frame: Frame) -> None:
        self._pdfium = pdfium
        self._frame = frame
        self._objects = _MAX_OBJECTS
        self._segments = _MAX_SEGMENTS
        self.rules: list[Rule] = []
        self.pictures = 0.0

    def read(self, objects: Iterator[Any], matrix: Matrix, depth: int) -> None:
        """Take the rules of ``objects``, which ``matrix`` places on the page."""
        pdfium = self._pdfium
        for each in objects:
            self._objects -= 1
            if self._objects < 0 or len(self.rules) >= _MAX_RULES:
                return
            kind = pdfium.FPDFPageObj_GetType(each)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._path(each, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self._picture(each, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                count = pdfium.FPDFFormObj_CountObjects(each)
                inner = (pdfium.FPDFFormObj_GetObject(each, at) for at in range(max(0, count)))
                self.read(inner, _joined(self._matrix(each), matrix), depth + 1)

    def _matrix(self, each: Any) -> Matrix:
        matrix = self._pdfium.FS_MATRIX()
        if not self._pdfium.FPDFPageObj_GetMatrix(each, ctypes.byref(matrix)):
            return _PLAIN
        return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f

    def _picture(self, each: Any, matrix: Matrix) -> None:
        """Count the area of a picture; its own matrix draws the unit square."""
        a, b, c, d = _joined(self._matrix(each), matrix)[:4]
        area = abs(a * d - b * c)
        if math.isfinite(area):
            self.pictures += area

    def _path(self, each: Any, matrix: Matrix) -> None:
        """Take a thin path as one rule, else each of its level and upright sides."""
        sides = self._sides(each, _joined(self._matrix(each), matrix))
        if not sides:
            return
        across = [point[0] for side in sides for point in side]
        down = [point[1] for side in sides for point in side]
        if min(max(across) - min(across), max(down) - min(down)) <= _THIN:
            self._rule((min(across), min(down)), (max(across), max(down)))
            return
        for first, second in sides:
            if min(abs(first[0] - second[0]), abs(first[1] - second[1])) <= 1:
                self._rule(first, second)

    def _rule(self, first: Point, second: Point) -> None:
        across, down = sorted((first[0], second[0])), sorted((first[1], second[1]))
        left, top, right, bottom = self._frame.place(across[0], down[0], across[1], down[1])
        if max(right - left, bottom - top) < _SHORTEST:
            return
        if right - left >= bottom - top:
            self.rules.append(Rule(False, (top + bottom) / 2, left, right))
        else:
            self.rules.append(Rule(True, (left + right) / 2, top, bottom))

    def _sides(self, each: Any, matrix: Matrix) -> list[tuple[Point, Point]]:
        """Return the straight sides of a path; curves and huge paths are no rules."""
        pdfium = self._pdfium
        count = pdfium.FPDFPath_CountSegments(each)
        if not 2 <= count <= self._segments:
            return []
        self._segments -= count
        across, down = ctypes.c_float(), ctypes.c_float()
        sides: list[tuple[Point, Point]] = []
        opened = before = (0.0, 0.0)
        for at in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(each, at)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(across), ctypes.byref(down))
            point = _moved(matrix, across.value, down.value)
            if kind == pdfium.FPDF_SEGMENT_BEZIERTO or not math.isfinite(point[0] + point[1]):
                return []
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                opened = point
            else:
                sides.append((before, point))
            before = point
            if pdfium.FPDFPathSegment_GetClose(segment):
                sides.append((point, opened))
        return sides


def _moved(matrix: Matrix, across: float, down: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * across + c * down + e, b * across + d * down + f


def _joined(inner: Matrix, outer: Matrix) -> Matrix:
    """Return the matrix that does what ``inner`` does and then what ``outer`` does."""
    a, b, c, d, e, f = inner
    first, second = _moved((*outer[:4], 0.0, 0.0), a, b), _moved((*outer[:4], 0.0, 0.0), c, d)
    return (*first, *second, *_moved(outer, e, f))
