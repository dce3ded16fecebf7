"""Elements of the Appendix-D template that the policy lacks.

Parameters: ``elements``; ``need``: ``all`` (default) or ``any`` of them; ``unless_section``: a section whose absence
as a whole another card reports; ``when``: elements one of which must be present for the card to apply;
``confidence``: how surely absence is seen.
"""

from collections.abc import Iterator

from mingcha_corpora.template import load_template
from mingcha_rules.card import Card
from mingcha_rules.checks.section import is_missing
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Blind, Gap, PartKey
from mingcha_rules.values import Words


def check(facts: Facts, card: Card) -> Iterator[Gap | Blind]:
    """Yield one gap that lists the elements the whole policy lacks."""
    params = card.params
    if facts.unread is not None:
        yield Blind(facts.unread)
        return
    if "unless_section" in params and is_missing(facts, params["unless_section"]):
        return
    if "when" in params and not any(name in facts.present for name in params["when"]):
        return
    missing = tuple(name for name in params["elements"] if name not in facts.present)
    if params.get("need", "all") == "all":
        lacking = missing
    else:
        # Where any of several would do, the first names the matter.
        lacking = missing[:1] if len(missing) == len(params["elements"]) else ()
    if lacking:
        yield Gap(
            subject=f"element:{params['elements'][0]}",
            params={"missing": tuple(map(element_words, lacking))},
            owner="policy",
            confidence=float(params.get("confidence", 0.85)),
            parts=tuple(PartKey(name) for name in lacking),
            policy=tuple(span for name in params.get("when", ()) if (span := facts.present.get(name)))[:1],
        )


def element_words(name: str) -> Words:
    """Return the names of a template element."""
    for section in load_template():
        for element in section.elements:
            if element.id == name:
                return Words(element.zh, element.en)
    return Words(name, name)
