"""The tree of headings: which lines are headings, at which depth, and how far each reaches."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from mingcha_analyzers.policy.contents import find_contents
from mingcha_analyzers.policy.formats.lines import BLANKS, Line
from mingcha_analyzers.policy.headings import Headings
from mingcha_analyzers.policy.layout import BlockKind, OutlineNode
from mingcha_analyzers.policy.numbering import Number, is_strong_style, read_number, restarts_level
from mingcha_analyzers.policy.unnumbered import find_plain

_LIST_LENGTH = 22
_LONGEST = 40
_LONGEST_EN = 90
_RUN_IN = 30
_SLACK = 6
_GAP = 3
_DEEPEST = 10  # No policy nests deeper; lists that begin anew without end must not either.
_JOINS = tuple("、和与及或")
_SIMPLE = frozenset({"1.", "1、", "1 "})
_END = re.compile(r"[。；;，,、！!…]$|(?<!\d)\.$")
_INSIDE = re.compile(r"[。；！？]|; ")
_STOP = re.compile("[。：:；;\t]|[ \u00a0\u3000]{2,}")


@dataclass(slots=True)
class Item:
    """A line that may be a heading; ``above`` is the item below which its numbering places it."""

    index: int
    start: int
    end: int
    style: str
    value: int
    number: str | None
    level: int | None
    likely: bool
    sure: bool
    above: "Item | None" = None
    group: int = -1
    heading: bool = False


@dataclass(slots=True)
class _Level:
    style: str
    last: Item
    group: int


@dataclass(slots=True)
class _Stack:
    levels: list[_Level] = field(default_factory=list)
    groups: int = 0


@dataclass(frozen=True, slots=True)
class Outline:
    """The outermost headings in order, and the lines that are a table of contents."""

    nodes: tuple[OutlineNode, ...]
    contents: frozenset[int]


def find_outline(text: str, lines: Sequence[Line], headings: Headings) -> Outline:
    """Return the tree of headings of a document."""
    items = _items(text, lines, headings)
    contents = find_contents(text, lines, [(item.index, item.start, item.end) for item in items], headings)
    items = [item for item in items if item.index not in contents]
    stack = _Stack()
    for item in items:
        _place(stack, item)
    _decide(items)
    chosen = [item for item in items if item.heading]
    return Outline(_tree(text, chosen), contents)


def _items(text: str, lines: Sequence[Line], headings: Headings) -> list[Item]:
    items = []
    plain = find_plain(text, lines, headings)
    pending: Number | None = None
    for index, line in enumerate(lines):
        if line.kind is BlockKind.TABLE_ROW:
            pending = None
            continue
        number = read_number(text, line.start, line.end)
        if number is not None and number.rest >= line.end:
            pending = number  # The number stands on a line of its own.
            continue
        if number is None and pending is not None:
            number = Number(pending.style, pending.value, pending.start, pending.end, line.start)
        pending = None
        item = _item(text, index, line, number, headings)
        if item is None and number is None and index in plain:
            item = Item(index, line.start, plain[index], "plain", 0, None, None, True, True)
        if item is not None:
            items.append(item)
    return items


def _item(text: str, index: int, line: Line, number: Number | None, headings: Headings) -> Item | None:
    rest = number.rest if number else line.start
    end, whole = _heading_end(text, line, rest, headings, number)
    explicit = line.level is not None and line.end - line.start <= _LONGEST_EN
    words = text[rest:end] if end else ""
    fits = bool(words) and (explicit or headings.is_title(words) or headings.is_known(words))
    if number is not None:
        likely = fits and (whole or is_strong_style(number.style) or line.strong)
        if number.style in ("1、", "（1）", "1)", "①") and not explicit and not line.strong:
            likely = likely and end - rest <= _LIST_LENGTH
        sure = likely and (explicit or is_strong_style(number.style))
        stop = end if likely else line.end
        return Item(
            index,
            line.start,
            stop,
            number.style,
            number.value,
            text[number.start : number.end],
            line.level,
            likely,
            sure,
        )
    if explicit:
        return Item(index, line.start, line.end, f"h{line.level}", 0, None, line.level, True, True)
    words = text[line.start : end]
    if not (fits and whole) or headings.is_document_title(words) or headings.is_label(words):
        return None
    if line.strong or (text[line.start] == "【" and text[end - 1] == "】") or headings.is_known(text[line.start : end]):
        style = "bold" if line.strong else "plain"
        return Item(index, line.start, end, style, 0, None, None, True, True)
    return None


def _heading_end(text: str, line: Line, rest: int, headings: Headings, number: Number | None) -> tuple[int, bool]:
    """Return where the heading's characters end (0: nowhere) and whether that is the whole line."""
    longest = _LONGEST if headings.chinese else _LONGEST_EN
    length = line.end - rest
    if line.flat and length > _RUN_IN:
        return _run_in_end(text, rest, line, headings), False
    if text[line.end - 1] in "：:" and "，" in text[rest : line.end] and number is not None:
        return 0, False  # A sentence that leads into a list.
    if 0 < length <= longest and not _END.search(text[rest : line.end]) and not _INSIDE.search(text, rest, line.end):
        return _without_colon(text, rest, line.end), True
    if number is None or not (line.flat or is_strong_style(number.style) or line.strong):
        return 0, False
    return _run_in_end(text, rest, line, headings), False


