"""Joins what was seen in bodies with the methods that have them: the call graph, the ways to a method, its owner."""

from collections.abc import Callable, Collection, Iterator, Sequence

import numpy as np

from mingcha_analyzers.app.code.building import build_graph
from mingcha_analyzers.app.code.entries import find_entries, find_hidden_applications, startable_components
from mingcha_analyzers.app.code.graph import Graph
from mingcha_analyzers.app.code.observations import Join, Sending, Views, find_views
from mingcha_analyzers.app.code.owners import Owners, is_foreign
from mingcha_analyzers.app.code.program import Program
from mingcha_analyzers.app.code.scan import PartScan
from mingcha_analyzers.app.code.sending import find_senders
from mingcha_analyzers.app.code.tables import load_sinks
from mingcha_analyzers.app.dex.names import decode_mutf8, dotted
from mingcha_analyzers.app.values import Component


def join_parts(
    program: Program, parts: Sequence[PartScan], owners: Owners, components: Sequence[Component], target_sdk: int | None
) -> Join:
    """Return what joins places of the code with their owner and the ways to them; lets go of the DEX files."""
    created = [
        (node, class_)
        for part, nodes in with_methods(parts, lambda part: {item for item, _ in part.accesses.created})
        for item, class_ in part.accesses.created
        for node in nodes.get(item, ())
    ]

    def foreign(class_: int) -> bool:
        return is_foreign(owners.of(dotted(decode_mutf8(program.class_name(class_)))))

    startable = startable_components(program, components)
    graph = build_graph(program, [part.calls for part in parts], startable, created, foreign)
    for each in program.parts:
        each.release()
    started = (*components, *find_hidden_applications(program, components, owners))
    views = find_views(graph, find_entries(program, graph, started))
    return Join(program, graph, views, _find_sending(program, parts, graph, views, owners), owners.of, target_sdk)


def _find_sending(program: Program, parts: Sequence[PartScan], graph: Graph, views: Views, owners: Owners) -> Sending:
    calls = {
        node: part.sinks[item]
        for part, nodes in with_methods(parts, lambda part: part.sinks)
        for item, same in nodes.items()
        for node in same
    }
    carriers = load_sinks().carriers
    returned, place = np.unique(np.concatenate([part.calls.nodes.returns for part in parts]), return_inverse=True)
    carries = np.array([program.class_name(each).startswith(carriers) for each in returned.tolist()], np.bool_)[place]

    def owner(class_: int) -> str:
        return owners.of(dotted(decode_mutf8(program.class_name(class_))))

    return Sending(find_senders(graph, views.all, calls, carries, owner, load_sinks()), calls)


def with_methods(
    parts: Sequence[PartScan], bodies_of: Callable[[PartScan], Collection[int]]
) -> Iterator[tuple[PartScan, dict[int, list[int]]]]:
    """Yield each DEX with the methods, as nodes of the graph, that have each of the bodies asked for."""
    first = 0
    for part in parts:
        nodes = part.calls.nodes
        methods: dict[int, list[int]] = {}
        for place in np.flatnonzero(np.isin(nodes.item, list(bodies_of(part)))).tolist():
            methods.setdefault(int(nodes.item[place]), []).append(first + place)
        yield part, methods
        first += len(nodes.class_)
