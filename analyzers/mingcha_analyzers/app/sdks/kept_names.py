"""Names of classes that annotations still hold after a shrinker renamed the classes.

Kotlin writes the names of a class and of the types in its signatures into an annotation; shrinkers that keep it
without rewriting leave the old names there. Such a name is a text in the form of a descriptor that no code names and
that is no type of the program; a class that is merely absent would still be one.
"""

import re
from bisect import bisect_left
from collections.abc import Callable

import numpy as np

from mingcha_analyzers.app.code.accesses import PartAccesses
from mingcha_analyzers.app.code.program import Program
from mingcha_analyzers.app.code.queries import Queries
from mingcha_analyzers.app.dex.names import decode_mutf8, dotted

# Descriptors of classes stand together among the sorted strings of a DEX.
_FIRST, _BEHIND = b"L", b"M"
# Names with marks of generic types are put together of such.
_CLASS = re.compile(rb"L[\w$-]{1,100}(?:/[\w$-]{1,200}){1,20};", re.ASCII)
_MOST = 20_000


class KeptNames:
    """Looks at one DEX after the other and keeps the dotted names."""

    def __init__(self) -> None:
        self.found: set[str] = set()

    def start(self, program: Program, _owner_of: Callable[[str], str]) -> None:
        """Keep the types of the program."""
        self._types = program.classes.numbers

    def read(self, queries: Queries, _accesses: PartAccesses) -> None:
        """Look at one DEX."""
        strings = queries.part.strings
        places = range(len(strings))
        first, behind = (bisect_left(places, mark, key=strings.one) for mark in (_FIRST, _BEHIND))
        unused = np.ones(max(behind - first, 0), np.bool_)
        for used in (queries.part.pools.types.astype(np.int64), np.array(list(queries.used_texts()), np.int64)):
            unused[used[(used >= first) & (used < behind)] - first] = False
        for text in strings.many(np.flatnonzero(unused)[:_MOST] + first):
            if _CLASS.fullmatch(text) and text not in self._types:
                self.found.add(dotted(decode_mutf8(text)))
