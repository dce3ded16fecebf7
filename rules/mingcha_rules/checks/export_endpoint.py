"""Hosts of overseas companies in the app's own code beside a policy that denies providing data abroad.

Parameter: ``home``, countries that are not abroad. The country is that of the company behind the host, not of the
server, and that personal data goes there is not shown: a person has to look.
"""

from collections.abc import Iterator

from mingcha_analyzers.policy.values import Polarity
from mingcha_rules.card import Card
from mingcha_rules.checks.endpoints import endpoint_evidence, endpoint_words, own_endpoints
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Gap, PartKey


def check(facts: Facts, card: Card) -> Iterator[Gap]:
    """Yield one gap that lists the hosts."""
    said = facts.told.cross_border
    if said is None or said.polarity is not Polarity.DENIED:
        return
    home = frozenset(card.params["home"])
    abroad = [each for each in own_endpoints(facts.package) if each.country is not None and each.country not in home]
    if abroad:
        yield Gap(
            subject="policy:export_denied_endpoint",
            params={"hosts": endpoint_words(abroad)},
            confidence=0.5,
            parts=tuple(PartKey(f"host:{host}") for host in sorted({each.host for each in abroad})),
            policy=(said.span,),
            app=endpoint_evidence(abroad),
        )
