"""The call graph of a package as arrays: methods, classes with instances, and points of dispatch.

A virtual call leads to the definition its receiver's class has, and through a point of dispatch to each override,
but only once an instance of the overriding class can exist. Creating an object leads to the methods that the
framework calls on such objects. Reflection, native code and code loaded later lead nowhere here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mingcha_analyzers.app.code.calls import (
    CALL,
    CREATE,
    DISPATCH,
    INITIALISE,
    START,
    Edges,
    PartCalls,
)
from mingcha_analyzers.app.code.flagnames import Callees
from mingcha_analyzers.app.code.guards import Guards, find_guards
from mingcha_analyzers.app.code.hashing import Keys, KeyTable, Numbers, group, pair, sorted_unique
from mingcha_analyzers.app.code.hierarchy import Called, find_callbacks, find_overrides
from mingcha_analyzers.app.code.program import Program
from mingcha_analyzers.app.code.tables import load_callbacks

Marks = npt.NDArray[np.uint8]

# Marks of edges. LOOSE: whether code runs so is open (one of many overrides, a caught exception, an event).
GUARDED, LATER, LOOSE = 1, 2, 4
# With more overrides than this a call says little about which one runs.
_MANY = 12
_MAX_DEPTH = 40


@dataclass(frozen=True, slots=True, eq=False)
class Methods:
    """The package's methods with code, by node."""

    part: Numbers
    class_: Numbers
    name: Numbers
    signature: Keys
    access: Numbers
    method: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class ClassIndex:
    """Methods by class: those of class ``c`` are ``order[first[c]:first[c + 1]]``."""

    name: Numbers
    order: Numbers
    first: Numbers
    parent: Numbers

    def find_method(self, class_: int, name: int) -> list[int]:
        """Return the methods of a name that a class defines or inherits from the nearest class that does."""
        for _ in range(_MAX_DEPTH):
            if class_ < 0:
                break
            nodes = self.order[int(self.first[class_]) : int(self.first[class_ + 1])]
            found = nodes[self.name[nodes] == name]
            if len(found):
                return [int(node) for node in found]
            class_ = int(self.parent[class_])
        return []


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """Edges by source (``first``). ``need``: node that must be reached before the edge counts, or -1.

    Nodes are methods, then classes (their instances), then points of dispatch, then starts of components.
    """

    methods: Methods
    class_base: int
    point_base: int
    start_base: int
    first: Numbers
    target: Numbers
    mark: Marks
    need: Numbers
    guards: Guards
    actions: Guards
    index: ClassIndex

    def is_guarded(self, source: int, target: int) -> bool:
        """Return whether all edges between two nodes are guarded."""
        edges = slice(int(self.first[source]), int(self.first[source + 1]))
        marks = self.mark[edges][self.target[edges] == target]
        return bool((marks & GUARDED).all())


@dataclass(frozen=True, slots=True, eq=False)
class _Arcs:
    """Edges in the making, as parallel columns."""

    source: Numbers
    target: Numbers
    mark: Marks
    need: Numbers


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
    callees, arcs_of_dispatch, hubs = _resolve(program, methods, parts)
    initialisers = methods.name == program.names.add(b"<clinit>")
    foreign = _foreign_readers(methods, parts, is_foreign)
    guards, actions = find_guards(program, parts, initialisers, callees, foreign, is_foreign)
    base = len(methods.class_)
    hub_base = base + len(program.classes.names)
    start_base = hub_base + len(callees.definition)
    start_of = {class_: start_base + number for number, (class_, _) in enumerate(components)}
    clinit = np.full(len(program.classes.names), -1, np.int64)
    clinit[methods.class_[initialisers]] = np.flatnonzero(initialisers)
    arcs = [_direct_arcs(part, callees, (guards, actions), clinit, hubs, (base, hub_base), start_of) for part in parts]
    own = np.flatnonzero(program.defined & (program.parent >= 0))
    index = _index_classes(program, methods)
    arcs += [
        _made_arcs(index, created, program.names.add(b"<init>"), base),
        _shift(arcs_of_dispatch, hub_base, base),
        _plain(own + base, program.parent[own] + base),
        _plain(methods.class_[initialisers] + base, np.flatnonzero(initialisers)),
        _callback_arcs(program, methods, base),
        _start_arcs(index, components, start_base, base),
    ]
    joined = _join(arcs)
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


