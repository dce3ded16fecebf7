"""Headings that neither a number nor marked type shows: short lines between paragraphs that name a section."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from mingcha_analyzers.policy.formats.lines import BLANKS, Line
from mingcha_analyzers.policy.headings import Headings
from mingcha_analyzers.policy.layout import BlockKind
from mingcha_analyzers.policy.numbering import read_number

_LONGEST = 30
_LONGEST_EN = 60
_PARAGRAPH = 25
_NAMED = 0.5
_OFTEN = 3  # The labels of a list come again with each of its records.
_BROKEN = re.compile(r"[，。；;！!、,：:\t|]|\.(?:\s|$)")
_ENDED = frozenset("。；！？.!?;:：）)”」】…")


def find_plain(text: str, lines: Sequence[Line], headings: Headings) -> Mapping[int, int]:
    """Return the numbers of the lines that are such headings, with the place where the words of each end."""
    found = {}
    for index, line in enumerate(lines):
        end = _end(text, line, headings)
        if end and _stands_apart(text, lines, index, headings):
            found[index] = end
    counts = Counter(headings.normalise(text[lines[index].start : end]) for index, end in found.items())
    return {
        index: end
        for index, end in found.items()
        if counts[headings.normalise(text[lines[index].start : end])] < _OFTEN
    }


def _end(text: str, line: Line, headings: Headings) -> int:
    """Return where the words of a line end that may be a heading by what it says; 0 for other lines."""
    length = line.end - line.start
    if line.kind is not BlockKind.PARAGRAPH or line.flat or length > (_LONGEST if headings.chinese else _LONGEST_EN):
        return 0
    end = line.end
    while end > line.start and text[end - 1] in "：:" + BLANKS:
        end -= 1
    words = text[line.start : end]
    if _BROKEN.search(words.replace("、", "")) or not headings.is_title(words):
        return 0
    if headings.is_label(words) or headings.is_sentence(words) or headings.is_document_title(words):
        return 0
    names = headings.name(words)
    return end if names and names[0].score >= _NAMED else 0


def _stands_apart(text: str, lines: Sequence[Line], index: int, headings: Headings) -> bool:
    """Tell whether a paragraph, list or table follows the line and a finished one is before it."""
    if index + 1 >= len(lines):
        return False
    before, after = lines[index - 1] if index else None, lines[index + 1]
    follows = (
        after.kind is not BlockKind.PARAGRAPH
        or after.end - after.start >= _PARAGRAPH
        or text[after.end - 1] in _ENDED
        or read_number(text, after.start, after.end) is not None
    )
    if not follows or before is None:
        return follows
    if before.kind is not BlockKind.PARAGRAPH or before.level is not None or before.end - before.start >= _PARAGRAPH:
        return True
    return text[before.end - 1] in _ENDED or headings.is_label(text[before.start : before.end])
