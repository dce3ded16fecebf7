"""The reading order of a page: columns of text are read one after the other, what spans them parts them."""

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from mingcha_analyzers.policy.formats.pdf.values import Piece, Segment, TextLine

_LEAST = 4
"""Lines that a column has at least."""
_WIDE_LINE = 9
"""Columns of text have lines of many characters, columns of a table mostly have not."""
_FILL = 0.66
_CROSSING = 0.25
_STEP = 3.0
_DEEPEST = 3

Column = tuple[float, float]


def widened(pages: Sequence[Sequence[Piece]]) -> list[list[Piece]]:
    """Return the pages with one end for the lines of all pages that have a single column.

    A page of short lines does not show by itself where its column ends.
    """
    lines = [[piece for piece in page if isinstance(piece, TextLine)] for page in pages]
    single = [len({line.column for line in each}) == 1 for each in lines]
    segments = [line.segment for each, one in zip(lines, single, strict=True) if one for line in each]
    if not segments:
        return [list(page) for page in pages]
    edge = _right_edge(segments)
    return [
        [replace(piece, column=(piece.column[0], edge)) if isinstance(piece, TextLine) else piece for piece in page]
        if one
        else list(page)
        for page, one in zip(pages, single, strict=True)
    ]


def in_order(segments: Sequence[Segment], depth: int = 0) -> list[tuple[Segment, Column]]:
    """Return the segments, given line by line, in reading order, each with the left and right edge of its column."""
    if not segments:
        return []
    gutter = _gutter(segments) if depth < _DEEPEST else None
    if gutter is None:
        edges = min(each.left for each in segments), _right_edge(segments)
        return [(each, edges) for each in segments]
    ordered: list[tuple[Segment, Column]] = []
    band: list[Segment] = []
    whole = min(each.left for each in segments), max(each.right for each in segments)
    for each in segments:
        if each.left < gutter < each.right:
            ordered += [*_band(band, gutter, depth), (each, whole)]
            band = []
        else:
            band.append(each)
    return ordered + _band(band, gutter, depth)


def _right_edge(segments: Sequence[Segment]) -> float:
    """Return where full lines end: the place furthest right that a share of the lines reach; addresses overrun it."""
    rights = sorted((each.right for each in segments), reverse=True)
    near = median(each.size for each in segments)
    needed = max(min(_LEAST, len(rights) // 6), len(rights) // 12)
    pairs = zip(rights, rights[needed:], strict=False)
    return next((right for right, other in pairs if right - other <= near), rights[0])


def _band(band: Sequence[Segment], gutter: float, depth: int) -> list[tuple[Segment, Column]]:
    left = [each for each in band if each.right <= gutter]
    right = [each for each in band if each.right > gutter]
    return in_order(left, depth + 1) + in_order(right, depth + 1)


def _gutter(segments: Sequence[Segment]) -> float | None:
    """Return where the gap between two columns of running text lies, if the page has one."""
    if len(segments) < 2 * _LEAST:
        return None
    first, last = min(each.left for each in segments), max(each.right for each in segments)
    width = last - first
    best: tuple[int, float] | None = None
    place = first + width * 0.2
    while place <= first + width * 0.8:
        crossing = sum(each.left < place < each.right for each in segments)
        if best is None or crossing < best[0]:
            best = crossing, place
        place += _STEP
    if best is None or best[0] > len(segments) * _CROSSING:
        return None
    return best[1] if _parts_columns(segments, best[1]) else None


def _parts_columns(segments: Sequence[Segment], gutter: float) -> bool:
    """Tell whether there is running text on both sides: long lines that mostly fill their column."""
    sides = ([each for each in segments if each.right <= gutter], [each for each in segments if each.left >= gutter])
    for side in sides:
        if len(side) < _LEAST:
            return False
        widths = [each.right - each.left for each in side]
        if median(widths) < max(_FILL * max(widths), _WIDE_LINE * median(each.size for each in side)):
            return False
    return True
