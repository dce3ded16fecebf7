"""Sections of the Appendix-D template that the policy lacks with all they should hold.

Parameter: ``section``, the id of the section.
"""

from collections.abc import Iterator

from mingcha_corpora.template import TemplateSection, load_template
from mingcha_rules.card import Card
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Blind, Gap
from mingcha_rules.values import Words


def check(facts: Facts, card: Card) -> Iterator[Gap | Blind]:
    """Yield one gap if neither the section nor any of its mandatory elements is there."""
    if facts.unread is not None:
        yield Blind(facts.unread)
        return
    section = _section(card.params["section"])
    if is_missing(facts, section.id):
        yield Gap(
            subject=f"section:{section.id}",
            params={"section": Words(section.title_zh, section.title_en)},
            owner="policy",
            confidence=0.85,
        )


def is_missing(facts: Facts, name: str) -> bool:
    """Tell whether the section and all its mandatory elements are absent."""
    section = _section(name)
    needed = [element.id for element in section.elements if element.presence == "mandatory"]
    return name not in facts.section_types and not any(element in facts.present for element in needed)


def _section(name: str) -> TemplateSection:
    return next(section for section in load_template() if section.id == name)
