"""Which code runs only after an exception was caught.

A handler begins where it takes the exception and is followed in a straight line, to where it leaves or where other code
comes in. What a branch inside it leads to is left out, so that nothing else is taken for it.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mingcha_analyzers.app.code.hashing import Numbers
from mingcha_analyzers.app.dex.values import DexFile

_MOVE_EXCEPTION = 0x0D
_LEAVES = np.zeros(256, np.bool_)
_LEAVES[[0x0E, 0x0F, 0x10, 0x11, 0x27, 0x28, 0x29, 0x2A]] = True
_GOTO, _GOTO_16 = 0x28, 0x29
_SHORT_BRANCH = np.zeros(256, np.bool_)
_SHORT_BRANCH[[_GOTO_16, *range(0x32, 0x3E)]] = True


@dataclass(frozen=True, slots=True, eq=False)
class Handlers:
    """Stretches of the file's code units, sorted; ``high`` is exclusive."""

    low: Numbers
    high: Numbers

    def cover(self, place: Numbers) -> npt.NDArray[np.bool_]:
        """Return which places (units of the file) are in a handler."""
        if not len(self.low):
            return np.zeros(len(place), np.bool_)
        number = np.searchsorted(self.low, place, side="right") - 1
        return (number >= 0) & (self.high[np.maximum(number, 0)] > place)


def find_handlers(dex: DexFile) -> Handlers:
    """Return the handlers of one DEX."""
    units = np.frombuffer(dex.data, "<u2", len(dex.data) // 2)
    places = np.sort(dex.places) if len(dex.places) and (np.diff(dex.places) < 0).any() else dex.places
    opcode = units.take(places).astype(np.uint8)
    low = places[opcode == _MOVE_EXCEPTION]
    if not len(low):
        return Handlers(low, low)
    leaves = places[_LEAVES.take(opcode)]
    ends = np.searchsorted(leaves, low)
    high = np.where(ends < len(leaves), leaves[np.minimum(ends, len(leaves) - 1)], low) if len(leaves) else low
    joins = np.append(_targets(units, places, opcode), np.iinfo(np.int64).max)
    joins.sort()
    return Handlers(low, np.minimum(high + 1, joins[np.searchsorted(joins, low, side="right")]))


def _targets(units: npt.NDArray[np.uint16], places: Numbers, opcode: npt.NDArray[np.uint8]) -> Numbers:
    """Return where jumps and conditional branches lead to."""
    near = places[opcode == _GOTO]
    far = places[_SHORT_BRANCH.take(opcode)]
    word = units.take(np.minimum(far + 1, len(units) - 1)).astype(np.int16)
    return np.concatenate((near + (units.take(near) >> 8).astype(np.uint8).astype(np.int8), far + word))
