"""Prototypes of the methods of one DEX: keys that compare over files, and descriptors to print.

Kept as two short columns, so that the file's bytes are not needed once it was read.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from mingcha_analyzers.app.code.hashing import Keys, Numbers, mix, pick
from mingcha_analyzers.app.dex.names import decode_mutf8
from mingcha_analyzers.app.dex.values import Pools

# A method has at most 255 parameter words.
POWERS = mix(np.arange(256)) | np.uint64(1)
# A method has no more parameters, and no class so many interfaces.
_MAX_LIST = 255


class Prototypes:
    """What each prototype takes and returns; ``types`` are numbers of the program's ``classes``."""

    __slots__ = ("_begin", "_classes", "_parameters", "_returns", "_types")

    def __init__(self, data: bytes, pools: Pools, types: Numbers, classes: Sequence[bytes]) -> None:
        self._classes = classes
        self._types = types
        self._returns = pools.protos[:, 1].copy()
        owner, _, kind = read_type_lists(data, pools.protos[:, 2].astype(np.int64))
        self._parameters = kind.astype(np.uint16)
        # Places of the lists one after the other; those of a prototype without one begin and end at once.
        self._begin = np.zeros(len(self._returns) + 1, np.int32)
        np.cumsum(np.bincount(owner, minlength=len(self._returns)), out=self._begin[1:])

    def __len__(self) -> int:
        return len(self._returns)

    def keys(self) -> Keys:
        """Return a key for each: its return type and the types of its parameters in order."""
        return self.keys_of(lambda types: mix(pick(self._types, types, 0)))

    def keys_of(self, key_of: Callable[[npt.NDArray[np.unsignedinteger[Any]]], Keys]) -> Keys:
        """Return a key for each, made of the keys of types by their index."""
        keys = key_of(self._returns)
        size = np.diff(self._begin)
        filled = np.flatnonzero(size)
        if len(filled):
            place = np.arange(len(self._parameters)) - np.repeat(self._begin[:-1], size)
            value = key_of(self._parameters) * POWERS[place & 0xFF]
            keys[filled] += np.add.reduceat(value, self._begin[filled])
        return keys

    def returned(self, otherwise: int) -> Numbers:
        """Return the class that each returns; for a type outside the table, another number."""
        return pick(self._types, self._returns, otherwise)

    def descriptor(self, number: int) -> str:
        """Return one as ``(parameters)return``, empty for a number outside."""
        if number >= len(self):
            return ""
        parameters = self._parameters[self._begin[number] : self._begin[number + 1]].tolist()
        return f"({''.join(map(self._text, parameters))}){self._text(int(self._returns[number]))}"

    def _text(self, kind: int) -> str:
        return decode_mutf8(self._classes[int(self._types[kind])]) if kind < len(self._types) else "?"


def read_type_lists(data: bytes, offsets: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return all entries of the lists at these offsets (0: none): whose list, place in it, index of the type."""
    words = np.frombuffer(data, "<u2", len(data) // 2)
    none = np.zeros(0, np.int64)
    listed = np.flatnonzero((offsets > 0) & (offsets % 4 == 0) & (offsets + 4 <= len(data)))
    if not len(listed):
        return none, none, none
    start = offsets[listed] // 2
    size = words[start].astype(np.int64) | words[start + 1].astype(np.int64) << 16
    fits = (start + 2 + size <= len(words)) & (size <= _MAX_LIST)
    # Lists may be shared, but not so often that a small file gives billions of entries.
    fits &= np.cumsum(np.where(fits, size, 0)) <= len(data)
    listed, start, size = listed[fits], start[fits], size[fits]
    total = int(size.sum())
    place = np.arange(total) - np.repeat(np.cumsum(size) - size, size)
    return np.repeat(listed, size), place, words[np.repeat(start + 2, size) + place].astype(np.int64)
