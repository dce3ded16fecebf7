"""Where the value of a register comes from: a constant, an array made of constants, a field, the result of a call.

As with the arguments of calls (see ``constants``) registers are followed backwards in a straight line, blind to
branches; calls that hand on what they are given are told by the caller.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from mingcha_analyzers.app.dex.constants import MethodCode, argument_registers, constant_number, written_register
from mingcha_analyzers.app.dex.names import Member
from mingcha_analyzers.app.dex.opcodes import KIND_OF_OPCODE, LENGTH_OF_UNIT, METHOD

_LENGTHS = LENGTH_OF_UNIT.tobytes()
_IS_CALL = (KIND_OF_OPCODE == METHOD).tobytes()
_MAX_STEPS = 400
_MAX_DEPTH = 8
_MAX_PARTS = 40

_MOVES = {0x01: 12, 0x04: 12, 0x07: 12, 0x02: 1, 0x05: 1, 0x08: 1, 0x03: 2, 0x06: 2, 0x09: 2}
_MOVE_RESULT = frozenset((0x0A, 0x0B, 0x0C))
_TEXTS = frozenset((0x1A, 0x1B))
_NEW, _NEW_ARRAY, _FILL = 0x22, 0x23, 0x26
_ARRAY_PUTS = range(0x4B, 0x52)
_STATIC_GET = 0x62

_BUILDERS = frozenset((b"Ljava/lang/StringBuilder;", b"Ljava/lang/StringBuffer;"))
# Methods that hand on an argument, with its place among the arguments, receiver first.
Passing = Mapping[Member, int]


class OriginKind(StrEnum):
    """What a value is; ``array``: filled from the file, ``zeros``: made and never filled."""

    TEXT = "text"
    NUMBER = "number"
    ARRAY = "array"
    ZEROS = "zeros"
    FIELD = "field"
    OBJECT = "object"
    CALL = "call"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Origin:
    """The origin of a value: ``offset`` in code units and ``step``, the number of the instruction.

    ``member``: the field, the method called, or the class made with no name.
    """

    kind: OriginKind
    text: bytes = b""
    number: int | None = None
    member: Member = (b"", b"")
    offset: int = -1
    step: int = -1


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text that is put together; ``textual``: not a number or a single character."""

    origin: Origin
    textual: bool


NOWHERE = Origin(OriginKind.UNKNOWN)
CONSTANT = frozenset((OriginKind.TEXT, OriginKind.ARRAY, OriginKind.ZEROS))


def find_origin(code: MethodCode, step: int, register: int, passing: Passing, depth: int = 0) -> Origin:
    """Return the origin of what a register holds when the instruction with this number begins."""
    touched = False
    for number in range(step - 1, max(-1, step - _MAX_STEPS), -1):
        code.budget.left -= 1
        place = code.places[number]
        if code.budget.left < 0 or place + _LENGTHS[code.units[place]] > len(code.units):
            return NOWHERE
        opcode = code.units[place] & 0xFF
        if opcode == _FILL and code.units[place] >> 8 == register:
            return Origin(OriginKind.ARRAY, offset=place, step=number)
        if written_register(code.units, place) == register:
            return _origin(code, number, touched, passing, depth)
        touched = touched or _touches(code, place, opcode, register)
    return NOWHERE


def _touches(code: MethodCode, place: int, opcode: int, register: int) -> bool:
    """Return whether an instruction may fill the array in a register."""
    if _IS_CALL[opcode]:
        return register in argument_registers(code.units, place)
    return opcode in _ARRAY_PUTS and code.units[place + 1] & 0xFF == register


