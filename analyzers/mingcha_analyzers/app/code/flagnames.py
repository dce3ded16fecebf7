"""Reads from code which flag a branch asks: the key given to a store, or the name of what hands the flag on."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mingcha_analyzers.app.code.branches import Tests
from mingcha_analyzers.app.code.calls import PartCalls
from mingcha_analyzers.app.code.flags import About, Flag, load_flag_words
from mingcha_analyzers.app.code.hashing import Numbers, stretch_of
from mingcha_analyzers.app.code.program import Program
from mingcha_analyzers.app.dex import opcodes
from mingcha_analyzers.app.dex.constants import Budget, Constant, MethodCode, find_arguments, read_code
from mingcha_analyzers.app.dex.names import Member

_MAX_DEPTH = 3
# Code units of a call, and of a method that hands on a flag.
_CALL, _LONGEST = 3, 200
# A key stands within so many instructions before its use.
_KEY_WITHIN = 24


@dataclass(frozen=True, slots=True, eq=False)
class Callees:
    """Methods called: by number the place among the distinct ones, and of those class, name, definition, overrides.

    ``definition``: node or -1; ``override_of`` and ``override``: pairs of a callee and a node.
    """

    distinct: Numbers
    class_: Numbers
    name: Numbers
    definition: Numbers
    override_of: Numbers
    override: Numbers

    def among(self, program: Program, members: frozenset[Member]) -> npt.NDArray[np.bool_]:
        """Return which callees are of these classes and names."""
        found = np.zeros(len(self.class_), np.bool_)
        named = program.names.among(name for _, name in members)
        for number in np.flatnonzero(named[self.name]).tolist():
            found[number] = self.member(program, number) in members
        return found

    def member(self, program: Program, number: int) -> Member:
        """Return class and name of a callee."""
        return program.class_name(int(self.class_[number])), program.names.names[int(self.name[number])]


class FlagReader:
    """Answers for one program. ``handing``: by node, methods that hand a flag on; ``soft``: those of no boolean."""

    def __init__(
        self,
        program: Program,
        parts: Sequence[PartCalls],
        callees: Callees,
        handing: npt.NDArray[np.bool_],
        soft: npt.NDArray[np.bool_],
    ) -> None:
        self._program = program
        self._parts = parts
        self._callees = callees
        self._handing, self._soft = handing, soft
        self._base = [0, *np.cumsum([len(part.nodes.class_) for part in parts]).tolist()]
        self._targets = [0, *np.cumsum([len(part.method_class) for part in program.parts]).tolist()]
        self._words = load_flag_words()
        self._inner: dict[int, frozenset[str]] = {}
        self._budget = Budget()
        self._handers = {
            self._member_of(node) for node in np.flatnonzero(handing).tolist()
        } | self._words.stored_flags | self._words.stored_objects  # fmt: skip

    def read(self, part: PartCalls, tests: Tests, row: int) -> Flag | None:
        """Return the flag that a branch asks, or None where it asks none."""
        if tests.target[row] < 0:
            return self._of_field(part, int(tests.index[row]))
        callee = int(self._callees.distinct[tests.target[row]])
        member = self._callees.member(self._program, callee)
        given = self._arguments(int(tests.node[row]), int(tests.site[row]))
        if member in self._words.result_tests:
            return self._of_result(given)
        if member in self._words.stored_flags:
            return self._flag(member, given[1:])
        if member in self._words.stored_numbers:
            return _only_consent(self._flag(member, given[1:]))
        nodes = self._nodes_of(callee)
        found = self._flag(member, given, frozenset().union(*(self._names_in(node, 0) for node in nodes)))
        return _only_consent(found) if all(self._soft[node] for node in nodes) else found

    def _of_field(self, part: PartCalls, index: int) -> Flag:
        dex = self._program.parts[part.nodes.part]
        entry = dex.pools.fields[index]
        type_ = int(entry["class"])
        class_ = self._program.class_name(int(dex.type_class[type_])) if type_ < len(dex.type_class) else b""
        name = f"{_simple(class_)}.{dex.strings.text(int(entry['name']))}"
        return Flag(name, self._words.judge([name]))

    def _of_result(self, given: Sequence[Constant]) -> Flag | None:
        """Return the flag in what another call gave (``Boolean.booleanValue``, ``String.equals``)."""
        for each in given:
            class_, _, name = (each.call or "").encode().partition(b"->")
            if (class_, name) in self._handers:
                return self._flag((class_, name), [each])
            if (class_, name) in self._words.stored_texts:
                return _only_consent(self._flag((class_, name), [each]))
            if (class_, name) in self._words.intent_actions:
                return _own_action(given)
        return None

    def _flag(self, member: Member, given: Sequence[Constant], inner: frozenset[str] = frozenset()) -> Flag:
        keys = [text.decode("utf-8", "replace") for each in given for text in each.texts if text]
        keys += [each.field[1].decode("utf-8", "replace") for each in given if each.field]
        stored = member in self._words.stored_flags
        name = f"{_simple(member[0])}.{member[1].decode('utf-8', 'replace')}"
        key = next(iter((*keys, *(sorted(inner) if len(inner) == 1 else ()))), name)
        return Flag(key, self._words.judge([*keys, *inner, *([] if stored else [name])]))

    def _names_in(self, node: int, depth: int) -> frozenset[str]:
        """Return the keys and names that a method handing on a flag names, and those that it calls."""
        if node not in self._inner:
            self._inner[node] = frozenset()
            if depth < _MAX_DEPTH and self._handing[node]:
                self._inner[node] = frozenset(self._read_names(node, depth))
        return self._inner[node]

    def _read_names(self, node: int, depth: int) -> Iterator[str]:
        code = self._read(node, _LONGEST)
        first = self._targets[self._part_of(node)]
        for place in code.places:
            kind = opcodes.KIND_OF_OPCODE[code.units[place] & 0xFF]
            index = code.units[place + 1] if place + 1 < len(code.units) else 0
            if kind == opcodes.STRING and index < len(code.strings):
                yield code.strings.text(index)
            elif kind == opcodes.METHOD and first + index < len(self._callees.distinct):
                for called in self._nodes_of(int(self._callees.distinct[first + index])):
                    yield from self._names_in(called, depth + 1)

    def _nodes_of(self, callee: int) -> list[int]:
        """Return the methods handing on a flag that a call may lead to."""
        definition = int(self._callees.definition[callee])
        found = [definition] if definition >= 0 else []
        overrides = self._callees.override[stretch_of(self._callees.override_of, callee)].tolist()
        return [node for node in (*found, *overrides) if self._handing[node]]

    def _arguments(self, node: int, offset: int) -> tuple[Constant, ...]:
        return find_arguments(self._read(node, offset + _CALL), offset)

    def _read(self, node: int, end: int) -> MethodCode:
        """Return the code of a method up to an end."""
        number = self._part_of(node)
        nodes, place = self._parts[number].nodes, node - self._base[number]
        dex = self._program.parts[nodes.part]
        body = int(nodes.start[place]), min(int(nodes.size[place]), end)
        return read_code(dex.data, dex.pools, dex.strings, body, self._budget, _KEY_WITHIN)

    def _part_of(self, node: int) -> int:
        return bisect_right(self._base, node) - 1

    def _member_of(self, node: int) -> Member:
        number = self._part_of(node)
        nodes, place = self._parts[number].nodes, node - self._base[number]
        return self._program.class_name(int(nodes.class_[place])), self._program.names.names[int(nodes.name[place])]


def _own_action(given: Sequence[Constant]) -> Flag | None:
    texts = (text.decode("utf-8", "replace") for each in given if not each.call for text in each.texts)
    action = next(texts, None)
    own = action is not None and not action.startswith(("android.", "com.android."))
    return Flag(str(action), About.ACTION) if own else None


def _only_consent(flag: Flag) -> Flag | None:
    return flag if flag.about is About.CONSENT else None


def _simple(class_: bytes) -> str:
    return class_[1:-1].rpartition(b"/")[2].decode("utf-8", "replace")
