"""Reads on whose way to the network a method names a plain-text address, where the system lets plain text pass.

Parameters: ``schemes``; ``last_level``, up to which target level plain text is allowed unless the package forbids it;
``allowed_by``, security facts that allow it above. That what is read is what is sent has to be checked at run time;
addresses alone are a matter of the security facts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mingcha_analyzers.app.values import App, Endpoint, Observation
from mingcha_rules.card import Card
from mingcha_rules.checks.endpoints import endpoint_evidence, endpoint_words
from mingcha_rules.checks.evidence import chain_words, owner_words
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Gap, PartKey
from mingcha_rules.permission_levels import item_words

_ALLOWED, _NOT_KNOWN = 0.7, 0.5


@dataclass(slots=True)
class _Met:
    """What was met on the ways of one owner."""

    reads: list[Observation] = field(default_factory=list)
    endpoints: dict[Endpoint, None] = field(default_factory=dict)


def check(facts: Facts, card: Card) -> Iterator[Gap]:
    """Yield one gap for each owner with such a read."""
    app = facts.package
    confidence = _confidence(app, card)
    if confidence is None:
        return
    plain = [each for each in app.endpoints if each.scheme in card.params["schemes"]]
    met: dict[str, _Met] = {}
    for read in app.observations:
        on_way = _on_way(read, plain) if read.data_item is not None else []
        if on_way:
            owned = met.setdefault(read.owner, _Met())
            owned.reads.append(read)
            owned.endpoints.update(dict.fromkeys(on_way))
    for owner in sorted(met):
        yield _gap(app, owner, met[owner], confidence)


def _on_way(read: Observation, plain: Sequence[Endpoint]) -> list[Endpoint]:
    """Return the addresses that classes on the way of a read to the network name."""
    classes = {step.partition(";->")[0].removeprefix("L").replace("/", ".") for step in read.sends[:-1]}
    return [each for each in plain if each.owner == read.owner and each.place.class_ in classes]


def _gap(app: App, owner: str, met: _Met, confidence: float) -> Gap:
    items = tuple(sorted({str(read.data_item) for read in met.reads}))
    return Gap(
        subject="access:cleartext",
        params={
            "who": owner_words(app, owner),
            "items": tuple(map(item_words, items)),
            "hosts": endpoint_words(met.endpoints),
            "way": chain_words(met.reads[0].sends),
        },
        owner=owner,
        responsible=("operator", owner) if owner.startswith("sdk:") else ("operator",),
        confidence=confidence,
        data_items=items,
        parts=tuple(PartKey(item, item) for item in items),
        app=endpoint_evidence(met.endpoints),
    )


def _confidence(app: App, card: Card) -> float | None:
    """Return how sure it is that plain text passes, None where the system stops it."""
    if app.target_sdk is not None and app.target_sdk <= card.params["last_level"]:
        return _ALLOWED
    if app.security is None or app.target_sdk is None:
        return _NOT_KNOWN
    return _ALLOWED if any(fact.id in card.params["allowed_by"] for fact in app.security) else None
