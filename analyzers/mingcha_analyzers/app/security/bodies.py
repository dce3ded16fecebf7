"""Methods that are telling by what their bodies do not do: looks of kind ``body``.

A look names what the class is ``below`` (classes or interfaces), the ``method``, its ``descriptor`` where it matters,
and a ``shape``: ``accepts`` (nothing is thrown, nobody else asked), ``returns_true`` (on its only way), ``calls``
(one of ``calls`` is made).
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from mingcha_analyzers.app.code.program import Program
from mingcha_analyzers.app.code.queries import Queries
from mingcha_analyzers.app.dex.constants import MethodCode
from mingcha_analyzers.app.dex.opcodes import KIND_OF_OPCODE, LENGTH_OF_UNIT, METHOD
from mingcha_analyzers.app.dex.origins import OriginKind, called_member, find_origin
from mingcha_analyzers.app.security.looks import Look, member_of
from mingcha_analyzers.app.security.surroundings import Surroundings

_LENGTHS = LENGTH_OF_UNIT.tobytes()
_IS_CALL = (KIND_OF_OPCODE == METHOD).tobytes()
_RETURN, _THROW = 0x0F, 0x27
_SWITCHES = frozenset((0x2B, 0x2C))
_TESTS = range(0x32, 0x3E)
_MAX_STEPS = 40
_FOLLOWED = 1
_INTERFACE_LEVELS = 2
# Methods of these classes only write a log or put texts together.
_HARMLESS = (
    b"Landroid/util/Log;", b"Ljava/io/PrintStream;", b"Ljava/lang/StringBuilder;", b"Ljava/lang/String;",
    b"Ljava/lang/System;", b"Ltimber/log/Timber;",
)  # fmt: skip
_UNSURE = 0.5
"""Confidence where the body has other ways than the one that was seen."""


class BodyLook:
    """A look at bodies, with the classes of a program that it is at."""

    def __init__(self, look: Look, program: Program) -> None:
        params = look.params
        self.look = look
        self.surroundings = Surroundings(params)
        self.below = _below(program, [name.encode() for name in params["below"]])
        self.method = program.names.numbers.get(params["method"].encode(), -1)
        self._descriptor = params.get("descriptor")
        self._calls = frozenset(member_of(anchor)[0] for anchor in params.get("calls", ()))

    def places(self, queries: Queries) -> Iterator[int]:
        """Yield the bodies of one DEX that the look is at."""
        part, definitions = queries.part, queries.dex.definitions
        if self.method < 0 or not len(definitions.method):
            return
        method = definitions.method
        fits = (part.method_name[method] == self.method) & self.below[part.method_class[method]]
        for row in np.flatnonzero(fits & part.own[definitions.class_def] & (definitions.item >= 0)).tolist():
            if self._descriptor in (None, queries.descriptor(int(method[row]))):
                yield int(definitions.item[row])

    def judge(self, queries: Queries, item: int) -> float:
        """Return how sure a body has the shape of the look, 0 for not at all."""
        shape = self.look.params["shape"]
        if shape == "accepts":
            return self.look.confidence if accepts(queries, item) else 0.0
        if shape == "returns_true":
            return self.look.confidence if returns_true(queries, item) else 0.0
        if self._calls.isdisjoint(queries.calls_in(item)):
            return 0.0
        branches = any(opcode in _TESTS or opcode in _SWITCHES for opcode, _ in _walk(queries.code(item)))
        return min(_UNSURE, self.look.confidence) if branches else self.look.confidence


def accepts(queries: Queries, item: int, left: int = _FOLLOWED) -> bool:
    """Return whether a body throws nothing and asks nobody, calls of the package's own code that do neither aside."""
    for opcode, place in _walk(queries.code(item)):
        if opcode == _THROW:
            return False
        if _IS_CALL[opcode]:
            asked = _asked(queries, item, place)
            if asked is not None and not (asked >= 0 and left and accepts(queries, asked, left - 1)):
                return False
    return True


def returns_true(queries: Queries, item: int, left: int = _FOLLOWED) -> bool:
    """Return whether a body has one way, and gives true on it, itself or by a method of the package that does so."""
    code = queries.code(item)
    returned = False
    trusted: set[int] = set()
    for opcode, place in _walk(code):
        if opcode == _THROW or opcode in _TESTS or opcode in _SWITCHES:
            return False
        if _IS_CALL[opcode]:
            asked = _asked(queries, item, place)
            if asked is not None and not (asked >= 0 and left and returns_true(queries, asked, left - 1)):
                return False
            trusted.add(place)
        if opcode == _RETURN:
            origin = find_origin(code, code.index[place], code.units[place] >> 8, {})
            if origin.number != 1 and not (origin.kind is OriginKind.CALL and origin.offset in trusted):
                return False
            returned = True
    return returned


def _walk(code: MethodCode) -> Iterator[tuple[int, int]]:
    """Yield opcode and place of each instruction; a body too long to be a shape ends with a throw."""
    for number, place in enumerate(code.places):
        if number > _MAX_STEPS:
            yield _THROW, place
            return
        unit = code.units[place]
        if _LENGTHS[unit] and place + _LENGTHS[unit] <= len(code.units):
            yield unit & 0xFF, place


def _asked(queries: Queries, item: int, place: int) -> int | None:
    """Return the body that a call leads to, -1 if it lies elsewhere, null if the call means nothing."""
    code = queries.code(item)
    class_, _ = called_member(code, place)
    if class_.startswith(_HARMLESS):
        return None
    return queries.body_of(code.units[place + 1])


def _below(program: Program, names: list[bytes]) -> npt.NDArray[np.bool_]:
    """Return by number the classes of these names and those that extend or implement them."""
    numbers = program.classes.numbers
    wanted = {numbers[name] for name in names if name in numbers}
    for _ in range(_INTERFACE_LEVELS):
        wanted |= {class_ for class_, interface in program.interfaces if interface in wanted}
    return program.classes_below(program.class_name(number) for number in wanted)
