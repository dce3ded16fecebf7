"""The ZIP container of an app package, read with bounds and without trusting what it says of itself.

The central directory gives names, offsets and methods; sizes and flags in it may be lies, so every entry is inflated
against a budget, forged encryption flags are ignored as Android ignores them, and bytes before the first entry
(Janus) are tolerated. Nothing is ever written to disk.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from mingcha_analyzers.values import Limit, SourceFile
from mingcha_corpora.errors import UnreadableInputError

MAX_ENTRIES = 200_000
MAX_ENTRY_BYTES = 256 << 20
MAX_PACKAGE_BYTES = 2 << 30

_LOCAL = b"PK\x03\x04"
_CENTRAL = b"PK\x01\x02"
_END = b"PK\x05\x06"
_END_SIZE = 22
_CENTRAL_SIZE = 46
_LOCAL_SIZE = 30
# The end record may be followed by a comment of 65,535 bytes at most.
_END_SEARCH = _END_SIZE + 0xFFFF
_STORED = 0
_DEFLATED = 8
_WINDOW = 1 << 18
# The first bytes of an entry, and how many packed ones are enough for them: the tables of a block come before it.
_HEAD, _HEAD_PACKED = 16, 1 << 10
# Of one kind of damage, so many entries are named.
_NAMED = 20


class EntryError(Exception):
    """One entry cannot be read; ``reason`` is a word key of limits."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(name, reason)
        self.name = name
        self.reason = reason


class Entries(Protocol):
    """Entries by name, wherever they lie: one archive, a module of a bundle, or all parts of a split package."""

    def __contains__(self, name: object) -> bool: ...

    def names(self) -> tuple[str, ...]:
        """Return the names of all entries, sorted."""

    def read(self, name: str, max_bytes: int = MAX_ENTRY_BYTES) -> bytes:
        """Return the inflated bytes of an entry; raises ``EntryError``."""

    def begin(self, name: str) -> bytes:
        """Return the first bytes of an entry, by which its format is told; nothing if it is damaged."""


