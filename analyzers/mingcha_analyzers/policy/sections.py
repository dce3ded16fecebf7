"""The flat partition of a document at its headings, each part typed by the template."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mingcha_analyzers.policy.cuebook import load_cuebook
from mingcha_analyzers.policy.folding import fold
from mingcha_analyzers.policy.headings import Headings
from mingcha_analyzers.policy.layout import OutlineNode

_NAMED = 0.5
_OWN_WORD = 0.62
_BODY = 3
_NOT_INHERITED = ("D.0.summary", "D.0.controller")  # An introduction ends where numbering begins.


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the partition; ``heading_end`` equals ``start`` for the text before the first heading.

    ``front``: it opens the document, under its title or before any heading.
    """

    start: int
    heading_end: int
    end: int
    type: str | None
    front: bool = False


def part_sections(text: str, outline: Sequence[OutlineNode], headings: Headings, home: str | None = None) -> list[Part]:
    """Return the parts of ``text`` in order; together they are the whole of it.

    ``home``: the section all of the document belongs to where no heading says otherwise.
    """
    language = "zh" if headings.chinese else "en"
    nodes = list(_in_order(outline))
    first = nodes[0][0].start if nodes else len(text)
    parts = [Part(0, 0, first, home, front=True)] if first > 0 or not nodes else []
    types: dict[int, str | None] = {}
    for position, (node, parent) in enumerate(nodes):
        end = nodes[position + 1][0].start if position + 1 < len(nodes) else len(text)
        above = home if parent is None else types[id(parent)]
        title = headings.is_document_title(text[node.start : node.heading_end])
        kind = home if title else _type(text, node, end, above, headings, language)
        types[id(node)] = home if kind in _NOT_INHERITED else kind
        parts.append(Part(node.start, node.heading_end, end, kind, front=title))
    return parts


def _in_order(outline: Sequence[OutlineNode]) -> Iterator[tuple[OutlineNode, OutlineNode | None]]:
    stack: list[tuple[OutlineNode, OutlineNode | None]] = [(node, None) for node in reversed(outline)]
    while stack:
        node, parent = stack.pop()
        yield node, parent
        stack += [(child, node) for child in reversed(node.children)]


def _type(text: str, node: OutlineNode, end: int, above: str | None, headings: Headings, language: str) -> str | None:
    """Return the type named by the heading, else that of the part above, else what the body tells."""
    heading = text[node.start : node.heading_end].removeprefix(node.number or "")
    scores = headings.score(heading)
    best = max(scores, key=lambda key: (scores[key], key), default=None)
    if above is not None and best is not None and _stays(heading, above, scores, headings, language):
        return above
    if best is not None and scores[best] >= (_OWN_WORD if above else _NAMED):
        return best
    return above or _by_body(text, node.heading_end, end, language) or best


def _stays(heading: str, above: str, scores: dict[str, float], headings: Headings, language: str) -> bool:
    """Tell whether a part belongs to the section above it although its heading names another one."""
    if scores.get(above, 0) >= _NAMED:
        return True
    pattern = load_cuebook(language).stays.get(above)
    return pattern is not None and pattern.search(headings.normalise(heading)) is not None


def _by_body(text: str, start: int, end: int, language: str) -> str | None:
    words = fold(text[start : min(end, start + 2000)])
    counts = {
        section: len({match.group() for match in pattern.finditer(words)})
        for section, pattern in load_cuebook(language).body_patterns.items()
    }
    ranked = sorted(counts, key=lambda key: (-counts[key], key))
    if not ranked or counts[ranked[0]] < _BODY:
        return None
    return ranked[0] if len(ranked) < 2 or counts[ranked[0]] > counts[ranked[1]] else None
