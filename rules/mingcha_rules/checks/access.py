"""Data that code reads and whose disclosure has a given level, one gap for each owner of the code.

Parameters: ``level``; ``owners``: the code the app answers for itself (``own``) or that of its SDKs (``sdk``);
``reached``: whether the code can run from an entry point; ``least``: the least confidence.
"""

from collections.abc import Iterator

from mingcha_rules.access_levels import AccessLevel, judge_accesses, severity_of
from mingcha_rules.card import Card
from mingcha_rules.checks.evidence import call_evidence, owner_words, way_words
from mingcha_rules.checks.sdk_advice import switch_words
from mingcha_rules.facts import Facts, accesses_unseen
from mingcha_rules.gap import Blind, Gap, PartKey
from mingcha_rules.permission_levels import item_words
from mingcha_rules.values import Level, Severity


def check(facts: Facts, card: Card) -> Iterator[Gap | Blind]:
    """Yield one gap for each owner that reads items of that level."""
    if accesses_unseen(facts.package):
        yield Blind("accesses_not_analysed")
        return
    grouped: dict[str, list[AccessLevel]] = {}
    for level in facts.once(judge_accesses):
        if level.faulty and _applies(level, card):
            grouped.setdefault(level.access.owner, []).append(level)
    for owner in sorted(grouped):
        yield _gap(facts, card, owner, grouped[owner])


def _applies(level: AccessLevel, card: Card) -> bool:
    params = card.params
    return (
        level.level is Level(params["level"])
        and level.access.own is (params["owners"] == "own")
        and level.access.reached is params["reached"]
        and level.confidence >= params.get("least", 0)
    )


def _gap(facts: Facts, card: Card, owner: str, levels: list[AccessLevel]) -> Gap:
    grades = {level.access.item: severity_of(level.access.item, level.level) for level in levels}
    worst = max(grades.values(), key=lambda grade: grade.rank) if card.params["reached"] else Severity.LOW
    # The gravest items decide how sure the finding is, and stand first.
    levels = sorted(levels, key=lambda level: (-grades[level.access.item].rank, -level.confidence, level.access.item))
    items = tuple(level.access.item for level in levels)
    first = [level for level in levels if grades[level.access.item] is grades[items[0]]]
    said = tuple(sorted({word for level in levels for word in level.said}))
    return Gap(
        subject="access",
        params={
            "who": owner_words(facts.package, owner),
            "items": tuple(map(item_words, items)),
            "said": tuple(map(item_words, said)),
            "way": way_words(facts.package, levels[0].access),
            "switch": switch_words(owner, items),
        },
        owner=owner,
        responsible=("operator", owner) if owner.startswith("sdk:") else ("operator",),
        confidence=max(level.confidence for level in first),
        severity=worst,
        data_items=items,
        parts=tuple(PartKey(item, item) for item in items),
        policy=tuple(dict.fromkeys(span for level in levels for span in level.spans))[:3],
        app=tuple(call_evidence(facts.package, level.access) for level in levels),
    )
