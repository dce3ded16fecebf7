"""Plain-text endpoints of the app's own code, where the system lets the app speak to them.

Parameters: ``schemes``; ``last_level``, up to which target level plain text is allowed unless the package forbids it;
``allowed_by``, security facts that allow it above. That personal data goes there is not shown: a person has to look.
"""

from collections.abc import Iterator

from mingcha_analyzers.app.values import App, Stage
from mingcha_rules.card import Card
from mingcha_rules.checks.endpoints import OWN, endpoint_evidence, endpoint_words, own_endpoints
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Gap, PartKey
from mingcha_rules.values import Severity

_ALLOWED, _NOT_KNOWN = 0.7, 0.5


def check(facts: Facts, card: Card) -> Iterator[Gap]:
    """Yield one gap that lists the endpoints; graver where own code can send what it reads."""
    app = facts.package
    confidence = _confidence(app, card)
    found = [each for each in own_endpoints(app) if each.scheme in card.params["schemes"]]
    if found and confidence is not None:
        sends = any(each.owner == OWN and each.stage is Stage.SENT_POSSIBLE for each in app.observations)
        yield Gap(
            subject="app:cleartext_endpoint",
            params={"hosts": endpoint_words(found)},
            confidence=confidence,
            severity=None if sends else Severity.LOW,
            parts=tuple(PartKey(f"host:{host}") for host in sorted({each.host for each in found})),
            app=endpoint_evidence(found),
        )


def _confidence(app: App, card: Card) -> float | None:
    """Return how sure it is that plain text passes, None where the system stops it."""
    if app.target_sdk is not None and app.target_sdk <= card.params["last_level"]:
        return _ALLOWED
    if app.security is None or app.target_sdk is None:
        return _NOT_KNOWN
    return _ALLOWED if any(fact.id in card.params["allowed_by"] for fact in app.security) else None
