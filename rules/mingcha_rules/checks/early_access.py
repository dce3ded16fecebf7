"""Data that code reads on a way that runs before the user can agree, one gap for each owner of the code.

Parameter: ``owners``, the code the app answers for itself (``own``) or that of its SDKs (``sdk``). Code behind a stored
flag is left out.
"""

from collections.abc import Iterator

from mingcha_corpora.taxonomy import load_taxonomy
from mingcha_rules.access_levels import Access, find_accesses
from mingcha_rules.card import Card
from mingcha_rules.checks.evidence import call_evidence, owner_words, way_words
from mingcha_rules.checks.sdk_advice import start_words
from mingcha_rules.facts import Facts, accesses_unseen
from mingcha_rules.gap import Blind, Gap, PartKey
from mingcha_rules.permission_levels import item_words
from mingcha_rules.values import Severity
from mingcha_rules.verdicts import SURE


def check(facts: Facts, card: Card) -> Iterator[Gap | Blind]:
    """Yield one gap for each owner whose code reads personal information so early."""
    if accesses_unseen(facts.package):
        yield Blind("accesses_not_analysed")
        return
    grouped: dict[str, list[Access]] = {}
    for access in facts.once(find_accesses):
        personal = load_taxonomy().items[access.item].personal_information != "no"
        if access.before_consent and personal and access.own is (card.params["owners"] == "own"):
            grouped.setdefault(access.owner, []).append(access)
    for owner in sorted(grouped):
        yield _gap(facts, owner, grouped[owner])


def _gap(facts: Facts, owner: str, accesses: list[Access]) -> Gap:
    accesses = sorted(accesses, key=lambda access: (-_severity(access).rank, -access.confidence, access.item))
    worst = _severity(accesses[0])
    items = tuple(access.item for access in accesses)
    return Gap(
        subject="access:before_consent",
        params={
            "who": owner_words(facts.package, owner),
            "items": tuple(map(item_words, items)),
            "way": way_words(facts.package, accesses[0]),
            "start": start_words(facts.package, owner),
        },
        owner=owner,
        responsible=("operator", owner) if owner.startswith("sdk:") else ("operator",),
        confidence=accesses[0].confidence,
        severity=worst,
        data_items=items,
        parts=tuple(PartKey(item, item) for item in items),
        app=tuple(call_evidence(facts.package, access) for access in accesses),
    )


def _severity(access: Access) -> Severity:
    """Return high for items that must be named, low for those that identify only beside others.

    That an SDK is started is no sure sign of what it reads; severity.yaml gives medium for its start alone.
    """
    record = load_taxonomy().items[access.item]
    if record.must_name and (access.own or access.confidence >= SURE):
        return Severity.HIGH
    return Severity.MEDIUM if record.personal_information == "yes" else Severity.LOW