@dataclass(slots=True)
class Budget:
    """What may still be inflated, in bytes, and how many entries may still be listed; archives inside share it."""

    bytes: int = field(default_factory=lambda: MAX_PACKAGE_BYTES)
    entries: int = field(default_factory=lambda: MAX_ENTRIES)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the central directory; ``offset`` is that of the local header in the file."""

    name: str
    offset: int
    method: int
    packed_size: int


@dataclass(slots=True)
class Archive:
    """The entries of one package and what is left of the inflation budget.

    ``signing_end`` is where the central directory starts: a signing block, if any, ends there.
    """

    data: bytes
    entries: dict[str, Entry]
    limits: list[Limit]
    signing_end: int
    budget: Budget

    def __contains__(self, name: object) -> bool:
        return name in self.entries

    def names(self) -> tuple[str, ...]:
        """Return the names of all entries, sorted."""
        return tuple(sorted(self.entries))

    def read(self, name: str, max_bytes: int = MAX_ENTRY_BYTES) -> bytes:
        """Return the inflated bytes of an entry.

        Raises:
            EntryError: it is damaged, too large, or the package has used up its budget.
        """
        entry = self.entries[name]
        allowed = min(max_bytes, self.budget.bytes)
        data = _read_entry(self.data, entry, allowed)
        self.budget.bytes -= len(data)
        return data

    def begin(self, name: str) -> bytes:
        """Return the first bytes of an entry, by which its format is told; nothing if it is damaged."""
        entry = self.entries[name]
        try:
            start = _data_start(self.data, entry)
        except EntryError:
            return b""
        packed = self.data[start : start + min(entry.packed_size, _HEAD_PACKED)]
        if entry.method == _STORED:
            return packed[:_HEAD]
        try:
            return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, _HEAD)
        except zlib.error:
            return b"" if entry.method == _DEFLATED else packed[:_HEAD]


def open_archive(file: SourceFile, budget: Budget | None = None) -> Archive:
    """Return the package's entries; an archive inside another is given the other's budget.

    Raises:
        UnreadableInputError: ``file_empty``, ``apk_not_zip`` or ``apk_truncated``.
    """
    data = file.data
    budget = budget or Budget()
    if not data:
        raise UnreadableInputError("file_empty", path=file.path)
    for end in _end_records(data):
        start = _directory_start(data, end)
        if start is not None:
            entries, limits = _read_directory(data, start, end, budget)
            return Archive(data, entries, limits, signing_end=start, budget=budget)
    code = "apk_truncated" if _LOCAL in data[: 1 << 16] else "apk_not_zip"
    raise UnreadableInputError(code, path=file.path)


def _end_records(data: bytes) -> Iterator[int]:
    """Yield the places of end records, last first, as installers search for them."""
    lowest = max(0, len(data) - _END_SEARCH)
    position = data.rfind(_END, lowest)
    while position >= 0:
        if position + _END_SIZE <= len(data):
            yield position
        position = data.rfind(_END, lowest, position)


def _directory_start(data: bytes, end: int) -> int | None:
    """Return where the directory starts; the recorded offset is off when bytes were put before the archive."""
    count, size, offset = (int(word) for word in struct.unpack_from("<HII", data, end + 10))
    if count == 0 and size == 0:
        return end
    for start in (offset, end - size):
        if 0 <= start < end and data[start : start + 4] == _CENTRAL:
            return start
    return None


def _read_directory(data: bytes, start: int, end: int, budget: Budget) -> tuple[dict[str, Entry], list[Limit]]:
    entries: dict[str, Entry] = {}
    duplicates: set[str] = set()
    limits: list[Limit] = []
    shift = _shift(data, start, end)
    position = start
    while position + _CENTRAL_SIZE <= end and data[position : position + 4] == _CENTRAL:
        if budget.entries == 0:
            limits.append(Limit("archive", "too_many_entries", str(MAX_ENTRIES)))
            break
        budget.entries -= 1
        entry, position = _central_entry(data, position, shift)
        if entry.name in entries:
            duplicates.add(entry.name)
        else:
            entries[entry.name] = entry
    else:
        if position != end and data[position : position + 4] != _END:
            limits.append(Limit("archive", "directory_damaged", str(position)))
    limits.extend(Limit("archive", "duplicate_entry", name) for name in sorted(duplicates)[:_NAMED])
    unknown = sorted(entry.name for entry in entries.values() if entry.method not in (_STORED, _DEFLATED))
    limits.extend(Limit("archive", "unknown_compression", name) for name in unknown[:_NAMED])
    return entries, limits


def _shift(data: bytes, start: int, end: int) -> int:
    """Return how far recorded offsets are off: 0 unless bytes were put before the archive and not counted."""
    offset: int = struct.unpack_from("<I", data, end + 16)[0]
    return start - offset if start != offset else 0


def _central_entry(data: bytes, position: int, shift: int) -> tuple[Entry, int]:
    method = struct.unpack_from("<H", data, position + 10)[0]
    packed_size = struct.unpack_from("<I", data, position + 20)[0]
    name_size, extra_size, comment_size = struct.unpack_from("<HHH", data, position + 28)
    offset = struct.unpack_from("<I", data, position + 42)[0]
    raw = data[position + _CENTRAL_SIZE : position + _CENTRAL_SIZE + name_size]
    after = position + _CENTRAL_SIZE + name_size + extra_size + comment_size
    return Entry(_decode_name(raw), offset + shift, method, packed_size), after


def _decode_name(raw: bytes) -> str:
    """Android takes names for UTF-8 whatever the flag says; others keep their bytes visible."""
    return raw.decode("utf-8", "backslashreplace")


def _read_entry(data: bytes, entry: Entry, allowed: int) -> bytes:
    start = _data_start(data, entry)
    if entry.method == _STORED:
        return _stored(data, entry, start, allowed)
    if entry.method == _DEFLATED:
        return _inflated(data, entry, start, allowed)
    # Packers write a method no tool knows; Android then takes the bytes as they are, unless they do inflate.
    try:
        return _inflated(data, entry, start, allowed)
    except EntryError:
        return _stored(data, entry, start, allowed)


def _data_start(data: bytes, entry: Entry) -> int:
    offset = entry.offset
    if offset < 0 or offset + _LOCAL_SIZE > len(data) or data[offset : offset + 4] != _LOCAL:
        raise EntryError(entry.name, "entry_damaged")
    name_size, extra_size = struct.unpack_from("<HH", data, offset + 26)
    return int(offset + _LOCAL_SIZE + name_size + extra_size)


def _stored(data: bytes, entry: Entry, start: int, allowed: int) -> bytes:
    end = start + entry.packed_size
    if end > len(data):
        raise EntryError(entry.name, "entry_damaged")
    if entry.packed_size > allowed:
        raise EntryError(entry.name, "entry_too_large")
    return data[start:end]


def _inflated(data: bytes, entry: Entry, start: int, allowed: int) -> bytes:
    packed = memoryview(data)[start : start + entry.packed_size]
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    parts: list[bytes] = []
    left = allowed
    try:
        # Small windows: what one call leaves over is copied.
        for begin in range(0, len(packed), _WINDOW):
            pending: bytes | memoryview = packed[begin : begin + _WINDOW]
            while pending and not inflater.eof:
                parts.append(inflater.decompress(pending, left + 1))
                left -= len(parts[-1])
                if left < 0:
                    raise EntryError(entry.name, "entry_too_large")
                pending = inflater.unconsumed_tail
    except zlib.error as error:
        raise EntryError(entry.name, "entry_damaged") from error
    if not inflater.eof:
        raise EntryError(entry.name, "entry_damaged")
    return b"".join(parts)
