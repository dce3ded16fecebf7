"""Receivers that start the app with the system, while the policy does not speak of self-start.

Parameters: ``actions``, broadcast actions; ``phrases``, words that speak of self-start. The system sends these
broadcasts only to apps that ask for RECEIVE_BOOT_COMPLETED.
"""

from collections.abc import Iterator

from mingcha_analyzers.app.values import Component, ComponentKind
from mingcha_rules.card import Card
from mingcha_rules.checks.evidence import MANIFEST
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Gap
from mingcha_rules.values import AppEvidence, Words

_SHOWN = 3
_PERMISSION = "android.permission.RECEIVE_BOOT_COMPLETED"


def check(facts: Facts, card: Card) -> Iterator[Gap]:
    """Yield one gap that lists the receivers."""
    if "collect.autostart" in facts.present or any(map(facts.says, card.params["phrases"])):
        return
    if not any(request.name == _PERMISSION for request in facts.package.permissions):
        return
    actions = frozenset(card.params["actions"])
    names = sorted(part.name for part in facts.package.components if _starts(part, actions))
    if names:
        yield Gap(
            subject="app:self_start",
            params={"receivers": tuple(Words(name, name) for name in names[:_SHOWN])},
            confidence=0.7,
            app=tuple(AppEvidence("component", name, MANIFEST, None) for name in names[:_SHOWN]),
        )


def _starts(part: Component, actions: frozenset[str]) -> bool:
    heard = {action for entry in part.intent_filters for action in entry.actions}
    return part.kind is ComponentKind.RECEIVER and not heard.isdisjoint(actions)
