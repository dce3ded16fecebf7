"""Boxes for consent that a layout ticks by default.

Parameter ``beside``: boxes that name the policy or stand beside it (true), or those elsewhere in the layout (false).
"""

from collections.abc import Iterator

from mingcha_rules.card import Card
from mingcha_rules.checks.evidence import owner_words
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Gap
from mingcha_rules.screens import place_words, prompt_evidence, quoted, screens_of


def check(facts: Facts, card: Card) -> Iterator[Gap]:
    """Yield one gap for each layout with such a box."""
    for prompt in screens_of(facts.package).prompts:
        if any(box.ticked and box.own_text is card.params["beside"] for box in prompt.boxes):
            yield Gap(
                subject=f"screen:{prompt.place}",
                params={
                    "who": owner_words(facts.package, prompt.owner),
                    "place": place_words(prompt),
                    "text": quoted(prompt.policy),
                },
                owner=prompt.owner,
                confidence=float(card.params["confidence"]),
                app=(prompt_evidence(prompt),),
            )
