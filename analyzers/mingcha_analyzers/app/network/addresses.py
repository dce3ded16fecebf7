"""Addresses inside texts: each URL with a network scheme, and texts that are nothing but a host.

Left out: names of namespaces, licences and documentation, placeholders, the local net, links inside sentences, and
what only looks like a host (package names, keys, versions).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from mingcha_analyzers.app.network.tables import HostTable, load_hosts
from mingcha_analyzers.app.values import EndpointForm

_MARK = re.compile(rb"://")
_SCHEME = re.compile(rb"[A-Za-z][A-Za-z0-9+]{0,11}\Z")
_AUTHORITY = re.compile(rb"[^\s/\\?#\"'<>|^`,;()]{1,255}")
_LABEL = re.compile(r"[^\W_](?:[\w-]{0,61}[^\W_])?")
_BARE = re.compile(rb"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,18}(?::[0-9]{1,5})?(?:/[!-~]*)?")
_BARE_NUMBER = re.compile(rb"([0-9]{1,3}(?:\.[0-9]{1,3}){3})(?::([0-9]{2,5}))?(?:/[!-~]*)?")
_NUMBER = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}")
# Parts of a name that are filled in when the app runs.
_FILLED = frozenset("%{}$*[]@")
_LONGEST = 2048
# No package has nearly so many URLs; texts made of nothing else must not take minutes.
MOST_MARKS = 200_000
# Versions and object identifiers are made of small numbers.
_SMALL = 32
_TELLING = 2
# Blocks of RFC 6890 that no public host has, as (first octets).
_NOT_GLOBAL = (
    (0,),
    (10,),
    (127,),
    (169, 254),
    (192, 168),
    (192, 0, 0),
    (192, 0, 2),
    (198, 51, 100),
    (203, 0, 113),
    (198, 18),
    (198, 19),
)
_FIRST_SHARED, _LAST_SHARED = (100, 64), (100, 127)
_FIRST_PRIVATE, _LAST_PRIVATE = (172, 16), (172, 31)
_MULTICAST = 224


@dataclass(frozen=True, slots=True)
class Address:
    """A host as a text names it; ``scheme`` is null for a bare host."""

    host: str
    scheme: str | None
    form: EndpointForm


def find_addresses(texts: Sequence[bytes]) -> Iterator[tuple[int, Address]]:
    """Yield the addresses of constants, with the place of the text that names them.

    A link after a blank is part of a message to people, not of a call.
    """
    table = load_hosts()
    for place, begin, blob, mark in _marks(texts):
        found = _read_url(blob, begin, mark, table)
        if found is not None and not (found[0] > begin and blob[found[0] - 1 : found[0]].isspace()):
            yield place, found[1]
    for place, text in enumerate(texts):
        if b"." in text and len(text) < _LONGEST and (address := _read_bare(text, table)) is not None:
            yield place, address


def find_urls(texts: Sequence[bytes]) -> Iterator[tuple[int, Address]]:
    """Yield the addresses of all URLs in texts, with the place of the text."""
    table = load_hosts()
    for place, begin, blob, mark in _marks(texts):
        if (found := _read_url(blob, begin, mark, table)) is not None:
            yield place, found[1]


def read_host(text: str) -> Address | None:
    """Return the host that a text is said to be, None if it is no public name."""
    host = text.strip().lower().rstrip(".")
    return Address(host, None, EndpointForm.HOST) if _is_name(host, load_hosts()) else None


def _marks(texts: Sequence[bytes]) -> Iterator[tuple[int, int, bytes, int]]:
    """Yield each ``://`` up to a bound: place of its text, where that begins in the joined texts, those, its place."""
    blob = b"\n".join(texts)
    marks = [match.start() for match in islice(_MARK.finditer(blob), MOST_MARKS)]
    ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)) + 1)
    places = np.searchsorted(ends, marks, side="right").tolist()
    for mark, place in zip(marks, places, strict=True):
        yield place, int(ends[place]) - len(texts[place]) - 1, blob, mark


def _read_url(blob: bytes, begin: int, mark: int, table: HostTable) -> tuple[int, Address] | None:
    """Return start and address of the URL whose ``://`` stands at ``mark``, in the text that begins at ``begin``."""
    scheme = _SCHEME.search(blob, max(begin, mark - 12), mark)
    authority = _AUTHORITY.match(blob, mark + 3)
    if scheme is None or authority is None or scheme[0].lower().decode() not in table.schemes:
        return None
    host = _host_of(authority[0])
    form = EndpointForm.IP if _NUMBER.fullmatch(host) else EndpointForm.URL
    valid = is_public_address(host) if form is EndpointForm.IP else _is_name(host, table)
    return (scheme.start(), Address(host, scheme[0].lower().decode(), form)) if valid else None


def _host_of(authority: bytes) -> str:
    """Return the host of an authority: without user, port and labels that are filled in later."""
    text = authority.decode("utf-8", "replace").rpartition("@")[2].partition(":")[0].lower().rstrip(".")
    labels = text.split(".")
    filled = [place for place, label in enumerate(labels) if _FILLED.intersection(label)]
    return ".".join(labels[filled[-1] + 1 :]) if filled else text


def _is_name(host: str, table: HostTable) -> bool:
    labels = host.split(".")
    if len(labels) < 2 or labels[-1] not in table.endings or not all(map(_LABEL.fullmatch, labels)):
        return False
    return table.local_labels.isdisjoint(labels[-1:]) and table.is_service(host)


def _read_bare(text: bytes, table: HostTable) -> Address | None:
    number = _BARE_NUMBER.fullmatch(text)
    if number is not None:
        host = number[1].decode()
        telling = host in table.known_addresses or bool(number[2]) or _is_telling(host)
        return Address(host, None, EndpointForm.IP) if telling and is_public_address(host) else None
    if _BARE.fullmatch(text) is None:
        return None
    host = text.partition(b"/")[0].partition(b":")[0].decode()
    labels = host.split(".")
    if labels[0] in table.package_labels or labels[-1] not in table.bare_domains:
        return None
    return Address(host, None, EndpointForm.HOST) if _is_name(host, table) else None


def _is_telling(host: str) -> bool:
    return sum(int(part) >= _SMALL for part in host.split(".")) >= _TELLING


def is_public_address(host: str) -> bool:
    """Return whether dotted numbers are an address of the public net (RFC 6890)."""
    parts = host.split(".")
    octets = tuple(int(part) for part in parts)
    if max(octets) > 255 or any(len(part) > 1 and part[0] == "0" for part in parts):
        return False
    if octets[0] >= _MULTICAST or any(octets[: len(block)] == block for block in _NOT_GLOBAL):
        return False
    return not (_FIRST_SHARED <= octets[:2] <= _LAST_SHARED or _FIRST_PRIVATE <= octets[:2] <= _LAST_PRIVATE)
