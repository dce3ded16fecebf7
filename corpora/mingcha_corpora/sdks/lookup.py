"""Finds SDK records by whatever a person knows of them: id, name, vendor, code prefix, class, host, library or key."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from mingcha_corpora.sdks.naming import by_name, by_vendor, fold_name
from mingcha_corpora.sdks.values import SdkBase

_NEAR = 5
_CUTOFF = 0.6
_SUFFIX = "sdk"
# What is shorter stands in too many names.
_SHORTEST = 2
_SHORTEST_LATIN = 4


class Way(StrEnum):
    """How a record was found."""

    ID = "id"
    NAME = "name"
    VENDOR = "vendor"
    PACKAGE = "package"
    COMPONENT = "component"
    HOST = "host"
    LIBRARY = "library"
    META_KEY = "meta_key"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found, with the first way that led to it."""

    id: str
    way: Way


def find_records(base: SdkBase, query: str) -> tuple[Hit, ...]:
    """Return the records that ``query`` may mean, each once; an id means its record alone.

    Where nothing bears that name, those whose id or name holds it.
    """
    query = query.strip()
    if query in base.records:
        return (Hit(query, Way.ID),)
    found: dict[str, Way] = {}
    for way, ids in _ways(base, query):
        for sdk in ids:
            found.setdefault(sdk, way)
    if not found:
        found = dict.fromkeys(_with_part(base, query), Way.PART)
    return tuple(Hit(sdk, way) for sdk, way in found.items())


def near_names(base: SdkBase, query: str) -> tuple[str, ...]:
    """Return the ids and names most like ``query``, as they are folded; none that is far from it."""
    from difflib import get_close_matches

    names = {*base.records, *by_name(base), *by_vendor(base)}
    return tuple(get_close_matches(fold_name(query), sorted(names), _NEAR, _CUTOFF))


def _ways(base: SdkBase, query: str) -> Iterator[tuple[Way, tuple[str, ...]]]:
    folded = fold_name(query)
    short = folded.removesuffix(_SUFFIX)
    names, vendors = by_name(base), by_vendor(base)
    yield Way.NAME, names.get(folded) or names.get(short, ())
    yield Way.VENDOR, vendors.get(folded) or vendors.get(short, ())
    # A class may be written as in code, in a file or in a stack trace.
    dotted = query.removeprefix("L").removesuffix(";").replace("/", ".") if "/" in query else query
    owner = base.owner_of(dotted)
    yield Way.PACKAGE, (owner,) if owner else _below(base, dotted)
    yield Way.COMPONENT, base.by_component.get(dotted, ())
    yield Way.HOST, base.records_of_host(query.lower())
    yield Way.LIBRARY, base.by_library.get(query, ())
    yield Way.META_KEY, base.by_meta_key.get(query, ())


def _with_part(base: SdkBase, query: str) -> tuple[str, ...]:
    folded = fold_name(query)
    if len(folded) < (_SHORTEST_LATIN if folded.isascii() else _SHORTEST):
        return ()
    held = [sdk for sdk in base.records if folded in sdk]
    held += [sdk for name, ids in by_name(base).items() if folded in name for sdk in ids]
    return tuple(sorted(set(held)))


def _below(base: SdkBase, prefix: str) -> tuple[str, ...]:
    """Return the records with a code prefix below ``prefix`` (cn.jiguang), none for a single label."""
    if "." not in prefix:
        return ()
    return tuple(dict.fromkeys(sdk for each, sdk in base.by_prefix.items() if each.startswith(f"{prefix}.")))
