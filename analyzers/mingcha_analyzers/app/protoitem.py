"""Values of a bundle's resources and XML (``Item`` of aapt2's Resources.proto), as the text that binary XML has."""

import struct

from mingcha_analyzers.app.protobuf import float_of, message, read_fields, text_of, unsigned

# Kinds of values, by the field that holds them.
FILE = 5
STRINGS = frozenset((2, 3, 4))
_REFERENCE, _PRIMITIVE = 1, 7
_KINDS = STRINGS | {FILE, _REFERENCE, _PRIMITIVE}
_ATTRIBUTE = 1
_EMPTY, _FLOAT, _INTEGER, _HEXADECIMAL, _BOOLEAN = 2, 3, 6, 7, 8
_COLOURS = frozenset((9, 10, 11, 12))
_MASK_32 = 0xFFFFFFFF


def item_kind(item: memoryview) -> int | None:
    """Return the field that holds the value, None for one without a text; raises ``WireError``."""
    return next((number for number, _ in read_fields(item) if number in _KINDS), None)


def item_text(item: memoryview) -> str | None:
    """Return the text of a value: ``@7F050001`` for a reference, ``true``, ``12``; None for one without a text.

    Raises:
        WireError: it is no message.
    """
    for number, value in read_fields(item):
        if (number in STRINGS or number == FILE) and isinstance(value, memoryview):
            text = message(value, 1)
            return "" if text is None else text_of(text)
        if number == _REFERENCE and isinstance(value, memoryview):
            return _reference(value)
        if number == _PRIMITIVE and isinstance(value, memoryview):
            return _primitive(value)
    return None


def _reference(reference: memoryview) -> str | None:
    resource = unsigned(reference, 2) & _MASK_32
    mark = "?" if unsigned(reference, 1) == _ATTRIBUTE else "@"
    if resource:
        return f"{mark}{'android:' if resource >> 24 == 1 else ''}{resource:08X}"
    name = message(reference, 3)
    return None if name is None else f"{mark}{text_of(name)}"


def _primitive(primitive: memoryview) -> str | None:
    for number, value in read_fields(primitive):
        if number == _EMPTY:
            return ""
        if number == _FLOAT:
            return f"{float_of(value):f}"
        if isinstance(value, int):
            return _number(number, value)
    return None


def _number(number: int, value: int) -> str:
    data = value & _MASK_32
    if number == _INTEGER:
        return str(struct.unpack("<i", struct.pack("<I", data))[0])
    if number == _BOOLEAN:
        return "true" if value else "false"
    return f"#{data:08X}" if number in _COLOURS else f"0x{data:08X}"
