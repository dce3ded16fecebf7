"""Typed values of compiled XML and resources as the texts that people write for them."""

import struct

_REFERENCE, _ATTRIBUTE, STRING, _FLOAT, _DIMENSION, _FRACTION = range(1, 7)
_INTEGER, _HEX, _BOOLEAN, _FIRST_COLOUR, _LAST_COLOUR, _LAST_INTEGER = 0x10, 0x11, 0x12, 0x1C, 0x1F, 0x1F
_UNITS = ("px", "dip", "sp", "pt", "in", "mm")
_FRACTION_UNITS = ("%", "%p")
# A dimension keeps 24 bits of mantissa; these say where its point stands.
_RADIX = (1 / (1 << 8), 1 / (1 << 15), 1 / (1 << 23), 1 / (1 << 31))


def format_value(kind: int, value: int) -> str:
    """Return a typed value that is no string as text: ``@7F050001``, ``true``, ``-1``, ``16.000000dip``."""
    if kind in (_REFERENCE, _ATTRIBUTE):
        package = "android:" if value >> 24 == 1 else ""
        return f"{'@' if kind == _REFERENCE else '?'}{package}{value:08X}"
    if kind == _BOOLEAN:
        return "true" if value else "false"
    if kind == _HEX:
        return f"0x{value:08X}"
    if _FIRST_COLOUR <= kind <= _LAST_COLOUR:
        return f"#{value:08X}"
    if _INTEGER <= kind <= _LAST_INTEGER:
        return str(value - (1 << 32) if value >> 31 else value)
    if kind == _FLOAT:
        return f"{struct.unpack('<f', struct.pack('<I', value))[0]:f}"
    if kind in (_DIMENSION, _FRACTION):
        return _format_complex(kind, value)
    return f"<0x{value:X}, type 0x{kind:02X}>"


def _format_complex(kind: int, value: int) -> str:
    mantissa = value & 0xFFFFFF00
    number = (mantissa - (1 << 32) if mantissa >> 31 else mantissa) * _RADIX[value >> 4 & 3]
    units = _UNITS if kind == _DIMENSION else _FRACTION_UNITS
    unit = units[value & 0xF] if value & 0xF < len(units) else ""
    return f"{number if kind == _DIMENSION else number * 100:f}{unit}"
