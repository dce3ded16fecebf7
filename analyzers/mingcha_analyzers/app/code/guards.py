"""Which stretches of which methods run only after a stored flag was asked, and which flag that is.

A flag is what a preference store gives, a static boolean that some other method sets, or what a short method makes of
one. A flag whose name is plainly about something else guards nothing; see flags.yaml.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mingcha_analyzers.app.code.branches import Tests
from mingcha_analyzers.app.code.calls import Edges, PartCalls
from mingcha_analyzers.app.code.flagnames import Callees, FlagReader
from mingcha_analyzers.app.code.flags import About, Flag, load_flag_words
from mingcha_analyzers.app.code.hashing import Keys, Numbers, find_places, sorted_unique
from mingcha_analyzers.app.code.program import Program

Marks = npt.NDArray[np.bool_]

# A method that only hands a flag on is short (code units); one that gives an object asks first what is wanted.
_SHORT, _SHORT_OBJECT = 80, 200
_OBJECTS = (b"Ljava/lang/Object;", b"Ljava/lang/Boolean;")
_ROUNDS = 3
_OFFSET_BITS = 32
# Hostile code could ask flags without end; those beyond guard nothing.
_MOST_FLAGS = 5_000


@dataclass(frozen=True, slots=True, eq=False)
class Guards:
    """Guarded stretches as sorted points: the node above the offset. ``reach``: the furthest end up to each."""

    low: Numbers
    high: Numbers
    reach: Numbers
    flags: tuple[str, ...]

    def cover(self, node: Numbers, offset: Numbers) -> Marks:
        """Return whether places in methods are guarded."""
        if not len(self.low):
            return np.zeros(len(node), np.bool_)
        point = node.astype(np.int64) << _OFFSET_BITS | offset
        place = np.searchsorted(self.low, point, side="right") - 1
        return (place >= 0) & (self.reach[np.maximum(place, 0)] > point)

    def flag_at(self, node: int, offset: int) -> str | None:
        """Return the flag that guards a place: that of the innermost stretch."""
        point = node << _OFFSET_BITS | offset
        first, last = np.searchsorted(self.low, [node << _OFFSET_BITS, point + 1])
        return next((self.flags[row] for row in range(last - 1, first - 1, -1) if self.high[row] > point), None)

    def flag_in(self, node: int) -> str | None:
        """Return the first flag that a method asks."""
        row = int(np.searchsorted(self.low, node << _OFFSET_BITS))
        inside = row < len(self.low) and int(self.low[row]) >> _OFFSET_BITS == node
        return self.flags[row] if inside else None


def find_guards(
    program: Program,
    parts: Sequence[PartCalls],
    initialisers: Marks,
    callees: Callees,
    foreign: Marks,
    is_foreign: Callable[[int], bool],
) -> tuple[Guards, Guards]:
    """Return the guarded stretches, and those that run for one action of the app's own.

    ``initialisers``: by node, static initialisers; ``foreign``: by node, readers of static booleans that are code of
    SDKs and the platform, whose static booleans are no flags of the app's; ``is_foreign``: the same by class.
    """
    words, fields = load_flag_words(), _stored_fields(parts, initialisers, foreign)
    stored = callees.among(program, words.stored_flags | words.stored_objects)
    loose = callees.among(program, words.stored_numbers | words.stored_texts)
    hard = _flag_methods(program, parts, callees, stored, fields)
    handing = _flag_methods(program, parts, callees, stored | loose, fields)
    reader = FlagReader(program, parts, callees, handing, handing & ~hard)
    asked = _called(callees, handing) | stored | callees.among(program, words.stored_numbers)
    results = callees.among(program, words.result_tests)
    giving = asked | loose | callees.among(program, words.intent_actions)
    class_ = np.concatenate([part.nodes.class_ for part in parts])
    guarded: list[tuple[int, int, str]] = []
    actions: list[tuple[int, int, str]] = []
    for part in parts:
        for row, flag in _read_flags(reader, part, _asking_rows(part, callees, asked, results, giving, fields)):
            node = int(part.tests.node[row])
            point = node << _OFFSET_BITS
            stretch = (point | int(part.tests.low[row]), point | int(part.tests.high[row]), flag.name)
            if flag.about is About.ACTION:
                actions.append(stretch)
            elif flag.about is About.CONSENT or (flag.about is About.UNCLEAR and not is_foreign(int(class_[node]))):
                guarded.append(stretch)
    return _guards(sorted(guarded)), _guards(sorted(actions))


def _asking_rows(
    part: PartCalls, callees: Callees, asked: Marks, results: Marks, giving: Marks, fields: "_Fields"
) -> Numbers:
    """Return the branches that may ask a flag: on one, or on what a call makes of one in the same method."""
    tests = part.tests
    called = callees.distinct[tests.target]
    by_result = results[called] & np.isin(tests.node, _nodes_that_call(part, callees, giving))
    wanted = (tests.target >= 0) & (asked[called] | by_result)
    wanted |= fields.of_another(tests)
    return np.flatnonzero(wanted & (tests.high > tests.low))[:_MOST_FLAGS]


def _read_flags(reader: FlagReader, part: PartCalls, rows: Numbers) -> Iterator[tuple[int, Flag]]:
    """Yield the flags of branches; both stretches of one branch ask the same."""
    known: dict[tuple[int, int], Flag | None] = {}
    for row in rows.tolist():
        key = int(part.tests.node[row]), int(part.tests.site[row])
        if key not in known:
            known[key] = reader.read(part, part.tests, row)
        flag = known[key]
        if flag is not None:
            yield row, flag


def _guards(stretches: Sequence[tuple[int, int, str]]) -> Guards:
    low = np.array([each[0] for each in stretches], np.int64)
    high = np.array([each[1] for each in stretches], np.int64)
    return Guards(low, high, np.maximum.accumulate(high) if len(high) else high, tuple(each[2] for each in stretches))


def _nodes_that_call(part: PartCalls, callees: Callees, asked: Marks) -> Numbers:
    edges = part.tested
    calls = edges.kind <= 1
    return sorted_unique(edges.source[calls][asked[callees.distinct[edges.target[calls]]]])


@dataclass(frozen=True, slots=True, eq=False)
class _Fields:
    """Static booleans that are set outside initialisers: key, and the first and last method that sets each."""

    key: Keys
    first: Numbers
    last: Numbers
    foreign: Marks

    def of_another(self, tests: Tests) -> Marks:
        """Return which tests ask a field that another method sets: one's own is a mark of having run before."""
        return (tests.target < 0) & self.set_elsewhere(tests.field, tests.node)

    def set_elsewhere(self, field: Keys, node: Numbers) -> Marks:
        """Return which fields, read by a node, are set by a method other than that node."""
        place = find_places(self.key, field)
        known: Marks = (place >= 0) & ~self.foreign[node]
        if not len(self.key):
            return known
        place = np.maximum(place, 0)
        known &= (self.first[place] != node) | (self.last[place] != node)
        return known


