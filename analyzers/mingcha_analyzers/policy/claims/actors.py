"""Who acts in a sentence: the controller or another party (an SDK, a partner), named or told by the passage.

What an SDK of a list is said to collect is the SDK's, never the controller's; lists, their titles and the sections
about others' services are such passages.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from mingcha_analyzers.policy.claims.polarity import clause_start
from mingcha_analyzers.policy.claims.sdknames import is_sdk_name
from mingcha_analyzers.policy.claims.statement import Statement, fold
from mingcha_analyzers.policy.claims.words import pattern, spoken
from mingcha_analyzers.policy.layout import BlockKind, OutlineNode, ReadDocument
from mingcha_analyzers.values import Span

OTHERS_SECTIONS = frozenset({"D.3.share", "D.x.sdk_annex"})
FARTHEST = 4  # Clauses that are looked through for a subject.
OPENING = 14  # Letters of an earlier clause within which its subject begins.
LONGEST_NAME = 20
LARGEST_GAP = 2000  # Letters between two rows that belong to one list.


class Actor(StrEnum):
    """Who does what a verb says."""

    OWN = "own"
    OTHER = "other"
    UNSAID = "unsaid"


class Passages:
    """The parts of a document that tell of others; ``covers`` is asked with places in any order."""

    def __init__(self, ranges: Sequence[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(ranges):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def covers(self, place: int) -> bool:
        """Return whether ``place`` lies in one of the parts."""
        index = bisect_right(self._starts, place) - 1
        return index >= 0 and place < self._ends[index]


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a document tells of others, and which sections bear the name of an SDK."""

    others: Passages
    sdks: Passages

    def covers(self, place: int) -> bool:
        """Return whether ``place`` lies where others are told of."""
        return self.others.covers(place)


def find_scene(document: ReadDocument, statements: Sequence[Statement], rows: Sequence[Span]) -> Scene:
    """Return where ``document`` tells of others: SDK ``rows``, their lists, and the sections on others' services."""
    lang = spoken(document.document.language)
    others = Passages(
        [
            *((row.start, row.end) for row in rows),
            *find_gaps(document, rows),
            *find_sections(document, lang),
            *find_topics(statements),
        ]
    )
    return Scene(others, find_sdk_sections(document))


def find_gaps(document: ReadDocument, rows: Sequence[Span]) -> list[tuple[int, int]]:
    """Return what lies between two rows of one list; a row that was not read well stands there."""
    headings = sorted(block.start for block in document.blocks if block.kind is BlockKind.HEADING)
    gaps = []
    for one, other in pairwise(rows):
        parted = bisect_right(headings, other.start) > bisect_right(headings, one.end)
        if not parted and 0 < other.start - one.end <= LARGEST_GAP:
            gaps.append((one.end, other.start))
    return gaps


def find_sections(document: ReadDocument, lang: str) -> list[tuple[int, int]]:
    """Return the sections on sharing and on SDKs, by type or by their own heading."""
    found = [(part.span.start, part.span.end) for part in document.sections if part.type in OTHERS_SECTIONS]
    waiting: list[OutlineNode] = list(document.outline)
    while waiting:
        node = waiting.pop()
        heading, _ = fold(document.document.text[node.start : node.heading_end], blanks=lang == "en")
        if is_others_heading(heading, lang):
            found.append((node.start, node.end))
        else:
            waiting.extend(node.children)
    return found


def find_sdk_sections(document: ReadDocument) -> Passages:
    """Return the sections that bear the name of an SDK; often its vendor's own words are copied there."""
    lang = spoken(document.document.language)
    found = []
    waiting: list[OutlineNode] = list(document.outline)
    while waiting:
        node = waiting.pop()
        waiting.extend(node.children)
        heading, _ = fold(document.document.text[node.start : node.heading_end], blanks=lang == "en")
        if pattern("actors", "sdk_heading", lang).search(heading):
            found.append((node.start, node.children[0].start if node.children else node.end))
    return Passages(found)


def is_others_heading(heading: str, lang: str) -> bool:
    """Return whether what stands below ``heading`` (folded) is told of others."""
    if pattern("actors", "other_heading", lang).search(heading) is None:
        return False
    return pattern("actors", "own_heading", lang).search(heading) is None


def find_topics(statements: Sequence[Statement]) -> list[tuple[int, int]]:
    """Return the runs of statements that go on about an SDK which a title, a field or a sentence has named."""
    runs: list[tuple[int, int]] = []
    begun: int | None = None
    for statement in statements:
        if begins_topic(statement):
            begun = statement.start if begun is None else begun
        elif begun is not None and ends_topic(statement):
            runs.append((begun, statement.start))
            begun = None
    if begun is not None:
        runs.append((begun, statements[-1].end))
    return runs


def begins_topic(statement: Statement) -> bool:
    """Return whether the lines below are about an SDK that ``statement`` names."""
    if statement.kind is BlockKind.TABLE_ROW:
        return False
    return any(pattern("actors", key, statement.lang).search(statement.text) for key in ("listed", "topic"))


def ends_topic(statement: Statement) -> bool:
    """Return whether ``statement`` speaks of something else: a heading, or the controller as subject."""
    if statement.kind is BlockKind.HEADING:
        return True
    if statement.kind is BlockKind.TABLE_ROW:
        return False
    return pattern("actors", "own", statement.lang).search(statement.text) is not None


def find_actor(statement: Statement, verb: int) -> Actor:
    """Return who does the act whose verb stands at ``verb``, as far as the sentence itself says."""
    start = clause_start(statement.text, verb)
    own, other = last_party(statement, start, verb)
    if max(own, other) >= 0:
        return Actor.OWN if own > other else Actor.OTHER
    for _ in range(FARTHEST):
        if start <= 0:
            break
        end, start = start - 1, clause_start(statement.text, start - 1)
        own, other = last_party(statement, start, end)
        if own >= 0:
            return Actor.OWN
        if 0 <= other < start + OPENING:
            return Actor.OTHER
    return Actor.UNSAID


def last_party(statement: Statement, start: int, end: int) -> tuple[int, int]:
    """Return where the controller and where another party is last named in the words; -1 where not."""
    own = max(
        (hit.start() for hit in pattern("actors", "own", statement.lang).finditer(statement.text, start, end)),
        default=-1,
    )
    other = -1
    for hit in pattern("actors", "other", statement.lang).finditer(statement.text, start, end):
        between = statement.text[max(start, own) : hit.start()]
        if not any(pattern("actors", key, statement.lang).search(between) for key in ("through", "joint")):
            other = hit.start()
    if other < 0 and own < 0 and is_known_name(statement, start, end):
        other = start
    return own, other


def is_known_name(statement: Statement, start: int, end: int) -> bool:
    """Return whether the words are but the name of an SDK and a modal verb (“友盟可能会”)."""
    words = statement.text[start:end]
    modal = pattern("actors", "modal", statement.lang).search(words)
    subject = words[: modal.start() if modal else len(words)].strip(' :,“”"')
    return 1 < len(subject) <= LONGEST_NAME and is_sdk_name(subject)


def settle_actor(statement: Statement, verb: int, scene: Scene) -> Actor:
    """Return who acts after the introducing sentences and the passage have had their say; OWN where nothing tells."""
    if scene.sdks.covers(statement.start) and "sdk" not in statement.text:
        return Actor.OTHER
    actor = find_actor(statement, verb)
    for lead in statement.leads():
        if actor is not Actor.UNSAID:
            return actor
        actor = find_actor(lead, len(lead.text))
    if actor is Actor.UNSAID:
        return Actor.OTHER if scene.covers(statement.start) else Actor.OWN
    return actor
