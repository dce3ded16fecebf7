"""Questions to the class hierarchy: which methods override one, and which the framework calls on an object."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mingcha_analyzers.app.code.hashing import Keys, KeyTable, Numbers, find_places, pair, sorted_unique
from mingcha_analyzers.app.code.program import Program
from mingcha_analyzers.app.code.tables import load_callbacks

_MAX_DEPTH = 40
# Hostile hierarchies could make pairs of every method with every class.
_MAX_PAIRS = 2_000_000
_NODE_BITS = 32


@dataclass(frozen=True, slots=True, eq=False)
class Called:
    """Methods that calls dispatch on: their place among the sorted ``keys`` of all methods called, class and name."""

    keys: Keys
    place: Numbers
    class_: Numbers
    name: Numbers


def find_overrides(
    program: Program,
    class_: Numbers,
    name: Numbers,
    signature: Keys,
    overriding: npt.NDArray[np.bool_],
    called: Called,
) -> tuple[Numbers, Numbers]:
    """Return pairs of a called method (its place) and a method below it that overrides it.

    ``class_``, ``name`` and ``signature`` are those of the package's methods; ``overriding``: which may override.
    """
    table = KeyTable(called.keys[called.place])
    # Above a class that the package does not define nothing is known: it is the last step.
    telling = program.defined.copy()
    telling[called.class_] = True
    interface_of, first = _interface_rows(program)
    method = np.flatnonzero(overriding)
    above = class_[method]
    for_interfaces = np.zeros(len(program.names.names), np.bool_)
    for_interfaces[called.name[np.isin(called.class_, interface_of)]] = True
    inherited, heir = _inherited(program, first, method[for_interfaces[name[method]]], class_)
    method, above = np.concatenate((method, inherited)), np.concatenate((above, heir))
    points: list[Numbers] = [np.zeros(0, np.int64)]
    methods: list[Numbers] = [np.zeros(0, np.int64)]
    pairs = 0
    for _ in range(_MAX_DEPTH):
        method, above = _step_up(program, interface_of, first, method, above, telling)
        pairs += len(method)
        if not len(method) or pairs > _MAX_PAIRS:
            break
        hit, place = table.find(pair(above, signature[method]))
        points.append(called.place[place])
        methods.append(method[hit])
    folded = sorted_unique(np.concatenate(points) << _NODE_BITS | np.concatenate(methods))
    return folded >> _NODE_BITS, folded & (1 << _NODE_BITS) - 1


def _inherited(program: Program, first: Numbers, method: Numbers, class_: Numbers) -> tuple[Numbers, Numbers]:
    """Return methods with the subclasses of their class that implement interfaces, perhaps by what they inherit."""
    own = class_[method]
    order = np.argsort(own, kind="stable")
    begin = np.zeros(len(program.parent) + 1, np.int64)
    np.cumsum(np.bincount(own, minlength=len(program.parent)), out=begin[1:])
    heir = np.flatnonzero(program.defined & (first[1:] > first[:-1]))
    above = program.parent[heir]
    methods, heirs, total = [method[:0]], [method[:0]], 0
    for _ in range(_MAX_DEPTH):
        known = (above >= 0) & program.defined[above]
        heir, above = heir[known], above[known]
        count = begin[above + 1] - begin[above]
        total += int(count.sum())
        if not len(heir) or total > _MAX_PAIRS:
            break
        within = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
        methods.append(method[order[np.repeat(begin[above], count) + within]])
        heirs.append(np.repeat(heir, count))
        above = program.parent[above]
    return np.concatenate(methods), np.concatenate(heirs)


def _interface_rows(program: Program) -> tuple[Numbers, Numbers]:
    """Return the interfaces of all classes in class order, and where those of each class begin."""
    rows = np.array(program.interfaces, np.int64).reshape(-1, 2)
    order = np.argsort(rows[:, 0], kind="stable")
    first = np.zeros(len(program.parent) + 1, np.int64)
    np.cumsum(np.bincount(rows[:, 0], minlength=len(program.parent)), out=first[1:])
    return rows[order, 1], first


def _step_up(
    program: Program,
    interface_of: Numbers,
    first: Numbers,
    method: Numbers,
    class_: Numbers,
    telling: npt.NDArray[np.bool_],
) -> tuple[Numbers, Numbers]:
    """Return methods with each telling class or interface next above the given one."""
    parent = program.parent[class_]
    count = first[class_ + 1] - first[class_]
    total = int(count.sum())
    if total > _MAX_PAIRS:
        return method[:0], class_[:0]
    within = np.arange(total) - np.repeat(np.cumsum(count) - count, count)
    interface = interface_of[np.repeat(first[class_], count) + within]
    has_parent = parent >= 0
    above = np.concatenate((parent[has_parent], interface))
    below = np.concatenate((method[has_parent], np.repeat(method, count)))
    kept = telling[above]
    below, above = below[kept], above[kept]
    if len(below) <= 2 * len(method):
        return below, above
    # Interfaces that many ways lead to: each once.
    folded = sorted_unique(below << _NODE_BITS | above)
    return folded >> _NODE_BITS, folded & (1 << _NODE_BITS) - 1


class Ancestry:
    """Names of all classes and interfaces above a class."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._above: dict[int, frozenset[bytes]] = {}
        rows, first = _interface_rows(program)
        self._interfaces: list[int] = rows.tolist()
        self._first: list[int] = first.tolist()
        self._parent: list[int] = program.parent.tolist()

    def above(self, class_: int) -> frozenset[bytes]:
        """Return the names of the classes and interfaces above a class."""
        if class_ not in self._above:
            numbers = self._collect(class_)
            names = frozenset(self._program.class_name(number) for number in numbers)
            self._above[class_] = names
        return self._above[class_]

    def _collect(self, class_: int) -> set[int]:
        found: set[int] = set()
        waiting = [class_]
        while waiting and len(found) < 256:
            current = waiting.pop()
            next_ = [*self._interfaces[self._first[current] : self._first[current + 1]], self._parent[current]]
            fresh = [number for number in next_ if number >= 0 and number not in found]
            found.update(fresh)
            waiting += fresh
        return found


