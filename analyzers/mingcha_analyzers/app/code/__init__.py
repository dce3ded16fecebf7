"""Evidence from code: what an app's DEX files read or do, whose code does it, and how it is reached.

Not seen: methods found by their name, names that are put together, native code, code loaded at run time, and views made
by layouts. Such ways are left out of the graph, so that ``reachable`` is proved and its lack is not.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from mingcha_analyzers.app.code.accesses import Access, PartAccesses, basis_of, find_accesses, find_overriding
from mingcha_analyzers.app.code.asking import PartAsking, join_prompts
from mingcha_analyzers.app.code.bridges import find_bridges
from mingcha_analyzers.app.code.calls import PartCalls, collect_calls
from mingcha_analyzers.app.code.entries import find_entries, startable_components
from mingcha_analyzers.app.code.graph import Graph, build_graph
from mingcha_analyzers.app.code.handlers import find_handlers
from mingcha_analyzers.app.code.hierarchy import Ancestry
from mingcha_analyzers.app.code.hosts import NamedHosts, find_named_hosts
from mingcha_analyzers.app.code.observations import Join, Sending, Views, dotted, find_views, fold, observe_components
from mingcha_analyzers.app.code.owners import PLATFORM, Owners, is_foreign
from mingcha_analyzers.app.code.permission_uses import Use
from mingcha_analyzers.app.code.program import Program, read_program
from mingcha_analyzers.app.code.prompts import find_prompts
from mingcha_analyzers.app.code.queries import Queries, member_text
from mingcha_analyzers.app.code.rationales import TextsOf, find_beside
from mingcha_analyzers.app.code.refusals import find_answers
from mingcha_analyzers.app.code.renaming import measure_renaming
from mingcha_analyzers.app.code.sending import find_senders
from mingcha_analyzers.app.code.tables import load_entry_points, load_sinks
from mingcha_analyzers.app.code.texts import CHINESE, CodeText, find_texts
from mingcha_analyzers.app.code.wake_ups import find_wake_ups, observe_entries
from mingcha_analyzers.app.dex.names import decode_mutf8
from mingcha_analyzers.app.dex.reader import read_dex
from mingcha_analyzers.app.dex.values import DexFile
from mingcha_analyzers.app.embedded.signs import policy_url_pattern
from mingcha_analyzers.app.network.endpoints import Sighting
from mingcha_analyzers.app.ui.cues import load_cues
from mingcha_analyzers.app.values import Component, HybridPart, HybridRead, Observation, PermissionPrompt, Renaming
from mingcha_analyzers.values import Limit
from mingcha_corpora.sdks import SdkBase


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """What the code of a package shows; ``classes`` are dotted names, the first definition of each.

    ``uses``: every observation with the fact that it shows. ``hosts``: every place that names a host; ``texts``: those
    that may bear on screens or policies. ``unfollowed``: kind (reflection, dynamic_code, native_code), owner and number
    of calls that lead to code that is not seen, but for the platform's own libraries: where there are any, what was not
    reached may still run. ``bridges``: objects handed to web pages.
    """

    observations: tuple[Observation, ...]
    uses: tuple[Use, ...]
    prompts: tuple[PermissionPrompt, ...]
    hosts: tuple[Sighting, ...]
    classes: tuple[str, ...]
    unfollowed: tuple[tuple[str, str, int], ...]
    texts: tuple[CodeText, ...]
    bridges: tuple[HybridPart, ...]
    renaming: Renaming
    limits: tuple[Limit, ...]


class Watcher(Protocol):
    """A finder of other facts, which looks at each DEX while it is in memory and keeps what it finds."""

    def start(self, program: Program, owner_of: Callable[[str], str]) -> None:
        """Make ready for a program; ``owner_of`` tells whose a class is by its dotted name."""

    def read(self, queries: Queries, accesses: PartAccesses) -> None:
        """Look at one DEX, of which the accesses to data are known."""


def find_observations(
    dexes: Iterable[tuple[str, bytes]],
    *,
    package_name: str,
    components: Sequence[Component],
    target_sdk: int | None,
    sdk_base: SdkBase,
    watchers: Sequence[Watcher] = (),
    texts_of: TextsOf = lambda _: (),
) -> CodeFacts:
    """Return what DEX files (name and bytes, in loading order) read and do; watchers are shown each of them.

    ``texts_of``: the texts of a string resource, by its number, in all languages. Each file is let go of when its code
    was read, unless the caller holds on to it.
    """
    program = read_program(dexes)
    owners = Owners(package_name, components, sdk_base)
    for each in watchers:
        each.start(program, owners.of)
    seen = _scan(program, package_name, watchers)
    uses = list(observe_components(components, owners.of, target_sdk))
    uses += observe_entries(components, owners.of)
    prompts: tuple[PermissionPrompt, ...] = ()
    hosts: list[Sighting] = []
    unfollowed: Counter[tuple[str, str]] = Counter()
    bridges: list[HybridPart] = []
    if seen.calls:
        join = _join(program, seen, owners, components, target_sdk)
        uses += _observe(seen, join)
        hosts += _see_hosts(seen, join)
        unfollowed.update(_count_unfollowed(seen, join))
        bridges += _see_bridges(seen, join)
        nodes = _nodes_of_items(seen.calls, [part.items() for part in seen.asking])
        prompts = join_prompts(seen.asking, nodes, join, texts_of)
    classes = _class_names(program)
    return CodeFacts(
        fold(observation for _, observation in uses),
        tuple(uses),
        prompts,
        tuple(hosts),
        classes,
        tuple((kind, owner, count) for (kind, owner), count in sorted(unfollowed.items())),
        tuple(seen.texts),
        tuple(sorted(set(bridges), key=lambda part: (part.owner, part.place, part.name or ""))),
        measure_renaming(classes, owners.of_package),
        (*program.limits, *seen.limits),
    )


def _class_names(program: Program) -> tuple[str, ...]:
    names = b"\n".join(program.class_name(number)[1:-1] for number in sorted(program.seen))
    return tuple(decode_mutf8(names).replace("/", ".").split("\n")) if names else ()


@dataclass(frozen=True, slots=True, eq=False)
class _Scan:
    calls: list[PartCalls]
    accesses: list[PartAccesses]
    texts: list[CodeText]
    asking: list[PartAsking]
    hosts: list[NamedHosts]
    sinks: list[dict[int, str]]
    bridges: list[list[tuple[int, str | None]]]
    limits: list[Limit]


def _scan(program: Program, package_name: str, watchers: Sequence[Watcher]) -> _Scan:
    """Read the DEX files one after the other; of each the graph asks once more which flags its branches test."""
    starters = program.names.among(load_entry_points().start_calls)
    scan = _Scan([], [], [], [], [], [], [], [])
    base = targets = 0
    for number, part in enumerate(program.parts):
        dex = read_dex(part.data, part.at)
        scan.limits.extend(_damage_limits(part.name, dex))
        handlers = find_handlers(dex)
        calls = collect_calls(program, number, dex, handlers, base, targets, starters)
        scan.calls.append(calls)
        queries = Queries(program, part, dex)
        scan.accesses.append(find_accesses(queries, package_name, handlers))
        scan.accesses[-1].accesses += find_wake_ups(queries, package_name)
        for each in watchers:
            each.read(queries, scan.accesses[-1])
        scan.texts.extend(find_texts(queries, CHINESE, load_cues().may_hold))
        scan.asking.append(_read_asking(queries))
        scan.texts.extend(find_texts(queries, policy_url_pattern()))
        scan.hosts.append(find_named_hosts(queries))
        if scan.hosts[-1].cut:
            scan.limits.append(Limit("endpoints", "entry_not_searched", part.name))
        scan.sinks.append(_find_sinks(queries))
        scan.bridges.append(list(find_bridges(queries)))
        base += len(calls.nodes.class_)
        targets += len(part.method_class)
        # The next file is read when the arrays of this one are gone.
        del dex, queries
    return scan


def _read_asking(queries: Queries) -> PartAsking:
    sites = find_prompts(queries)
    # Pages of the settings answer to nobody; what they are for is seen on them.
    asked = [site for site in sites if site.permissions and not site.is_page]
    return PartAsking(sites, find_answers(queries, sites), find_beside(queries, asked))


def _damage_limits(name: str, dex: DexFile) -> Iterator[Limit]:
    for damage in dex.damage:
        yield Limit("code", damage.reason, f"{name}: {damage.offset:#x}, {damage.count}")


def _find_sinks(queries: Queries) -> dict[int, str]:
    """Return the bodies of one DEX that hand data to the network, each with the first such call."""
    members = queries.members(load_sinks().calls)
    found: dict[int, str] = {}
    for item, _, number in queries.sites(members):
        found.setdefault(item, member_text(members[number]))
    return found


def _join(
    program: Program, scan: _Scan, owners: Owners, components: Sequence[Component], target_sdk: int | None
) -> Join:
    """Return what joins places of the code with their owner and the ways to them."""
    items = [{item for item, _ in found.created} for found in scan.accesses]
    created = [
        (node, class_)
        for found, nodes in zip(scan.accesses, _nodes_of_items(scan.calls, items), strict=True)
        for item, class_ in found.created
        for node in nodes.get(item, ())
    ]

    def foreign(class_: int) -> bool:
        package = program.class_name(class_)[1:].rpartition(b"/")[0]
        return is_foreign(owners.of_package(decode_mutf8(package).replace("/", ".")))

    startable = startable_components(program, components)
    graph = build_graph(program, scan.calls, startable, created, foreign)
    for part in program.parts:
        part.release()
    views = find_views(graph, find_entries(program, graph, components))
    return Join(program, graph, views, _find_sending(program, scan, graph, views, owners), owners.of, target_sdk)


def _find_sending(program: Program, scan: _Scan, graph: Graph, views: Views, owners: Owners) -> Sending:
    calls = {
        node: found[item]
        for found, nodes in zip(scan.sinks, _nodes_of_items(scan.calls, scan.sinks), strict=True)
        for item, same in nodes.items()
        for node in same
    }
    carriers = load_sinks().carriers
    returned, place = np.unique(np.concatenate([part.nodes.returns for part in scan.calls]), return_inverse=True)
    carries = np.array([program.class_name(each).startswith(carriers) for each in returned.tolist()], np.bool_)[place]

    def owner(class_: int) -> str:
        return owners.of(dotted(decode_mutf8(program.class_name(class_))))

    return Sending(find_senders(graph, views.all, calls, carries, owner, load_sinks()), calls)


def _observe(scan: _Scan, join: Join) -> Iterator[Use]:
    items = [{access.item for access in found.accesses} for found in scan.accesses]
    for found, nodes in zip(scan.accesses, _nodes_of_items(scan.calls, items), strict=True):
        for access in found.accesses:
            for node in nodes.get(access.item, ()):
                yield access.fact, join.observe(node, access)
    methods = join.graph.methods
    for node, fact in find_overriding(join.program, methods.class_, methods.name, Ancestry(join.program)):
        yield fact, join.observe(node, Access(-1, 0, f"{fact.class_}->{fact.name}", fact, basis_of(fact)))


def _see_hosts(scan: _Scan, join: Join) -> Iterator[Sighting]:
    items = [{item for item, _, _ in found.in_bodies} for found in scan.hosts]
    for number, (found, nodes) in enumerate(zip(scan.hosts, _nodes_of_items(scan.calls, items), strict=True)):
        for item, offset, address in found.in_bodies:
            for node in nodes.get(item, ()):
                yield join.see_host(node, offset, address)
        for class_, address in found.in_fields:
            yield join.see_field_host(number, class_, address)


def _count_unfollowed(scan: _Scan, join: Join) -> Iterator[tuple[str, str]]:
    """Yield kind and owner of the calls that lead out of sight."""
    items = [{item for item, _ in found.unfollowed} for found in scan.accesses]
    for found, nodes in zip(scan.accesses, _nodes_of_items(scan.calls, items), strict=True):
        owners = {item: join.owner_of_node(same[0]) for item, same in nodes.items()}
        yield from ((kind, owners[item]) for item, kind in found.unfollowed if owners.get(item, PLATFORM) != PLATFORM)


def _see_bridges(scan: _Scan, join: Join) -> Iterator[HybridPart]:
    items = [{item for item, _ in found} for found in scan.bridges]
    for found, nodes in zip(scan.bridges, _nodes_of_items(scan.calls, items), strict=True):
        for item, name in found:
            for node in nodes.get(item, ()):
                yield HybridPart("webview_bridge", join.name_of(node), name, join.owner_of_node(node), HybridRead.NAMED)


def _nodes_of_items(calls: Sequence[PartCalls], items: Sequence[Collection[int]]) -> list[dict[int, list[int]]]:
    """Return for each DEX the methods that have each of these bodies."""
    found: list[dict[int, list[int]]] = []
    base = 0
    for part, wanted in zip(calls, items, strict=True):
        table: dict[int, list[int]] = {}
        for place in np.flatnonzero(np.isin(part.nodes.item, list(wanted))).tolist():
            table.setdefault(int(part.nodes.item[place]), []).append(base + place)
        found.append(table)
        base += len(part.nodes.class_)
    return found
