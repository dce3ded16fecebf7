"""64-bit keys of classes, names and signatures, so that methods of several DEX files meet in plain arrays."""

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]

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


def sorted_unique(values: Numbers) -> Numbers:
    """Return the distinct values in order; on integers faster than numpy's own, which hashes."""
    if not len(values):
        return values
    ordered = np.sort(values)
    first = np.append(True, ordered[1:] != ordered[:-1])
    distinct: Numbers = ordered[first]
    return distinct


def find_places(table: npt.NDArray[np.integer], wanted: npt.NDArray[np.integer]) -> Numbers:
    """Return where each wanted value stands in a sorted table, or -1."""
    if not len(table):
        return np.full(len(wanted), -1, np.int64)
    place = np.searchsorted(table, wanted)
    place[place == len(table)] = 0
    return np.where(table[place] == wanted, place, -1)
