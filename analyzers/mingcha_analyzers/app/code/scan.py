"""One look at each DEX while it is in memory: every finder of facts keeps what it saw there.

A finder more is a field of ``PartScan`` and a line where it is made, or a ``Watcher`` that the caller brings.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from mingcha_analyzers.app.code.accesses import PartAccesses, find_accesses
from mingcha_analyzers.app.code.asking import PartAsking
from mingcha_analyzers.app.code.bridges import find_bridges
from mingcha_analyzers.app.code.calls import PartCalls, collect_calls
from mingcha_analyzers.app.code.handlers import Handlers, find_handlers
from mingcha_analyzers.app.code.hosts import NamedHosts, find_named_hosts
from mingcha_analyzers.app.code.program import Program
from mingcha_analyzers.app.code.prompts import find_prompts
from mingcha_analyzers.app.code.queries import Queries
from mingcha_analyzers.app.code.rationales import find_beside
from mingcha_analyzers.app.code.refusals import find_answers
from mingcha_analyzers.app.code.sending import find_sinks
from mingcha_analyzers.app.code.tables import load_entry_points
from mingcha_analyzers.app.code.texts import CHINESE, CodeText, find_texts
from mingcha_analyzers.app.code.wake_ups import find_wake_ups
from mingcha_analyzers.app.dex.reader import read_dex
from mingcha_analyzers.app.dex.values import DexFile
from mingcha_analyzers.app.embedded.signs import policy_url_pattern
from mingcha_analyzers.app.ui.cues import load_cues
from mingcha_analyzers.values import Limit


class Watcher(Protocol):
    """A finder of other facts, which looks at each DEX while it is in memory and keeps what it finds."""

    def start(self, program: Program, owner_of: Callable[[str], str]) -> None:
        """Make ready for a program; ``owner_of`` tells whose a class is by its dotted name."""

    def read(self, queries: Queries, accesses: PartAccesses) -> None:
        """Look at one DEX, of which the accesses to data are known."""


@dataclass(frozen=True, slots=True, eq=False)
class PartScan:
    """What was seen in one DEX, by body; ``sinks``: bodies that hand data to the network, with the first such call.

    ``bridges``: bodies that open a door to web pages, with its name.
    """

    calls: PartCalls
    accesses: PartAccesses
    texts: tuple[CodeText, ...]
    asking: PartAsking
    hosts: NamedHosts
    sinks: dict[int, str]
    bridges: tuple[tuple[int, str | None], ...]
    limits: tuple[Limit, ...]


def scan_parts(program: Program, package_name: str, watchers: Sequence[Watcher]) -> tuple[PartScan, ...]:
    """Return what was seen in the DEX files; the next file is read when the arrays of the one before are gone."""
    starters = program.names.among(load_entry_points().start_calls)
    scans: list[PartScan] = []
    nodes = targets = 0
    for number, part in enumerate(program.parts):
        dex = read_dex(part.data, part.at)
        handlers = find_handlers(dex)
        calls = collect_calls(program, number, dex, handlers, nodes, targets, starters)
        scans.append(_scan(Queries(program, part, dex), calls, handlers, package_name, watchers))
        nodes += len(calls.nodes.class_)
        targets += len(part.method_class)
        del dex
    return tuple(scans)


def _scan(
    queries: Queries, calls: PartCalls, handlers: Handlers, package_name: str, watchers: Sequence[Watcher]
) -> PartScan:
    accesses = find_accesses(queries, package_name, handlers)
    accesses.accesses += find_wake_ups(queries, package_name)
    for each in watchers:
        each.read(queries, accesses)
    hosts = find_named_hosts(queries)
    return PartScan(
        calls=calls,
        accesses=accesses,
        texts=(*find_texts(queries, CHINESE, load_cues().may_hold), *find_texts(queries, policy_url_pattern())),
        asking=_read_asking(queries),
        hosts=hosts,
        sinks=find_sinks(queries),
        bridges=tuple(find_bridges(queries)),
        limits=tuple(_limits(queries.part.name, queries.dex, hosts)),
    )


def _read_asking(queries: Queries) -> PartAsking:
    sites = find_prompts(queries)
    # Pages of the settings answer to nobody; what they are for is seen on them.
    asked = [site for site in sites if site.permissions and not site.is_page]
    return PartAsking(sites, find_answers(queries, sites), find_beside(queries, asked))


def _limits(name: str, dex: DexFile, hosts: NamedHosts) -> Iterator[Limit]:
    for damage in dex.damage:
        yield Limit("code", damage.reason, f"{name}: {damage.offset:#x}, {damage.count}")
    if hosts.cut:
        yield Limit("endpoints", "entry_not_searched", name)
