"""String pools of resource tables and binary XML: strings by number, each decoded once when asked for."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

from mingcha_analyzers.app.resources.chunks import Chunk, DamagedError

STRING_POOL = 0x0001
_HEADER_SIZE = 28
_UTF8 = 0x0100
# Strings of a sound pool lie side by side; offsets into one long string would multiply it.
_MAX_OVERLAP = 4


@dataclass(slots=True)
class StringPool:
    """The strings of one pool. ``first`` is where their bytes start, ``end`` where the pool ends."""

    data: bytes
    offsets: Sequence[int]
    first: int
    end: int
    utf8: bool
    _texts: dict[int, str] = field(default_factory=dict)
    _left: int = 0

    def __len__(self) -> int:
        return len(self.offsets)

    def text(self, number: int) -> str | None:
        """Return a string, None when there is none of this number or its bytes leave the pool.

        Raises:
            DamagedError: so many strings share bytes that together they exceed the pool several times.
        """
        known = self._texts.get(number)
        if known is not None:
            return known
        if not 0 <= number < len(self.offsets):
            return None
        start = self.first + self.offsets[number]
        raw = self._utf8(start) if self.utf8 else self._utf16(start)
        if raw is None:
            return None
        self._left -= len(raw)
        if self._left < 0:
            raise DamagedError(f"strings overlap at {start:#x}")
        text = raw.decode("utf-8" if self.utf8 else "utf-16-le", "replace")
        self._texts[number] = text
        return text

    def _utf8(self, start: int) -> bytes | None:
        """Return the bytes behind two lengths (in UTF-16 units, then in bytes), each of one or two bytes."""
        head = self.data[start : start + 4].ljust(4, b"\0")
        at = 2 if head[0] & 0x80 else 1
        size = head[at]
        begin = start + at + 1
        if size & 0x80:
            size = (size & 0x7F) << 8 | head[at + 1]
            begin += 1
        end = begin + size
        return self.data[begin:end] if end <= self.end else None

    def _utf16(self, start: int) -> bytes | None:
        if start + 2 > self.end:
            return None
        (size,) = struct.unpack_from("<H", self.data, start)
        start += 2
        if size & 0x8000:
            if start + 2 > self.end:
                return None
            size = (size & 0x7FFF) << 16 | struct.unpack_from("<H", self.data, start)[0]
            start += 2
        end = start + 2 * size
        return self.data[start:end] if end <= self.end else None


def read_string_pool(data: bytes, chunk: Chunk) -> StringPool:
    """Return the pool that a chunk holds.

    Raises:
        DamagedError: it is no string pool, or its strings cannot lie in it.
    """
    if chunk.kind != STRING_POOL or chunk.body - chunk.start < _HEADER_SIZE:
        raise DamagedError(f"no string pool at {chunk.start:#x}")
    count, _, flags, strings = struct.unpack_from("<4I", data, chunk.start + 8)
    if chunk.body + 4 * count > chunk.end or chunk.start + strings > chunk.end:
        raise DamagedError(f"string pool at {chunk.start:#x}")
    return StringPool(
        data=data,
        offsets=struct.unpack_from(f"<{count}I", data, chunk.body),
        first=chunk.start + strings,
        end=chunk.end,
        utf8=bool(flags & _UTF8),
        _left=_MAX_OVERLAP * (chunk.end - chunk.start),
    )
