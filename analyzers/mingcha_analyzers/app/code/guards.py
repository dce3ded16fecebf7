"""Which stretches of which methods run only after a stored flag was asked.

A flag is what a preference store gives as a boolean, a static boolean that some other method sets, or what a short
method of type boolean makes of one. Which flag it is, consent or another, is not known here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mingcha_analyzers.app.code.calls import Edges, PartCalls, Tests
from mingcha_analyzers.app.code.hashing import Keys, Numbers, find_places, sorted_unique

# A method that only hands a flag on is short (code units).
_SHORT = 80
_ROUNDS = 3
_OFFSET_BITS = 32


@dataclass(frozen=True, slots=True, eq=False)
class Guards:
    """Guarded stretches as sorted points; ``low`` and ``high`` hold the node above the offset."""

    low: Numbers
    high: Numbers

    def cover(self, node: Numbers, offset: Numbers) -> npt.NDArray[np.bool_]:
        """Return whether places in methods are guarded."""
        if not len(self.low):
            return np.zeros(len(node), np.bool_)
        point = node.astype(np.int64) << _OFFSET_BITS | offset
        place = np.searchsorted(self.low, point, side="right") - 1
        return (place >= 0) & (self.high[np.maximum(place, 0)] > point)


@dataclass(frozen=True, slots=True, eq=False)
class Callees:
    """Methods called, by number: its place among the distinct ones, and of those the definition and the overrides."""

    distinct: Numbers
    stored_flag: npt.NDArray[np.bool_]
    definition: Numbers
    override_of: Numbers
    override: Numbers


def find_guards(
    parts: Sequence[PartCalls],
    boolean: int,
    initialisers: npt.NDArray[np.bool_],
    callees: Callees,
    foreign: npt.NDArray[np.bool_],
) -> Guards:
    """Return the guarded stretches.

    ``boolean``: number of the class of type boolean; ``initialisers``: by node, static initialisers; ``foreign``:
    by node, code of SDKs and the platform, whose static booleans are no flags of the app's.
    """
    flags = _stored_fields(parts, initialisers, foreign)
    nodes = _flag_methods(parts, boolean, callees, flags)
    asked = callees.stored_flag.copy()
    defined = callees.definition >= 0
    asked[defined] |= nodes[callees.definition[defined]]
    asked[callees.override_of[nodes[callees.override]]] = True
    low: list[Numbers] = []
    high: list[Numbers] = []
    for part in parts:
        tests = part.tests
        active = (tests.target >= 0) & asked[callees.distinct[tests.target]]
        active |= flags.of_another(tests)
        active &= tests.high > tests.low
        node = tests.node[active].astype(np.int64) << _OFFSET_BITS
        low.append(node | tests.low[active])
        high.append(node | tests.high[active])
    lows, highs = np.concatenate(low), np.concatenate(high)
    order = np.argsort(lows, kind="stable")
    return Guards(lows[order], np.maximum.accumulate(highs[order]) if len(order) else highs)


@dataclass(frozen=True, slots=True, eq=False)
class _Fields:
    """Static booleans that are set outside initialisers: key, and the first and last method that sets each."""

    key: Keys
    first: Numbers
    last: Numbers
    foreign: npt.NDArray[np.bool_]

    def of_another(self, tests: Tests) -> npt.NDArray[np.bool_]:
        """Return which tests ask a field that another method sets: one's own is a mark of having run before."""
        return (tests.target < 0) & self.set_elsewhere(tests.field, tests.node)

    def set_elsewhere(self, field: Keys, node: Numbers) -> npt.NDArray[np.bool_]:
        """Return which fields, read by a node, are set by a method other than that node."""
        place = find_places(self.key, field)
        known: npt.NDArray[np.bool_] = (place >= 0) & ~self.foreign[node]
        if not len(self.key):
            return known
        place = np.maximum(place, 0)
        known &= (self.first[place] != node) | (self.last[place] != node)
        return known


def _stored_fields(
    parts: Sequence[PartCalls], initialisers: npt.NDArray[np.bool_], foreign: npt.NDArray[np.bool_]
) -> _Fields:
    key = np.concatenate([part.stored_field for part in parts])
    by = np.concatenate([part.stored_by for part in parts])
    outside = ~initialisers[by]
    key, by = key[outside], by[outside]
    order = np.lexsort((by, key))
    key, by = key[order], by[order]
    first = np.flatnonzero(np.append(True, key[1:] != key[:-1])) if len(key) else np.zeros(0, np.int64)
    last = np.append(first[1:], len(key))[: len(first)] - 1
    return _Fields(key[first], by[first], by[last], foreign)


def _flag_methods(parts: Sequence[PartCalls], boolean: int, callees: Callees, flags: _Fields) -> npt.NDArray[np.bool_]:
    """Return by node the short methods of type boolean that hand a flag on."""
    returns = np.concatenate([part.nodes.returns for part in parts])
    size = np.concatenate([part.nodes.size for part in parts])
    short = (returns == boolean) & (size <= _SHORT)
    found = np.zeros(len(returns), np.bool_)
    for part in parts:
        reads = flags.set_elsewhere(part.read_field, part.read_by)
        found[part.read_by[reads]] = True
    found &= short
    calls = [_calls_of(edges, short) for part in parts for edges in (part.plain, part.tested)]
    source = np.concatenate([each.source for each in calls])
    target = callees.distinct[np.concatenate([each.target for each in calls])]
    for _ in range(_ROUNDS):
        known = np.append(found, False)
        hands_on = callees.stored_flag[target] | known[callees.definition[target]]
        found[sorted_unique(source[hands_on])] = True
    return found


def _calls_of(edges: Edges, nodes: npt.NDArray[np.bool_]) -> Edges:
    chosen = nodes[edges.source] & (edges.kind <= 1)
    return Edges(edges.source[chosen], edges.kind[chosen], edges.target[chosen], edges.offset[chosen])
