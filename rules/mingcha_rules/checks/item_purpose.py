"""Items that must be named one by one and are collected, as the policy says, without any purpose.

Parameter: ``spare``, categories of items left out. Only items of ``must_name`` and sensitive ones are looked at: for
others a missing purpose is common and mild.
"""

from collections.abc import Iterator

from mingcha_analyzers.policy.values import Action, Claim
from mingcha_corpora.taxonomy import load_taxonomy
from mingcha_rules.card import Card
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Gap, PartKey
from mingcha_rules.permission_levels import item_words

_SHOWN = 5


def check(facts: Facts, card: Card) -> Iterator[Gap]:
    """Yield one gap that lists the items none of whose claims gives a purpose."""
    bare: dict[str, Claim] = {}
    explained = set()
    for claim in facts.collected:
        for item in claim.data_items:
            if claim.purpose or claim.sdk or facts.explains(claim.span):
                explained.add(item)
            elif claim.action is Action.COLLECT:
                bare.setdefault(item, claim)
    items = tuple(item for item in sorted(bare) if item not in explained and _weighty(item, card))
    if items:
        yield Gap(
            subject="policy:item_purpose",
            params={"items": tuple(map(item_words, items))},
            owner="policy",
            confidence=0.6,
            data_items=items,
            parts=tuple(PartKey(item, item) for item in items),
            policy=tuple(bare[item].span for item in items[:_SHOWN]),
        )


def _weighty(item: str, card: Card) -> bool:
    record = load_taxonomy().items[item]
    return record.category not in card.params["spare"] and (record.must_name or record.sensitive == "yes")
