"""What can be reached from where: breadth first over the call graph, whole frontiers at a time.

Calls to overrides count once an instance of the overriding class can exist, so the search goes on until neither new
methods nor new classes appear.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from mingcha_analyzers.app.code.graph import Graph
from mingcha_analyzers.app.code.hashing import Numbers

# Stands in a way for nodes that are left out.
GAP = -1
# The ways of real packages have no more than some dozens; calls in an endless row would fill memory with theirs.
_LONGEST = 64


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """By node: the node it was reached from, itself for a start, -1 when it was not reached."""

    parent: Numbers
    _starts: list[Numbers] = field(default_factory=list, repr=False)

    def has(self, node: int) -> bool:
        """Return whether a node was reached."""
        return bool(self.parent[node] >= 0)

    def way_to(self, node: int) -> list[int]:
        """Return the nodes from a start to this one; of a very long way the start, a ``GAP`` and its end."""
        way = [node]
        while int(self.parent[way[-1]]) != way[-1]:
            if len(way) == _LONGEST:
                way += [GAP, self._start_of(node)]
                break
            way.append(int(self.parent[way[-1]]))
        return way[::-1]

    def _start_of(self, node: int) -> int:
        if not self._starts:
            start = self.parent
            # Each round doubles the steps; a node that was not reached keeps its mark.
            while len(further := start[start]) and (further != start)[start >= 0].any():
                start = np.where(start >= 0, further, start)
            self._starts.append(start)
        return int(self._starts[0][node])


def find_reached(graph: Graph, starts: Iterable[int], without: int) -> Reached:
    """Return what is reached from starts over edges that have none of these marks."""
    begin = np.array(sorted(set(starts)), np.int64)
    instances = _search(graph, begin, without, None)
    # Again with the classes known, so that the ways are the shortest.
    return Reached(_search(graph, begin, without, instances))


def _search(graph: Graph, begin: Numbers, without: int, known: Numbers | None) -> Numbers:
    parent = np.full(len(graph.first) - 1, -1, np.int64)
    parent[begin] = begin
    live = parent if known is None else known
    frontier = begin
    held_edge, held_source = np.zeros(0, np.int64), np.zeros(0, np.int64)
    while True:
        while len(frontier):
            edge, source = _edges_from(graph, frontier)
            allowed = graph.mark[edge] & without == 0
            edge, source = edge[allowed], source[allowed]
            need = graph.need[edge]
            ready = (need < 0) | (live[np.maximum(need, 0)] >= 0)
            held_edge = np.concatenate((held_edge, edge[~ready]))
            held_source = np.concatenate((held_source, source[~ready]))
            frontier = _mark(graph, parent, edge[ready], source[ready])
        if known is not None or not len(held_edge):
            return parent
        ready = parent[graph.need[held_edge]] >= 0
        if not ready.any():
            return parent
        frontier = _mark(graph, parent, held_edge[ready], held_source[ready])
        held_edge, held_source = held_edge[~ready], held_source[~ready]


def _edges_from(graph: Graph, nodes: Numbers) -> tuple[Numbers, Numbers]:
    first = graph.first[nodes]
    count = graph.first[nodes + 1] - first
    total = int(count.sum())
    before = np.cumsum(count) - count
    return np.arange(total) + np.repeat(first - before, count), np.repeat(nodes, count)


def _mark(graph: Graph, parent: Numbers, edge: Numbers, source: Numbers) -> Numbers:
    """Mark the targets that are new; return them in the order they were seen first."""
    target = graph.target[edge]
    new = parent[target] < 0
    target, source = target[new], source[new]
    # The first edge of several to one node counts: written last.
    place = np.arange(len(target))
    parent[target[::-1]] = place[::-1]
    first = parent[target] == place
    fresh: Numbers = target[first]
    parent[fresh] = source[first]
    return fresh
