"""The elements of the template in each section: present with the sentence that shows them, or absent."""

import re
from collections.abc import Sequence

from mingcha_analyzers.policy.cuebook import CueBook, load_cuebook
from mingcha_analyzers.policy.formats.lines import Line, strip_range
from mingcha_analyzers.policy.matching import Hit, find_cues, index_at
from mingcha_analyzers.policy.sections import Part
from mingcha_analyzers.policy.values import Element
from mingcha_analyzers.values import Span

_SENTENCE = re.compile("[。！？!?；]|;(?= )|\\.(?=\\s|$)")

_REACH = 600


def find_elements(
    doc: str, text: str, language: str, parts: Sequence[Part], lines: Sequence[Line], contents: frozenset[int]
) -> list[tuple[Element, ...]]:
    """Return the elements of each part, in the order of the template."""
    book = load_cuebook(language)
    starts = [part.start for part in parts]
    line_starts = [line.start for line in lines]
    best: list[dict[str, tuple[tuple[int, ...], Hit]]] = [{} for _ in parts]
    for hit in find_cues(text, language):
        at = index_at(starts, hit.start)
        line = index_at(line_starts, hit.start)
        if line in contents and hit.cue.element != "sum.contents":
            continue
        part = parts[at]
        if not _counts(book, hit, part):
            continue
        rank = (hit.start < part.heading_end, hit.cue.inside, -len(hit.cue.words), hit.start)
        known = best[at].get(hit.cue.element)
        if known is None or rank < known[0]:
            best[at][hit.cue.element] = (rank, hit)
    return [
        _elements(
            doc,
            text,
            book,
            part,
            {key: _sentence(text, value[1], part, lines, line_starts) for key, value in found.items()},
        )
        for part, found in zip(parts, best, strict=True)
    ]


def _counts(book: CueBook, hit: Hit, part: Part) -> bool:
    """Tell whether a cue proves its element where it stands."""
    home = book.home[hit.cue.element]
    own = {told.type for told in part.types}
    if home in own or own & book.kin.get(home, frozenset()):
        return True
    if part.front and home.startswith("D.0."):
        return True
    return not hit.cue.inside and part.type != book.definitions


def _sentence(text: str, hit: Hit, part: Part, lines: Sequence[Line], line_starts: list[int]) -> tuple[int, int]:
    """Return the sentence around a hit, within its line and its section."""
    line = lines[max(0, index_at(line_starts, hit.start))]
    inside = line.start <= hit.start < line.end
    low = max(part.start, line.start, hit.start - _REACH) if inside else hit.start
    high = min(part.end, max(line.end, hit.end), hit.end + _REACH) if inside else hit.end
    start, end = low, high
    for match in _SENTENCE.finditer(text, low, high):
        if match.end() <= hit.start:
            start = match.end()
        elif match.start() >= hit.end - 1:
            end = match.end()
            break
    return strip_range(text, start, end)


def _elements(doc: str, text: str, book: CueBook, part: Part, found: dict[str, tuple[int, int]]) -> tuple[Element, ...]:
    elements = []
    own = {told.type for told in part.types}
    for section in book.sections:
        for element in section.elements:
            place = found.get(element.id)
            if place is not None:
                elements.append(Element(element.id, True, Span(doc, *place)))
            elif section.id in own:
                elements.append(Element(element.id, False, None))
    return tuple(elements)
