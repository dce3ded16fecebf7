"""Tables of contents: runs of headings without words between them that come again further down."""

import re
from collections.abc import Sequence, Set

from mingcha_analyzers.policy.formats.lines import Line
from mingcha_analyzers.policy.headings import Headings
from mingcha_analyzers.policy.numbering import read_number

_SHORT = 60
_LEADERS = re.compile(r"[ \t.…·．]*\d{0,3}[；;。，,]?$")
_MIN_REPEATED = 3
_TAIL = 20


def find_contents(
    text: str, lines: Sequence[Line], items: Sequence[tuple[int, int, int]], headings: Headings
) -> frozenset[int]:
    """Return the numbers of the lines that are a table of contents.

    ``items`` are the candidate headings: line, start and end.
    """
    ends = {index: (start, end) for index, start, end in items}
    keys = [_key(text, *ends.get(index, (line.start, line.end)), headings) for index, line in enumerate(lines)]
    numbered = {index for index, line in enumerate(lines) if index in ends or read_number(text, line.start, line.end)}
    last = {key: index for index, key in enumerate(keys) if key}
    found: set[int] = set()
    index = 0
    while index < len(lines):
        stop = index
        while (
            stop < len(lines)
            and (stop in ends or (keys[stop] and last[keys[stop]] > stop))
            and not (_is_long(lines[stop], ends.get(stop)) and keys[stop] and last[keys[stop]] == stop)
        ):
            stop += 1
        found |= _contents_of(range(index, stop), keys, last, numbered)
        index = max(stop, index + 1)
    return frozenset(found)


def _is_long(line: Line, place: tuple[int, int] | None) -> bool:
    """Tell whether words follow the heading on its own line."""
    return place is not None and line.end - place[1] > _TAIL


def _contents_of(run: range, keys: Sequence[str], last: dict[str, int], numbered: Set[int]) -> set[int]:
    """Return the lines of ``run`` that come again: from the first to where the headings themselves begin."""
    first_seen: dict[str, int] = {}
    stop = run.stop
    for at in run:
        if keys[at] and keys[at] in first_seen:
            stop = at
            break
        first_seen.setdefault(keys[at], at)
    repeated = [at for at in range(run.start, stop) if keys[at] and last[keys[at]] >= stop]
    if len(repeated) < _MIN_REPEATED or not any(at in numbered for at in repeated):
        return set()
    span = range(repeated[0], stop if stop < run.stop else repeated[-1] + 1)
    return set(span) if len(repeated) * 5 >= len(span) * 3 else set()


def _key(text: str, start: int, end: int, headings: Headings) -> str:
    """Return what makes two headings the same: the words without number, blanks and page number."""
    if end - start > _SHORT:
        return ""
    number = read_number(text, start, end)
    words = headings.normalise(_LEADERS.sub("", text[number.rest if number else start : end]))
    return words if len(words) > 1 else ""
