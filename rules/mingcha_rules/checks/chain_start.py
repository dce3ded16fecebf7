"""Code and components by which apps start one another, of which the policy does not speak, one gap for each owner.

Parameters: ``act``, the act looked for; ``phrases``, words that speak of it.
"""

from collections.abc import Iterator

from mingcha_analyzers.app.values import Observation
from mingcha_rules.card import Card
from mingcha_rules.checks.evidence import MANIFEST, chain_words, owner_words
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Gap, PartKey
from mingcha_rules.values import AppEvidence, Words

_SHOWN = 5


def check(facts: Facts, card: Card) -> Iterator[Gap]:
    """Yield one gap for each owner of such code."""
    if any(map(facts.says, card.params["phrases"])):
        return
    grouped: dict[str, list[Observation]] = {}
    for seen in facts.package.observations:
        if seen.act == card.params["act"] and seen.effective:
            grouped.setdefault(seen.owner, []).append(seen)
    for owner in sorted(grouped):
        yield _gap(facts, owner, grouped[owner])


def _gap(facts: Facts, owner: str, starts: list[Observation]) -> Gap:
    entries = tuple(dict.fromkeys(seen.api for seen in starts))
    return Gap(
        subject="app:chain_start",
        params={
            "who": owner_words(facts.package, owner),
            "entries": tuple(Words(entry, entry) for entry in entries[:_SHOWN]),
        },
        owner=owner,
        responsible=("operator", owner) if owner.startswith("sdk:") else ("operator",),
        confidence=0.7,
        parts=tuple(PartKey(entry) for entry in entries),
        app=tuple(map(_evidence, starts[:_SHOWN])),
    )


def _evidence(seen: Observation) -> AppEvidence:
    if seen.place.dex is None:
        return AppEvidence("component", seen.place.class_ or "", MANIFEST, None)
    return AppEvidence(
        "call", chain_words((*(seen.reach.chain or (seen.caller,)), seen.api)).en, seen.place.dex, seen.place
    )
