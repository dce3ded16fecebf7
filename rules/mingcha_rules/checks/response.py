"""Times the policy allows itself for answering requests or closing accounts.

Parameters: ``over_days``, calendar days above which it is a gap; ``up_to_days``: and not above that; working days
count as 7/5.
"""

from collections.abc import Iterator
from fractions import Fraction

from mingcha_analyzers.policy.values import DayKind, Right
from mingcha_rules.card import Card
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Gap
from mingcha_rules.values import Words
from mingcha_rules.words import load_words

_WORKING_DAY = Fraction(7, 5)


def check(facts: Facts, card: Card) -> Iterator[Gap]:
    """Yield one gap for the longest time, if it lies in the card's range."""
    timed = [(right, _days(right)) for right in facts.told.rights if right.days is not None]
    late = [(right, days) for right, days in timed if card.params["over_days"] < days <= card.params["up_to_days"]]
    if late:
        right, _ = max(late, key=lambda pair: pair[1])
        unit = load_words("gaps")["working_days" if right.day_kind is DayKind.WORKING else "days"]
        yield Gap(
            subject="policy:response",
            params={
                "time": Words(unit.zh.format(n=right.days), unit.en.format(n=right.days)),
            },
            owner="policy",
            confidence=0.8,
            # A general time is often given far from the right it is noted with.
            policy=(right.days_span or right.span,),
        )


def _days(right: Right) -> Fraction:
    days = Fraction(right.days or 0)
    return days * _WORKING_DAY if right.day_kind is DayKind.WORKING else days
