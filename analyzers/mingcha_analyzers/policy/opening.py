"""What the opening of a policy tells before its first section: who the controller is, what it holds for, key points."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from mingcha_analyzers.policy.cuebook import load_cuebook
from mingcha_analyzers.policy.folding import fold
from mingcha_analyzers.policy.values import SectionType, TypedBy
from mingcha_analyzers.values import Span

if TYPE_CHECKING:
    from mingcha_analyzers.policy.sections import Part

_PARTS = 12
_READ = 6000


def with_openings(doc: str, text: str, parts: Sequence["Part"], language: str) -> list["Part"]:
    """Return the parts, those of the opening with the types that their words tell besides their heading's."""
    patterns = load_cuebook(language).opening_patterns
    told: set[str] = set()
    result = list(parts)
    for position, part in enumerate(parts[:_PARTS]):
        if not is_opening(part):
            break
        told |= {one.type for one in part.types}
        found = _find(doc, text, part, {key: value for key, value in patterns.items() if key not in told})
        told |= {one.type for one in found}
        result[position] = replace(part, types=(*part.types, *found))
    return result


def is_opening(part: "Part") -> bool:
    """Tell whether a part stands before the matter of the policy itself: untyped, or an introduction."""
    return all(told.type.startswith("D.0.") for told in part.types)


def _find(doc: str, text: str, part: "Part", patterns: Mapping[str, re.Pattern[str]]) -> list[SectionType]:
    words = fold(text[part.heading_end : min(part.end, part.heading_end + _READ)])
    found = []
    for section, pattern in patterns.items():
        match = pattern.search(words)
        if match:
            start, end = match.span("cue") if "cue" in pattern.groupindex else match.span()
            span = Span(doc, part.heading_end + start, part.heading_end + end)
            found.append(SectionType(section, TypedBy.OPENING, text[span.start : span.end], span))
    return found
