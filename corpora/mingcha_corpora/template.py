"""The sections and elements a privacy policy should have (model text of Appendix D, with later additions)."""

from dataclasses import dataclass
from functools import cache

from mingcha_corpora.records import Record, read_records


@dataclass(frozen=True, slots=True)
class TemplateElement:
    """One matter a section should state.

    ``presence``: mandatory, template (the model text has it, the clause does not ask), conditional, optional or flag
    (its presence is a warning). ``needs_context``: the cues are so common that they prove something only in the
    right section. ``standard`` says which text asks for it; ``aliases`` are older ids.
    """

    id: str
    zh: str
    en: str
    cues_zh: tuple[str, ...]
    cues_en: tuple[str, ...]
    cues_regex: tuple[str, ...]
    clause: str
    presence: str
    condition: str | None
    standard: str
    needs_context: bool
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TemplateSection:
    """One section of the model policy, with the words its heading and body are known by."""

    id: str
    order: int
    title_zh: str
    title_en: str
    presence: str
    condition: str | None
    clauses: tuple[str, ...]
    heading_cues_zh: tuple[str, ...]
    heading_cues_en: tuple[str, ...]
    body_cues_zh: tuple[str, ...]
    body_cues_en: tuple[str, ...]
    elements: tuple[TemplateElement, ...]


@cache
def load_template() -> tuple[TemplateSection, ...]:
    """Return the sections in the order of the model text."""
    sections = [_section(record) for record in read_records("template.jsonl")]
    return tuple(sorted(sections, key=lambda section: section.order))


def _section(record: Record) -> TemplateSection:
    return TemplateSection(
        id=record["id"],
        order=record["order"],
        title_zh=record["title_zh"],
        title_en=record["title_en"],
        presence=record["presence"],
        condition=record["condition"],
        clauses=tuple(record["clauses"]),
        heading_cues_zh=tuple(record["heading_cues_zh"]),
        heading_cues_en=tuple(record["heading_cues_en"]),
        body_cues_zh=tuple(record["body_cues_zh"]),
        body_cues_en=tuple(record["body_cues_en"]),
        elements=tuple(_element(element) for element in record["elements"]),
    )


def _element(record: Record) -> TemplateElement:
    return TemplateElement(
        id=record["id"],
        zh=record["zh"],
        en=record["en"],
        cues_zh=tuple(record["cues_zh"]),
        cues_en=tuple(record["cues_en"]),
        cues_regex=tuple(record["cues_regex"]),
        clause=record["clause"],
        presence=record["presence"],
        condition=record["condition"],
        standard=record["standard"],
        needs_context=record["needs_context"],
        aliases=tuple(record["aliases"]),
    )
