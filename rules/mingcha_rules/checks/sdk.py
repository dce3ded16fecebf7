"""SDKs in the package whose disclosure has a given level.

Parameters: ``level`` and, for ``vague``, ``strength``; ``least`` and ``below``: the range of confidence in the SDK
itself; ``known_data``: only SDKs of which the SDK base knows what they collect (true), or does not (false).
"""

from collections.abc import Iterator

from mingcha_analyzers.app.values import SdkFound
from mingcha_corpora.sdks import SdkRecord
from mingcha_rules.card import Card
from mingcha_rules.checks.evidence import sdk_evidence, sign_words
from mingcha_rules.facts import Facts, names_shortened
from mingcha_rules.gap import Blind, Gap, PartKey
from mingcha_rules.permission_levels import item_words
from mingcha_rules.sdk_levels import SdkLevel, judge_sdks, list_unseen
from mingcha_rules.values import Level, Words

_ITEMS_SHOWN = 6


def check(facts: Facts, card: Card) -> Iterator[Gap | Blind]:
    """Yield one gap for each SDK of that level; say so where the list was not supplied, or SDKs may have no name."""
    levels = facts.once(judge_sdks)
    if names_shortened(facts.package):
        yield Blind("names_shortened")
    unseen = list_unseen(facts)
    if unseen is not None and any("list" in item.missing for item in levels):
        yield Blind(unseen)
    for item in levels:
        if _applies(item, card):
            yield _gap(item)


def sdk_words(found: SdkFound, record: SdkRecord) -> Words:
    """Return how an SDK is written in messages, with its version where it is known."""
    version = f" {found.version}" if found.version else ""
    return Words(f"{record.name_zh or found.name}{version}", f"{found.name}{version}")


def _applies(item: SdkLevel, card: Card) -> bool:
    params = card.params
    if item.level is not Level(params["level"]):
        return False
    if "strength" in params and (item.strength is None or item.strength.value != params["strength"]):
        return False
    if "known_data" in params and bool(item.record.data_items) is not params["known_data"]:
        return False
    return bool(params.get("least", 0) <= item.confidence < params.get("below", 2))


def _gap(item: SdkLevel) -> Gap:
    items = item.record.data_items
    return Gap(
        subject=f"sdk:{item.found.id}",
        params={
            "sdk": sdk_words(item.found, item.record),
            "vendor": Words(item.record.vendor_zh or item.record.vendor, item.record.vendor or item.record.vendor_zh),
            "signs": sign_words(item.found),
            "items": tuple(map(item_words, items[:_ITEMS_SHOWN])),
        },
        owner=f"sdk:{item.found.id}",
        responsible=("operator", f"sdk:{item.found.id}"),
        confidence=item.confidence,
        data_items=items,
        parts=(PartKey("whole"), *(PartKey(f"sdk:{part.id}") for part in item.brought)),
        policy=item.spans,
        app=sdk_evidence(item.found),
    )
