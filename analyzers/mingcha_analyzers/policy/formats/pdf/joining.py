"""Which lines of a PDF file are one paragraph: nothing in the file says so, only how the lines stand."""

import itertools
import re
from collections.abc import Sequence

from mingcha_analyzers.policy.formats.pdf.values import Segment, TextLine
from mingcha_analyzers.policy.numbering import is_strong_style, read_number

_CJK = re.compile("[\u2018\u2019\u201c\u201d\u2014\u2026\u2e80-\u9fff\u3000-\u303f\uff00-\uffef]")
_URL_END = re.compile(r"(?:https?://|www\.)[!-~]*$|[\w.+-]+@[\w.-]*$|\b[a-z]\w*(?:\.[a-z]\w*)+\.?$")
_URL_NEXT = re.compile(r"(?!https?:|www\.)[!-~]")
_FINAL = "。；：！？.;:!?"
_CLOSING = "，。、；：！？）》」』】”’…,.;:!?)%"
_BULLET = re.compile("[\u2022\u25cf\u25cb\u25a0\u25a1\u25c6\u25c7\u25aa\u25ba\u27a2\u2713]|[\u00b7\u2013\u2014\\-*]\\s")
_LABEL = re.compile("[^，。；,.;：:（(]{2,14}[：:]")
_TOKEN = re.compile(r"[!-~]+")
_INDENT = 1.2
_SLACK = 1.0
_LEADING = 1.7
_SAME_SIZE = 0.1


def glue(before: str, after: str) -> str:
    """Return what stands between two lines that are one: a blank between words of Latin letters, else nothing."""
    if not before or not after or _CJK.match(before[-1]) or _CJK.match(after[0]) or before[-1] in "-/":
        return ""
    if _URL_END.search(before[-200:]) and _URL_NEXT.match(after) and ("/" in before[-200:] or before[-1] in ".@"):
        return ""
    return " "


def is_bullet(text: str) -> bool:
    """Tell whether a line begins with the sign of a list item."""
    return _BULLET.match(text) is not None


def starts_item(text: str) -> bool:
    """Tell whether a line opens a list item or a numbered heading."""
    return is_bullet(text) or read_number(text, 0, len(text)) is not None


class Paragraph:
    """The lines of one paragraph so far."""

    def __init__(self, line: TextLine) -> None:
        """Open a paragraph with its first line."""
        self.lines = [line]
        self._first = line.segment

    @property
    def last(self) -> TextLine:
        """The line that was added last."""
        return self.lines[-1]

    def goes_on(self, line: TextLine, pitch: float, *, turned: bool) -> bool:
        """Tell whether ``line`` continues the paragraph; ``turned``: a new page or column began before it."""
        last, new = self.last.segment, line.segment
        if abs(new.size - last.size) > _SAME_SIZE * last.size or not self._is_full(line):
            return False
        if not turned and new.bottom - last.bottom > max(_LEADING * pitch, 1.2 * (new.bottom - new.top)):
            return False
        ended = last.text[-1] in _FINAL
        if new.strong and not last.strong and ended:
            return False
        if self._opens(new, ended=ended):
            return False
        return self._stands_in(line, turned=turned, ended=ended)

    def _is_full(self, line: TextLine) -> bool:
        """Tell whether the first word of ``line`` would not have found room at the end of the last line."""
        last, (_, edge) = self.last.segment, self.last.column
        return last.right + _first_word(line.segment) + _SLACK * last.size > edge

    def _opens(self, new: Segment, *, ended: bool) -> bool:
        if is_bullet(new.text) or (_LABEL.match(new.text) and _LABEL.match(self._first.text)):
            return True  # Lines of one record, each with its label, however long they are.
        number = read_number(new.text, 0, len(new.text))
        if number is None:
            return False
        before = read_number(self._first.text, 0, len(self._first.text))
        follows = before is not None and (number.style, number.value) == (before.style, before.value + 1)
        return ended or follows or is_strong_style(number.style)

    def _stands_in(self, line: TextLine, *, turned: bool, ended: bool) -> bool:
        """Tell whether the line stands where a paragraph goes on; first lines are indented, items hang."""
        last, new = self.last.segment, line.segment
        moved = new.left - last.left
        if turned:
            moved = (new.left - line.column[0]) - (last.left - self.last.column[0])
        first = len(self.lines) == 1
        if moved > _INDENT * new.size:
            return first and starts_item(self._first.text)
        if moved < -_INDENT * new.size:
            return first or not ended
        indented = new.left - line.column[0] > _INDENT * new.size
        return not (first and indented and ended)


def line_pitch(lines: Sequence[TextLine]) -> float:
    """Return the usual distance from line to line, in points."""
    gaps = sorted(
        below.segment.bottom - above.segment.bottom
        for above, below in itertools.pairwise(lines)
        if 0 < below.segment.bottom - above.segment.bottom < 4 * above.segment.size and below.column == above.column
    )
    return gaps[len(gaps) // 3] if gaps else 0.0


def _first_word(segment: Segment) -> float:
    """Return the width of what a line cannot begin without: a character with its closing marks, or a Latin word."""
    text = segment.text
    if not text:
        return 0.0
    word = _TOKEN.match(text)
    count = len(word.group()) if word else 1
    while count < len(text) and text[count] in _CLOSING:
        count += 1
    return (segment.right - segment.left) * count / len(text)