def _origin(code: MethodCode, step: int, touched: bool, passing: Passing, depth: int) -> Origin:
    """Return the origin that the instruction with this number gives the register it writes."""
    place = code.places[step]
    unit = code.units[place]
    opcode = unit & 0xFF
    if opcode in _TEXTS:
        index = code.units[place + 1] | (code.units[place + 2] << 16 if opcode == 0x1B else 0)
        return Origin(OriginKind.TEXT, text=code.strings.one(index), offset=place, step=step)
    if opcode in _MOVES and depth < _MAX_DEPTH:
        where = _MOVES[opcode]
        source = unit >> 12 if where == 12 else code.units[place + where]
        return find_origin(code, step, source, passing, depth + 1)
    if opcode in _MOVE_RESULT and step:
        return _result(code, step - 1, passing, depth)
    if opcode == _NEW:
        return Origin(OriginKind.OBJECT, member=(_type(code, code.units[place + 1]), b""), offset=place, step=step)
    if opcode == _NEW_ARRAY:
        return NOWHERE if touched else Origin(OriginKind.ZEROS, offset=place, step=step)
    if opcode == _STATIC_GET:
        return Origin(OriginKind.FIELD, member=_field(code, code.units[place + 1]), offset=place, step=step)
    number = constant_number(code.units, place, opcode)
    return NOWHERE if number is None else Origin(OriginKind.NUMBER, number=number, offset=place, step=step)


def _result(code: MethodCode, step: int, passing: Passing, depth: int) -> Origin:
    place = code.places[step]
    if not _IS_CALL[code.units[place] & 0xFF]:
        return NOWHERE
    member = called_member(code, place)
    registers = argument_registers(code.units, place)
    handed = passing.get(member)
    if handed is not None and handed < len(registers) and depth < _MAX_DEPTH:
        return find_origin(code, step, registers[handed], passing, depth + 1)
    return Origin(OriginKind.CALL, member=member, offset=place, step=step)


def called_member(code: MethodCode, place: int) -> Member:
    """Return class and name of the method that the call at a place names."""
    index, methods = code.units[place + 1], code.pools.methods
    if index >= len(methods):
        return (b"", b"")
    entry = methods[index]
    return _type(code, int(entry["class"])), code.strings.one(int(entry["name"]))


def _type(code: MethodCode, index: int) -> bytes:
    types = code.pools.types
    return code.strings.one(int(types[index])) if index < len(types) else b""


def _field(code: MethodCode, index: int) -> Member:
    fields = code.pools.fields
    if index >= len(fields):
        return (b"", b"")
    return _type(code, int(fields[index]["class"])), code.strings.one(int(fields[index]["name"]))


def parts_of(code: MethodCode, origin: Origin, passing: Passing) -> tuple[Part, ...]:
    """Return what a text is put together from; anything else is its own only part."""
    class_, name = origin.member
    if origin.kind is not OriginKind.CALL or class_ not in _BUILDERS or name != b"toString":
        return (Part(origin, textual=True),)
    parts: list[Part] = []
    for step in range(origin.step - 1, max(-1, origin.step - _MAX_STEPS), -1):
        place = code.places[step]
        code.budget.left -= 1
        if code.budget.left < 0 or len(parts) >= _MAX_PARTS or place + _LENGTHS[code.units[place]] > len(code.units):
            break
        if not _IS_CALL[code.units[place] & 0xFF]:
            continue
        class_, name = called_member(code, place)
        if class_ in _BUILDERS and name in (b"append", b"<init>"):
            textual = _takes_object(code, place)
            parts += [
                Part(find_origin(code, step, register, passing), textual)
                for register in argument_registers(code.units, place)[1:2]
            ]
            if name == b"<init>":
                break
    return tuple(parts)


def _takes_object(code: MethodCode, place: int) -> bool:
    """Return whether the first parameter of the method that a call names is no number."""
    kind = int(code.pools.methods[code.units[place + 1]]["kind"])
    parameters = code.strings.one(int(code.pools.protos[kind, 0]))[1:] if kind < len(code.pools.protos) else b""
    return not parameters or parameters.startswith(b"L")


def calls_on(code: MethodCode, made: Origin, until: int, register: int) -> tuple[int, ...]:
    """Return the methods of the pool that are called on an object between its making and an instruction.

    ``register``: where the object lies at the end.
    """
    found: list[int] = []
    for step in range(made.step + 1, until):
        place = code.places[step]
        code.budget.left -= 1
        if code.budget.left < 0 or place + _LENGTHS[code.units[place]] > len(code.units):
            break
        if not _IS_CALL[code.units[place] & 0xFF] or code.units[place + 1] >= len(code.pools.methods):
            continue
        if argument_registers(code.units, place)[:1] == (register,):
            found.append(code.units[place + 1])
    return tuple(found)
