"""Instructions of one body by control flow, for bodies whose linear walk ran into data that is no code.

Branches, switches and exception handlers are followed from the first instruction, so that junk placed between two
instructions is never read as code.
"""

import struct
from collections.abc import Iterator

from mingcha_analyzers.app.dex.opcodes import KIND_OF_OPCODE, LENGTH_OF_UNIT, PACKED_SWITCH, SPARSE_SWITCH, UNASSIGNED

_LENGTHS = LENGTH_OF_UNIT.tobytes()
_UNASSIGNED = frozenset(int(opcode) for opcode in range(256) if KIND_OF_OPCODE[opcode] == UNASSIGNED)
_ENDS = frozenset((0x0E, 0x0F, 0x10, 0x11, 0x27))
_GOTOS = frozenset((0x28, 0x29, 0x2A))
_SWITCHES = frozenset((0x2B, 0x2C))
_TRY_SIZE = 8


def find_flow_starts(data: bytes, body: int, size: int, tries: int) -> list[int]:
    """Return the units, counted from the body, where instructions start.

    ``body`` is the byte offset of the first instruction, ``size`` the body's length in units, ``tries`` the number
    of guarded ranges.
    """
    units = struct.unpack_from(f"<{size}H", data, body)
    waiting = [0, *find_handlers(data, body, size, tries)]
    seen: set[int] = set()
    while waiting:
        place = waiting.pop()
        while 0 <= place < size and place not in seen:
            unit = units[place]
            length = _LENGTHS[unit]
            if not length or place + length > size or unit & 0xFF in _UNASSIGNED:
                break  # Flow never leads into data: this body is damaged here.
            seen.add(place)
            waiting.extend(find_targets(units, place))
            if unit & 0xFF in _ENDS or unit & 0xFF in _GOTOS:
                break
            place += length
    return sorted(seen)


def find_targets(units: tuple[int, ...], place: int) -> Iterator[int]:
    """Yield where the instruction at a place may jump to, apart from the next one."""
    opcode = units[place] & 0xFF
    if opcode == 0x28:
        yield place + _signed(units[place] >> 8, 8)
    elif opcode == 0x29 or 0x38 <= opcode <= 0x3D or 0x32 <= opcode <= 0x37:
        yield place + _signed(units[place + 1], 16)
    elif opcode == 0x2A:
        yield place + _signed(units[place + 1] | units[place + 2] << 16, 32)
    elif opcode in _SWITCHES:
        yield from _switch_targets(units, place, place + _signed(units[place + 1] | units[place + 2] << 16, 32))


def _switch_targets(units: tuple[int, ...], place: int, payload: int) -> Iterator[int]:
    if not 0 <= payload < len(units) - 1 or units[payload] not in (PACKED_SWITCH, SPARSE_SWITCH):
        return
    count = units[payload + 1]
    first = payload + (4 if units[payload] == PACKED_SWITCH else 2 + 2 * count)
    for at in range(first, min(first + 2 * count, len(units) - 1), 2):
        yield place + _signed(units[at] | units[at + 1] << 16, 32)


def _signed(value: int, bits: int) -> int:
    return value - (1 << bits) if value >> (bits - 1) else value


def find_handlers(data: bytes, body: int, size: int, tries: int) -> list[int]:
    """Return where exception handlers of a body start; an unreadable list gives what was read of it."""
    if not tries:
        return []
    place = body + 2 * (size + size % 2) + tries * _TRY_SIZE
    found: list[int] = []
    reader = _Uleb(data, place)
    try:
        for _ in range(min(reader.unsigned(), tries)):
            count = reader.signed()
            for _ in range(min(abs(count), size)):
                reader.unsigned()
                found.append(reader.unsigned())
            if count <= 0:
                found.append(reader.unsigned())
    except IndexError:
        return found
    return found


class _Uleb:
    """Reads numbers of variable length one after the other."""

    __slots__ = ("_data", "_place")

    def __init__(self, data: bytes, place: int) -> None:
        self._data = data
        self._place = place

    def unsigned(self) -> int:
        return self._read()[0]

    def signed(self) -> int:
        value, bits = self._read()
        return value - (1 << bits) if value >> (bits - 1) else value

    def _read(self) -> tuple[int, int]:
        value = 0
        for shift in range(0, 35, 7):
            byte = self._data[self._place]
            self._place += 1
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value, shift + 7
        raise IndexError
