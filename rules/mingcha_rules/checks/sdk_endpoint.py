"""Hosts of collecting SDKs that other code than an SDK's names, while the SDK itself was not found. No parameters.

The SDK may have lost its name, its service may be called directly, or the host may be a mere link.
"""

from collections.abc import Iterator

from mingcha_analyzers.app.values import Endpoint
from mingcha_corpora.sdks import load_sdk_base
from mingcha_rules.card import Card
from mingcha_rules.checks.endpoints import endpoint_evidence, endpoint_words
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Gap, PartKey
from mingcha_rules.values import Words


def check(facts: Facts, _card: Card) -> Iterator[Gap]:
    """Yield one gap for each such SDK."""
    found = {sdk.id for sdk in facts.package.sdks}
    base = load_sdk_base()
    hosts: dict[str, list[Endpoint]] = {}
    for endpoint in facts.package.endpoints:
        foreign = endpoint.owner.startswith("sdk:") or endpoint.owner == "platform"
        if endpoint.sdk is not None and endpoint.sdk not in found and not foreign:
            hosts.setdefault(endpoint.sdk, []).append(endpoint)
    for name, named in sorted(hosts.items()):
        record = base.records[name]
        if record.collects_pi:
            yield Gap(
                subject=f"sdk:{name}",
                params={"sdk": Words(record.name_zh or record.name, record.name), "hosts": endpoint_words(named)},
                owner=f"sdk:{name}",
                confidence=0.4,
                parts=(PartKey(f"sdk:{name}"),),
                app=endpoint_evidence(named),
            )
