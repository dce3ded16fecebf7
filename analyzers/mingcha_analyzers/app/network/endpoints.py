"""Addresses as endpoints: whose host each is, of which country its company is, and how often it is named."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from mingcha_analyzers.app.network.addresses import Address
from mingcha_analyzers.app.network.tables import load_hosts, suffixes
from mingcha_analyzers.app.values import Endpoint, Place, Stage
from mingcha_corpora.sdks import SdkBase

_STAGES = tuple(Stage)


@dataclass(frozen=True, slots=True)
class Sighting:
    """An address at a place, with the owner of what names it."""

    address: Address
    owner: str
    stage: Stage
    place: Place


def join_endpoints(sightings: Iterable[Sighting], base: SdkBase) -> tuple[Endpoint, ...]:
    """Return one endpoint for each host, scheme and owner, sorted; the sighting reached furthest gives the place."""
    found: dict[tuple[str, str, str], Endpoint] = {}
    for each in sightings:
        key = (each.owner, each.address.host, each.address.scheme or "")
        known = found.get(key)
        if known is None:
            found[key] = _endpoint(each, base)
        elif _STAGES.index(each.stage) > _STAGES.index(known.stage):
            found[key] = replace(known, count=known.count + 1, stage=each.stage, place=each.place)
        else:
            found[key] = replace(known, count=known.count + 1)
    return tuple(found[key] for key in sorted(found))


def _endpoint(seen: Sighting, base: SdkBase) -> Endpoint:
    host = seen.address.host
    return Endpoint(
        host=host,
        scheme=seen.address.scheme,
        form=seen.address.form,
        owner=seen.owner,
        sdk=sdk_of_host(host, base),
        country=country_of_host(host, base),
        stage=seen.stage,
        place=seen.place,
        count=1,
    )


def sdk_of_host(host: str, base: SdkBase) -> str | None:
    """Return the SDK to which alone a host is known to belong, None for shared and for unverified domains."""
    shared = load_hosts().shared_domains
    domain = next((each for each in suffixes(host) if each in base.by_host), None)
    records = base.by_host.get(domain or "", ())
    if len(records) != 1 or domain in shared or domain in base.records[records[0]].unverified:
        return None
    return records[0]


def country_of_host(host: str, base: SdkBase) -> str | None:
    """Return the country of the company that a host belongs to, as far as known."""
    countries = load_hosts().countries
    vendors = {base.records[record].vendor_country for record in base.records_of_host(host)} - {""}
    if len(vendors) == 1:
        return vendors.pop()
    return next((countries[domain] for domain in suffixes(host) if domain in countries), None)


def hosts_of_sdks(endpoints: Iterable[Endpoint]) -> tuple[tuple[str, str], ...]:
    """Return SDK and host of the endpoints that bear on whether the SDK is there: not those another SDK names."""
    return tuple(
        (each.sdk, each.host)
        for each in endpoints
        if each.sdk is not None and (not each.owner.startswith("sdk:") or each.owner == f"sdk:{each.sdk}")
    )
