"""Texts that lost their line ends: where one long line is cut at numbers that run in sequence."""

import re
from itertools import pairwise

from mingcha_analyzers.policy.formats.lines import Line, strip_range
from mingcha_analyzers.policy.layout import BlockKind
from mingcha_analyzers.policy.numbering import Number, read_number

LONG = 400
_TOKEN = re.compile(
    "第[一二三四五六七八九十]{1,3}[章节条部]|[一二三四五六七八九十]{1,3}[、.]|[（(][一二三四五六七八九十]{1,3}[)）]"
    r"|[（(]\d{1,2}[)）]|(?<![\d.])\d{1,2}(?:[.．]\d{1,2}){0,3}(?:[、.．](?!\d)|(?=[\u4e00-\u9fff]))"
)
_BEFORE = frozenset("。；;：:！!？?.”）)》】 \t\u00a0\u3000")
_NO_CUT_BEFORE = frozenset("第至到、和及与或如款条项/-—~～")
_LOOSE = frozenset({"一、", "（一）"})


def cut(text: str, lines: tuple[Line, ...]) -> list[Line]:
    """Return the lines with the long ones cut before each number that continues its sequence."""
    result: list[Line] = []
    for line in lines:
        if line.end - line.start > LONG and line.kind is not BlockKind.TABLE_ROW and line.level is None:
            result += _pieces(text, line)
        else:
            result.append(line)
    return result


def _pieces(text: str, line: Line) -> list[Line]:
    bounds = [line.start, *_cuts(text, line.start, line.end), line.end]
    places = (strip_range(text, a, b) for a, b in pairwise(bounds))
    pieces = [Line(start, end) for start, end in places if start < end]
    return pieces if len(pieces) > 1 else [line]


def _cuts(text: str, start: int, end: int) -> list[int]:
    """Accept a number that opens a sequence or follows the last of its style."""
    last: dict[str, int] = {}
    first = read_number(text, start, end)
    if first is not None:
        last[first.style] = first.value
    cuts = []
    for match in _TOKEN.finditer(text, start + 1, end):
        number = read_number(text, match.start(), end)
        if number is None or not _may_cut(text, match.start(), number):
            continue
        if number.value == 1 or last.get(number.style) == number.value - 1:
            last[number.style] = number.value
            cuts.append(match.start())
    return cuts


def _may_cut(text: str, at: int, number: Number) -> bool:
    before = text[at - 1]
    if before in _NO_CUT_BEFORE or number.style in ("1 ", "a.", "①"):
        return False
    if number.style in _LOOSE or number.style.startswith("第"):
        return True
    return before in _BEFORE
