"""The flat partition of a document at its headings, each part typed by the template."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mingcha_analyzers.policy.cuebook import load_cuebook
from mingcha_analyzers.policy.folding import fold
from mingcha_analyzers.policy.headings import Headings, Naming
from mingcha_analyzers.policy.layout import OutlineNode
from mingcha_analyzers.policy.opening import with_openings
from mingcha_analyzers.policy.values import SectionType, TypedBy
from mingcha_analyzers.values import Span

_NAMED = 0.5
_OWN_WORD = 0.62
_BESIDE = 0.42
_BODY = 3
_READ = 2000
_NOT_INHERITED = ("D.0.summary", "D.0.controller")  # An introduction ends where numbering begins.


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the partition; ``heading_end`` equals ``start`` for the text before the first heading.

    ``types``: the sections of the template that it is, the main one first. ``front``: it opens the document, under
    its title or before any heading.
    """

    start: int
    heading_end: int
    end: int
    types: tuple[SectionType, ...]
    front: bool = False

    @property
    def type(self) -> str | None:
        """Return the section that the part mainly is."""
        return self.types[0].type if self.types else None


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of a text that is one document.

    ``home``: the section that all of it belongs to where no heading says otherwise.
    """

    doc: str
    start: int
    end: int
    home: str | None = None


def part_sections(text: str, outline: Sequence[OutlineNode], headings: Headings, stretch: Stretch) -> list[Part]:
    """Return the parts of a stretch of ``text`` in order; together they are the whole of it."""
    typist = _Typist(text, headings, stretch)
    nodes = list(_in_order(outline))
    first = nodes[0][0].start if nodes else stretch.end
    parts = [Part(stretch.start, stretch.start, first, typist.home, front=True)] if first > stretch.start else []
    types: dict[int, tuple[SectionType, ...]] = {}
    for position, (node, parent) in enumerate(nodes):
        end = nodes[position + 1][0].start if position + 1 < len(nodes) else stretch.end
        above = typist.home if parent is None else types[id(parent)]
        title = is_title(text, node, headings)
        told = typist.home if title else typist.tell(node, end, above)
        typist.begun = typist.begun or any(not one.type.startswith("D.0.") for one in told)
        types[id(node)] = typist.home if told and told[0].type in _NOT_INHERITED else told
        parts.append(Part(node.start, node.heading_end, end, told, front=title))
    return with_openings(stretch.doc, text, parts, "zh" if headings.chinese else "en")


def is_title(text: str, node: OutlineNode, headings: Headings) -> bool:
    """Tell whether a heading names the document as a whole; one with an ordinary number names a part of it."""
    if node.number is not None and not node.number.startswith(("第", "附")):
        return False
    return headings.is_document_title(text[node.start : node.heading_end].removeprefix(node.number or "").strip())


def _in_order(outline: Sequence[OutlineNode]) -> Iterator[tuple[OutlineNode, OutlineNode | None]]:
    stack: list[tuple[OutlineNode, OutlineNode | None]] = [(node, None) for node in reversed(outline)]
    while stack:
        node, parent = stack.pop()
        yield node, parent
        stack += [(child, node) for child in reversed(node.children)]


class _Typist:
    """Tells the types of the parts of one stretch of text."""

    def __init__(self, text: str, headings: Headings, stretch: Stretch) -> None:
        self._text = text
        self._headings = headings
        self._doc = stretch.doc
        self._book = load_cuebook("zh" if headings.chinese else "en")
        home = SectionType(stretch.home, TypedBy.DOCUMENT, None, None) if stretch.home else None
        self.begun = False
        """Whether a section of the policy's own matter came before."""
        self.home: tuple[SectionType, ...] = (home,) if home else ()

    def tell(self, node: OutlineNode, end: int, above: tuple[SectionType, ...]) -> tuple[SectionType, ...]:
        """Return the types that the heading names, else that of the part above, else what the body tells."""
        heading = self._text[node.start : node.heading_end].removeprefix(node.number or "")
        names = self._headings.name(heading)
        if names and above and self._stays(heading, above, names):
            return _inherited(above) + self._told_by_both(heading, node, above)
        if names and names[0].score >= _least(names[0], above):
            told = tuple(self._told(one, node) for one in _apart(names))
            return told + self._told_by_both(heading, node, told)
        if above:
            return _inherited(above)
        if not self.begun:  # What an introduction speaks of is the matter of no section yet.
            return tuple(self._told(one, node) for one in names[:1])
        found = self._by_body(node.heading_end, end)
        return (found,) if found else tuple(self._told(one, node) for one in names[:1])

    def _told(self, name: Naming, node: OutlineNode) -> SectionType:
        return SectionType(name.section, TypedBy.HEADING, name.words, Span(self._doc, node.start, node.heading_end))

    def _stays(self, heading: str, above: Sequence[SectionType], names: Sequence[Naming]) -> bool:
        """Tell whether a part belongs to the section above it although its heading names another one."""
        if any(one.section == above[0].type and one.score >= _NAMED for one in names):
            return True
        pattern = self._book.stays.get(above[0].type)
        return pattern is not None and pattern.search(self._headings.normalise(heading)) is not None

    def _told_by_both(self, heading: str, node: OutlineNode, known: Sequence[SectionType]) -> tuple[SectionType, ...]:
        """Return the sections that a heading names only together with what stands below it."""
        told = {one.type for one in known}
        words = fold(self._text[node.heading_end : min(node.end, node.heading_end + _READ)])
        found = []
        for section, (pattern, body) in self._book.with_body.items():
            said = body.search(words) if section not in told and pattern.search(fold(heading)) else None
            if said:
                place = Span(self._doc, node.heading_end + said.start(), node.heading_end + said.end())
                found.append(SectionType(section, TypedBy.BODY, said.group(), place))
        return tuple(found)

    def _by_body(self, start: int, end: int) -> SectionType | None:
        """Return the section of which the body holds the most words, if clearly more than of any other."""
        words = fold(self._text[start : min(end, start + _READ)])
        counts = {
            section: {match.group(): match for match in pattern.finditer(words)}
            for section, pattern in self._book.body_patterns.items()
        }
        ranked = sorted(counts, key=lambda key: (-len(counts[key]), key))
        if not ranked or len(counts[ranked[0]]) < _BODY:
            return None
        if len(ranked) > 1 and len(counts[ranked[0]]) == len(counts[ranked[1]]):
            return None
        match = min(counts[ranked[0]].values(), key=lambda one: one.start())
        span = Span(self._doc, start + match.start(), start + match.end())
        return SectionType(ranked[0], TypedBy.BODY, "、".join(counts[ranked[0]]), span)


def _least(best: Naming, above: Sequence[SectionType]) -> float:
    """Return how well a heading must name a section to leave the one above it."""
    return _OWN_WORD if above and best.section not in {told.type for told in above} else _NAMED


def _apart(names: Sequence[Naming]) -> list[Naming]:
    """Return the best name and those whose words are not part of a better one's."""
    chosen: list[Naming] = [names[0]]
    for name in names[1:]:
        if name.score >= _BESIDE and name.places and all(not name.places & one.places for one in chosen):
            chosen.append(name)
    return chosen


def _inherited(above: Sequence[SectionType]) -> tuple[SectionType, ...]:
    told = above[0]
    return (told,) if told.by is TypedBy.DOCUMENT else (replace(told, by=TypedBy.ABOVE),)
