"""Endpoints of the app's own code as the checks on them see them, and as evidence and words of a finding."""

from collections.abc import Iterable, Iterator

from mingcha_analyzers.app.values import App, Endpoint, Stage
from mingcha_rules.values import AppEvidence, Words

OWN = "app"
_SHOWN = 5


def own_endpoints(app: App) -> Iterator[Endpoint]:
    """Yield the hosts that the app's own reached code, or its assets and manifest, name; hosts of known SDKs aside."""
    for endpoint in app.endpoints:
        in_code = endpoint.place.class_ is not None and endpoint.place.method is not None
        if endpoint.owner == OWN and endpoint.sdk is None and (not in_code or endpoint.stage is not Stage.PRESENT):
            yield endpoint


def endpoint_words(endpoints: Iterable[Endpoint]) -> tuple[Words, ...]:
    """Return the first hosts as they stand in the package, each once."""
    names = dict.fromkeys(
        f"{endpoint.scheme}://{endpoint.host}" if endpoint.scheme else endpoint.host for endpoint in endpoints
    )
    return tuple(Words(name, name) for name in list(names)[:_SHOWN])


def endpoint_evidence(endpoints: Iterable[Endpoint]) -> tuple[AppEvidence, ...]:
    """Return the first hosts with the place that names them."""
    return tuple(
        AppEvidence(kind="host", value=endpoint.host, file=endpoint.place.dex, place=endpoint.place)
        for endpoint in list(endpoints)[:_SHOWN]
    )
