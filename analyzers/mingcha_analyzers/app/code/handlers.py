"""Which code runs only after an exception was caught.

A handler begins where it takes the exception, or where no other code leads to; it is followed in a straight line, to
where it leaves or where other code comes in. What a branch inside it leads to is left out, so that nothing else is
taken for it. Bodies with switches are searched for the first kind of beginning only.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mingcha_analyzers.app.code.hashing import Numbers
from mingcha_analyzers.app.dex.values import DexFile

_NOP, _MOVE_EXCEPTION = 0x00, 0x0D
_SWITCHES = (0x2B, 0x2C)
_GOTO, _GOTO_16, _GOTO_32 = 0x28, 0x29, 0x2A
_LEAVES = np.zeros(256, np.bool_)
_LEAVES[[0x0E, 0x0F, 0x10, 0x11, 0x27, _GOTO, _GOTO_16, _GOTO_32]] = True
_SHORT_BRANCH = np.zeros(256, np.bool_)
_SHORT_BRANCH[[_GOTO_16, *range(0x32, 0x3E)]] = True

Units = npt.NDArray[np.uint16]
Opcodes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Handlers:
    """Stretches of the file's code units, sorted; ``high`` is exclusive."""

    low: Numbers
    high: Numbers

    def cover(self, place: Numbers) -> npt.NDArray[np.bool_]:
        """Return which places (units of the file) are in a handler."""
        if not len(self.low):
            return np.zeros(len(place), np.bool_)
        if (place[1:] >= place[:-1]).all():
            return self._cover_sorted(place)
        number = np.searchsorted(self.low, place, side="right") - 1
        return (number >= 0) & (self.high[np.maximum(number, 0)] > place)

    def _cover_sorted(self, place: Numbers) -> npt.NDArray[np.bool_]:
        """Return the same of places in order, by looking up the few ends among the many places."""
        ends = np.stack((self.low, self.high)).astype(place.dtype)
        first, last = np.searchsorted(place, ends)
        opened = np.bincount(first, minlength=len(place) + 1) - np.bincount(last, minlength=len(place) + 1)
        covered: npt.NDArray[np.bool_] = np.cumsum(opened)[: len(place)] > 0
        return covered


def find_handlers(dex: DexFile) -> Handlers:
    """Return the handlers of one DEX."""
    units = np.frombuffer(dex.data, "<u2", len(dex.data) // 2)
    places = dex.places.astype(np.int32)
    if (places[1:] < places[:-1]).any():
        places.sort()
    opcode = units.take(places).astype(np.uint8)
    leaving = _LEAVES.take(opcode)
    joins = np.append(_targets(units, places, opcode), np.iinfo(np.int32).max)
    joins.sort()
    begins = opcode == _MOVE_EXCEPTION
    begins[_unled(dex, places, opcode, leaving, joins)] = True
    low = places[begins]
    if not len(low):
        return Handlers(low, low)
    leaves = places[leaving]
    ends = np.searchsorted(leaves, low)
    high = np.where(ends < len(leaves), leaves[np.minimum(ends, len(leaves) - 1)], low) if len(leaves) else low
    return Handlers(low, np.minimum(high + 1, joins[np.searchsorted(joins, low, side="right")]))


def _targets(units: Units, places: Numbers, opcode: Opcodes) -> Numbers:
    """Return where jumps and conditional branches lead to."""
    near, wide = places[opcode == _GOTO], places[opcode == _GOTO_32]
    far = places[_SHORT_BRANCH.take(opcode)]
    last = len(units) - 1
    word = units.take(np.minimum(far + 1, last)).astype(np.int16)
    double = units.take(np.minimum(wide + 1, last)) | units.take(np.minimum(wide + 2, last)).astype(np.int64) << 16
    step = (units.take(near) >> 8).astype(np.uint8).astype(np.int8)
    return np.concatenate((near + step, far + word, wide + double.astype(np.int32)))


def _unled(dex: DexFile, places: Numbers, opcode: Opcodes, leaving: npt.NDArray[np.bool_], joins: Numbers) -> Numbers:
    """Return which places follow one that leaves and are led to by no branch: the runtime alone comes there."""
    after = np.flatnonzero(leaving[:-1]) + 1
    after = after[opcode[after] != _NOP]
    at = places[after]
    led = joins[np.searchsorted(joins, at)] == at
    body = np.searchsorted(dex.items.start, at, side="right") - 1
    switching = np.zeros(len(dex.items.start), np.bool_)
    switches = places[(opcode == _SWITCHES[0]) | (opcode == _SWITCHES[1])]
    switching[np.maximum(np.searchsorted(dex.items.start, switches, side="right") - 1, 0)] = True
    inside = (body >= 0) & (dex.items.start[np.maximum(body, 0)] != at)
    found: Numbers = after[inside & ~led & ~switching[np.maximum(body, 0)]]
    return found
