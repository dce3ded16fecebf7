"""Addresses in numbers that the app's own code speaks to. No parameters.

A bare number without a scheme may be a resolver or a version and is left out.
"""

from collections.abc import Iterator

from mingcha_analyzers.app.values import EndpointForm
from mingcha_rules.card import Card
from mingcha_rules.checks.endpoints import endpoint_evidence, endpoint_words, own_endpoints
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Gap, PartKey


def check(facts: Facts, _card: Card) -> Iterator[Gap]:
    """Yield one gap that lists the addresses."""
    found = [each for each in own_endpoints(facts.package) if each.form is EndpointForm.IP and each.scheme is not None]
    if found:
        yield Gap(
            subject="app:numeric_endpoint",
            params={"hosts": endpoint_words(found)},
            confidence=0.8,
            parts=tuple(PartKey(f"host:{host}") for host in sorted({each.host for each in found})),
            app=endpoint_evidence(found),
        )
