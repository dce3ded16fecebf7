"""Texts that lost their line ends: where one long line is cut at numbers that run in sequence."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from mingcha_analyzers.policy.formats.lines import Line, strip_range
from mingcha_analyzers.policy.layout import BlockKind
from mingcha_analyzers.policy.numbering import Number, is_strong_style, read_number

LONG = 400
_TOKEN = re.compile(
    "第[ \u00a0]?[一二三四五六七八九十]{1,3}[ \u00a0]?[章节条部]"
    "|[一二三四五六七八九十]{1,3}[、.]|[（(][一二三四五六七八九十]{1,3}[)）]"
    r"|[（(]\d{1,2}[)）]|(?<![\d.])\d{1,2}(?:[.．]\d{1,2}){0,3}(?:[、.．](?!\d)|(?=[\u4e00-\u9fff]))"
)
_BEFORE = frozenset("。；;：:！!？?.”）)》】 \t\u00a0\u3000")
_NO_CUT_BEFORE = frozenset('第至到、和及与或如款条项见“"「『《〈（([/-—~～')
_NEVER = frozenset({"1 ", "a.", "①"})
_REFERRED = tuple("、，）)（(")
_STEP = 2
_HEADING = 40


@dataclass(slots=True)
class _Sequence:
    """The last number of each style over the whole document, and where the last heading was cut."""

    last: dict[str, int] = field(default_factory=dict)
    heading: int = -_HEADING

    def accepts(self, text: str, number: Number) -> bool:
        """Tell whether a number opens a sequence or follows the last of its style."""
        before = text[number.start - 1]
        strong = is_strong_style(number.style)
        if before in _NO_CUT_BEFORE or number.style in _NEVER or text.startswith(_REFERRED, number.rest):
            return False
        opens = number.value == 1 and number.start - self.heading <= _HEADING
        dotted = number.style[0] == "1" and number.style != "1."
        if before not in _BEFORE and not opens and (dotted or not strong):
            return False
        return number.value == 1 or 0 < number.value - self.last.get(number.style, 99) <= (_STEP if strong else 1)

    def note(self, number: Number) -> None:
        """Keep the number as the last of its style; lists below it begin anew."""
        self.last[number.style] = number.value
        if is_strong_style(number.style):
            self.heading = number.start


def cut(text: str, lines: tuple[Line, ...]) -> list[Line]:
    """Return the lines with the long ones cut before each number that continues its sequence."""
    sequence = _Sequence()
    result: list[Line] = []
    for line in lines:
        first = read_number(text, line.start, line.end)
        if first is not None:
            sequence.note(first)
        if line.end - line.start > LONG and line.kind is not BlockKind.TABLE_ROW and line.level is None:
            result += _pieces(text, line, sequence)
        else:
            result.append(line)
    return result


def _pieces(text: str, line: Line, sequence: _Sequence) -> list[Line]:
    bounds = [line.start, *_cuts(text, line.start, line.end, sequence), line.end]
    places = (strip_range(text, a, b) for a, b in pairwise(bounds))
    pieces = [Line(start, end, flat=True) for start, end in places if start < end]
    return pieces if len(pieces) > 1 else [line]


def _cuts(text: str, start: int, end: int, sequence: _Sequence) -> list[int]:
    cuts = []
    for match in _TOKEN.finditer(text, start + 1, end):
        number = read_number(text, match.start(), min(end, match.start() + _HEADING))
        if number is not None and number.rest < end and sequence.accepts(text, number):
            sequence.note(number)
            cuts.append(number.start)
    return cuts
