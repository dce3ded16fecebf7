"""Ways by which an app runs, or makes other apps run, without the user opening it; broadcasts are facts elsewhere."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from mingcha_analyzers.app.code.accesses import Access
from mingcha_analyzers.app.code.observations import observe_component
from mingcha_analyzers.app.code.queries import Queries, member_text
from mingcha_analyzers.app.code.tables import members_of
from mingcha_analyzers.app.dex.constants import find_returned
from mingcha_analyzers.app.dex.names import Member
from mingcha_analyzers.app.values import Component, Observation
from mingcha_corpora.facts import ApiFact
from mingcha_corpora.records import read_yaml

_DATA = Path(__file__).parent / "data"
_CHAIN_START, _KEEP_ALIVE = "app.chain_start", "app.keep_alive"
_PLATFORM = (b"Landroidx/", b"Landroid/")
# Service.START_STICKY and START_REDELIVER_INTENT.
_STICKY = frozenset((1, 3))
_PACKAGE = re.compile(rb"[A-Za-z]\w*(?:\.[A-Za-z]\w*)+")


@dataclass(frozen=True, slots=True)
class _Table:
    """See wake_ups.yaml."""

    entries: frozenset[str]
    components: frozenset[str]
    scheduled: frozenset[Member]
    addressed: frozenset[Member]
    started: frozenset[bytes]
    looked_up: frozenset[Member]
    not_others: tuple[bytes, ...]


@cache
def _load_table() -> _Table:
    table = read_yaml("wake_ups.yaml", _DATA)
    return _Table(
        entries=frozenset(table["entries"]),
        components=frozenset(table["components"]),
        scheduled=members_of(table["scheduled"]),
        addressed=members_of(table["addressed"]),
        started=frozenset(name.encode() for name in table["started"]),
        looked_up=members_of(table["looked_up"]),
        not_others=tuple(name.encode() for name in table["not_others"]),
    )


def find_wake_ups(queries: Queries, package_name: str) -> Iterator[Access]:
    """Yield the calls of one DEX by which code runs again by itself or starts other apps."""
    table = _load_table()
    members = queries.members(table.scheduled | table.addressed | table.looked_up)
    own = package_name.encode()
    for item, offset, number in queries.sites(list(members)):
        member = members[number]
        if member in table.scheduled:
            yield Access(item, offset, member_text(member), _fact(_KEEP_ALIVE, member_text(member)), "direct")
            continue
        other = _other(queries, item, offset, own) if member in table.addressed else _entry(queries, item)
        if other is not None and any(name in table.started for _, name in queries.calls_in(item)):
            yield Access(item, offset, other, _fact(_CHAIN_START, other), "by_argument")
    yield from _sticky(queries)


def _other(queries: Queries, item: int, offset: int, own: bytes) -> str | None:
    """Return the package of another app that a call names, if a constant does."""
    texts = [text for argument in queries.arguments(item, offset)[1:2] for text in argument.texts]
    if not texts or not _PACKAGE.fullmatch(texts[0]):
        return None
    name = texts[0]
    outside = not name.startswith(_load_table().not_others) and name != own and not name.startswith(own + b".")
    return name.decode() if outside else None


def _entry(queries: Queries, item: int) -> str | None:
    """Return the entry of other apps that a body names."""
    texts = (text.decode("utf-8", "replace") for text in queries.texts_in(item))
    return next((text for text in texts if text in _load_table().entries), None)


def _sticky(queries: Queries) -> Iterator[Access]:
    """Yield the services that ask to be started again after they were ended."""
    part, program, definitions = queries.part, queries.program, queries.dex.definitions
    number = program.names.numbers.get(b"onStartCommand", -1)
    chosen = (part.method_name[definitions.method] == number) & part.own[definitions.class_def]
    for row in np.flatnonzero(chosen & (definitions.item >= 0)).tolist():
        class_ = program.class_name(int(part.def_class[int(definitions.class_def[row])]))
        item = int(definitions.item[row])
        if class_.startswith(_PLATFORM):
            continue
        if any(value.number in _STICKY for value in find_returned(queries.code(item))):
            yield Access(item, 0, "START_STICKY", _fact(_KEEP_ALIVE, "START_STICKY"), "beside")


def observe_entries(
    components: Sequence[Component], owner_of: Callable[[str], str]
) -> Iterator[tuple[ApiFact, Observation]]:
    """Yield the components by which other apps start this one."""
    table = _load_table()
    for component in components:
        actions = {action for each in component.intent_filters for action in each.actions}
        named = sorted(actions & table.entries) if component.exported else []
        if component.exported and component.name in table.components:
            named.append(component.name)
        for name in named:
            fact = _fact(_CHAIN_START, name)
            yield fact, observe_component(component, fact, name, owner_of, effective=True)


@cache
def _fact(act: str, value: str) -> ApiFact:
    return ApiFact(
        id=f"wake_ups:{value}",
        kind="method",
        data_item=None,
        act=act,
        facets=(),
        class_=None,
        name=None,
        descriptors=(),
        value=value,
        mechanism="action",
        match="invoke",
        evidence="direct",
        permissions=(),
        verified=True,
        note="",
    )
