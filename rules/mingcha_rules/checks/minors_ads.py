"""Advertising SDKs in an app whose policy says that it serves minors or asks guardians for consent.

Parameter: ``categories``, the SDK categories looked at.
"""

from collections.abc import Iterator

from mingcha_analyzers.policy.values import DocumentRole
from mingcha_rules.card import Card
from mingcha_rules.checks.evidence import sdk_evidence
from mingcha_rules.checks.sdk import sdk_words
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Gap, PartKey
from mingcha_rules.sdk_levels import judge_sdks

_SURE = 0.8


def check(facts: Facts, card: Card) -> Iterator[Gap]:
    """Yield one gap that lists the advertising SDKs."""
    rules = any(document.role is DocumentRole.MINORS for document in facts.told.documents)
    if not rules and "child.rules" not in facts.present:
        # Nearly every policy has a paragraph on minors; only special rules show that children are served.
        return
    ads = [
        item
        for item in facts.once(judge_sdks)
        if item.record.category in card.params["categories"] and item.confidence >= _SURE
    ]
    if ads:
        span = facts.present.get("child.rules") or (facts.told.minors.span if facts.told.minors else None)
        yield Gap(
            subject="policy:minors_ads",
            params={"sdks": tuple(sdk_words(item.found, item.record) for item in ads)},
            confidence=0.6,
            parts=tuple(PartKey(f"sdk:{item.found.id}") for item in ads),
            policy=(span,) if span else (),
            app=tuple(sign for item in ads for sign in sdk_evidence(item.found)[:1]),
        )
