"""A pool of strings in a binary resource file: texts by index, decoded when asked for.

Lengths and offsets are the file's claims: a string that does not lie in its pool, or does not end where it says, is
empty, as it is to the system.
"""

import struct

POOL_HEADER = 28
_UTF8 = 1 << 8
# Counts stand in one unit, or in two when the first has its highest bit set.
_LONG_8, _LONG_16 = 0x80, 0x8000
# Strings of a sound pool lie side by side; many offsets into one long string would multiply it.
_MAX_OVERLAP = 4


class StringPool:
    """The texts of one pool chunk. ``overlaps``: they share so many bytes that no more are given."""

    __slots__ = ("_count", "_data", "_end", "_known", "_left", "_offsets", "_texts", "_utf8", "overlaps")

    def __init__(self, data: bytes, at: int, size: int) -> None:
        """Take the chunk at a place; one too short for its header has no strings."""
        self._data = data
        self._known: dict[int, str] = {}
        self._count = self._texts = self._end = self._offsets = 0
        self._utf8 = self.overlaps = False
        self._left = _MAX_OVERLAP * size
        if size < POOL_HEADER:
            return
        header_size, count, flags, texts = struct.unpack_from("<2xH4xI4xII", data, at)
        self._offsets = at + max(header_size, POOL_HEADER)
        self._texts = at + texts
        self._end = at + size
        self._count = min(count, max(min(self._texts, self._end) - self._offsets, 0) // 4)
        self._utf8 = bool(flags & _UTF8)

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: int) -> str:
        """Return a text, the empty one for an index outside."""
        text = self._known.get(index)
        if text is None:
            text = self._known[index] = self._read(index) if 0 <= index < self._count else ""
        return text

    def _read(self, index: int) -> str:
        (offset,) = struct.unpack_from("<I", self._data, self._offsets + 4 * index)
        place = self._texts + int(offset)
        if place + 4 > self._end or self.overlaps:
            return ""
        text = self._read_utf8(place) if self._utf8 else self._read_utf16(place)
        self._left -= len(text)
        self.overlaps = self._left < 0
        return text

    def _read_utf8(self, place: int) -> str:
        data = self._data
        place += 2 if data[place] >= _LONG_8 else 1  # The length in UTF-16 units.
        size = data[place]
        place += 1
        if size >= _LONG_8:
            size = (size & 0x7F) << 8 | data[place]
            place += 1
        end = place + size
        if end >= self._end or data[end]:
            return ""
        return data[place:end].decode("utf-8", "replace")

    def _read_utf16(self, place: int) -> str:
        size, low = struct.unpack_from("<HH", self._data, place)
        place += 2
        if size >= _LONG_16:
            size = (size & 0x7FFF) << 16 | low
            place += 2
        end = place + 2 * size
        if end + 2 > self._end or self._data[end : end + 2] != b"\0\0":
            return ""
        return self._data[place:end].decode("utf-16-le", "replace")
