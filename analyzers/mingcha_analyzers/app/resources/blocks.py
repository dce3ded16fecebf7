"""Type blocks of a resource table: the entries of one type in one configuration, read in bulk."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mingcha_analyzers.app.chunks import Chunk, DamagedError, read_chunk, read_chunks
from mingcha_analyzers.app.resources.configs import Config, read_config
from mingcha_analyzers.app.stringpool import StringPool

Numbers = NDArray[np.int64]

MAX_RESOURCE_BYTES = 64 << 20

_STRING_POOL = 0x0001
_TABLE = 0x0002
_PACKAGE = 0x0200
_TYPE = 0x0201
_PACKAGE_HEADER = 284
_TYPE_HEADER = 20
_SPARSE, _OFFSETS_16 = 0x01, 0x02
_COMPLEX, _COMPACT = 0x0001, 0x0008
# Entries are numbered with 16 bits.
_MAX_ENTRIES = 1 << 16
_NO_ENTRY_16, _NO_ENTRY_32 = 0xFFFF, 0xFFFFFFFF

_ENTRY = np.dtype([("size", "<u2"), ("flags", "<u2"), ("key", "<u4")])
_VALUE = np.dtype([("size", "<u2"), ("zero", "u1"), ("kind", "u1"), ("data", "<u4")])
_BAG = np.dtype([("parent", "<u4"), ("count", "<u4")])
_BAG_HEADER = _ENTRY.itemsize + _BAG.itemsize
_MAP = np.dtype([("name", "<u4"), ("value", _VALUE)])

# Kinds of values; ``BAG`` stands for those that hold many.
STRING = 0x03
BAG = -1


@dataclass(frozen=True, slots=True)
class Entries:
    """Entries of a block, side by side and sorted by number; ``kinds`` is ``BAG`` for those that hold many values."""

    numbers: NDArray[np.uint16]
    keys: NDArray[np.uint32]
    kinds: NDArray[np.int16]
    data: NDArray[np.uint32]
    places: NDArray[np.uint32]


class Entry(NamedTuple):
    """One entry: its number, the number of its name among the keys, kind and data of its value."""

    number: int
    key: int
    kind: int
    data: int


@dataclass(slots=True)
class Block:
    """One type in one configuration; its entries are read when first asked for."""

    package: "Package"
    type_id: int
    type: str
    config: Config
    chunk: Chunk
    file: bytes
    _entries: Entries | None = field(default=None, repr=False)

    def resource(self, number: int) -> int:
        """Return the resource id of an entry."""
        return self.package.id << 24 | self.type_id << 16 | number

    def entry(self, number: int) -> Entry | None:
        """Return an entry by its number."""
        entries = self.entries()
        # Of the numbers' own type, else all of them would be converted.
        place = int(entries.numbers.searchsorted(np.uint16(number)))
        if place == len(entries.numbers) or entries.numbers[place] != number:
            return None
        return Entry(number, int(entries.keys[place]), int(entries.kinds[place]), int(entries.data[place]))

    def strings(self) -> Iterator[Entry]:
        """Yield every string of the block, those inside bags under the number and name of their bag.

        Raises:
            DamagedError: bags overlap.
        """
        entries = self.entries()
        yield from _as_entries(entries, np.flatnonzero(entries.kinds == STRING), None)
        yield from _as_entries(entries, *self._bag_strings(entries))

    def entries(self) -> Entries:
        """Return the entries; those that do not fit into the chunk are left out."""
        if self._entries is None:
            self._entries = _read_entries(self.file, self.chunk)
        return self._entries

    def _bag_strings(self, entries: Entries) -> tuple[Numbers, Numbers]:
        """Return the places among the entries of bags, once for each string in them, and those strings."""
        bags = np.flatnonzero(entries.kinds == BAG)
        starts = entries.places[bags].astype(np.int64)
        inside = starts + _BAG_HEADER <= self.chunk.end
        bags, starts = bags[inside], starts[inside]
        first = starts + _gather(self.file, starts, _ENTRY)["size"]
        counts = _gather(self.file, starts + _ENTRY.itemsize, _BAG)["count"].astype(np.int64)
        counts = np.minimum(counts, np.maximum(self.chunk.end - first, 0) // _MAP.itemsize)
        if counts.sum() * _MAP.itemsize > self.chunk.end - self.chunk.start:
            raise DamagedError(f"entries overlap at {self.chunk.start:#x}")
        within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        values = _gather(self.file, np.repeat(first, counts) + within * _MAP.itemsize, _MAP)["value"]
        texts = values["kind"] == STRING
        return np.repeat(bags, counts)[texts], values["data"][texts].astype(np.int64)


@dataclass(frozen=True, slots=True)
class Package:
    """One package of a table: its names, and its blocks by the number of their type."""

    id: int
    keys: StringPool
    blocks: dict[int, list[Block]]


def read_packages(data: bytes) -> tuple[StringPool, tuple[Package, ...]]:
    """Return the strings and packages of a table.

    Raises:
        DamagedError: it is no resource table, or its chunks do not fit.
    """
    if len(data) > MAX_RESOURCE_BYTES:
        raise DamagedError(f"{len(data)} bytes")
    table = read_chunk(data, 0, len(data))
    if table.kind != _TABLE:
        raise DamagedError("not a resource table")
    strings: StringPool | None = None
    packages = []
    for chunk in read_chunks(data, table.body, table.end):
        if chunk.kind == _STRING_POOL and strings is None:
            strings = _read_strings(data, chunk)
        elif chunk.kind == _PACKAGE:
            packages.append(_read_package(data, chunk))
    if strings is None:
        raise DamagedError("no strings")
    return strings, tuple(packages)


def _read_package(data: bytes, package: Chunk) -> Package:
    if package.body - package.start < _PACKAGE_HEADER:
        raise DamagedError(f"package at {package.start:#x}")
    (number,) = struct.unpack_from("<I", data, package.start + 8)
    types_at, _, keys_at = struct.unpack_from("<III", data, package.start + 268)
    # Feature splits number their types from behind those of the base.
    (shift,) = struct.unpack_from("<I", data, package.start + 284) if package.body - package.start >= 288 else (0,)
    types = _read_strings(data, read_chunk(data, package.start + types_at, package.end))
    keys = _read_strings(data, read_chunk(data, package.start + keys_at, package.end))
    result = Package(number & 0xFF, keys, {})
    for chunk in read_chunks(data, package.body, package.end):
        if chunk.kind == _TYPE and chunk.body - chunk.start > _TYPE_HEADER:
            _read_type(data, chunk)
            type_id = data[chunk.start + 8]
            name = types[type_id - 1 - shift]
            config = read_config(data, chunk.start + _TYPE_HEADER, chunk.body)
            block = Block(result, type_id, name, config, chunk, data)
            result.blocks.setdefault(type_id, []).append(block)
    return result


def _as_entries(entries: Entries, chosen: Numbers, strings: Numbers | None) -> Iterator[Entry]:
    columns = (entries.numbers[chosen], entries.keys[chosen], entries.kinds[chosen])
    data = entries.data[chosen] if strings is None else strings
    return map(Entry, *(column.tolist() for column in columns), data.tolist())


def _read_strings(data: bytes, chunk: Chunk) -> StringPool:
    if chunk.kind != _STRING_POOL:
        raise DamagedError(f"no string pool at {chunk.start:#x}")
    return StringPool(data, chunk.start, chunk.end - chunk.start)


def _read_entries(data: bytes, chunk: Chunk) -> Entries:
    numbers, places = _places(data, chunk)
    heads = _gather(data, places, _ENTRY)
    compact = (heads["flags"] & _COMPACT) != 0
    bag = ~compact & ((heads["flags"] & _COMPLEX) != 0)
    values_at = places + heads["size"]
    plain = ~compact & ~bag & (values_at + _VALUE.itemsize <= chunk.end)
    values = _gather(data, values_at[plain], _VALUE)
    kinds = np.full(len(places), BAG, np.int16)
    kinds[compact] = heads["flags"][compact] >> 8
    kinds[plain] = values["kind"]
    # A compact entry keeps its data where others have the key, and the key where others have their size.
    payload = heads["key"].copy()
    payload[plain] = values["data"]
    keys = np.where(compact, heads["size"], heads["key"])
    whole = compact | bag | plain
    return Entries(*(column[whole] for column in (numbers, keys, kinds, payload, places.astype(np.uint32))))


def _places(data: bytes, chunk: Chunk) -> tuple[NDArray[np.uint16], Numbers]:
    """Return number and place of the entries that a block defines and that start inside it, by number."""
    flags, count, start = _read_type(data, chunk)
    width = _width(flags)
    words = np.frombuffer(data, f"<u{width}", count, chunk.body).astype(np.int64)
    if flags & _SPARSE:
        numbers, order = np.unique(words & 0xFFFF, return_index=True)
        offsets = (words[order] >> 16) * 4
    else:
        numbers = np.flatnonzero(words != (_NO_ENTRY_16 if width == 2 else _NO_ENTRY_32))
        offsets = words[numbers] * (4 if width == 2 else 1)
    places = chunk.start + start + offsets
    fits = places + _ENTRY.itemsize <= chunk.end
    return numbers[fits].astype(np.uint16), places[fits]


def _read_type(data: bytes, chunk: Chunk) -> tuple[int, int, int]:
    """Return flags, number of entries and where these start; the list of their offsets is checked to fit."""
    flags, count, start = struct.unpack_from("<xB2xII", data, chunk.start + 8)
    if count > _MAX_ENTRIES or chunk.body + count * _width(flags) > chunk.end:
        raise DamagedError(f"type at {chunk.start:#x}")
    return flags, count, start


def _width(flags: int) -> int:
    return 2 if flags & _OFFSETS_16 and not flags & _SPARSE else 4


def _gather(data: bytes, places: Numbers, kind: np.dtype[Any]) -> NDArray[Any]:
    """Return the records that stand at these places, which need no alignment."""
    rows = np.frombuffer(data, np.uint8)[places[:, None] + np.arange(kind.itemsize)]
    return np.ascontiguousarray(rows).view(kind).reshape(len(places))
