"""Sentences whose presence is a warning, such as consent by mere use.

Parameters: ``element``, the id of the flag in the Appendix-D template; ``confidence``;
``unless_near``: words that show the sentence to be about another matter.
"""

from collections.abc import Iterator

from mingcha_rules.card import Card
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Gap


def check(facts: Facts, card: Card) -> Iterator[Gap]:
    """Yield one gap at the first place of the flag."""
    span = facts.present.get(card.params["element"])
    if span is not None and not facts.near(span, card.params.get("unless_near", ())):
        yield Gap(
            subject=f"element:{card.params['element']}",
            owner="policy",
            confidence=float(card.params["confidence"]),
            policy=(span,),
        )
