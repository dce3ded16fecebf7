"""Builds the call graph: methods of all parts, what their calls lead to, and the edges between, sorted by source."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from mingcha_analyzers.app.code.arcs import (
    callback_arcs,
    direct_arcs,
    joined_arcs,
    made_arcs,
    plain_arcs,
    shifted,
    start_arcs,
)
from mingcha_analyzers.app.code.calls import PartCalls
from mingcha_analyzers.app.code.dispatch import find_virtual, resolve
from mingcha_analyzers.app.code.graph import ClassIndex, Graph, Methods
from mingcha_analyzers.app.code.guards import find_guards
from mingcha_analyzers.app.code.hashing import sorted_unique
from mingcha_analyzers.app.code.program import Program


def build_graph(
    program: Program,
    parts: Sequence[PartCalls],
    components: Sequence[tuple[int, tuple[int, ...]]],
    created: Sequence[tuple[int, int]],
    is_foreign: Callable[[int], bool],
) -> Graph:
    """Return the graph of all parts.

    ``components``: classes of components and the names of their life cycle; ``created``: pairs of a method and a
    class it makes by reflection; ``is_foreign``: whether a class belongs to an SDK or the platform.
    """
    methods = _join_methods(parts)
    callees, arcs_of_dispatch, hubs = resolve(program, methods, parts)
    initialisers = methods.name == program.names.add(b"<clinit>")
    foreign = _foreign_readers(methods, parts, is_foreign)
    guards, actions = find_guards(program, parts, initialisers, callees, foreign, is_foreign)
    base = len(methods.class_)
    hub_base = base + len(program.classes.names)
    start_base = hub_base + len(callees.definition)
    start_of = {class_: start_base + number for number, (class_, _) in enumerate(components)}
    clinit = np.full(len(program.classes.names), -1, np.int64)
    clinit[methods.class_[initialisers]] = np.flatnonzero(initialisers)
    arcs = [direct_arcs(part, callees, (guards, actions), clinit, hubs, (base, hub_base), start_of) for part in parts]
    own = np.flatnonzero(program.defined & (program.parent >= 0))
    index = _index_classes(program, methods)
    arcs += [
        made_arcs(index, created, program.names.add(b"<init>"), base),
        shifted(arcs_of_dispatch, hub_base, base),
        plain_arcs(own + base, program.parent[own] + base),
        plain_arcs(methods.class_[initialisers] + base, np.flatnonzero(initialisers)),
        callback_arcs(program, methods, find_virtual(program, methods), base),
        start_arcs(index, components, start_base, base),
    ]
    joined = joined_arcs(arcs)
    del arcs
    order = np.argsort(joined.source, kind="stable")
    first = np.zeros(start_base + len(components) + 1, np.int64)
    np.cumsum(np.bincount(joined.source, minlength=len(first) - 1), out=first[1:])
    mark = joined.mark[order]
    return Graph(
        methods,
        base,
        hub_base,
        start_base,
        first,
        joined.target[order],
        mark,
        joined.need[order],
        guards,
        actions,
        index,
    )


def _index_classes(program: Program, methods: Methods) -> ClassIndex:
    first = np.zeros(len(program.parent) + 1, np.int64)
    np.cumsum(np.bincount(methods.class_, minlength=len(program.parent)), out=first[1:])
    return ClassIndex(methods.name, np.argsort(methods.class_, kind="stable"), first, program.parent)


def _join_methods(parts: Sequence[PartCalls]) -> Methods:
    nodes = [part.nodes for part in parts]
    return Methods(
        part=np.concatenate([np.full(len(each.class_), each.part, np.int64) for each in nodes]),
        class_=np.concatenate([each.class_ for each in nodes]),
        name=np.concatenate([each.name for each in nodes]),
        signature=np.concatenate([each.signature for each in nodes]),
        access=np.concatenate([each.access for each in nodes]),
        method=np.concatenate([each.method for each in nodes]),
    )


def _foreign_readers(
    methods: Methods, parts: Sequence[PartCalls], is_foreign: Callable[[int], bool]
) -> npt.NDArray[np.bool_]:
    """Return by node whether it is foreign code, for those that read static booleans."""
    foreign = np.zeros(len(methods.class_), np.bool_)
    readers = sorted_unique(np.concatenate([part.read_by for part in parts]))
    used, inverse = np.unique(methods.class_[readers], return_inverse=True)
    if len(used):
        foreign[readers] = np.array([is_foreign(class_) for class_ in used.tolist()], np.bool_)[inverse]
    return foreign
