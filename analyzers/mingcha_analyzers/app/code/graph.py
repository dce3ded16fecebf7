"""The call graph of a package as arrays: methods, classes with instances, and points of dispatch.

A virtual call leads to the definition its receiver's class has, and through a point of dispatch to each override,
but only once an instance of the overriding class can exist. Creating an object leads to the methods that the
framework calls on such objects. Reflection, native code and code loaded later lead nowhere here.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mingcha_analyzers.app.code.guards import Guards
from mingcha_analyzers.app.code.hashing import Keys, Numbers

Marks = npt.NDArray[np.uint8]

# Marks of edges. LOOSE: whether code runs so is open (one of many overrides, a caught exception, an event).
GUARDED, LATER, LOOSE = 1, 2, 4
# No chain of superclasses is followed further.
MAX_DEPTH = 40


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
        for _ in range(MAX_DEPTH):
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
