"""A DEX file read as a whole: definitions, bodies and every reference of its code, as arrays.

Only ``DexError`` leaves this module. What is damaged is counted and located, the rest is read.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from mingcha_analyzers.app.dex import opcodes
from mingcha_analyzers.app.dex.classdata import read_definitions
from mingcha_analyzers.app.dex.flow import find_flow_starts
from mingcha_analyzers.app.dex.names import DexError
from mingcha_analyzers.app.dex.pools import HEADER_SIZE_041, find_checksum_damage, read_pools, read_version
from mingcha_analyzers.app.dex.sweep import Starts, Units, find_starts
from mingcha_analyzers.app.dex.values import CodeItems, Damage, DexFile, Ints, Pools, References

__all__ = ["DexError", "find_headers", "read_dex"]

_MAX_CONTAINER = 64
_CODE_HEADER = 16
_SENTINEL = np.iinfo(np.int32).max
# Bodies read by control flow cost a plain loop each; so many units of them are looked at.
_FLOW_UNITS = 1_000_000


def find_headers(data: bytes) -> Iterator[int]:
    """Yield the place of each header: one, except in version 041, where a file may hold several.

    Raises:
        DexError: there is no header at a place where one must be.
    """
    position = 0
    for _ in range(_MAX_CONTAINER):
        version = read_version(data, position)
        yield position
        size = int.from_bytes(data[position + 32 : position + 36], "little")
        position += size
        if version != "041" or size < HEADER_SIZE_041 or position + HEADER_SIZE_041 > len(data):
            return


def read_dex(data: bytes, at: int = 0) -> DexFile:
    """Return the DEX whose header stands at a place.

    Raises:
        DexError: the file is no DEX, of an unknown version, or its tables lie outside it.
    """
    version = read_version(data, at)
    pools = read_pools(data, at)
    damage = find_checksum_damage(data, at, version)
    definitions, code, more = read_definitions(data, pools)
    damage += more
    items, item, more = _read_items(data, code)
    damage += more
    definitions = replace(definitions, item=item)
    units: Units = np.frombuffer(data, "<u2", len(data) // 2)
    starts = find_starts(units, items)
    starts, more = _redo_damaged(data, units, items, starts)
    damage += more
    references, lost = _read_references(units, pools, items, starts)
    damage += lost
    return DexFile(data, version, pools, definitions, items, references, starts.place, tuple(damage))


def _read_items(data: bytes, code: Ints) -> tuple[CodeItems, Ints, list[Damage]]:
    """Return the bodies inside the file and, for each definition, its body or -1."""
    item = np.full(len(code), -1, np.int64)
    present = np.flatnonzero(code)
    offset, inverse = np.unique(code[present], return_inverse=True)
    fits = (offset % 4 == 0) & (offset + _CODE_HEADER <= len(data))
    words = np.frombuffer(data, "<u4", len(data) // 4)
    size = np.zeros(len(offset), np.int64)
    size[fits] = words[offset[fits] // 4 + 3]
    fits &= (size > 0) & (offset + _CODE_HEADER + 2 * size <= len(data))
    damage = [Damage("dex_code_item", int(offset[~fits][0]), int((~fits).sum()))] if not fits.all() else []
    number = np.where(fits, np.cumsum(fits) - 1, -1)
    item[present] = number[inverse]
    return CodeItems((offset[fits] + _CODE_HEADER) // 2, size[fits]), item, damage


def _redo_damaged(data: bytes, units: Units, items: CodeItems, starts: Starts) -> tuple[Starts, list[Damage]]:
    """Walk by control flow the bodies whose linear walk lost step."""
    damage = [Damage("dex_code_overlaps", int(items.start[0]) * 2, len(items.start))] if starts.capped else []
    opcode = units[starts.place].astype(np.uint8)
    unassigned = opcodes.KIND_OF_OPCODE.take(opcode) == opcodes.UNASSIGNED
    if not unassigned.any() and not len(starts.overrun):
        return starts, damage
    bad = np.unique(np.concatenate((starts.item[unassigned], starts.overrun)).astype(np.int64))
    damage.append(Damage("dex_code_lost_step", int(items.start[bad[0]]) * 2, len(bad)))
    keep = ~np.isin(starts.item, bad)
    places, owners = [starts.place[keep]], [starts.item[keep]]
    budget = _FLOW_UNITS
    for number in bad.tolist():
        start, size = int(items.start[number]), int(items.size[number])
        budget -= size
        if budget < 0:
            break
        tries = int(units[start - 5])
        found = np.array(find_flow_starts(data, start * 2, size, tries), np.int64) + start
        places.append(found)
        owners.append(np.full(len(found), number, np.int32))
    place, owner = np.concatenate(places), np.concatenate(owners)
    order = np.lexsort((place, owner))
    return Starts(place[order], owner[order], starts.overrun, starts.capped), damage


def _read_references(units: Units, pools: Pools, items: CodeItems, starts: Starts) -> tuple[References, list[Damage]]:
    opcode = units.take(starts.place).astype(np.uint8)
    kind = opcodes.KIND_OF_OPCODE.take(opcode)
    chosen = np.flatnonzero(kind)
    place, opcode, kind = starts.place[chosen], opcode[chosen], kind[chosen]
    item = starts.item[chosen]
    index = units.take(np.minimum(place + 1, len(units) - 1)).astype(np.uint32)
    jumbo = np.flatnonzero(opcode == opcodes.CONST_STRING_JUMBO)
    if len(jumbo):
        index[jumbo] |= units[np.minimum(place[jumbo] + 2, len(units) - 1)].astype(np.uint32) << 16
    legal = index < _limits(pools).take(kind)
    # An instruction that its body cuts off refers to nothing.
    legal &= place + opcodes.LENGTH_OF_OPCODE.take(opcode) <= (items.start + items.size).astype(np.int32)[item]
    damage: list[Damage] = []
    if not legal.all():
        damage = [Damage("dex_reference", int(place[~legal][0]) * 2, int((~legal).sum()))]
        place, opcode, kind, item, index = place[legal], opcode[legal], kind[legal], item[legal], index[legal]
    offset = place.astype(np.int32) - items.start.astype(np.int32)[item]
    return References(opcode, kind, item, offset, index.astype(np.int32)), damage


def _limits(pools: Pools) -> npt.NDArray[np.uint32]:
    """Return, by kind of reference, the size of the table that its index points into."""
    limits = np.zeros(256, np.uint32)
    limits[opcodes.METHOD] = len(pools.methods)
    limits[opcodes.STRING] = min(len(pools.strings), _SENTINEL)
    limits[[opcodes.FIELD_GET, opcodes.FIELD_PUT]] = len(pools.fields)
    limits[[opcodes.NEW, opcodes.CLASS, opcodes.TYPE]] = len(pools.types)
    limits[opcodes.PROTO] = len(pools.protos)
    # Their tables are named by the map alone and checked where they are read.
    limits[[opcodes.CALL_SITE, opcodes.HANDLE]] = 65536
    return limits
