"""Sharing that the policy speaks of while it names no recipient anywhere.

Parameter: ``kinds``, words for recipients that name nobody (合作伙伴).
"""

from collections.abc import Iterator

from mingcha_analyzers.policy.values import Action
from mingcha_rules.card import Card
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Blind, Gap
from mingcha_rules.sdk_levels import list_unseen

_SHOWN = 3


def check(facts: Facts, card: Card) -> Iterator[Gap | Blind]:
    """Yield one gap at the claims that share with nobody in particular."""
    policy = facts.told
    shares = [claim for claim in facts.given if claim.action is Action.SHARE]
    named = any(claim.sdk or (claim.recipient and claim.recipient not in card.params["kinds"]) for claim in facts.given)
    if named or policy.sdk_disclosures or not shares:
        return
    unseen = list_unseen(facts)
    if unseen is not None:
        yield Blind(unseen)
        return
    yield Gap(
        subject="policy:recipient",
        owner="policy",
        confidence=0.7,
        policy=tuple(claim.span for claim in shares[:_SHOWN]),
    )
