"""Where instructions start: all bodies are walked in lock-step, one instruction of each at a time.

The walk is linear, as the runtime's verifier walks; payloads of switches and arrays are stepped over as data.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mingcha_analyzers.app.dex.opcodes import FILL_ARRAY, LENGTH_OF_UNIT, PACKED_SWITCH
from mingcha_analyzers.app.dex.values import CodeItems, Ints

# Below this many bodies a plain loop is faster than arrays.
_FEW = 256
# Bodies that have ended are taken out after so many steps only.
_STEPS = 4
_HEADER_UNITS = 8

Units = npt.NDArray[np.uint16]


@dataclass(frozen=True, slots=True, eq=False)
class Starts:
    """Units of the file where an instruction starts and the body it belongs to, sorted by body, then place.

    ``overrun`` lists bodies whose last instruction does not end with them; ``capped``: overlapping bodies claim so
    much that each unit was given to the first body that came to it.
    """

    place: Ints
    item: npt.NDArray[np.int32]
    overrun: Ints
    capped: bool


def find_starts(units: Units, items: CodeItems) -> Starts:
    """Return where the instructions of all bodies start; bodies are sorted by place."""
    if not len(items.start):
        none = np.zeros(0, np.int64)
        return Starts(none, none.astype(np.int32), none, False)
    end = items.start + items.size
    apart = bool((end[:-1] <= items.start[1:] - _HEADER_UNITS).all())
    if apart:
        marked = _march_apart(units, items.start, end)
        if marked is not None:
            counts = np.diff(np.searchsorted(marked, np.append(items.start, end[-1] + 1).astype(np.int32)))
            owner = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
            return Starts(marked, owner, np.zeros(0, np.int64), False)
    # A body may claim bytes of others, but not all of them the whole file.
    capped = int(items.size.sum()) > 2 * 2 * len(units)
    return _march_each(units, items.start, end, capped)


def _march_apart(units: Units, start: Ints, end: Ints) -> Ints | None:
    """Return the starts of bodies that do not overlap, or None when one of them overruns its end."""
    low, high = int(start[0]), int(end[-1])
    region = units[low : high + 1]
    length = LENGTH_OF_UNIT.take(region)
    # A cursor that comes to its end stays there. No other body begins so near.
    inside = end[end < low + len(length)] - low
    length[inside] = 0
    if len(inside) < len(end):
        length = np.append(length, np.uint8(0))
    mark = np.zeros(len(length) + 16, np.bool_)
    length = np.concatenate((length, np.zeros(16, np.uint8)))
    position, stop = start - low, end - low
    while len(position) > _FEW:
        for _ in range(_STEPS):
            mark[position] = True
            position = position + length.take(position)
        going = position < stop
        if (position > stop).any():
            return None
        position, stop = position[going], stop[going]
        position = _step_over_payloads(region, length, mark, position)
    lengths, words, flags = length.tobytes(), region, mark.data.cast("B")
    for cursor, last in zip(position.tolist(), stop.tolist(), strict=True):
        if _walk(lengths, words, flags, cursor, last) != last:
            return None
    mark[end - low] = False
    return np.flatnonzero(mark).astype(np.int32) + np.int32(low)


def _step_over_payloads(
    region: Units, length: npt.NDArray[np.uint8], mark: npt.NDArray[np.bool_], position: Ints
) -> Ints:
    stuck = np.flatnonzero(length.take(position) == 0)
    if len(stuck):
        mark[position[stuck]] = True
        position = position.copy()
        position[stuck] += payload_lengths(region, position[stuck])
    # A payload may lead past the mark array: its body overruns, the next check says so.
    return np.minimum(position, len(length) - 16)


def _walk(lengths: bytes, words: Units, mark: memoryview, cursor: int, end: int) -> int:
    """Mark the rest of one body; return where it stopped."""
    while cursor < end:
        mark[cursor] = 1
        step = lengths[cursor]
        cursor += step or payload_length(words, cursor)
    return cursor


def payload_length(words: Units, place: int) -> int:
    """Return the length in units of the payload at a place."""
    kind = int(words[place])
    if place + 1 >= len(words):
        return 1
    size = int(words[place + 1])
    if kind == PACKED_SWITCH:
        return size * 2 + 4
    if kind != FILL_ARRAY:
        return size * 4 + 2
    if place + 3 >= len(words):
        return 4
    count = int(words[place + 2]) | int(words[place + 3]) << 16
    return (count * size + 1) // 2 + 4


def payload_lengths(words: Units, places: Ints) -> Ints:
    """Return the lengths in units of payloads at many places."""
    last = len(words) - 1
    kind = words[places]
    size = words[np.minimum(places + 1, last)].astype(np.int64)
    count = words[np.minimum(places + 2, last)] + words[np.minimum(places + 3, last)].astype(np.int64) * 65536
    switch = np.where(kind == PACKED_SWITCH, size * 2 + 4, size * 4 + 2)
    return np.where(kind == FILL_ARRAY, (count * size + 1) // 2 + 4, switch)


def _march_each(units: Units, start: Ints, end: Ints, capped: bool) -> Starts:
    """Walk bodies that overlap or overrun: each start is kept with its body."""
    position, stop = start.copy(), end
    item = np.arange(len(start), dtype=np.int64)
    places: list[Ints] = []
    owners: list[Ints] = []
    overrun: list[Ints] = []
    seen = np.zeros(len(units) + 1 if capped else 0, np.bool_)
    claim = np.zeros(len(units) + 1 if capped else 0, np.int32)
    while len(position) > _FEW:
        if capped:
            claim[position[::-1]] = item[::-1]
            fresh = ~seen[position] & (claim[position] == item)
            position, stop, item = position[fresh], stop[fresh], item[fresh]
            seen[position] = True
        places.append(position)
        owners.append(item)
        position = position + _lengths_at(units, position)
        overrun.append(item[position > stop])
        going = position < stop
        position, stop, item = position[going], stop[going], item[going]
    tail = _walk_each(units, zip(position.tolist(), stop.tolist(), item.tolist(), strict=True), seen)
    place = np.concatenate([*places, tail[0]])
    owner = np.concatenate([*owners, tail[1]])
    order = np.lexsort((place, owner))
    late = np.unique(np.concatenate([*overrun, tail[2]]))
    return Starts(place[order], owner[order].astype(np.int32), late, capped)


def _lengths_at(units: Units, position: Ints) -> Ints:
    step = LENGTH_OF_UNIT.take(units[position]).astype(np.int64)
    payload = np.flatnonzero(step == 0)
    if len(payload):
        step[payload] = payload_lengths(units, position[payload])
    return step


def _walk_each(
    units: Units, cursors: Iterable[tuple[int, int, int]], seen: npt.NDArray[np.bool_]
) -> tuple[Ints, Ints, Ints]:
    """Walk the last few bodies one by one; ``seen`` is empty where a unit may belong to several."""
    places: list[int] = []
    owners: list[int] = []
    overrun: list[int] = []
    lengths = LENGTH_OF_UNIT.take(units).tobytes()
    taken = bytearray(seen.tobytes())
    for start, last, owner in cursors:
        place = start
        while place < last and not (taken and taken[place]):
            if taken:
                taken[place] = 1
            places.append(place)
            owners.append(owner)
            place += lengths[place] or payload_length(units, place)
        if place > last:
            overrun.append(owner)
    return np.array(places, np.int64), np.array(owners, np.int64), np.array(overrun, np.int64)
