"""What the arguments of one call are, where constants of the same method say so.

Registers are followed backwards, instruction by instruction, from the call: a straight line, blind to branches.
That is enough for keys, URIs, commands and names that stand beside their use; what a caller passes in is unknown.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mingcha_analyzers.app.dex.opcodes import KIND_OF_OPCODE, LENGTH_OF_UNIT, METHOD
from mingcha_analyzers.app.dex.pools import Strings
from mingcha_analyzers.app.dex.sweep import payload_length
from mingcha_analyzers.app.dex.values import DexFile, Pools

_LENGTHS = LENGTH_OF_UNIT.tobytes()
_MAX_STEPS = 400
_MAX_DEPTH = 6
_MAX_STEPS_A_CALL = 20_000
_RETURNS, _MAX_RETURNS = frozenset((0x0F, 0x11)), 20
# Bytes from the head of a code item to its instructions.
_HEADER = 16

_MOVES = frozenset((0x07, 0x08, 0x09, 0x01, 0x02, 0x03))
_MOVE_RESULT = frozenset((0x0A, 0x0B, 0x0C))
_ARRAY_PUT_OBJECT, _STATIC_PUT_OBJECT = 0x4D, 0x69
# Instructions whose first register is read, or stays what it is (check-cast).
_READS_FIRST = frozenset(
    (*range(0x0F, 0x12), 0x1D, 0x1E, 0x1F, *range(0x26, 0x2D), *range(0x32, 0x3E), *range(0x4B, 0x52),
     *range(0x59, 0x60), *range(0x67, 0x6E))
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Constant:
    """What a register holds: texts (several for an array), a number, a static field (class and name).

    ``call``: the method whose result it is, as ``class->name``. ``parameter``: the place of the method's own argument
    that it is, or that stands first in the array, receiver first.
    """

    texts: tuple[bytes, ...] = ()
    number: int | None = None
    field: tuple[bytes, bytes] | None = None
    call: str | None = None
    parameter: int | None = None


UNKNOWN = Constant()


@dataclass(slots=True)
class Budget:
    """Steps left for one DEX; registers that lead to calls with many registers would never end."""

    left: int = 3_000_000


@dataclass(frozen=True, slots=True)
class MethodCode:
    """One body as instructions: ``places`` in units from its start; ``steps``: how far back a value is looked for.

    ``first_argument``: the register at which the method's own arguments begin.
    """

    pools: Pools
    strings: Strings
    units: Sequence[int]
    places: Sequence[int]
    index: dict[int, int]
    budget: Budget
    first_argument: int
    steps: int = _MAX_STEPS


def read_method_code(dex: DexFile, strings: Strings, item: int, budget: Budget) -> MethodCode:
    """Return one body of a DEX as instructions in a straight line."""
    return read_code(dex.data, dex.pools, strings, (int(dex.items.start[item]), int(dex.items.size[item])), budget)


def read_code(
    data: bytes, pools: Pools, strings: Strings, body: tuple[int, int], budget: Budget, steps: int = _MAX_STEPS
) -> MethodCode:
    """Return the body at a start and of a size (code units of the file) as instructions in a straight line."""
    start, size = body
    units = struct.unpack_from(f"<{size}H", data, start * 2)
    registers, arguments = struct.unpack_from("<2H", data, start * 2 - _HEADER)
    places, place = [], 0
    while place < size:
        places.append(place)
        step = _LENGTHS[units[place]]
        place += step or _payload(units, place)
    index = {at: number for number, at in enumerate(places)}
    return MethodCode(pools, strings, units, places, index, budget, registers - arguments, steps)


def _payload(units: Sequence[int], place: int) -> int:
    return payload_length(np.asarray(units[place : place + 4], np.uint16), 0)


def find_arguments(code: MethodCode, offset: int) -> tuple[Constant, ...]:
    """Return what the call at an offset is given, receiver first; wide values take two places."""
    number = code.index.get(offset)
    if number is None:
        return ()
    reserve = max(code.budget.left - _MAX_STEPS_A_CALL, 0)
    code.budget.left -= reserve
    found = tuple(_resolve(code, number, register, 0) for register in argument_registers(code.units, offset))
    code.budget.left = max(code.budget.left, 0) + reserve
    return found


def find_stored(code: MethodCode, field_class: bytes, field_name: bytes) -> Constant:
    """Return what a body stores last in a static object field; what an initialiser makes of it, in most cases."""
    for number in range(len(code.places) - 1, -1, -1):
        place = code.places[number]
        stores = code.units[place] & 0xFF == _STATIC_PUT_OBJECT and place + 1 < len(code.units)
        if stores and _static_field(code, code.units[place + 1]).field == (field_class, field_name):
            return _resolve(code, number, code.units[place] >> 8, 0)
    return UNKNOWN


def find_returned(code: MethodCode) -> list[Constant]:
    """Return what each return gives back, wide values apart."""
    returns = [(number, place) for number, place in enumerate(code.places) if code.units[place] & 0xFF in _RETURNS]
    return [_resolve(code, number, code.units[place] >> 8, 0) for number, place in returns[:_MAX_RETURNS]]


def argument_registers(units: Sequence[int], offset: int) -> tuple[int, ...]:
    """Return the registers an invoke or filled-new-array names."""
    if offset + 2 >= len(units):
        return ()
    opcode, high = units[offset] & 0xFF, units[offset] >> 8
    if opcode in (0x25, 0x74, 0x75, 0x76, 0x77, 0x78, 0xFB, 0xFD):
        return tuple(range(units[offset + 2], units[offset + 2] + min(high, 255)))
    count, last, word = high >> 4, high & 0xF, units[offset + 2]
    registers = (word & 0xF, word >> 4 & 0xF, word >> 8 & 0xF, word >> 12, last)
    return registers[: min(count, 5)]


def _resolve(code: MethodCode, before: int, register: int, depth: int) -> Constant:
    """Return what a register holds when the instruction with this number begins."""
    stored: list[bytes] = []
    handed: int | None = None
    for number in range(before - 1, max(-1, before - code.steps), -1):
        code.budget.left -= 1
        if code.budget.left < 0:
            break
        place = code.places[number]
        if place + _LENGTHS[code.units[place]] > len(code.units):
            continue
        opcode = code.units[place] & 0xFF
        if opcode == _ARRAY_PUT_OBJECT and (code.units[place + 1] & 0xFF) == register and depth < _MAX_DEPTH:
            element = _resolve(code, number, code.units[place] >> 8, depth + 1)
            stored += element.texts
            handed = element.parameter if handed is None else handed
        elif written_register(code.units, place) == register:
            found = _value(code, number, place, depth)
            return Constant(tuple(reversed(stored)), parameter=handed) if stored or handed is not None else found
    if before <= code.steps and register >= code.first_argument:
        return Constant(tuple(reversed(stored)), parameter=register - code.first_argument)
    return UNKNOWN


def written_register(units: Sequence[int], place: int) -> int | None:
    """Return the register an instruction writes, null for none."""
    unit = units[place]
    opcode = unit & 0xFF
    if opcode in _READS_FIRST or opcode in (0x00, 0x0E) or 0x6E <= opcode <= 0x78 or opcode >= 0xFA:
        return None
    if opcode in (0x03, 0x06, 0x09):
        return units[place + 1]
    four_bits = opcode in (0x01, 0x04, 0x07, 0x12, 0x20, 0x21, 0x23) or 0x52 <= opcode <= 0x58
    four_bits = four_bits or 0x7B <= opcode <= 0x8F or 0xB0 <= opcode <= 0xD7
    return unit >> 8 & 0xF if four_bits else unit >> 8


def _value(code: MethodCode, number: int, place: int, depth: int) -> Constant:
    """Return the value that the instruction at a place writes."""
    units = code.units
    opcode = units[place] & 0xFF
    if opcode in (0x1A, 0x1B):
        index = units[place + 1] | (units[place + 2] << 16 if opcode == 0x1B else 0)
        return Constant(texts=(code.strings.one(index),))
    if opcode == 0x62:
        return _static_field(code, units[place + 1])
    if depth >= _MAX_DEPTH:
        return UNKNOWN
    if opcode in _MOVES:
        source = units[place] >> 12 if opcode in (0x01, 0x07) else units[place + (2 if opcode in (0x03, 0x09) else 1)]
        return _resolve(code, number, source, depth + 1)
    if opcode in _MOVE_RESULT:
        return _result(code, number, depth)
    return Constant(number=constant_number(units, place, opcode))


def constant_number(units: Sequence[int], place: int, opcode: int) -> int | None:
    """Return the number that an instruction writes, null if it writes another thing."""
    high = units[place] >> 8
    if opcode == 0x12:
        value = high >> 4
        return value - 16 if value > 7 else value
    if opcode in (0x13, 0x16):
        return units[place + 1] - 0x10000 if units[place + 1] > 0x7FFF else units[place + 1]
    if opcode in (0x14, 0x17):
        value = units[place + 1] | units[place + 2] << 16
        return value - (1 << 32) if value >> 31 else value
    if opcode == 0x15:
        value = units[place + 1] << 16
        return value - (1 << 32) if value >> 31 else value
    return None


def _static_field(code: MethodCode, index: int) -> Constant:
    pools = code.pools
    if index >= len(pools.fields):
        return UNKNOWN
    entry = pools.fields[index]
    type_ = int(entry["class"])
    name = code.strings.one(int(pools.types[type_])) if type_ < len(pools.types) else b""
    return Constant(field=(name, code.strings.one(int(entry["name"]))))


def _result(code: MethodCode, number: int, depth: int) -> Constant:
    """Return what a call gives back: its name, and the texts or field among its arguments (``Uri.parse("…")``)."""
    if number < 1:
        return UNKNOWN
    place = code.places[number - 1]
    opcode = code.units[place] & 0xFF
    registers = argument_registers(code.units, place)
    found = [_resolve(code, number - 1, register, depth + 1) for register in registers]
    texts = tuple(text for each in found for text in each.texts)
    field_ = next((each.field for each in found if each.field), None)
    if KIND_OF_OPCODE[opcode] != METHOD:
        # An array made of registers.
        return Constant(texts, field=field_, parameter=next((each.parameter for each in found), None))
    return Constant(texts, field=field_, call=method_name(code.pools, code.strings, code.units[place + 1]))


def method_name(pools: Pools, strings: Strings, index: int) -> str | None:
    """Return a method of the pool as ``Lclass;->name``."""
    if index >= len(pools.methods):
        return None
    entry = pools.methods[index]
    type_ = int(entry["class"])
    if type_ >= len(pools.types):
        return None
    return f"{strings.text(int(pools.types[type_]))}->{strings.text(int(entry['name']))}"
