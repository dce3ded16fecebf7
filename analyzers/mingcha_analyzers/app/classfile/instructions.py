"""Bytecode in a straight line: which constants each instruction names (JVMS chapter 6)."""

import struct
from collections.abc import Iterator

from mingcha_analyzers.app.classfile.constants import ClassFileError

LDC, LDC_W, LDC2_W = 0x12, 0x13, 0x14
FIELD_OPCODES = range(0xB2, 0xB6)
CALL_OPCODES = range(0xB6, 0xBA)
INVOKE_DYNAMIC = 0xBA
_TABLE_SWITCH, _LOOKUP_SWITCH, _WIDE, _IINC = 0xAA, 0xAB, 0xC4, 0x84
_LAST_OPCODE = 0xC9

# Bytes after the opcode, where there are any; the two switches and wide say their own.
_OPERANDS = {
    **dict.fromkeys((0x10, 0x12, 0xA9, 0xBC, *range(0x15, 0x1A), *range(0x36, 0x3B)), 1),
    **dict.fromkeys(
        (0x11, 0x13, 0x14, 0x84, *range(0x99, 0xA9), *range(0xB2, 0xB9), 0xBB, 0xBD, 0xC0, 0xC1, 0xC6, 0xC7), 2
    ),
    0xC5: 3,
    **dict.fromkeys((0xB9, 0xBA, 0xC8, 0xC9), 4),
}
_LENGTHS = bytes(1 + _OPERANDS.get(opcode, 0) for opcode in range(256))
_NAMING = frozenset((LDC, LDC_W, LDC2_W, *FIELD_OPCODES, *CALL_OPCODES, INVOKE_DYNAMIC))


def find_constants(code: bytes) -> Iterator[tuple[int, int]]:
    """Yield opcode and number of the constant for each instruction that loads one, calls, or touches a field.

    Raises:
        ClassFileError: the bytecode loses step.
    """
    place, end = 0, len(code)
    try:
        while place < end:
            opcode = code[place]
            if opcode in _NAMING:
                yield opcode, code[place + 1] if opcode == LDC else code[place + 1] << 8 | code[place + 2]
            place += _step(code, place, opcode)
    except (struct.error, IndexError) as error:
        raise ClassFileError("class_code", f"{place:#x}") from error


def _step(code: bytes, place: int, opcode: int) -> int:
    """Return how long the instruction at a place is."""
    if opcode == _TABLE_SWITCH:
        begin = (place + 4) & ~3
        low, high = struct.unpack_from(">ii", code, begin + 4)
        return begin + 12 + 4 * _count(high - low + 1, place) - place
    if opcode == _LOOKUP_SWITCH:
        begin = (place + 4) & ~3
        (pairs,) = struct.unpack_from(">i", code, begin + 4)
        return begin + 8 + 8 * _count(pairs, place) - place
    if opcode == _WIDE:
        return 6 if code[place + 1] == _IINC else 4
    if opcode > _LAST_OPCODE:
        raise ClassFileError("class_code", f"{place:#x}")
    return _LENGTHS[opcode]


def _count(number: int, place: int) -> int:
    if number < 0:
        raise ClassFileError("class_code", f"{place:#x}")
    return number
