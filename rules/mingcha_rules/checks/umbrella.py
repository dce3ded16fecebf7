"""Broad words for device data under which the policy names no single identifier.

Parameters: ``umbrellas``, item ids; a claim on one of them needs a claim on something below it. ``listing``: words that
show a list beside the broad word, even one that was not read.
"""

from collections.abc import Iterator

from mingcha_analyzers.values import Span
from mingcha_corpora.taxonomy import load_taxonomy
from mingcha_rules.card import Card
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Gap, PartKey
from mingcha_rules.permission_levels import item_words


def check(facts: Facts, card: Card) -> Iterator[Gap]:
    """Yield one gap that lists the broad words nothing narrower explains."""
    taxonomy = load_taxonomy()
    said = {item for claim in facts.told.claims for item in claim.data_items}
    said |= {item for row in facts.told.sdk_disclosures for item in row.data_items}
    places: dict[str, Span] = {}
    for claim in facts.collected:
        for item in claim.data_items:
            narrower = any(item in taxonomy.path_up(other) for other in said if other != item)
            listed = any(word in facts.told.quote(claim.span).lower() for word in card.params["listing"])
            if item in card.params["umbrellas"] and not narrower and not listed:
                places.setdefault(item, claim.span)
    items = tuple(sorted(places))
    if items:
        yield Gap(
            subject="policy:umbrella",
            params={"items": tuple(map(item_words, items))},
            owner="policy",
            confidence=0.7,
            data_items=items,
            parts=tuple(PartKey(item, item) for item in items),
            policy=tuple(places[item] for item in items),
        )
