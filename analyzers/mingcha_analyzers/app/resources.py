"""The resource table, read through androguard's parser behind a check of its structure, when a reference asks for it.

An entry of a type may claim as many values as it likes, and many entries may stand at one place; so the values are
added up first, and a table with more of them than fit is refused.
"""

import contextlib
import io
import logging
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from mingcha_analyzers.app.axml import DamagedError

MAX_RESOURCE_BYTES = 64 << 20
_MAX_REFERENCES = 20

_PACKAGE = 0x0200
_TYPE = 0x0201
_CHUNK_HEADER = 8
_TYPE_HEADER = 20
_SPARSE, _OFFSETS_16 = 0x01, 0x02
_COMPLEX = 0x0001
_MAP_HEADER = 16
_MAP_VALUE = 12
_NO_ENTRY_16, _NO_ENTRY_32 = 0xFFFF, 0xFFFFFFFF


@dataclass(slots=True)
class Resources:
    """The resource table, parsed when the first reference asks for it."""

    data: bytes | None
    damaged: str | None = None
    _table: Any = field(default=None, repr=False)

    def resolve(self, value: str | None) -> str | None:
        """Return what an attribute's text stands for: itself, or the default value of ``@7F05…``; None if unknown."""
        for _ in range(_MAX_REFERENCES):
            if value is None or not is_reference(value):
                return value
            value = self._default_value(int(value[-8:], 16))
        return None

    def _default_value(self, resource: int) -> str | None:
        if self._table is None and not self._parse():
            return None
        try:
            return _default_value(self._table, resource)
        except (
            Exception
        ):  # androguard raises anything; a table that parsed may still hold an entry that cannot be read.
            return None

    def _parse(self) -> bool:
        if self.data is None or self.damaged is not None:
            return False
        if len(self.data) > MAX_RESOURCE_BYTES:
            self.damaged = f"{len(self.data)} bytes"
            return False
        try:
            _check_types(self.data)
            with contextlib.redirect_stdout(io.StringIO()):
                self._table = androguard_axml().ARSCParser(self.data)
        except Exception as error:  # androguard raises whatever its reading stumbles on.
            self.damaged = str(error) if isinstance(error, DamagedError) else type(error).__name__
        return self.damaged is None


def is_reference(value: str) -> bool:
    """Return whether an attribute's text is a resource reference in androguard's spelling (``@7F050001``)."""
    digits = value[1:].removeprefix("android:")
    return value.startswith("@") and len(digits) == 8 and all(digit in "0123456789ABCDEF" for digit in digits)


def _default_value(table: Any, resource: int) -> str | None:
    default = androguard_axml().ARSCResTableConfig.default_config()
    found = table.get_res_configs(resource, default)
    if not found:
        return None
    entry = found[0][1]
    if entry.is_complex():
        return None
    kind, data = (entry.datatype, entry.data) if entry.is_compact() else (entry.key.data_type, entry.key.data)
    return str(androguard_axml().format_value(kind, data, table.stringpool_main.getString))


def _check_types(data: bytes) -> None:
    """Refuse a table whose entries together hold more values than its bytes can."""
    budget = len(data) // _MAP_VALUE
    for start, size in _type_chunks(data):
        for place in _entry_places(data, start, size):
            if place + _MAP_HEADER > start + size:
                continue
            flags, count = struct.unpack_from("<2xH8xI", data, place)
            if flags & _COMPLEX:
                # The parser stops at the chunk's end whatever the count says.
                budget -= min(count, (start + size - place) // _MAP_VALUE)
            if budget < 0:
                raise DamagedError(f"entries overlap at {place:#x}")


def _type_chunks(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield place and size of each type chunk inside each package chunk."""
    for start, kind, header_size, size in _chunks(data, 12, len(data)):
        if kind == _PACKAGE:
            for inner, inner_kind, _, inner_size in _chunks(data, start + header_size, start + size):
                if inner_kind == _TYPE and inner_size >= _TYPE_HEADER:
                    yield inner, inner_size


def _chunks(data: bytes, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    while start + _CHUNK_HEADER <= end:
        kind, header_size, size = struct.unpack_from("<HHI", data, start)
        if header_size < _CHUNK_HEADER or size < header_size or start + size > end:
            raise DamagedError(f"chunk at {start:#x}")
        yield start, kind, header_size, size
        start += size


def _entry_places(data: bytes, start: int, size: int) -> Iterator[int]:
    header_size, flags, count, entries = struct.unpack_from("<2xH5xB2xII", data, start)
    width = 2 if flags & _OFFSETS_16 and not flags & _SPARSE else 4
    if header_size + count * width > size:
        raise DamagedError(f"type at {start:#x}")
    form = "I" if width == 4 else "H"
    for offset in struct.unpack_from(f"<{count}{form}", data, start + header_size):
        if flags & _SPARSE:
            yield start + entries + (offset >> 16) * 4
        elif width == 2 and offset != _NO_ENTRY_16:
            yield start + entries + offset * 4
        elif width == 4 and offset != _NO_ENTRY_32:
            yield start + entries + offset


@cache
def androguard_axml() -> Any:
    """Import androguard's parser and silence it; ``androguard.misc`` would cost ten times as much."""
    from loguru import logger

    logger.disable("androguard")
    logging.getLogger("androguard").setLevel(logging.CRITICAL)
    from androguard.core import axml

    return axml
