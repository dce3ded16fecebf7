"""Permissions the policy speaks of and the package does not declare. No parameters."""

from collections.abc import Iterator

from mingcha_analyzers.values import Span
from mingcha_rules.card import Card
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Gap, PartKey
from mingcha_rules.permission_levels import Family, family_of


def check(facts: Facts, _card: Card) -> Iterator[Gap]:
    """Yield one gap that lists the families spoken of of which no member is declared."""
    declared = {family_of(request.name) for request in facts.package.permissions}
    spoken: dict[str, Family] = {}
    spans: dict[str, Span] = {}
    for mention in facts.told.permissions:
        family = family_of(mention.name)
        if family is not None and family not in declared:
            spoken.setdefault(family.id, family)
            spans.setdefault(family.id, mention.span)
    if spoken:
        yield Gap(
            subject="policy:permission_unrequested",
            params={"families": tuple(spoken[key].words for key in sorted(spoken))},
            owner="policy",
            confidence=0.7,
            parts=tuple(PartKey(key) for key in sorted(spoken)),
            policy=tuple(spans[key] for key in sorted(spoken))[:5],
        )