@dataclass(frozen=True, slots=True, eq=False)
class CalledBack:
    """Methods that the framework calls on instances of their class: once the user acts, or when something happens."""

    method: Numbers
    later: npt.NDArray[np.bool_]
    event: npt.NDArray[np.bool_]


def find_callbacks(program: Program, class_: Numbers, name: Numbers, virtual: npt.NDArray[np.bool_]) -> CalledBack:
    """Return methods the framework calls on an instance of their class.

    Those not listed that are named on… below a class of the framework answer to an event, or to the user.
    """
    callbacks = load_callbacks()
    texts = program.names.names
    by_event = np.array([text[:2] == b"on" for text in texts], np.bool_)
    asked = by_event | program.names.among({method for _, method in callbacks.soon | callbacks.later})
    by_user = callbacks.user_events
    tables = [_member_keys(program, members) for members in (callbacks.soon, callbacks.later)]
    telling = np.ones(len(program.parent), np.bool_)
    telling[program.classes.numbers.get(b"Ljava/lang/Object;", 0)] = False
    interface_of, first = _interface_rows(program)
    method = np.flatnonzero(virtual & asked[name])
    above = class_[method]
    soon, later, event = (np.zeros(len(class_), np.bool_) for _ in range(3))
    pairs = 0
    for _ in range(_MAX_DEPTH):
        method, above = _step_up(program, interface_of, first, method, above, telling)
        pairs += len(method)
        if not len(method) or pairs > _MAX_PAIRS:
            break
        key = above << _NODE_BITS | name[method]
        soon[method[find_places(tables[0], key) >= 0]] = True
        later[method[find_places(tables[1], key) >= 0]] = True
        event[method[by_event[name[method]] & ~program.defined[above]]] = True
    found = np.flatnonzero(soon | later | event)
    user = np.array([by_user.search(texts[number]) is not None for number in name[found].tolist()], np.bool_)
    later = ~soon[found] & (later[found] | user)
    return CalledBack(found, later, ~soon[found] & ~later)


def _member_keys(program: Program, members: Iterable[tuple[bytes, bytes]]) -> Numbers:
    """Return sorted numbers of class and name of those members that the package knows."""
    classes, names = program.classes.numbers, program.names.numbers
    known = (
        classes[class_] << _NODE_BITS | names[name] for class_, name in members if class_ in classes and name in names
    )
    return np.array(sorted(known), np.int64)
