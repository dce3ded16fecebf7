"""Components that start the app with the system, while the policy does not speak of self-start.

Parameters: ``actions``, broadcasts sent only to apps that ask for RECEIVE_BOOT_COMPLETED; ``earlier``, broadcasts with
the last target level at which a receiver of the manifest hears them; ``services``, actions of services that the system
runs on a schedule; ``phrases``, words that speak of self-start.
"""

from collections.abc import Iterator

from mingcha_analyzers.app.values import App, Component, ComponentKind
from mingcha_rules.card import Card
from mingcha_rules.checks.evidence import MANIFEST
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Gap
from mingcha_rules.values import AppEvidence, Words

_SHOWN = 3
_PERMISSION = "android.permission.RECEIVE_BOOT_COMPLETED"


def check(facts: Facts, card: Card) -> Iterator[Gap]:
    """Yield one gap that lists the components."""
    if "collect.autostart" in facts.present or any(map(facts.says, card.params["phrases"])):
        return
    actions = {ComponentKind.RECEIVER: _heard(facts.package, card), ComponentKind.SERVICE: set(card.params["services"])}
    names = sorted(part.name for part in facts.package.components if _starts(part, actions.get(part.kind, set())))
    if names:
        yield Gap(
            subject="app:self_start",
            params={"receivers": tuple(Words(name, name) for name in names[:_SHOWN])},
            confidence=0.7,
            app=tuple(AppEvidence("component", name, MANIFEST, None) for name in names[:_SHOWN]),
        )


def _heard(app: App, card: Card) -> set[str]:
    """Return the broadcasts that receivers of this app hear."""
    asks = any(request.name == _PERMISSION for request in app.permissions)
    level = app.target_sdk or app.min_sdk or 1
    earlier = {action for action, last in card.params["earlier"].items() if level <= last}
    return earlier | (set(card.params["actions"]) if asks else set())


def _starts(part: Component, actions: set[str]) -> bool:
    return any(not actions.isdisjoint(entry.actions) for entry in part.intent_filters)
