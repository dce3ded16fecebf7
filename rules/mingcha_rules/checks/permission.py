"""Families of dangerous permissions whose disclosure has a given level.

Parameter: ``level``, the level that makes a gap; ``spare``: families left out. A permission is a line of the
manifest, not collection, and is worded so.
"""

from collections.abc import Iterator

from mingcha_rules.access_levels import folded_items
from mingcha_rules.card import Card
from mingcha_rules.checks.evidence import permission_evidence
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Gap, PartKey
from mingcha_rules.permission_levels import FamilyLevel, item_words, judge_permissions, permission_words
from mingcha_rules.values import Level, Severity


def check(facts: Facts, card: Card) -> Iterator[Gap]:
    """Yield one gap for each family of that level."""
    folded = facts.once(folded_items)
    for family in facts.once(judge_permissions):
        # That code reads the data is the graver finding of the same root.
        spared = family.family.id in card.params.get("spare", ()) or not folded.isdisjoint(family.items)
        if family.level is Level(card.params["level"]) and not spared:
            yield _gap(family, card)


def _gap(family: FamilyLevel, card: Card) -> Gap:
    names = tuple(sorted(request.name for request in family.requests))
    return Gap(
        subject=f"permission_group:{family.family.id}",
        params={
            "permissions": tuple(map(permission_words, names)),
            "family": family.family.words,
            "said": tuple(map(item_words, family.said)),
            "items": tuple(map(item_words, family.items)) or (family.family.words,),
        },
        confidence=family.confidence,
        severity=Severity.LOW if family.family.mild else card.severity,
        data_items=family.items,
        parts=tuple(PartKey(name) for name in names),
        policy=family.spans,
        app=tuple(map(permission_evidence, names)),
    )
