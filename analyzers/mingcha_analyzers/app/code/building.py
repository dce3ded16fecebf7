"""Builds the call graph: methods of all parts, what their calls lead to, and the edges between, sorted by source."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from mingcha_analyzers.app.code.arcs import (
    Arcs,
    Numbering,
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
from mingcha_analyzers.app.code.flagnames import Callees
from mingcha_analyzers.app.code.graph import ClassIndex, Graph, Methods
from mingcha_analyzers.app.code.guards import find_guards
from mingcha_analyzers.app.code.hashing import Numbers, sorted_unique
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
    numbering = _number(program, methods, callees, components, initialisers)
    index = _index_classes(program, methods)
    arcs = [direct_arcs(part, callees, (guards, actions), hubs, numbering) for part in parts]
    arcs += [
        made_arcs(index, created, program.names.add(b"<init>"), numbering),
        shifted(arcs_of_dispatch, numbering.points, numbering.classes),
        *_class_arcs(program, methods, initialisers, numbering),
        callback_arcs(program, methods, find_virtual(program, methods), numbering),
        start_arcs(index, components, numbering),
    ]
    joined = joined_arcs(arcs)
    # As large as what was joined of them.
    del arcs
    order, first = _by_source(joined, numbering.starts + len(components))
    return Graph(
        methods=methods,
        class_base=numbering.classes,
        point_base=numbering.points,
        start_base=numbering.starts,
        first=first,
        target=joined.target[order],
        mark=joined.mark[order],
        need=joined.need[order],
        guards=guards,
        actions=actions,
        index=index,
    )


def _number(
    program: Program,
    methods: Methods,
    callees: Callees,
    components: Sequence[tuple[int, tuple[int, ...]]],
    initialisers: npt.NDArray[np.bool_],
) -> Numbering:
    classes = len(methods.class_)
    points = classes + len(program.classes.names)
    starts = points + len(callees.definition)
    start_of = {class_: starts + number for number, (class_, _) in enumerate(components)}
    initialiser = np.full(len(program.classes.names), -1, np.int64)
    initialiser[methods.class_[initialisers]] = np.flatnonzero(initialisers)
    return Numbering(classes, points, starts, start_of, initialiser)


def _class_arcs(
    program: Program, methods: Methods, initialisers: npt.NDArray[np.bool_], numbering: Numbering
) -> Iterator[Arcs]:
    """Yield the arcs from classes to those above them and to their initialisers."""
    own, base = np.flatnonzero(program.defined & (program.parent >= 0)), numbering.classes
    yield plain_arcs(own + base, program.parent[own] + base)
    yield plain_arcs(methods.class_[initialisers] + base, np.flatnonzero(initialisers))


def _by_source(arcs: Arcs, nodes: int) -> tuple[Numbers, Numbers]:
    """Return the order of arcs by source, and where those of each node begin in it."""
    first = np.zeros(nodes + 1, np.int64)
    np.cumsum(np.bincount(arcs.source, minlength=nodes), out=first[1:])
    return np.argsort(arcs.source, kind="stable"), first


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
