"""Entries that an app with accounts should show on its screens and that were not seen there.

Parameters: ``facts``, in-app facts one of which is the entry; ``right``, the kind of right it serves; ``due``, whether
the app itself has to offer it, else silence of the policy is told once, of the policy. A policy that names a way
outside the app satisfies; one that promises a way inside makes the gap surer.
"""

from collections.abc import Iterator

from mingcha_analyzers.policy.values import Mechanism, Right
from mingcha_rules.card import Card
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Blind, Gap
from mingcha_rules.screens import account_texts, entries, screens_unread, text_evidence
from mingcha_rules.words import load_words

_SHOWN = 2
_PROMISED, _UNTOLD = 0.6, 0.4
_OUTSIDE = frozenset({Mechanism.EMAIL, Mechanism.PHONE, Mechanism.FORM})


def check(facts: Facts, card: Card) -> Iterator[Gap | Blind]:
    """Yield one gap if neither text nor name of such an entry is found."""
    if screens_unread(facts.package):
        yield Blind("screens_unread")
        return
    accounts = account_texts(facts.package)
    if entries(facts.package, card.params["facts"]) or not accounts:
        return
    kind = card.params["right"]
    told = _told(facts, kind)
    if not card.params["due"] and facts.policy is not None and not told:
        return
    promises = [right for right in told if right.mechanism is Mechanism.IN_APP_PATH]
    if not promises and any(right.mechanism in _OUTSIDE for right in told):
        return
    yield Gap(
        subject=f"screen:{kind}",
        params={"right": load_words("rights")[kind]},
        confidence=_PROMISED if promises else _UNTOLD,
        policy=tuple(right.span for right in promises[:1]),
        app=tuple(map(text_evidence, accounts[:_SHOWN])),
    )


def _told(facts: Facts, kind: str) -> list[Right]:
    return [right for right in facts.policy.rights if right.kind.value == kind] if facts.policy else []
