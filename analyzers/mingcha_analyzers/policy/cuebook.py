"""The cue words by which sections and elements are known: the template's own and the supplementary ones."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from mingcha_analyzers.policy.folding import fold
from mingcha_corpora.records import read_yaml
from mingcha_corpora.template import TemplateElement, TemplateSection, load_template

_DATA = Path(__file__).parent / "data"

ANYWHERE = "anywhere"
INSIDE = "inside"


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue of an element; ``inside``: it counts only in sections of the element's own matter."""

    element: str
    words: str
    inside: bool
    regex: bool = False


@dataclass(frozen=True, slots=True)
class CueBook:
    """All cues of one language. ``kin``: sections whose elements are at home in each other."""

    sections: tuple[TemplateSection, ...]
    cues: tuple[Cue, ...]
    heading_cues: Mapping[str, tuple[str, ...]]
    heading_patterns: Mapping[str, re.Pattern[str]]
    body_patterns: Mapping[str, re.Pattern[str]]
    kin: Mapping[str, frozenset[str]]
    home: Mapping[str, str]
    dropped: re.Pattern[str]
    titles: re.Pattern[str]
    openings: re.Pattern[str]
    labels: re.Pattern[str]
    sentences: re.Pattern[str]
    stays: Mapping[str, re.Pattern[str]]
    with_body: Mapping[str, tuple[re.Pattern[str], re.Pattern[str]]]
    opening_patterns: Mapping[str, re.Pattern[str]]
    definitions: str


@cache
def load_cuebook(language: str) -> CueBook:
    """Return the cues of ``zh`` or ``en``."""
    data = _load_extra()
    sections = load_template()
    words = data["headings"]
    return CueBook(
        sections=sections,
        cues=tuple(_cues(sections, data["elements"], language)),
        heading_cues={section.id: _heading_cues(section, words["drop"], language) for section in sections},
        heading_patterns=_patterns(words["sections"], language),
        body_patterns=_patterns(data["bodies"], language),
        kin={key: frozenset(value) for key, value in data["kin"].items()},
        home={element.id: section.id for section in sections for element in section.elements},
        dropped=re.compile(words["dropped"][language]),
        titles=re.compile(words["titles"][language]),
        openings=re.compile(words["openings"][language]),
        labels=re.compile(words["labels"][language]),
        sentences=re.compile(words["sentences"][language]),
        stays=_patterns(words["stays"], language),
        with_body=_pairs(data["with_body"], language),
        opening_patterns=_patterns(data["opening"], language),
        definitions="D.x.definitions",
    )


def _load_extra() -> dict[str, Any]:
    return dict(read_yaml("extra_cues.yaml", _DATA))


def _heading_cues(section: TemplateSection, dropped: Mapping[str, list[str]], language: str) -> tuple[str, ...]:
    cues = section.heading_cues_zh if language == "zh" else section.heading_cues_en
    return tuple(cue for cue in cues if cue not in dropped.get(section.id, ()))


def _patterns(rows: Mapping[str, Mapping[str, str]], language: str) -> dict[str, re.Pattern[str]]:
    return {section: re.compile(row[language]) for section, row in rows.items() if row.get(language)}


def _pairs(
    rows: Mapping[str, Mapping[str, list[str]]], language: str
) -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    return {section: (re.compile(row[language][0]), re.compile(row[language][1])) for section, row in rows.items()}


def _cues(sections: tuple[TemplateSection, ...], extra: list[dict[str, Any]], language: str) -> list[Cue]:
    dropped = {(row["element"], fold(word)) for row in extra for word in row.get("drop", ())}
    held = {(row["element"], fold(word)) for row in extra for word in row.get("hold", ())}
    cues = []
    for section in sections:
        for element in section.elements:
            cues += _own_cues(element, language, dropped, held)
    for row in extra:
        inside = row.get("where", ANYWHERE) == INSIDE
        cues += [Cue(row["element"], _folded(word, language), inside) for word in row.get(language, ())]
        cues += [Cue(row["element"], pattern, inside, regex=True) for pattern in row.get(f"regex_{language}", ())]
    return cues


def _own_cues(
    element: TemplateElement, language: str, dropped: set[tuple[str, str]], held: set[tuple[str, str]]
) -> list[Cue]:
    own = element.cues_zh if language == "zh" else element.cues_en
    cues = [
        Cue(element.id, _folded(word, language), element.needs_context or (element.id, fold(word)) in held)
        for word in own
        if (element.id, fold(word)) not in dropped
    ]
    patterns = (pattern for pattern in element.cues_regex if (element.id, pattern) not in dropped)
    return cues + [Cue(element.id, pattern, element.needs_context, regex=True) for pattern in patterns]


def _folded(word: str, language: str) -> str:
    return fold("".join(word.split()) if language == "zh" else word)
