"""Which methods a call site (invoke-custom) leads to: every method handle of its array, the lambda's body included."""

import struct
from collections.abc import Mapping

from mingcha_analyzers.app.dex.encoded import read_values
from mingcha_analyzers.app.dex.values import DexFile

_CALL_SITE_IDS, _METHOD_HANDLES = 7, 8
_METHOD_HANDLE_VALUE = 0x16
# Handles below this kind are of fields.
_FIRST_INVOKE = 4
_MAX_VALUES = 255


def read_call_site_methods(dex: DexFile) -> Mapping[int, tuple[int, ...]]:
    """Return for each call site the methods of the pool that its handles name; unreadable ones are left out."""
    sections = _sections(dex.data, dex.pools.map_offset)
    handles = _read_handles(dex, *sections.get(_METHOD_HANDLES, (0, 0)))
    count, offset = sections.get(_CALL_SITE_IDS, (0, 0))
    count = min(count, max(len(dex.data) - offset, 0) // 4)
    places = struct.unpack_from(f"<{count}I", dex.data, offset) if count else ()
    found: dict[int, tuple[int, ...]] = {}
    for number, place in enumerate(places[:65536]):
        numbers = _handles_of_array(dex.data, place)
        found[number] = tuple(handles[handle] for handle in numbers if handle in handles)
    return found


def _sections(data: bytes, map_offset: int) -> dict[int, tuple[int, int]]:
    """Return count and offset of each section that the map lists."""
    if not 0 < map_offset <= len(data) - 4:
        return {}
    (count,) = struct.unpack_from("<I", data, map_offset)
    count = min(count, (len(data) - map_offset - 4) // 12, 64)
    rows = struct.iter_unpack("<HHII", data[map_offset + 4 : map_offset + 4 + 12 * count])
    return {kind: (size, offset) for kind, _, size, offset in rows}


def _read_handles(dex: DexFile, count: int, offset: int) -> dict[int, int]:
    count = min(count, max(len(dex.data) - offset, 0) // 8, 65536)
    rows = struct.iter_unpack("<HHHH", dex.data[offset : offset + 8 * count])
    methods = len(dex.pools.methods)
    return {
        number: method for number, (kind, _, method, _) in enumerate(rows) if kind >= _FIRST_INVOKE and method < methods
    }


def _handles_of_array(data: bytes, place: int) -> list[int]:
    """Return the method handles of an encoded array, up to the first value that has no plain size."""
    return [number for kind, number in read_values(data, place, _MAX_VALUES) if kind == _METHOD_HANDLE_VALUE]
