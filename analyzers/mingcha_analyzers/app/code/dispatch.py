"""Which definition a call lands on, and which overrides it may run instead."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from mingcha_analyzers.app.code.arcs import Arcs, narrow
from mingcha_analyzers.app.code.calls import DISPATCH, PartCalls
from mingcha_analyzers.app.code.flagnames import Callees
from mingcha_analyzers.app.code.graph import LOOSE, MAX_DEPTH, Methods
from mingcha_analyzers.app.code.hashing import Keys, KeyTable, Numbers, group, pair
from mingcha_analyzers.app.code.hierarchy import Called, find_overrides
from mingcha_analyzers.app.code.program import Program
from mingcha_analyzers.app.code.tables import load_callbacks

# With more overrides than this a call says little about which one runs.
_MANY = 12


def resolve(
    program: Program, methods: Methods, parts: Sequence[PartCalls]
) -> tuple[Callees, Arcs, npt.NDArray[np.bool_]]:
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
    overriding = find_virtual(program, methods) & by_name[methods.name]
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
    arcs = Arcs(narrow(point), narrow(override), marks, narrow(methods.class_[override]))
    hubs = np.zeros(len(keys), np.bool_)
    hubs[point] = True
    order = np.argsort(point, kind="stable")
    return Callees(distinct, class_, name, definition, point[order], override[order]), arcs, hubs


def find_virtual(program: Program, methods: Methods) -> npt.NDArray[np.bool_]:
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
    for _ in range(MAX_DEPTH):
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
