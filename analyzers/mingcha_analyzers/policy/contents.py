"""Tables of contents: runs of headings without words between them that come again further down."""

import re
from collections.abc import Sequence

from mingcha_analyzers.policy.formats.lines import Line
from mingcha_analyzers.policy.headings import Headings
from mingcha_analyzers.policy.numbering import read_number

_SHORT = 60
_LEADERS = re.compile(r"[ \t.…·．]*\d{0,3}[；;。，,]?$")
_MIN_REPEATED = 3


def find_contents(
    text: str, lines: Sequence[Line], items: Sequence[tuple[int, int, int, str]], headings: Headings
) -> frozenset[int]:
    """Return the numbers of the lines that are a table of contents.

    ``items`` are the candidate headings: line, start, end and style.
    """
    keys = [_key(text, line, headings) for line in lines]
    last = {key: index for index, key in enumerate(keys) if key}
    candidate = {index for index, *_ in items}
    found: set[int] = set()
    index = 0
    while index < len(lines):
        stop = index
        while stop < len(lines) and (stop in candidate or (keys[stop] and last[keys[stop]] > stop)):
            stop += 1
        run = range(index, stop)
        repeated = [at for at in run if keys[at] and last[keys[at]] >= stop]
        known = any(at in candidate for at in repeated)
        if known and len(run) >= _MIN_REPEATED and len(repeated) * 5 >= len(run) * 3:
            # The last line of the run may be the first real heading.
            found.update(range(index, repeated[-1] + 1))
        index = max(stop, index + 1)
    return frozenset(found)


def _key(text: str, line: Line, headings: Headings) -> str:
    """Return what makes two headings the same: the words without number, blanks and page number."""
    if line.end - line.start > _SHORT:
        return ""
    number = read_number(text, line.start, line.end)
    rest = number.rest if number else line.start
    words = headings.normalise(_LEADERS.sub("", text[rest : line.end]))
    return words if len(words) > 1 else ""
