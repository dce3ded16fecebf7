"""Runs to visual lines and to the segments that wide gaps part them into."""

from collections.abc import Iterable, Sequence

from mingcha_analyzers.policy.formats.pdf.values import Run, Segment, segment_of

_WIDE = 1.5
"""A gap of so many times the size of the type parts columns or cells, not words."""
_SAME_LINE = 0.45


def segments_of(runs: Iterable[Run]) -> list[Segment]:
    """Return the segments of ``runs``, from top to bottom and from left to right."""
    found = []
    for number, line in enumerate(visual_lines(runs)):
        found += _split(line, number)
    return found


def visual_lines(runs: Iterable[Run]) -> list[list[Run]]:
    """Return the runs that stand on one height together, each line from left to right."""
    lines: list[list[Run]] = []
    level = height = 0.0
    for run in sorted(runs, key=lambda run: (run.middle, run.left)):
        tall = run.bottom - run.top
        if lines and run.middle - level <= _SAME_LINE * min(height, tall):
            lines[-1].append(run)
        else:
            lines.append([run])
            level, height = run.middle, tall
    for line in lines:
        line.sort(key=lambda run: run.left)
    return lines


def _split(line: Sequence[Run], number: int) -> list[Segment]:
    found = []
    held = [line[0]]
    end = line[0].right
    for run in line[1:]:
        if run.left - end > _WIDE * max(run.size, held[-1].size, 4.0):
            found.append(segment_of(held, number))
            held = []
        held.append(run)
        end = max(end, run.right)
    return [*found, segment_of(held, number)]
