"""Edges of the call graph in the making: what leads from methods, classes and starts of components to what."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mingcha_analyzers.app.code.calls import CALL, CREATE, DISPATCH, INITIALISE, START, Edges, PartCalls
from mingcha_analyzers.app.code.flagnames import Callees
from mingcha_analyzers.app.code.graph import GUARDED, LATER, LOOSE, ClassIndex, Marks, Methods
from mingcha_analyzers.app.code.guards import Guards
from mingcha_analyzers.app.code.hashing import Numbers
from mingcha_analyzers.app.code.hierarchy import find_callbacks
from mingcha_analyzers.app.code.program import Program


@dataclass(frozen=True, slots=True, eq=False)
class Arcs:
    """Edges in the making, as parallel columns."""

    source: Numbers
    target: Numbers
    mark: Marks
    need: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Numbering:
    """Where nodes that are no methods begin: classes, points of dispatch, starts of components.

    ``start_of``: the start of a component by its class; ``initialiser``: by class its static initialiser, or -1.
    """

    classes: int
    points: int
    starts: int
    start_of: dict[int, int]
    initialiser: Numbers


def direct_arcs(
    part: PartCalls,
    callees: Callees,
    asked: tuple[Guards, Guards],
    hubs: npt.NDArray[np.bool_],
    numbering: Numbering,
) -> Arcs:
    """Return the arcs that leave the methods of one part."""
    tested = part.tested
    guards, actions = (each.cover(tested.source, tested.offset) for each in asked)
    guarded = guards * np.uint8(GUARDED) + (tested.caught | actions) * np.uint8(LOOSE)
    found: list[Arcs] = []
    for edges, mark in ((part.plain, part.plain.caught * np.uint8(LOOSE)), (tested, guarded)):
        found += _arcs_of(edges, mark, callees, hubs, numbering)
    return joined_arcs(found)


def _arcs_of(
    edges: Edges,
    mark: Marks,
    callees: Callees,
    hubs: npt.NDArray[np.bool_],
    numbering: Numbering,
) -> list[Arcs]:
    calls = np.flatnonzero((edges.kind == CALL) | (edges.kind == DISPATCH))
    callee = callees.distinct[edges.target[calls]]
    known = callees.definition[callee] >= 0
    found = [plain_arcs(edges.source[calls[known]], callees.definition[callee[known]], mark[calls[known]])]
    through = hubs[callee] & (edges.kind[calls] == DISPATCH)
    found.append(plain_arcs(edges.source[calls[through]], callee[through] + numbering.points, mark[calls[through]]))
    created = edges.kind == CREATE
    found.append(plain_arcs(edges.source[created], edges.target[created] + numbering.classes, mark[created]))
    initialised = np.flatnonzero(edges.kind == INITIALISE)
    place = numbering.initialiser[edges.target[initialised]]
    initialised, place = initialised[place >= 0], place[place >= 0]
    found.append(plain_arcs(edges.source[initialised], place, mark[initialised]))
    start_of = numbering.start_of
    started = [edge for edge in np.flatnonzero(edges.kind == START).tolist() if int(edges.target[edge]) in start_of]
    starts = np.array([start_of[int(edges.target[edge])] for edge in started], np.int64)
    chosen = np.array(started, np.int64)
    found.append(plain_arcs(edges.source[chosen], starts, mark[chosen]))
    return found


def callback_arcs(program: Program, methods: Methods, virtual: npt.NDArray[np.bool_], numbering: Numbering) -> Arcs:
    """Return arcs from classes to the methods that the framework calls on their instances.

    ``virtual``: by method, whether it can be dispatched to.
    """
    found = find_callbacks(program, methods.class_, methods.name, virtual)
    mark = found.later * np.uint8(LATER) + found.event * np.uint8(LOOSE)
    return plain_arcs(methods.class_[found.method] + numbering.classes, found.method, mark)


def made_arcs(index: ClassIndex, created: Sequence[tuple[int, int]], constructor: int, numbering: Numbering) -> Arcs:
    """Return arcs from methods to the classes they make by name, and to their constructors."""
    rows = [(node, numbering.classes + class_) for node, class_ in created]
    rows += [(node, made) for node, class_ in created for made in index.find_method(class_, constructor)]
    pairs = np.array(rows, np.int64).reshape(-1, 2)
    return plain_arcs(pairs[:, 0], pairs[:, 1])


def start_arcs(index: ClassIndex, components: Sequence[tuple[int, tuple[int, ...]]], numbering: Numbering) -> Arcs:
    """Return arcs from starts of components to their life cycle."""
    rows: list[tuple[int, int]] = []
    for number, (class_, names) in enumerate(components):
        rows.append((numbering.starts + number, numbering.classes + class_))
        found = (node for name in names for node in index.find_method(class_, name))
        rows += [(numbering.starts + number, node) for node in found]
    pairs = np.array(rows, np.int64).reshape(-1, 2)
    return plain_arcs(pairs[:, 0], pairs[:, 1])


def plain_arcs(source: Numbers, target: Numbers, mark: Marks | None = None) -> Arcs:
    """Return arcs that need no instance; without marks they count always."""
    count = len(source)
    marks = np.broadcast_to(np.uint8(0), count) if mark is None else mark
    return Arcs(narrow(source), narrow(target), marks, np.broadcast_to(np.int32(-1), count))


def narrow(column: Numbers) -> Numbers:
    """Return nodes in half the width, which is enough for them."""
    return column.astype(np.int32, copy=False)


def shifted(arcs: Arcs, source: int, need: int) -> Arcs:
    """Return arcs whose sources and needs are counted from the first point of dispatch and the first class."""
    return Arcs(arcs.source + source, arcs.target, arcs.mark, arcs.need + need)


def joined_arcs(arcs: Sequence[Arcs]) -> Arcs:
    """Return all arcs, one after the other."""
    return Arcs(
        np.concatenate([each.source for each in arcs]),
        np.concatenate([each.target for each in arcs]),
        np.concatenate([each.mark for each in arcs]),
        np.concatenate([each.need for each in arcs]),
    )
