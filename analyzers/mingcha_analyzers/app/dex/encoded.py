"""Encoded arrays: the values that static fields begin with and the arguments of call sites."""

from collections.abc import Iterator

# The column of class definitions that says where such an array lies.
STATIC_VALUES = 7
_STRING_VALUE = 0x17
_MAX_VALUES = 4096
# Value types whose header carries their size less one; arrays and annotations end the walk.
_SIZED = frozenset((0x00, 0x02, 0x03, 0x04, 0x06, 0x10, 0x11, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1A, 0x1B))
_EMPTY = frozenset((0x1E, 0x1F))


def read_values(data: bytes, place: int, most: int) -> Iterator[tuple[int, int]]:
    """Yield type and raw number of the values of an array, up to the first that has no plain size."""
    count = shift = 0
    for _ in range(3):
        if not 0 <= place < len(data):
            return
        count |= (data[place] & 0x7F) << shift
        shift += 7
        place += 1
        if data[place - 1] < 0x80:
            break
    for _ in range(min(count, most)):
        if place >= len(data):
            return
        kind, size = data[place] & 0x1F, (data[place] >> 5) + 1
        if kind in _EMPTY:
            size = 0
        elif kind not in _SIZED:
            return
        yield kind, int.from_bytes(data[place + 1 : place + 1 + size], "little")
        place += 1 + size


def read_string_values(data: bytes, place: int) -> list[int]:
    """Return the strings, by number, that an array holds."""
    return [number for kind, number in read_values(data, place, _MAX_VALUES) if kind == _STRING_VALUE]
