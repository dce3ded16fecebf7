"""The numbers that Word computes and does not write: levels, counters and how numbers are spelled."""

import re
from dataclasses import dataclass

from mingcha_analyzers.policy.formats.docx.package import Element, child, children, flag, number, value

_MARK = re.compile("%([1-9])")
_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN_FIGURES = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
_ROMAN_LETTERS = "m cm d cd c xc l xl x ix v iv i"
_ROMAN = dict(zip(_ROMAN_FIGURES, _ROMAN_LETTERS.split(), strict=True))
_COUNTING_NAMES = (
    "chineseCounting chineseCountingThousand japaneseCounting taiwaneseCounting taiwaneseCountingThousand"
    " ideographDigital koreanCounting"
)
_COUNTING = frozenset(_COUNTING_NAMES.split())
_LARGEST = 9999
_CLOSED = tuple("、）】》）,，")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its numbers are spelled and what stands around them."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    legal: bool = False
    style: str | None = None
    joined: bool = False
    """Nothing stands between number and words."""


class Numbering:
    """The lists of a file and how far each has counted."""

    def __init__(self, root: Element | None) -> None:
        """Read them from the part of the numbering, if there is one."""
        self._abstract = {value(each, "abstractNumId"): _levels(each) for each in children(root, "abstractNum")}
        self._lists: dict[str, str | None] = {}
        self._levels: dict[str, dict[int, Level]] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        for each in children(root, "num"):
            self._read_list(each)
        self._counters: dict[str | None, dict[int, int]] = {}

    def _read_list(self, element: Element) -> None:
        key = value(element, "numId")
        if key is None:
            return
        abstract = value(child(element, "abstractNumId"))
        levels = dict(self._abstract.get(abstract, {}))
        restarts = {}
        for override in children(element, "lvlOverride"):
            depth = number(value(override, "ilvl")) or 0
            start = number(value(child(override, "startOverride")))
            if start is not None:
                restarts[depth] = start
            own = child(override, "lvl")
            if own is not None:
                levels[depth] = _level(own)
        self._lists[key], self._levels[key], self._restarts[key] = abstract, levels, restarts

    def depth_of(self, key: str, style: str | None) -> int:
        """Return the level of a list that a paragraph style is tied to."""
        levels = self._levels.get(key, {})
        return next((depth for depth, level in levels.items() if style is not None and level.style == style), 0)

    def next_label(self, key: str, depth: int) -> str:
        """Count on and return the number of a paragraph as it is shown, with what parts it from the words."""
        level = self._levels.get(key, {}).get(depth)
        if level is None:
            return ""
        counters = self._counters.setdefault(self._lists[key], {})
        for at, start in self._restarts.pop(key, {}).items():
            counters[at] = start - 1
        if level.format == "bullet":
            return "" if not level.text else f"{_bullet(level.text)} "
        counters[depth] = counters.get(depth, level.start - 1) + 1
        for deeper in [at for at in counters if at > depth]:
            del counters[deeper]
        label = _MARK.sub(lambda mark: self._spell(key, int(mark[1]) - 1, counters, legal=level.legal), level.text)
        if not label.strip() or level.format == "none":
            return label
        return label if level.joined or label.endswith(_CLOSED) else f"{label} "

    def _spell(self, key: str, depth: int, counters: dict[int, int], *, legal: bool) -> str:
        level = self._levels[key].get(depth, Level())
        count = counters.setdefault(depth, level.start)
        return spell(count, "decimal" if legal else level.format)


def _levels(element: Element) -> dict[int, Level]:
    return {number(value(each, "ilvl")) or 0: _level(each) for each in children(element, "lvl")}


def _level(element: Element) -> Level:
    start = number(value(child(element, "start")))
    return Level(
        1 if start is None else start,
        _format(element),
        value(child(element, "lvlText")) or "",
        flag(child(element, "isLgl")) is True,
        value(child(element, "pStyle")),
        value(child(element, "suff")) == "nothing",
    )


def _format(element: Element) -> str:
    """Return the name of the spelling; one that a program of another version wraps stands inside."""
    found = child(element, "numFmt")
    if found is None:
        found = next((each for each in element.iter() if str(each.tag).endswith("}numFmt")), None)
    return value(found) or "decimal"


def _bullet(text: str) -> str:
    """Return the sign of a bullet; those of symbol fonts are private characters."""
    return "•" if "\ue000" <= text[0] <= "\uf8ff" else text


def spell(count: int, style: str) -> str:
    """Return a number as the style of that name spells it; one that is not known here in digits."""
    if not 0 < count <= _LARGEST:
        return str(count)
    if style in _COUNTING:
        return _chinese(count, _DIGITS, "十百千")
    if style in ("chineseLegalSimplified", "ideographLegalTraditional"):
        return _chinese(count, _LEGAL, "拾佰仟", leading=True)
    if style in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter if style == "lowerLetter" else letter.upper()
    if style in ("lowerRoman", "upperRoman"):
        return _roman(count) if style == "lowerRoman" else _roman(count).upper()
    return _spell_sign(count, style)


def _spell_sign(count: int, style: str) -> str:
    if style == "decimalZero":
        return f"{count:02}"
    if style == "decimalFullWidth":
        return "".join(chr(ord(char) + 0xFEE0) for char in str(count))
    if style.startswith("decimalEnclosed") and count <= 20:
        base = {"decimalEnclosedFullstop": 0x2488, "decimalEnclosedParen": 0x2474}.get(style, 0x2460)
        return chr(base + count - 1)
    if style == "ideographTraditional":
        return _STEMS[(count - 1) % 10]
    if style == "ideographZodiac":
        return _BRANCHES[(count - 1) % 12]
    return "" if style == "none" else str(count)


def _chinese(count: int, digits: str, units: str, *, leading: bool = False) -> str:
    figures = [int(char) for char in str(count)]
    words = ""
    for at, figure in enumerate(figures):
        place = len(figures) - 1 - at
        if figure:
            words += digits[figure] + (units[place - 1] if place else "")
        elif words and not words.endswith(digits[0]) and any(figures[at:]):
            words += digits[0]
    words = words.replace("〇", "零")
    return words[1:] if not leading and words.startswith(digits[1] + units[0]) else words


def _roman(count: int) -> str:
    words = ""
    for figure, letters in _ROMAN.items():
        while count >= figure:
            words += letters
            count -= figure
    return words
