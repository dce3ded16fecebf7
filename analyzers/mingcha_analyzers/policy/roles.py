"""What a document is: its language, title and role, and the summary that stands in front of it."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from mingcha_analyzers.policy.folding import fold
from mingcha_analyzers.policy.formats.lines import Line
from mingcha_analyzers.policy.layout import ReadDocument
from mingcha_analyzers.policy.values import DocumentRole, Section, Summary
from mingcha_corpora.records import read_yaml

_DATA = Path(__file__).parent / "data"

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_LATIN = re.compile("[A-Za-z]+")
_ZH_SHARE = 0.2
_TITLE_LINES = 12
_TITLE_LENGTH = 60
_FRONT = 8
_FRONT_MATTER = re.compile(r"---\r?\n(?:(?!---)[^\n]*\n){0,30}?title:[ \t]*([^\r\n]{1,60})")
_MARKS = " \t#*_《》“”\"'「」【】\u00a0\u3000"


def tell_language(text: str) -> str:
    """Return ``zh`` or ``en`` by the share of Chinese characters among characters and words."""
    han = len(_HAN.findall(text))
    words = sum(1 for _ in _LATIN.finditer(text))
    return "zh" if han and han >= (han + words) * _ZH_SHARE else "en"


def find_title(text: str, lines: Sequence[Line], language: str) -> str | None:
    """Return the first of the opening lines that reads like a title, else the first marked heading."""
    pattern = re.compile(_load()["title"][language])
    # A Markdown page of a site names itself in its front matter.
    named = _FRONT_MATTER.match(text)
    if named is not None and pattern.search(fold(named[1])):
        return named[1].strip(_MARKS)
    opening = [line for line in lines[:_TITLE_LINES] if line.end - line.start <= _TITLE_LENGTH]
    for line in opening:
        words = text[line.start : line.end].strip(_MARKS)
        if pattern.search(fold(words)) and not words.endswith(("。", "；", "，", "：", ":")):
            return words
    return next((text[line.start : line.end].strip(_MARKS) for line in opening if line.level), None)


def tell_role(title: str | None, language: str) -> DocumentRole:
    """Return the role that the title names."""
    words = "".join(fold(title or "").split()) if language == "zh" else fold(title or "")
    for row in _load()["roles"]:
        if re.search(row[language], words):
            return DocumentRole(row["role"])
    return DocumentRole.OTHER


def home_section(role: DocumentRole) -> str | None:
    """Return the section that all of a document of this role belongs to, where no heading says otherwise."""
    row: dict[str, str] = next((row for row in _load()["roles"] if row["role"] == role), {})
    return row.get("section")


def find_summary(documents: Sequence[ReadDocument]) -> Summary | None:
    """Return the summary in front of the main document, told by its heading."""
    for read in documents:
        if read.document.role is not DocumentRole.MAIN:
            continue
        pattern = re.compile(_load()["summary"][read.document.language])
        for section in read.sections[:_FRONT]:
            if section.heading and pattern.search(fold(section.heading)):
                return Summary(section.span)
    return _noticed(documents)


def _noticed(documents: Sequence[ReadDocument]) -> Summary | None:
    """Return the element that shows key points in the text before the third heading."""
    for read in documents:
        if read.document.role is DocumentRole.MAIN:
            found = _key_points(read.sections[:3])
            if found is not None:
                return found
    return None


def _key_points(sections: Sequence[Section]) -> Summary | None:
    for section in sections:
        for element in section.elements:
            if element.id == "sum.key_points" and element.span is not None:
                return Summary(element.span)
    return None


@cache
def _load() -> dict[str, Any]:
    return dict(read_yaml("roles.yaml", _DATA))
