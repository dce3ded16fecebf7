"""What of the package could not be seen, so that silence about it proves nothing.

Parameters: ``stage`` and ``reasons`` of the limits that are told.
"""

from collections.abc import Iterator

from mingcha_rules.card import Card
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Gap
from mingcha_rules.values import AppEvidence, Words

_SHOWN = 5


def check(facts: Facts, card: Card) -> Iterator[Gap]:
    """Yield one gap that lists the limits."""
    stage, reasons = card.params["stage"], frozenset(card.params["reasons"])
    details = [each.detail for each in facts.package.limits if each.stage == stage and each.reason in reasons]
    if details:
        yield Gap(
            subject=f"app:unseen:{card.name}",
            params={"details": tuple(Words(detail, detail) for detail in details[:_SHOWN])},
            confidence=0.9,
            app=tuple(AppEvidence("limit", detail, None, None) for detail in details[:_SHOWN]),
        )
