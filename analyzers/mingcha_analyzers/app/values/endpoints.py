"""Hosts that a package names."""

from dataclasses import dataclass
from enum import StrEnum

from mingcha_analyzers.app.values.observations import Place, Stage


class EndpointForm(StrEnum):
    """How a host was named: in a URL, as a bare name, or as an IP address."""

    URL = "url"
    HOST = "host"
    IP = "ip"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A host named in code, the manifest or an asset; no proof that anything is sent to it.

    ``owner``: whose code or file names it; ``sdk``: the SDK whose host it is, null unless it is known to be one's
    only. ``country``: of the company behind the host (ISO 3166), not where the server stands; null when unknown.
    ``stage``: whether the code that names it is reached. ``place`` is the first of ``count`` places.
    """

    host: str
    scheme: str | None
    form: EndpointForm
    owner: str
    sdk: str | None
    country: str | None
    stage: Stage
    place: Place
    count: int
