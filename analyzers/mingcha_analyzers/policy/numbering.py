"""The numbering that Chinese and English policies put before headings and list items."""

import re
from dataclasses import dataclass

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CN = "[零〇一二三四五六七八九十百两]{1,5}"
_B = "[ \t\u00a0\u3000\u200b]"


@dataclass(frozen=True, slots=True)
class Number:
    """A numbering as written: its style (``一、``, ``1.1``), its value and where the words behind it begin."""

    style: str
    value: int
    start: int
    end: int
    rest: int


def _cn_value(word: str) -> int:
    """Return the value of a Chinese numeral below two hundred."""
    total, digit = 0, 0
    for char in word:
        if char == "十":
            total, digit = total + (digit or 1) * 10, 0
        elif char == "百":
            total, digit = total + (digit or 1) * 100, 0
        else:
            digit = _DIGITS[char]
    return total + digit


_TABLE: tuple[tuple[str, "re.Pattern[str]"], ...] = tuple(
    (style, re.compile(pattern))
    for style, pattern in (
        ("第", rf"第{_B}?(?P<v>{_CN}|\d{{1,2}}){_B}?(?P<unit>部分|[章节条款编篇])(?:{_B}*[、.．:：])?"),
        ("（一）", rf"[（(〔\[【]{_B}*(?P<v>{_CN}){_B}*[)）〕\]】]{_B}*[、.．:：]?"),
        ("一、", rf"(?P<v>{_CN}){_B}*[、.．:：,，]|(?P<w>{_CN})(?:{_B}{{1,4}})(?=[\u4e00-\u9fff])"),
        ("（1）", rf"[（(〔]{_B}*(?P<v>\d{{1,2}}){_B}*[)）〕]{_B}*[、.．:：]?"),
        (
            "1.1",
            rf"(?P<v>\d{{1,2}}(?:{_B}?[.．]{_B}?\d{{1,2}}){{1,4}})(?![\d%])(?:\\?[.．、:：]|{_B}*[)）])?(?!{_B}*(?:版|%))",
        ),
        ("1.", rf"(?P<v>\d{{1,2}}){_B}*\\?[.．](?!\d)"),
        ("1、", rf"(?P<v>\d{{1,2}}){_B}*、"),
        ("1)", rf"(?P<v>\d{{1,2}}){_B}*[)）]"),
        ("①", "(?P<v>[\u2460-\u2473])"),
        ("(a)", rf"[（(]{_B}*(?P<v>[a-z]){_B}*[)）]"),
        ("a.", r"(?P<v>[a-zA-Z])\\?(?:[.．](?=[ \t\u00a0\u3000\u4e00-\u9fff]|$)|[、)）])"),
        ("1 ", rf"(?P<v>\d{{1,2}}){_B}{{1,4}}(?=[\u4e00-\u9fffA-Z])"),
    )
)


def read_number(text: str, start: int, end: int) -> Number | None:
    """Return the numbering with which the characters from ``start`` to ``end`` begin."""
    for style, pattern in _TABLE:
        match = pattern.match(text, start, end)
        if match is None:
            continue
        word = match["v"] or match["w"]
        if style == "第":
            style += match["unit"]
        elif style == "1.1":
            style = ".".join("1" * (1 + word.count(".") + word.count("．")))
        rest = match.end()
        while rest < end and text[rest] in " \t\u00a0\u3000\u200b":
            rest += 1
        return Number(style, _value(word), start, match.end(), rest)
    return None


def _value(word: str) -> int:
    if word[0] in "零〇一二三四五六七八九十百两":
        return _cn_value(word)
    if "\u2460" <= word <= "\u2473":
        return ord(word) - 0x245F
    if word.isascii() and word.isalpha():
        return ord(word.lower()) - ord("a") + 1
    return int(re.split(r"[.．]", word)[-1])


def is_strong_style(style: str) -> bool:
    """Tell whether a style numbers headings rather than list items as a rule."""
    return style in ("一、", "（一）") or style.startswith("第") or "1.1" in style


def restarts_level(style: str) -> bool:
    """Tell whether a second first item stays on the level of the style instead of opening a list inside."""
    return style == "一、" or style.startswith("第") or "1.1" in style