def _resolve(
    program: Program, methods: Methods, parts: Sequence[PartCalls]
) -> tuple[Callees, _Arcs, npt.NDArray[np.bool_]]:
    """Return the methods called, arcs from points of dispatch to overrides, and which callees have such a point."""
    class_ = np.concatenate([part.method_class for part in program.parts])
    name = np.concatenate([part.method_name for part in program.parts])
    signature = np.concatenate([part.method_signature for part in program.parts])
    keys, first, distinct = group(pair(class_, signature))
    class_, name, signature = class_[first], name[first], signature[first]
    dispatched = np.zeros(len(keys), np.bool_)
    for part in parts:
        for edges in (part.plain, part.tested):
            dispatched[distinct[edges.target[edges.kind == DISPATCH]]] = True
    called = np.flatnonzero(dispatched)
    by_name = np.zeros(len(program.names.names), np.bool_)
    by_name[name[called]] = True
    overriding = _virtual(program, methods) & by_name[methods.name]
    point, override = find_overrides(
        program,
        methods.class_,
        methods.name,
        methods.signature,
        overriding,
        Called(keys, called, class_[called], name[called]),
    )
    own = distinct[methods.method + _first_numbers(program)[methods.part]]
    definition = _find_definitions(program, methods, own, class_, signature)
    kept, loose = _judge_points(program, class_, name, point)
    kept &= definition[point] != override
    point, override = point[kept], override[kept]
    marks = loose[kept].astype(np.uint8) * np.uint8(LOOSE)
    arcs = _Arcs(_narrow(point), _narrow(override), marks, _narrow(methods.class_[override]))
    hubs = np.zeros(len(keys), np.bool_)
    hubs[point] = True
    order = np.argsort(point, kind="stable")
    return Callees(distinct, class_, name, definition, point[order], override[order]), arcs, hubs


def _virtual(program: Program, methods: Methods) -> npt.NDArray[np.bool_]:
    """Return by node whether it can be dispatched to: no static, private or initialising method."""
    special = [program.names.add(b"<init>"), program.names.add(b"<clinit>")]
    plain: npt.NDArray[np.bool_] = methods.access & 0xA == 0
    return plain & ~np.isin(methods.name, special)


def _first_numbers(program: Program) -> Numbers:
    """Return by part how many methods the pools of the parts before it have."""
    counts = [0, *(len(part.method_class) for part in program.parts)]
    return np.cumsum(counts)[:-1]


def _find_definitions(program: Program, methods: Methods, own: Numbers, class_: Numbers, signature: Keys) -> Numbers:
    """Return the definition that a call lands on: the class's own, else that of its nearest superclass.

    ``own``: by node, its place among the methods called.
    """
    found = np.full(len(class_), -1, np.int64)
    found[own[::-1]] = np.arange(len(own))[::-1]
    keys = pair(methods.class_, methods.signature)
    order = np.argsort(keys, kind="stable")
    table = KeyTable(keys[order])
    waiting = np.flatnonzero((found < 0) & program.defined[class_] & (program.parent[class_] >= 0))
    current = program.parent[class_[waiting]]
    for _ in range(_MAX_DEPTH):
        hit, place = table.find(pair(current, signature[waiting]))
        found[waiting[hit]] = order[place]
        above = program.parent[current]
        going = above >= 0
        going[hit] = False
        waiting, current = waiting[going], above[going]
        if not len(waiting):
            break
    return found


