"""The shipped tables on how the system and libraries call into an app: ``data/*.yaml``."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from mingcha_analyzers.app.dex.names import Member
from mingcha_corpora.records import read_yaml

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Callbacks:
    """Methods called on created objects, as pairs of class descriptor and name; see callbacks.yaml."""

    soon: frozenset[Member]
    later: frozenset[Member]
    any_code: tuple[bytes, ...]
    named: tuple[bytes, ...]
    user_events: re.Pattern[bytes]


@dataclass(frozen=True, slots=True)
class EntryPoints:
    """Where the system enters an app; see entry_points.yaml."""

    life_cycle: Mapping[str, tuple[bytes, ...]]
    other: tuple[bytes, ...]
    self_start_actions: frozenset[str]
    launcher_action: str
    launcher_category: str
    initializer_value: str
    start_calls: frozenset[bytes]


@dataclass(frozen=True, slots=True)
class OwnerNames:
    """Names by which code is given to an owner; see owners.yaml."""

    platform: frozenset[str]
    shared_labels: frozenset[str]
    relocating_labels: frozenset[str]
    loaders: frozenset[str]


@dataclass(frozen=True, slots=True)
class SinkTable:
    """Calls that hand data to the network, and the bounds of a way to one; see sinks.yaml."""

    calls: frozenset[Member]
    not_sent: frozenset[str]
    not_sent_calls: frozenset[str]
    carriers: tuple[bytes, ...]
    calls_down: int
    results_up: int
    calls_in_all: int


def members_of(calls: Iterable[str]) -> frozenset[Member]:
    """Return class descriptor and name of methods that a table writes as ``Lclass;->name``."""
    pairs = (call.encode().split(b"->") for call in calls)
    return frozenset((class_, name) for class_, name in pairs)


@cache
def load_sinks() -> SinkTable:
    """Return the calls that hand data to the network."""
    table = read_yaml("sinks.yaml", _DATA)
    return SinkTable(
        calls=_pairs(table["calls"]),
        not_sent=frozenset(table["not_sent"]),
        not_sent_calls=frozenset(table["not_sent_calls"]),
        carriers=tuple(kind.encode() for kind in table["carriers"]),
        calls_down=table["calls_down"],
        results_up=table["results_up"],
        calls_in_all=table["calls_in_all"],
    )


@cache
def load_callbacks() -> Callbacks:
    """Return the callbacks."""
    table = read_yaml("callbacks.yaml", _DATA)
    return Callbacks(
        soon=_pairs(table["soon"]),
        later=_pairs(table["later"]),
        any_code=tuple(name.encode() for name in table["any_code"]),
        named=tuple(name.encode() for name in table["named"]),
        user_events=re.compile(table["user_events"].encode()),
    )


def _pairs(table: Mapping[str, list[str]]) -> frozenset[Member]:
    return frozenset((class_.encode(), name.encode()) for class_, names in table.items() for name in names)


@cache
def load_entry_points() -> EntryPoints:
    """Return the entry points."""
    table = read_yaml("entry_points.yaml", _DATA)
    return EntryPoints(
        life_cycle=MappingProxyType(
            {kind: tuple(name.encode() for name in names) for kind, names in table["life_cycle"].items()}
        ),
        other=tuple(name.encode() for name in table["other"]),
        self_start_actions=frozenset(table["self_start_actions"]),
        launcher_action=table["launcher"]["action"],
        launcher_category=table["launcher"]["category"],
        initializer_value=table["initializer_value"],
        start_calls=frozenset(name.encode() for name in table["start_calls"]),
    )


@cache
def load_owner_names() -> OwnerNames:
    """Return the names that decide on owners."""
    table = read_yaml("owners.yaml", _DATA)
    return OwnerNames(**{key: frozenset(names) for key, names in table.items()})


@cache
def load_uri_fields() -> tuple[tuple[bytes, bytes], ...]:
    """Return pairs of class prefix and URI, the first that fits counts."""
    return tuple((row["class"].encode(), row["uri"].encode()) for row in read_yaml("uri_fields.yaml", _DATA))


@cache
def load_unfollowed() -> Mapping[Member, str]:
    """Return the calls behind which unseen code runs, with the kind of it."""
    table: Mapping[str, list[str]] = read_yaml("unfollowed.yaml", _DATA)
    rows = ((call.encode().partition(b"->"), kind) for kind, calls in table.items() for call in calls)
    return MappingProxyType({(class_, name): kind for (class_, _, name), kind in rows})
