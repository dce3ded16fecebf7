"""Which methods can send what they read, as a question to the call graph.

A method can send when a call that hands data to the network is reached from it within a few calls, or when it hands
its result to such a method. Every method of the way is of the same owner, so that a picture loader is no way out for
the app's own reads; ways through listeners called later, calls of any code and starts of components do not count. That
the value read is the value sent is not proved: the stage is called possible for that.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mingcha_analyzers.app.code.graph import LATER, LOOSE, Graph
from mingcha_analyzers.app.code.hashing import Numbers, sorted_unique
from mingcha_analyzers.app.code.queries import Queries, member_text
from mingcha_analyzers.app.code.reach import Reached
from mingcha_analyzers.app.code.tables import SinkTable, load_sinks

Flags = npt.NDArray[np.bool_]
# Between two methods at most so many other nodes: an instance, its superclasses, a point of dispatch.
_BETWEEN = 4


@dataclass(frozen=True, slots=True, eq=False)
class Senders:
    """By node: calls down to one that sends (``down``) or results up and then down (``total``), -1 for none.

    ``next`` is the node that comes next on the way down, ``caller`` the one that gets the result.
    """

    down: Numbers
    total: Numbers
    next: Numbers
    caller: Numbers

    def has(self, node: int, *, with_result: bool) -> bool:
        """Return whether a method can send, ``with_result``: also through its result."""
        return bool(self.down[node] >= 0 or (with_result and self.total[node] >= 0))

    def way_from(self, node: int) -> list[int]:
        """Return the nodes from a method that reads to one that calls the network."""
        way = [node]
        while self.down[way[-1]] < 0:
            way.append(int(self.caller[way[-1]]))
        while self.next[way[-1]] >= 0:
            way.append(int(self.next[way[-1]]))
        return way


class _Owners:
    """Owners of nodes as numbers, asked for class by class."""

    def __init__(self, graph: Graph, owner_of: Callable[[int], str]) -> None:
        self._class = graph.methods.class_
        self._of_class = np.full(int(self._class.max(initial=0)) + 1, -1, np.int64)
        self._owner_of = owner_of
        self._numbers: dict[str, int] = {}

    def of(self, nodes: Numbers) -> Numbers:
        """Return the owners of methods."""
        classes = self._class[nodes]
        for class_ in sorted_unique(classes[self._of_class[classes] < 0]).tolist():
            owner = self._owner_of(class_)
            self._of_class[class_] = self._numbers.setdefault(owner, len(self._numbers))
        found: Numbers = self._of_class[classes]
        return found


def find_sinks(queries: Queries) -> dict[int, str]:
    """Return the bodies of one DEX that hand data to the network, each with the first such call."""
    members = queries.members(load_sinks().calls)
    found: dict[int, str] = {}
    for item, _, number in queries.sites(members):
        found.setdefault(item, member_text(members[number]))
    return found


def find_senders(
    graph: Graph,
    reached: Reached,
    sinks: Iterable[int],
    carries: Flags,
    owner_of: Callable[[int], str],
    table: SinkTable,
) -> Senders:
    """Return which methods can send.

    ``sinks``: methods that call the network; ``carries``: by method, whether its result can carry data; ``owner_of``:
    the owner of a class.
    """
    nodes = len(graph.first) - 1
    begin = np.array(sorted(node for node in set(sinks) if reached.has(node)), np.int64)
    senders = Senders(*(np.full(nodes, -1, np.int64) for _ in range(4)))
    if not len(begin):
        return senders
    search = _Search(graph, reached, _Owners(graph, owner_of))
    senders.down[begin] = 0
    search.label(begin)
    for steps in range(1, table.calls_down + 1):
        begin = search.step_down(senders, begin, steps)
    senders.total[:] = senders.down
    for _ in range(table.results_up):
        search.step_up(senders, carries, table.calls_in_all)
    return senders


class _Search:
    """The edges that count, and the owner for whom each node was met."""

    def __init__(self, graph: Graph, reached: Reached, owners: _Owners) -> None:
        live = reached.parent >= 0
        source = np.repeat(np.arange(len(graph.first) - 1), np.diff(graph.first))
        counts = (graph.mark & (LATER | LOOSE) == 0) & live[source] & (source < graph.start_base)
        counts &= (graph.need < 0) | live[np.maximum(graph.need, 0)]
        self._source, self._target = source[counts], graph.target[counts]
        self._methods, self._points = graph.class_base, graph.point_base
        self._owners = owners
        self._owner = np.full(len(graph.first) - 1, -1, np.int64)

    def label(self, methods: Numbers) -> None:
        """Take down the owners of methods."""
        self._owner[methods] = self._owners.of(methods)

    def step_down(self, senders: Senders, begin: Numbers, steps: int) -> Numbers:
        """Mark the methods that call one of these, of the same owner; return them."""
        found: list[Numbers] = []
        wave = begin
        for _ in range(_BETWEEN):
            source, target = self._into(wave)
            method = source < self._methods
            callers, called = source[method], target[method]
            new = senders.down[callers] < 0
            callers, called = callers[new], called[new]
            same = self._owners.of(callers) == self._owner[called]
            callers, called = callers[same], called[same]
            senders.next[callers], senders.down[callers] = called, steps
            found.append(callers)
            source, target = source[~method], target[~method]
            new = senders.next[source] < 0
            source, target = source[new], target[new]
            senders.next[source], self._owner[source] = target, self._owner[target]
            wave = sorted_unique(source)
            if not len(wave):
                break
        fresh = sorted_unique(np.concatenate(found))
        self.label(fresh)
        return fresh

    def step_up(self, senders: Senders, carries: Flags, most: int) -> None:
        """Mark the methods whose result a marked one gets, directly or through dispatch, of the same owner."""
        known = np.flatnonzero((senders.total >= 0) & (senders.total < most))
        known = known[known < self._methods]
        self.label(known)
        giver = np.full(len(self._owner), -1, np.int64)
        giver[known] = known
        self._hand_up(giver, self._source < self._methods)
        self._hand_up(giver, self._source >= self._points)
        given = np.flatnonzero((giver[: self._methods] >= 0) & (senders.total[: self._methods] < 0) & carries)
        given = given[self._owners.of(given) == self._owner[giver[given]]]
        senders.caller[given] = giver[given]
        senders.total[given] = senders.total[giver[given]] + 1

    def _hand_up(self, giver: Numbers, edges: Flags) -> None:
        """Hand what gets a result on to methods and points of dispatch that give one, over some of the edges.

        What creates an object gets no result of its methods.
        """
        edge = np.flatnonzero(edges & (giver[self._source] >= 0) & (giver[self._target] < 0))
        source, target = self._source[edge], self._target[edge]
        passing = (target < self._methods) | (target >= self._points)
        giver[target[passing]] = giver[source[passing]]

    def _into(self, nodes: Numbers) -> tuple[Numbers, Numbers]:
        """Return the ends of the edges into nodes."""
        asked = np.zeros(len(self._owner), np.bool_)
        asked[nodes] = True
        edge = np.flatnonzero(asked[self._target])
        return self._source[edge], self._target[edge]