def _judge_points(
    program: Program, class_: Numbers, name: Numbers, point: Numbers
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return which overrides count, and whose call says little about which one runs.

    What the framework calls on created objects is led to from their creation, not from calls in the package.
    """
    callbacks = load_callbacks()
    count = np.bincount(point)
    numbers = np.flatnonzero(count)
    kept, loose = count > 0, count > _MANY
    defined = program.defined[class_[numbers]]
    loose[numbers[~defined]] = True
    for number in numbers[~defined].tolist():
        member = (program.class_name(int(class_[number])), program.names.names[int(name[number])])
        kept[number] = member not in callbacks.soon and member not in callbacks.later
    owners, owner = np.unique(class_[numbers], return_inverse=True)
    any_code = [program.class_name(each).startswith(callbacks.any_code) for each in owners.tolist()]
    loose[numbers] |= np.array(any_code, np.bool_)[owner]
    return kept[point], loose[point]


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


def _direct_arcs(
    part: PartCalls,
    callees: Callees,
    asked: tuple[Guards, Guards],
    clinit: Numbers,
    hubs: npt.NDArray[np.bool_],
    bases: tuple[int, int],
    start_of: dict[int, int],
) -> _Arcs:
    """Return the arcs that leave the methods of one part."""
    tested = part.tested
    guards, actions = (each.cover(tested.source, tested.offset) for each in asked)
    guarded = guards * np.uint8(GUARDED) + (tested.caught | actions) * np.uint8(LOOSE)
    found: list[_Arcs] = []
    for edges, mark in ((part.plain, part.plain.caught * np.uint8(LOOSE)), (tested, guarded)):
        found += _arcs_of(edges, mark, callees, clinit, hubs, bases, start_of)
    return _join(found)


def _arcs_of(
    edges: Edges,
    mark: Marks,
    callees: Callees,
    clinit: Numbers,
    hubs: npt.NDArray[np.bool_],
    bases: tuple[int, int],
    start_of: dict[int, int],
) -> list[_Arcs]:
    class_base, hub_base = bases
    calls = np.flatnonzero((edges.kind == CALL) | (edges.kind == DISPATCH))
    callee = callees.distinct[edges.target[calls]]
    known = callees.definition[callee] >= 0
    found = [_plain(edges.source[calls[known]], callees.definition[callee[known]], mark[calls[known]])]
    through = hubs[callee] & (edges.kind[calls] == DISPATCH)
    found.append(_plain(edges.source[calls[through]], callee[through] + hub_base, mark[calls[through]]))
    created = edges.kind == CREATE
    found.append(_plain(edges.source[created], edges.target[created] + class_base, mark[created]))
    initialised = np.flatnonzero(edges.kind == INITIALISE)
    place = clinit[edges.target[initialised]]
    initialised, place = initialised[place >= 0], place[place >= 0]
    found.append(_plain(edges.source[initialised], place, mark[initialised]))
    started = [edge for edge in np.flatnonzero(edges.kind == START).tolist() if int(edges.target[edge]) in start_of]
    starts = np.array([start_of[int(edges.target[edge])] for edge in started], np.int64)
    chosen = np.array(started, np.int64)
    found.append(_plain(edges.source[chosen], starts, mark[chosen]))
    return found


def _callback_arcs(program: Program, methods: Methods, base: int) -> _Arcs:
    """Return arcs from classes to the methods that the framework calls on their instances."""
    found = find_callbacks(program, methods.class_, methods.name, _virtual(program, methods))
    mark = found.later * np.uint8(LATER) + found.event * np.uint8(LOOSE)
    return _plain(methods.class_[found.method] + base, found.method, mark)


def _plain(source: Numbers, target: Numbers, mark: Marks | None = None) -> _Arcs:
    count = len(source)
    marks = np.broadcast_to(np.uint8(0), count) if mark is None else mark
    return _Arcs(_narrow(source), _narrow(target), marks, np.broadcast_to(np.int32(-1), count))


def _narrow(column: Numbers) -> Numbers:
    return column.astype(np.int32, copy=False)


def _shift(arcs: _Arcs, source: int, need: int) -> _Arcs:
    return _Arcs(arcs.source + source, arcs.target, arcs.mark, arcs.need + need)


def _join(arcs: Sequence[_Arcs]) -> _Arcs:
    return _Arcs(
        np.concatenate([each.source for each in arcs]),
        np.concatenate([each.target for each in arcs]),
        np.concatenate([each.mark for each in arcs]),
        np.concatenate([each.need for each in arcs]),
    )


def _made_arcs(index: ClassIndex, created: Sequence[tuple[int, int]], constructor: int, class_base: int) -> _Arcs:
    """Return arcs from methods to the classes they make by name, and to their constructors."""
    rows = [(node, class_base + class_) for node, class_ in created]
    rows += [(node, made) for node, class_ in created for made in index.find_method(class_, constructor)]
    pairs = np.array(rows, np.int64).reshape(-1, 2)
    return _plain(pairs[:, 0], pairs[:, 1])


def _start_arcs(
    index: ClassIndex, components: Sequence[tuple[int, tuple[int, ...]]], start_base: int, class_base: int
) -> _Arcs:
    """Return arcs from starts of components to their life cycle."""
    rows: list[tuple[int, int]] = []
    for number, (class_, names) in enumerate(components):
        rows.append((start_base + number, class_base + class_))
        found = (node for name in names for node in index.find_method(class_, name))
        rows += [(start_base + number, node) for node in found]
    pairs = np.array(rows, np.int64).reshape(-1, 2)
    return _plain(pairs[:, 0], pairs[:, 1])
