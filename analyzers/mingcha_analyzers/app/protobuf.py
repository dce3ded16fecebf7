"""The wire format of protocol buffers, read without a schema and without trusting a length.

Groups, which no file of a bundle has, are refused.
"""

import struct
from collections.abc import Iterator

Value = int | memoryview

_VARINT, _FIXED_64, _LENGTH, _FIXED_32 = 0, 1, 2, 5
_FIXED_SIZE = {_FIXED_64: 8, _FIXED_32: 4}
_MAX_VARINT = 10
_MASK_64 = (1 << 64) - 1


class WireError(ValueError):
    """The bytes are no protocol buffer message; the message says at which place."""


def read_fields(data: memoryview) -> Iterator[tuple[int, Value]]:
    """Yield number and value of each field: varints as unsigned numbers, everything else as its bytes.

    Raises:
        WireError: a field runs over the end, or has a type that does not exist.
    """
    position, end = 0, len(data)
    while position < end:
        tag, position = _varint(data, position)
        kind, number = tag & 7, tag >> 3
        if not number:
            raise WireError(f"field at {position:#x}")
        if kind == _LENGTH:
            size, position = _varint(data, position)
        elif kind == _VARINT:
            value, position = _varint(data, position)
            yield number, value
            continue
        else:
            size = _fixed_size(kind, position)
        if size > end - position:
            raise WireError(f"{size} bytes at {position:#x}")
        yield number, data[position : position + size]
        position += size


def _fixed_size(kind: int, position: int) -> int:
    if kind not in _FIXED_SIZE:
        raise WireError(f"type {kind} at {position:#x}")
    return _FIXED_SIZE[kind]


def messages(data: memoryview, number: int) -> Iterator[memoryview]:
    """Yield the messages, strings or bytes that a field holds."""
    return (value for key, value in read_fields(data) if key == number and isinstance(value, memoryview))


def message(data: memoryview, number: int) -> memoryview | None:
    """Return the message of a field, the first if there are several, None if there is none; no more is read."""
    return next(messages(data, number), None)


def unsigned(data: memoryview, number: int) -> int:
    """Return the number of a field, the first if there are several, 0 if there is none."""
    return next((value for key, value in read_fields(data) if key == number and isinstance(value, int)), 0)


def text_of(value: Value) -> str:
    """Return a string field as text; what is no UTF-8 is replaced."""
    return bytes(value).decode("utf-8", "replace") if isinstance(value, memoryview) else str(value)


def float_of(value: Value) -> float:
    """Return a field of four bytes as a number with a fraction."""
    if not isinstance(value, memoryview) or len(value) != _FIXED_SIZE[_FIXED_32]:
        raise WireError("no float")
    number: float = struct.unpack("<f", value)[0]
    return number


def _varint(data: memoryview, position: int) -> tuple[int, int]:
    # Most are of one byte.
    if position < len(data) and (first := data[position]) < 0x80:
        return first, position + 1
    value = 0
    for place in range(_MAX_VARINT):
        if position + place >= len(data):
            break
        byte = data[position + place]
        value |= (byte & 0x7F) << 7 * place
        if byte < 0x80:
            return value & _MASK_64, position + place + 1
    raise WireError(f"number at {position:#x}")
