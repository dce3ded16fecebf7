"""Broad words for device data under which the policy names no single identifier.

Parameters: ``umbrellas``, item ids; a claim on one of them needs a claim on something below it. ``listing``: words that
show a list beside the broad word, even one that was not read.
"""

from collections.abc import Iterator

from mingcha_analyzers.values import Span
from mingcha_corpora.taxonomy import Taxonomy, load_taxonomy
from mingcha_rules.access_levels import folded_words
from mingcha_rules.card import Card
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Gap, PartKey
from mingcha_rules.permission_levels import item_words


def check(facts: Facts, card: Card) -> Iterator[Gap]:
    """Yield one gap that lists the broad words nothing narrower explains."""
    taxonomy = load_taxonomy()
    said = {item for claim in facts.told.claims for item in claim.data_items}
    said |= {item for row in facts.told.sdk_disclosures for item in row.data_items}
    words = card.params["listing"]
    places: dict[str, Span] = {}
    explained = set()
    for claim in facts.collected:
        for item in set(claim.data_items).intersection(card.params["umbrellas"]):
            places.setdefault(item, claim.span)
            if any(word in facts.told.quote(claim.span).lower() for word in words):
                explained.add(item)
    for other in said:
        # Only what stands in the item's own tree explains it; steps lie below health first.
        explained |= {item for item in places if item != other and _explains(taxonomy, other, item)}
    if facts.app is not None:
        # A broad word for data that code reads stands in the finding on that access.
        explained |= facts.once(folded_words)
    items = tuple(sorted(set(places) - explained))
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


def _explains(taxonomy: Taxonomy, other: str, item: str) -> bool:
    return item in taxonomy.path_up(other) and taxonomy.items[other].category == taxonomy.items[item].category
