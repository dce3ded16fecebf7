"""A date of update that lies after the day of the assessment. No parameters.

An effective date may lie ahead; a text cannot have been updated tomorrow.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from mingcha_rules.card import Card
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Gap
from mingcha_rules.values import Words

_SLACK = timedelta(days=1)
"""The day may differ between time zones."""


def check(facts: Facts, _card: Card) -> Iterator[Gap]:
    """Yield one gap if the date is in the future."""
    updated = facts.told.dates.updated
    if updated and date.fromisoformat(updated) > date.fromisoformat(facts.as_of) + _SLACK:
        span = facts.present.get("scope.update_date")
        yield Gap(
            subject="policy:update_date",
            params={"date": Words(updated, updated), "today": Words(facts.as_of, facts.as_of)},
            owner="policy",
            confidence=0.8,
            policy=(span,) if span else (),
        )
