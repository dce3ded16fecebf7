"""64-bit keys of classes, names and signatures, so that methods of several DEX files meet in plain arrays."""

from typing import Any

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint64]
# Of 64 bits, or of 32 where there are as many as references: no package has 2^31 of anything.
Numbers = npt.NDArray[np.signedinteger[Any]]

# Bits of a key table for each key.
_SPARSE = 8

_ONE = np.uint64(0x9E3779B97F4A7C15)
_TWO = np.uint64(0xBF58476D1CE4E5B9)
_THREE = np.uint64(0x94D049BB133111EB)


def mix(values: npt.NDArray[np.integer]) -> Keys:
    """Return well-spread 64-bit keys of numbers (splitmix64)."""
    keys = values.astype(np.uint64) + _ONE
    keys = (keys ^ (keys >> np.uint64(30))) * _TWO
    keys = (keys ^ (keys >> np.uint64(27))) * _THREE
    return keys ^ (keys >> np.uint64(31))


def pair(first: npt.NDArray[np.integer], second: npt.NDArray[np.integer]) -> Keys:
    """Return keys of ordered pairs."""
    return mix(mix(first) ^ (second.astype(np.uint64) * _THREE))


def pick(table: Numbers, index: npt.NDArray[np.integer], otherwise: int) -> Numbers:
    """Return table entries by index; indices outside give another value."""
    if not len(table):
        return np.full(len(index), otherwise, np.int32)
    found: Numbers = np.append(table, table.dtype.type(otherwise))[np.minimum(index.astype(np.int64), len(table))]
    return found


def sorted_unique(values: Numbers) -> Numbers:
    """Return the distinct values in order; on integers faster than numpy's own, which hashes."""
    if not len(values):
        return values
    ordered = np.sort(values)
    first = np.append(True, ordered[1:] != ordered[:-1])
    distinct: Numbers = ordered[first]
    return distinct


def group(keys: Keys) -> tuple[Keys, Numbers, Numbers]:
    """Return the distinct keys in order, where one of each stands, and for each key its place among them."""
    order = np.argsort(keys)
    ordered = keys[order]
    first = np.append(True, ordered[1:] != ordered[:-1])[: len(keys)]
    place = np.empty(len(keys), np.int64)
    place[order] = np.cumsum(first) - 1
    return ordered[first], order[first], place


def find_places(table: npt.NDArray[np.integer], wanted: npt.NDArray[np.integer]) -> Numbers:
    """Return where each wanted value stands in a sorted table, or -1."""
    if not len(table):
        return np.full(len(wanted), -1, np.int64)
    place = np.searchsorted(table, wanted)
    place[place == len(table)] = 0
    return np.where(table[place] == wanted, place, -1)


def stretch_of(table: npt.NDArray[np.integer], value: int) -> slice:
    """Return where a value stands in a sorted table."""
    # Asked in the table's own type, else all of it would be converted to find two places.
    low, high = np.searchsorted(table, np.array([value, value + 1], table.dtype)).tolist()
    return slice(low, high)


class KeyTable:
    """A sorted table of keys that tells most keys it does not hold by one look at a few of their bits."""

    __slots__ = ("_keys", "_mask", "_seen")

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        size = 1 << max(len(keys) * _SPARSE, 1).bit_length()
        self._mask = np.uint64(size - 1)
        self._seen = np.zeros(size, np.bool_)
        self._seen[(keys & self._mask).view(np.int64)] = True

    def find(self, wanted: Keys) -> tuple[Numbers, Numbers]:
        """Return which of the wanted keys the table holds, and where."""
        likely = np.flatnonzero(self._seen.take((wanted & self._mask).view(np.int64)))
        place = find_places(self._keys, wanted[likely])
        held = place >= 0
        return likely[held], place[held]