def _stored_fields(parts: Sequence[PartCalls], initialisers: Marks, foreign: Marks) -> _Fields:
    key = np.concatenate([part.stored_field for part in parts])
    by = np.concatenate([part.stored_by for part in parts])
    outside = ~initialisers[by]
    key, by = key[outside], by[outside]
    order = np.lexsort((by, key))
    key, by = key[order], by[order]
    first = np.flatnonzero(np.append(True, key[1:] != key[:-1])) if len(key) else np.zeros(0, np.int64)
    last = np.append(first[1:], len(key))[: len(first)] - 1
    return _Fields(key[first], by[first], by[last], foreign)


def _flag_methods(
    program: Program, parts: Sequence[PartCalls], callees: Callees, stored: Marks, fields: _Fields
) -> Marks:
    """Return by node the short methods that hand a flag on, as a boolean or as an object."""
    returns = np.concatenate([part.nodes.returns for part in parts])
    size = np.concatenate([part.nodes.size for part in parts])
    numbers = program.classes.numbers
    boolean = (returns == numbers.get(b"Z", -1)) & (size <= _SHORT)
    short = boolean | (np.isin(returns, [numbers.get(name, -1) for name in _OBJECTS]) & (size <= _SHORT_OBJECT))
    found = np.zeros(len(returns), np.bool_)
    for part in parts:
        reads = fields.set_elsewhere(part.read_field, part.read_by)
        found[part.read_by[reads]] = True
    found &= boolean
    calls = [_calls_of(edges, short) for part in parts for edges in (part.plain, part.tested)]
    source = np.concatenate([each.source for each in calls])
    target = callees.distinct[np.concatenate([each.target for each in calls])]
    for _ in range(_ROUNDS):
        hands_on = (stored | _called(callees, found))[target]
        found[sorted_unique(source[hands_on])] = True
    return found


def _called(callees: Callees, nodes: Marks) -> Marks:
    """Return which callees may lead to one of these methods."""
    known = np.append(nodes, False)[callees.definition]
    known[callees.override_of[nodes[callees.override]]] = True
    return known


def _calls_of(edges: Edges, nodes: Marks) -> Edges:
    return edges.take(nodes[edges.source] & (edges.kind <= 1))
