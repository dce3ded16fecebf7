"""The shipped tables on host names: ``data/hosts.yaml`` and ``data/endings.txt``."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from mingcha_corpora.records import read_yaml

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class HostTable:
    """What is known of host names; see hosts.yaml. ``not_services`` and ``countries`` are keyed by suffix."""

    endings: frozenset[str]
    not_services: frozenset[str]
    documentation_labels: frozenset[str]
    local_labels: frozenset[str]
    known_addresses: frozenset[str]
    schemes: frozenset[str]
    bare_domains: frozenset[str]
    package_labels: frozenset[str]
    shared_domains: frozenset[str]
    countries: Mapping[str, str]

    def is_service(self, host: str) -> bool:
        """Return whether a name is neither a namespace, a licence, a page of documentation nor a placeholder."""
        if host.partition(".")[0] in self.documentation_labels:
            return False
        return self.not_services.isdisjoint(suffixes(host))


@cache
def load_hosts() -> HostTable:
    """Return the table."""
    table = read_yaml("hosts.yaml", _DATA)
    lines = (_DATA / "endings.txt").read_text("utf-8").splitlines()
    countries = {host: code for code, hosts in table["countries"].items() for host in hosts}
    return HostTable(
        endings=frozenset(ending for line in lines if not line.startswith("#") for ending in line.split()),
        not_services=frozenset(host for row in table["not_services"] for host in row["hosts"]),
        documentation_labels=frozenset(table["documentation_labels"]),
        local_labels=frozenset(table["local_labels"]),
        known_addresses=frozenset(table["known_addresses"]),
        schemes=frozenset(table["schemes"]),
        bare_domains=frozenset(table["bare_domains"]),
        package_labels=frozenset(table["package_labels"]),
        shared_domains=frozenset(table["shared_domains"]),
        countries=MappingProxyType({**table["country_endings"], **countries}),
    )


def suffixes(host: str) -> list[str]:
    """Return a host and every domain above it, the longest first."""
    labels = host.split(".")
    return [".".join(labels[place:]) for place in range(len(labels))]
