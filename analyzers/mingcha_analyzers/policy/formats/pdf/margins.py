"""Headers, footers and page numbers: lines at the edge of pages that come again page after page."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from mingcha_analyzers.policy.formats.pdf.segments import visual_lines
from mingcha_analyzers.policy.formats.pdf.values import Run, Sheaf

_EDGE = 0.12
_LINES = 3
_SHARE = 0.4
_NUMBER = re.compile("[0-9]+")
_PAGE_NUMBER = re.compile(
    r"[-–—·~|]?(?:第|共|page)?#(?:页|/#|[,，]?共#页|of#|页[/,，]?共#页|页/#页)?(?:[-–—·~|])?", re.IGNORECASE
)

Key = tuple[str, bool, int]


def without_margins(sheaves: Sequence[Sheaf]) -> list[tuple[Run, ...]]:
    """Return for each page its runs without headers, footers and page numbers."""
    edges = [list(_edge_lines(sheaf)) for sheaf in sheaves]
    counts = Counter(key for lines in edges for key in {key for key, _ in lines})
    enough = max(2, len(sheaves) * _SHARE)
    kept = []
    for sheaf, lines in zip(sheaves, edges, strict=True):
        dropped = {
            id(run) for key, runs in lines if counts[key] >= enough or _PAGE_NUMBER.fullmatch(key[0]) for run in runs
        }
        kept.append(tuple(run for run in sheaf.runs if id(run) not in dropped))
    return kept if any(kept) else [sheaf.runs for sheaf in sheaves]


def _edge_lines(sheaf: Sheaf) -> Iterator[tuple[Key, list[Run]]]:
    """Yield the first and last lines of a page that stand at its edge, with their words without figures."""
    top, bottom = sheaf.height * _EDGE, sheaf.height * (1 - _EDGE)
    # What stands beside an upright rule is in a table.
    spans = {(rule.start, rule.end) for rule in sheaf.rules if rule.upright}
    free = [run for run in sheaf.runs if not any(start < run.middle < end for start, end in spans)]
    above = visual_lines(run for run in free if run.middle <= top)
    below = visual_lines(run for run in free if run.middle >= bottom)
    for lines, upper in ((above[:_LINES], True), (below[-_LINES:], False)):
        for line in lines:
            words = "".join(run.text for run in line)
            # A title that running headers repeat is set larger than they are, and stays.
            yield (_NUMBER.sub("#", words.lower()), upper, round(line[0].size)), line
