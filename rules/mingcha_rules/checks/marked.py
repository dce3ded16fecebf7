"""Sensitive items that the policy says are collected and never sets in conspicuous type.

Parameter: ``spare``, categories of items left out. Where no document shows its typeface the check cannot look.
"""

from collections.abc import Iterator

from mingcha_analyzers.policy.values import Claim
from mingcha_corpora.taxonomy import load_taxonomy
from mingcha_rules.card import Card
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Blind, Gap, PartKey
from mingcha_rules.permission_levels import item_words

_SHOWN = 5


def check(facts: Facts, card: Card) -> Iterator[Gap | Blind]:
    """Yield one gap that lists the sensitive items of which no mention is marked."""
    if any(document.marked is None for document in facts.told.documents):
        yield Blind("marking_not_visible")
        return
    unmarked: dict[str, Claim] = {}
    marked = set()
    for claim in facts.collected:
        for item in claim.data_items:
            record = load_taxonomy().items[item]
            if record.sensitive != "yes" or record.category in card.params["spare"]:
                continue
            if claim.emphasis is False:
                unmarked.setdefault(item, claim)
            else:
                marked.add(item)
    items = tuple(item for item in sorted(unmarked) if item not in marked)
    if items:
        yield Gap(
            subject="policy:sensitive_marked",
            params={"items": tuple(map(item_words, items))},
            owner="policy",
            confidence=0.7,
            data_items=items,
            parts=tuple(PartKey(item, item) for item in items),
            policy=tuple(unmarked[item].span for item in items[:_SHOWN]),
        )
