"""Class data of a DEX in bulk: every ULEB128 of the region is decoded at once, then classes pick their own.

A class starts at the offset its definition gives, whatever lies between two items.
"""

import struct
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mingcha_analyzers.app.dex.values import Damage, Definitions, Ints, Pools

_MAP_ITEM = 12
_MAX_MAP_ITEMS = 64


@dataclass(frozen=True, slots=True, eq=False)
class _Tokens:
    """Numbers of the region: where each begins (in the file), its value and whether it is a legal ULEB128."""

    start: Ints
    value: Ints
    legal: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class _Items:
    """Class data items: the class definition, its first token and its four counts (columns)."""

    class_def: Ints
    token: Ints
    counts: Ints


def read_definitions(data: bytes, pools: Pools) -> tuple[Definitions, Ints, list[Damage]]:
    """Return the methods classes define (``item`` still -1), their code offsets, and what was unreadable."""
    offsets = pools.class_defs[:, 6].astype(np.int64)
    owners = np.flatnonzero((offsets > 0) & (offsets < len(data)))
    damage = _count_damage("dex_class_data_outside", offsets[offsets >= len(data)])
    if not len(owners):
        return _no_definitions(), np.zeros(0, np.int64), damage
    places, first = np.unique(offsets[owners], return_index=True)
    # Several classes on one item: the first keeps it.
    damage += _count_damage("dex_class_data_shared", np.delete(offsets[owners], first))
    end = _hinted_end(data, pools.map_offset, int(places[-1]))
    tokens = _read_tokens(data, places, end)
    items, lost = _read_items(tokens, places, owners[first])
    if end < len(data) and len(lost):
        tokens = _read_tokens(data, places, len(data))
        items, lost = _read_items(tokens, places, owners[first])
    damage += _count_damage("dex_class_data", lost)
    definitions, code, more = _read_methods(tokens, items, len(pools.methods))
    return definitions, code, damage + more


def _no_definitions() -> Definitions:
    empty = np.zeros(0, np.int64)
    return Definitions(empty, empty, empty, empty)


def _count_damage(reason: str, offsets: Ints) -> list[Damage]:
    return [Damage(reason, int(offsets.min()), len(offsets))] if len(offsets) else []


def _hinted_end(data: bytes, map_offset: int, last: int) -> int:
    """Return where the map says that the section after the last class data begins; the file's end without one."""
    if not 0 < map_offset <= len(data) - 4:
        return len(data)
    (count,) = struct.unpack_from("<I", data, map_offset)
    end = len(data)
    for number in range(min(count, _MAX_MAP_ITEMS)):
        place = map_offset + 4 + number * _MAP_ITEM
        if place + _MAP_ITEM > len(data):
            break
        (offset,) = struct.unpack_from("<I", data, place + 8)
        if last < offset < end:
            end = offset
    return end


def _read_tokens(data: bytes, places: Ints, end: int) -> _Tokens:
    low = int(places[0])
    region = np.frombuffer(data, np.uint8, end - low, low)
    ends = np.flatnonzero(region < 0x80)
    start = np.empty_like(ends)
    if len(ends):
        start[0] = 0
        start[1:] = ends[:-1] + 1
        token = np.searchsorted(ends, places - low)
        inside = token < len(ends)
        start[token[inside]] = (places - low)[inside]
    length = ends - start + 1
    value = (region[start] & 0x7F).astype(np.int64)
    legal = length <= 5
    for byte in range(1, 5):
        longer = np.flatnonzero(length > byte)
        if not len(longer):
            break
        part = region[start[longer] + byte].astype(np.int64)
        if byte == 4:
            legal[longer[part > 0x0F]] = False
        value[longer] |= (part & 0x7F) << (7 * byte)
    return _Tokens(start + low, value, legal)


def _read_items(tokens: _Tokens, places: Ints, owners: Ints) -> tuple[_Items, Ints]:
    """Return the items that fit, and the offsets of those that do not."""
    total = len(tokens.start)
    token = np.searchsorted(tokens.start, places)
    whole = np.flatnonzero(token + 4 <= total)
    token, owners = token[whole], owners[whole]
    counts = tokens.value[token[:, None] + np.arange(4)]
    legal = tokens.legal[token[:, None] + np.arange(4)].all(axis=1)
    need = 4 + 2 * (counts[:, 0] + counts[:, 1]) + 3 * (counts[:, 2] + counts[:, 3])
    good = legal & (token + need <= total)
    # Items that overlap could each claim the rest of the region: their sum may not exceed its numbers.
    good &= np.cumsum(np.where(good, need, 0)) <= total + 4 * len(places)
    kept = whole[good]
    lost = np.delete(places, kept)
    return _Items(owners[good], token[good], counts[good]), lost


def _read_methods(tokens: _Tokens, items: _Items, method_count: int) -> tuple[Definitions, Ints, list[Damage]]:
    direct, virtual = items.counts[:, 2], items.counts[:, 3]
    first = items.token + 4 + 2 * (items.counts[:, 0] + items.counts[:, 1])
    # Lists of methods: the direct ones of a class, then the virtual ones; numbers start anew in each.
    list_start = np.column_stack((first, first + 3 * direct)).ravel()
    list_size = np.column_stack((direct, virtual)).ravel()
    total = int(list_size.sum())
    if not total:
        return _no_definitions(), np.zeros(0, np.int64), []
    before = np.cumsum(list_size) - list_size
    token = np.repeat(list_start - 3 * before, list_size) + 3 * np.arange(total)
    difference = tokens.value[token]
    running = np.cumsum(difference)
    base = np.where(before > 0, running[np.minimum(np.maximum(before - 1, 0), total - 1)], 0)
    method = running - np.repeat(base, list_size)
    class_def = np.repeat(np.repeat(items.class_def, 2), list_size)
    legal = tokens.legal[token] & tokens.legal[token + 1] & tokens.legal[token + 2] & (method < method_count)
    damage = _count_damage("dex_method_number", tokens.start[token[~legal]])
    token = token[legal]
    access, code = tokens.value[token + 1], tokens.value[token + 2]
    definitions = Definitions(method[legal], class_def[legal], access, np.full(len(token), -1, np.int64))
    return definitions, code, damage
