"""Values of a bundle's resources and XML (``Item`` of aapt2's Resources.proto), as the text that binary XML has."""

from mingcha_analyzers.app.protobuf import float_of, message, read_fields, text_of, unsigned
from mingcha_analyzers.app.typedvalues import format_value

# Kinds of values, by the field that holds them.
FILE = 5
STRINGS = frozenset((2, 3, 4))
_REFERENCE, _PRIMITIVE = 1, 7
_KINDS = STRINGS | {FILE, _REFERENCE, _PRIMITIVE}
_REFERENCE_TYPE = {0: 0x01, 1: 0x02}
_EMPTY, _FLOAT = 2, 3
# Kinds of typed values that binary XML has, by the field of a ``Primitive``: numbers, true and false, colours, sizes.
_TYPED = {6: 0x10, 7: 0x11, 8: 0x12, 9: 0x1C, 10: 0x1D, 11: 0x1E, 12: 0x1F, 13: 0x05, 14: 0x06}
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
    kind = _REFERENCE_TYPE.get(unsigned(reference, 1), 0x01)
    if resource:
        return format_value(kind, resource)
    name = message(reference, 3)
    return None if name is None else f"{'@' if kind == _REFERENCE_TYPE[0] else '?'}{text_of(name)}"


def _primitive(primitive: memoryview) -> str | None:
    for number, value in read_fields(primitive):
        if number == _EMPTY:
            return ""
        if number == _FLOAT:
            return f"{float_of(value):f}"
        if number in _TYPED and isinstance(value, int):
            return format_value(_TYPED[number], value & _MASK_32)
    return None
