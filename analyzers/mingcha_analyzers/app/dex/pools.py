"""Header and identifier tables of a DEX: views over its bytes, every offset checked in Python integers first."""

import struct
import zlib

import numpy as np
import numpy.typing as npt

from mingcha_analyzers.app.dex.names import DexError, decode_mutf8
from mingcha_analyzers.app.dex.values import Damage, Ints, Pools, Words

HEADER_SIZE = 0x70
HEADER_SIZE_041 = 0x78
_ENDIAN = 0x12345678
_ENDIAN_SWAPPED = 0x78563412
_VERSIONS = frozenset((b"035", b"036", b"037", b"038", b"039", b"040", b"041"))
_MEMBER = np.dtype([("class", "<u2"), ("kind", "<u2"), ("name", "<u4")])
_TABLES = {
    "string_ids": (56, np.dtype("<u4"), 1),
    "type_ids": (64, np.dtype("<u4"), 1),
    "proto_ids": (72, np.dtype("<u4"), 3),
    "field_ids": (80, _MEMBER, 1),
    "method_ids": (88, _MEMBER, 1),
    "class_defs": (96, np.dtype("<u4"), 8),
}
# A JVM name cannot be longer; a literal may, but nobody looks for one.
_MAX_STRING = 0x3FFFF
_SHARED = 4


def read_version(data: bytes, at: int = 0) -> str:
    """Return the version of the header at a place.

    Raises:
        DexError: there is no DEX header, or one of an unknown version or byte order.
    """
    if len(data) < at + HEADER_SIZE:
        raise DexError("dex_truncated", str(len(data)))
    if data[at : at + 4] != b"dex\n" or data[at + 7] != 0:
        raise DexError("dex_bad_magic", data[at : at + 8].hex())
    version = data[at + 4 : at + 7]
    if version not in _VERSIONS:
        raise DexError("dex_unknown_version", version.decode("ascii", "backslashreplace"))
    (endian,) = struct.unpack_from("<I", data, at + 40)
    if endian != _ENDIAN:
        raise DexError("dex_big_endian" if endian == _ENDIAN_SWAPPED else "dex_bad_magic", f"{endian:#x}")
    return version.decode("ascii")


def find_checksum_damage(data: bytes, at: int, version: str) -> list[Damage]:
    """Return the damage that the header's sizes and checksum show; the runtime refuses such files."""
    checksum, size = struct.unpack_from("<I20xI", data, at + 8)
    if version != "041" and size > len(data):
        return [Damage("dex_truncated", at, 1)]
    end = min(at + size, len(data))
    if zlib.adler32(memoryview(data)[at + 12 : end]) != checksum:
        return [Damage("dex_checksum", at, 1)]
    return []


def read_pools(data: bytes, at: int) -> Pools:
    """Return the tables that the header at a place names.

    Raises:
        DexError: a table lies outside the file.
    """
    tables = {name: _table(data, at + place, dtype, width, name) for name, (place, dtype, width) in _TABLES.items()}
    return Pools(
        strings=tables["string_ids"],
        types=tables["type_ids"],
        protos=tables["proto_ids"].reshape(-1, 3),
        fields=tables["field_ids"],
        methods=tables["method_ids"],
        class_defs=tables["class_defs"].reshape(-1, 8),
        map_offset=struct.unpack_from("<I", data, at + 52)[0],
    )


def _table(data: bytes, place: int, dtype: np.dtype, width: int, name: str) -> npt.NDArray:  # type: ignore[type-arg]
    count, offset = struct.unpack_from("<II", data, place)
    size = count * width * dtype.itemsize
    if count and (offset < HEADER_SIZE or offset + size > len(data)):
        raise DexError("dex_table_outside", f"{name} {offset:#x}+{size:#x}")
    return np.frombuffer(data, dtype, count * width, offset if count else 0)


class Strings:
    """Strings of one DEX by index, as bytes; those that cannot be read are empty."""

    __slots__ = ("_data", "_ends", "_offsets")

    def __init__(self, data: bytes, offsets: Words) -> None:
        self._data = data
        self._offsets = offsets
        self._ends: Ints | None = None

    def __len__(self) -> int:
        return len(self._offsets)

    def one(self, index: int) -> bytes:
        """Return one string."""
        if not 0 <= index < len(self._offsets):
            return b""
        start = int(self._offsets[index])
        # The declared length (ULEB128, in UTF-16 units) is skipped, not trusted.
        for _ in range(5):
            if start >= len(self._data):
                return b""
            start += 1
            if self._data[start - 1] < 0x80:
                break
        end = self._data.find(b"\0", start, start + _MAX_STRING)
        return self._data[start:end] if end >= 0 else b""

    def text(self, index: int) -> str:
        """Return one string as text."""
        return decode_mutf8(self.one(index))

    def many(self, indices: npt.NDArray[np.integer]) -> list[bytes]:
        """Return many strings at once."""
        if not len(indices) or not len(self._offsets):
            return [b""] * len(indices)
        bytes_ = np.frombuffer(self._data, np.uint8)
        wanted = np.minimum(indices.astype(np.int64), len(self._offsets) - 1)
        start = np.minimum(self._offsets[wanted].astype(np.int64), len(self._data) - 1)
        for _ in range(4):
            more = (bytes_[start] >= 0x80) & (start < len(self._data) - 1)
            if not more.any():
                break
            start += more
        start += 1  # Past the last byte of the length.
        ends = self._zeroes(bytes_)
        place = np.searchsorted(ends, start.astype(np.int32))
        end = ends[np.minimum(place, len(ends) - 1)] if len(ends) else np.zeros_like(start)
        end = np.where((indices < len(self._offsets)) & (end - start < _MAX_STRING), end, 0)
        # Strings may share their bytes, but not so often that a small file names gigabytes.
        end[np.cumsum(np.maximum(end - start, 0)) > _SHARED * len(self._data)] = 0
        data = self._data
        return [data[a:b] for a, b in zip(start.tolist(), end.tolist(), strict=True)]

    def _zeroes(self, bytes_: npt.NDArray[np.uint8]) -> Ints:
        if self._ends is None:
            low = min(int(self._offsets.min()), len(bytes_))
            high = min(int(self._offsets.max()) + 1, len(bytes_))
            tail = self._data.find(b"\0", high)
            high = tail + 1 if tail >= 0 else len(bytes_)
            self._ends = np.flatnonzero(bytes_[low:high] == 0).astype(np.int32) + np.int32(low)
        return self._ends
