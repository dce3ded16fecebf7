"""What the policy lacks of the template, and beside which of its sections that is said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mingcha_analyzers.policy.values import Policy
from mingcha_corpora.template import TemplateSection, load_template
from mingcha_rules.card import load_cards
from mingcha_rules.facts import Facts
from mingcha_rules.values import Finding

# What every policy should have; the rest is only missed where a finding says so.
_EXPECTED = frozenset({"mandatory", "template"})


@dataclass(frozen=True, slots=True)
class Missing:
    """One element that stands nowhere in the policy, with the findings that say so."""

    element: str
    name_zh: str
    name_en: str
    mandatory: bool
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Lacking:
    """The elements of one template section that are missing; ``whole``: no section of the policy has its type.

    ``findings``: those on the section as a whole.
    """

    section: TemplateSection
    whole: bool
    elements: tuple[Missing, ...]
    findings: tuple[Finding, ...]


def find_lacking(policy: Policy, findings: Sequence[Finding], as_of: str) -> Mapping[int, tuple[Lacking, ...]]:
    """Return what is missing, by the index of the section beside which it belongs.

    That is the first section of the type; where there is none, the first of a type that stands later in the
    template. One past the last section: behind all. Nothing is missing from a text that was not read in full.
    """
    facts = Facts(policy, None, as_of)
    if facts.unread is not None:
        return {}
    telling = _by_matter(findings)
    places: dict[int, list[Lacking]] = {}
    for section in load_template():
        elements = _missing(section, facts, telling)
        whole = section.id not in facts.section_types
        told = tuple(telling.get(section.id, ()))
        if elements or told:
            places.setdefault(_place(policy, section), []).append(Lacking(section, whole, elements, told))
    return {at: tuple(items) for at, items in places.items()}


def _missing(section: TemplateSection, facts: Facts, telling: Mapping[str, Sequence[Finding]]) -> tuple[Missing, ...]:
    return tuple(
        Missing(element.id, element.zh, element.en, element.presence == "mandatory", tuple(telling.get(element.id, ())))
        for element in section.elements
        if element.id not in facts.present and (element.id in telling or element.presence in _EXPECTED)
    )


def _by_matter(findings: Sequence[Finding]) -> Mapping[str, Sequence[Finding]]:
    """Return the findings on absence by the element or section that is absent."""
    telling: dict[str, list[Finding]] = {}
    for finding in findings:
        kind, _, name = finding.subject.partition(":")
        if kind not in ("element", "section") or finding.policy_evidence:
            continue
        card = load_cards().get(finding.rule_id)
        names = [name] if card is None else [name, *card.params.get("elements", ())]
        for each in dict.fromkeys(names):
            telling.setdefault(each, []).append(finding)
    return telling


def _place(policy: Policy, wanted: TemplateSection) -> int:
    order = {section.id: section.order for section in load_template()}
    later = None
    for at, section in enumerate(policy.sections):
        if wanted.id in section.all_types():
            return at
        if later is None and section.type is not None and order.get(section.type, 0) > wanted.order:
            later = at
    return len(policy.sections) if later is None else later