def _run_in_end(text: str, start: int, line: Line, headings: Headings) -> int:
    """Return where a heading ends that its first sentence follows on the same line (0: nowhere)."""
    limit = min(line.end, start + _LONGEST)
    known = headings.known_prefix(text[start:limit])
    if known and text.startswith(_JOINS, start + known):
        known = 0  # The words go on: 共享、转让…
    stop = _STOP.search(text, start, min(limit, start + _RUN_IN))
    if stop is not None and (not known or stop.start() <= start + known + _SLACK):
        if stop.end() < line.end and stop.group() not in ";；":
            return 0 if "，" in text[start : stop.start()] else stop.start()
        if not known:
            return 0
    if known:
        return start + known
    opening = headings.sentence_start(text[start : start + _RUN_IN]) if line.flat else 0
    return start + opening if opening and "，" not in text[start : start + opening] else 0


def _without_colon(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in "：:" + BLANKS:
        end -= 1
    return end


def _place(stack: _Stack, item: Item) -> None:
    """Find the item's level: that of the last one of its style it continues, else one level deeper."""
    levels = stack.levels
    depth = _level_of(levels, item)
    if depth is None:
        stack.groups += 1
        item.group = stack.groups
        while levels and (len(levels) >= _DEEPEST or _closes(item, levels[-1])):
            levels.pop()
        levels.append(_Level(item.style, item, item.group))
    else:
        del levels[depth + 1 :]
        item.group = levels[depth].group
        levels[depth].last = item
        levels[depth].style = item.style
    item.above = levels[-2].last if len(levels) > 1 else None


def _closes(item: Item, level: _Level) -> bool:
    """Tell whether an item that opens a style of its own ends the level it meets."""
    if item.level is not None:
        return level.last.level is None or level.last.level >= item.level
    style = level.style
    if item.style == "一、" or item.style.startswith("第"):
        return level.last.level is None and not style.startswith("第")
    if "1.1" in style:  # A shorter number ends the longer ones; a list begun anew does not.
        return ("1.1" in item.style and len(item.style) < len(style)) or (item.style in _SIMPLE and item.value > 1)
    return False


def _level_of(levels: list[_Level], item: Item) -> int | None:
    same = [depth for depth, level in enumerate(levels) if _alike(level, item)]
    if not same:
        return None
    if not item.value:
        return same[-1]
    for depth in reversed(same):
        if 0 < item.value - levels[depth].last.value <= _GAP:
            return depth
    if levels[same[-1]].style != item.style or (item.value == 1 and not restarts_level(item.style)):
        return None
    return same[-1] if restarts_level(item.style) else same[0]


def _alike(level: _Level, item: Item) -> bool:
    """Tell whether both have one style; hasty writers change between ``1.`` and ``1、`` within a list."""
    if level.style == item.style:
        return True
    return {level.style, item.style} <= _SIMPLE and item.value == level.last.value + 1


def _decide(items: list[Item]) -> None:
    """Judge the items of one list together: a list whose items are mostly sentences has no headings."""
    groups: dict[int, list[Item]] = {}
    for item in items:
        groups.setdefault(item.group, []).append(item)
    for group in groups.values():
        likely = [item for item in group if item.likely]
        accept = len(likely) * 2 >= len(group) and not _is_bare_list(group)
        for item in likely:
            item.heading = item.sure or accept


def _is_bare_list(group: list[Item]) -> bool:
    """Tell whether the items follow each other with no words between, as in an enumeration."""
    if len(group) < 2 or group[0].style in ("bold", "plain") or group[0].style.startswith("h"):
        return False
    following = sum(b.index == a.index + 1 for a, b in pairwise(group))
    return following * 5 >= (len(group) - 1) * 3


def _tree(text: str, chosen: list[Item]) -> tuple[OutlineNode, ...]:
    depths: dict[int, int] = {}
    for item in chosen:
        above = item.above
        while above is not None and not above.heading:
            above = above.above
        depths[id(item)] = 0 if above is None else depths[id(above)] + 1
    ends: list[int] = [len(text)] * len(chosen)
    open_items: list[int] = []
    for position, item in enumerate(chosen):
        while open_items and depths[id(chosen[open_items[-1]])] >= depths[id(item)]:
            ends[open_items.pop()] = item.start
        open_items.append(position)
    children: list[list[OutlineNode]] = [[] for _ in range(max(depths.values(), default=0) + 2)]
    for position in reversed(range(len(chosen))):
        item = chosen[position]
        depth = depths[id(item)]
        below = tuple(reversed(children[depth + 1]))
        children[depth + 1] = []
        children[depth].append(OutlineNode(item.start, item.end, ends[position], item.number, below))
    return tuple(reversed(children[0]))
