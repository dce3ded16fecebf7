"""Typed values (``Res_value``): a kind, 32 bits of data, and for strings a number in the pool."""

import struct

NULL = 0x00
REFERENCE = 0x01
ATTRIBUTE = 0x02
STRING = 0x03
FLOAT = 0x04
DIMENSION = 0x05
FRACTION = 0x06
DYNAMIC_REFERENCE = 0x07
INT_HEX = 0x11
BOOLEAN = 0x12
FIRST_INT = 0x10
FIRST_COLOUR = 0x1C
LAST_INT = 0x1F

_MARKS = {REFERENCE: "@", ATTRIBUTE: "?", DYNAMIC_REFERENCE: "@"}
_UNITS = {DIMENSION: ("px", "dip", "sp", "pt", "in", "mm"), FRACTION: ("%", "%p")}
# The mantissa has 24 bits, of which 0, 7, 15 or 23 stand behind the point.
_FACTORS = (2.0**-8, 2.0**-15, 2.0**-23, 2.0**-31)


def format_value(kind: int, data: int) -> str:
    """Return a value that is no string as manifests write it: ``@7F050001``, ``true``, ``12``, ``#FF00FF00``."""
    if kind in _MARKS:
        return f"{_MARKS[kind]}{'android:' if data >> 24 == 1 else ''}{data:08X}"
    if kind == FLOAT:
        return f"{struct.unpack('<f', struct.pack('<I', data))[0]:f}"
    if kind in _UNITS:
        return _with_unit(kind, data)
    if kind == INT_HEX:
        return f"0x{data:08X}"
    if kind == BOOLEAN:
        return "true" if data else "false"
    if FIRST_COLOUR <= kind <= LAST_INT:
        return f"#{data:08X}"
    if FIRST_INT <= kind <= LAST_INT:
        return str(signed(data))
    return f"<0x{data:X}, type 0x{kind:02X}>"


def signed(data: int) -> int:
    """Return 32 bits as a signed number."""
    return data - (1 << 32) if data >> 31 else data


def _with_unit(kind: int, data: int) -> str:
    units = _UNITS[kind]
    unit = units[data & 0xF] if data & 0xF < len(units) else ""
    number = signed(data & 0xFFFFFF00) * _FACTORS[data >> 4 & 3]
    return f"{number * (100 if kind == FRACTION else 1):f}{unit}"
