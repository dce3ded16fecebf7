"""Markdown: the text stays as it is, marks and all; headings, lists, tables and bold are told from the marks."""

import re
from itertools import islice

from mingcha_analyzers.policy.formats.lines import BLANKS, Line, Lines, split_lines, strip_range
from mingcha_analyzers.policy.layout import BlockKind, Link

_ATX = re.compile(r"(#{1,6})(?:[ \t\u00a0\u3000]+|(?=[^#\s\d]))")
_ATX_END = re.compile(r"[ \t]+#+$")
_SETEXT = re.compile(r"(=+|-{3,})$")
_RULE = re.compile(r"([-*_])(?:[ \t]*\1){2,}$")
_BULLET = re.compile(r"(?:[-*+•·●▪◦][ \t\u00a0\u3000]+|(?:> ?)+)")
_TABLE_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$")
_FENCE = re.compile(r"```|~~~")
_LINK = re.compile(r"\[([^\]\[\n]{1,120})\]\(([^()\s]{1,500})\)")
_MAX_LINKS = 5_000
_BOLD = ("**", "__")
_FRONT = re.compile(r"\s*---[ \t]*\r?\n(?:[^\n]*\n){0,60}?---[ \t]*\r?(?:\n|$)")


def read_markdown(text: str) -> Lines:
    """Return the lines of Markdown text; bold ranges cover the characters between the asterisks."""
    places = split_lines(text)
    marked = _bold_ranges(text, places)
    front = _FRONT.match(text)
    body = front.end() if front else 0
    lines: list[Line] = []
    fenced = False
    table = -1
    for index, (start, end) in enumerate(places):
        if start < body or (_RULE.match(text, start, end) and not _underlines(text, places, index)):
            continue  # Front matter says nothing to the reader of the policy.
        if _FENCE.match(text, start, end):
            fenced = not fenced
            continue
        if not fenced and _is_row(text, places, index):
            if _TABLE_RULE.match(text, start, end):
                continue
            header = index + 1 < len(places) and _TABLE_RULE.match(text, *places[index + 1]) is not None
            table += header or not (lines and lines[-1].kind is BlockKind.TABLE_ROW)
            cells = _cells(text, start, end)
            lines.append(Line(start, end, BlockKind.TABLE_ROW, table=table, cells=cells, header=header))
        elif not _SETEXT.match(text, start, end):
            lines.append(_line(text, places, index, marked))
    links = tuple(Link(match[1], match[2]) for match in islice(_LINK.finditer(text), _MAX_LINKS))
    return Lines(text, tuple(lines), marked=tuple(marked), links=links)


def _line(text: str, places: list[tuple[int, int]], index: int, marked: list[tuple[int, int]]) -> Line:
    start, end = places[index]
    level = None
    kind = BlockKind.PARAGRAPH
    if bullet := _BULLET.match(text, start, end):
        start = bullet.end()
        kind = BlockKind.LIST_ITEM
    if heading := _ATX.match(text, start, end):
        level, start = len(heading.group(1)), heading.end()
        if closing := _ATX_END.search(text, start, end):
            end = closing.start()
    elif _underlines(text, places, index + 1):
        level = 1 if text[places[index + 1][0]] == "=" else 2
    start, end = strip_range(text, start, end)
    inner = _inner(text, start, end)
    strong = inner != (start, end)
    return Line(*inner, BlockKind.PARAGRAPH if level else kind, level, strong)


def _underlines(text: str, places: list[tuple[int, int]], index: int) -> bool:
    """Tell whether the line is the rule below a heading: directly under a short line that is no row."""
    if not 0 < index < len(places) or not _SETEXT.match(text, *places[index]):
        return False
    start, end = places[index - 1]
    between = text.count("\n", end, places[index][0])
    return between == 1 and end - start <= 80 and text[start] not in "|#->"


def _inner(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the place inside bold marks that enclose the whole line."""
    for mark in _BOLD:
        first = start + len(mark)
        if text.startswith(mark, start, end) and text.endswith(mark, first, end):
            last = end - len(mark)
            if last > first and text.find(mark, first, last) < 0:
                return strip_range(text, first, last)
    return start, end


def _bold_ranges(text: str, places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    ranges: list[tuple[int, int]] = []
    for start, end in places:
        for mark in _BOLD:
            ranges += _pairs(text, start, end, mark)
    return sorted(set(ranges))


def _pairs(text: str, start: int, end: int, mark: str) -> list[tuple[int, int]]:
    """Pair the marks of one line in order, so that a long line of stray marks costs no more than its length."""
    found = []
    opened = -1
    at = text.find(mark, start, end)
    while at >= 0:
        after = at + len(mark)
        if opened < 0:
            opened = after if after < end and text[after] not in BLANKS else -1
        elif at > opened:
            found.append((opened, at))
            opened = -1
        at = text.find(mark, after, end)
    return found


def _is_row(text: str, places: list[tuple[int, int]], index: int) -> bool:
    start, end = places[index]
    if "|" not in text[start:end]:
        return False
    if text[start] == "|" and text.count("|", start, end) >= 2:
        return True
    around = (other for other in (index - 1, index + 1) if 0 <= other < len(places))
    rules = (places[other] for other in around if "|" in text[slice(*places[other])])
    return any(_TABLE_RULE.match(text, *place) for place in rules)


def _cells(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    if text[start] == "|":
        start += 1
    if text[end - 1] == "|" and end > start:
        end -= 1
    cells = []
    at = start
    for index in range(start, end):
        if text[index] == "|" and text[index - 1] != "\\":
            cells.append(strip_range(text, at, index))
            at = index + 1
    return (*cells, strip_range(text, at, end))
