"""Branches on what a call or a static field gave, and which code each of them decides on."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mingcha_analyzers.app.code.flags import load_flag_words
from mingcha_analyzers.app.code.hashing import Keys, Numbers, pair
from mingcha_analyzers.app.code.program import DexPart, Program
from mingcha_analyzers.app.dex import opcodes
from mingcha_analyzers.app.dex.opcodes import LENGTH_OF_UNIT
from mingcha_analyzers.app.dex.values import DexFile

_GET_BOOLEAN = 0x63
_MOVE_RESULT = 0x0A
_RETURNS = (0x0E, 0x0F, 0x10, 0x11, 0x27)
_GOTO, _GOTO_16 = 0x28, 0x29
# Branches on one register, and on two.
_IF_ONE, _IF_TWO = (0x38, 0x3D), (0x32, 0x37)
# So many instructions after a read its test is looked for.
_TEST_WITHIN = 6


@dataclass(frozen=True, slots=True, eq=False)
class Tests:
    """Branches on a value: the node, what it guards (offsets, end exclusive), and where the value came from.

    ``target``: number of the called method, ``field``: key of the static field (one of the two is -1 or 0); ``site``:
    place of the call or the read in the node; ``index``: place of the method or field in the file's pool.
    """

    node: Numbers
    low: Numbers
    high: Numbers
    target: Numbers
    field: Keys
    site: Numbers
    index: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Sites:
    """References with the node they stand in; a body that several methods share is there for each."""

    node: Numbers
    opcode: npt.NDArray[np.uint8]
    kind: npt.NDArray[np.uint8]
    offset: Numbers
    index: Numbers
    place: Numbers


def field_keys(part: DexPart, index: Numbers) -> Keys:
    """Return keys of fields by class; the name is that of this file, so only within it."""
    fields = part.pools.fields[index]
    class_ = np.minimum(fields["class"].astype(np.int64), max(len(part.type_class) - 1, 0))
    if not len(index):
        return np.zeros(0, np.uint64)
    used, inverse = np.unique(fields["name"].astype(np.int64), return_inverse=True)
    # Names differ in number from file to file: their bytes make the key.
    names = np.array([hash_bytes(name) for name in part.strings.many(used)], np.uint64)
    return pair(part.type_class[class_], names[inverse])


def hash_bytes(name: bytes) -> int:
    """Return a 64-bit number of bytes that is the same in every process."""
    value = 0xCBF29CE484222325
    for byte in name[:64]:
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value


def read_tests(
    program: Program, part: DexPart, dex: DexFile, size: Numbers, sites: Sites, base: int, targets: int
) -> Tests:
    """Return the branches on what a method gave as a boolean, or as a stored number, and on static booleans.

    ``size``: of each node's body; ``base``: nodes before this DEX; ``targets``: method numbers before it.
    """
    units = np.frombuffer(dex.data, "<u2", len(dex.data) // 2)
    last = len(units) - 1
    called = np.flatnonzero(sites.kind == opcodes.METHOD)
    called = called[_testable(program, part)[sites.index[called]]]
    result = units[np.minimum(sites.place[called] + 3, last)]
    taken = (result & 0xFF) == _MOVE_RESULT
    called, result = called[taken], result[taken]
    read = np.flatnonzero(sites.opcode == _GET_BOOLEAN)
    site = np.concatenate((called, read))
    register = np.concatenate((result >> 8, units[np.minimum(sites.place[read], last)] >> 8))
    start = np.concatenate((sites.place[called] + 4, sites.place[read] + 2))
    branch = _find_branch(units, start, register)
    tested = np.flatnonzero(branch >= 0)
    is_call = tested < len(called)
    target = np.where(is_call, sites.index[site[tested]] + targets, -1)
    field = np.zeros(len(tested), np.uint64)
    field[~is_call] = field_keys(part, sites.index[site[tested[~is_call]]])
    site, branch = site[tested], branch[tested]
    node = sites.node[site]
    body = sites.place[site] - sites.offset[site]
    low, middle, high = (place - body for place in _guarded_ranges(units, dex.places, branch, body + size[node - base]))
    twice = (np.concatenate((each, each)) for each in (node, target, field, sites.offset[site], sites.index[site]))
    node, target, field, offset, index = twice
    return Tests(node, np.concatenate((low, middle)), np.concatenate((middle, high)), target, field, offset, index)


def _testable(program: Program, part: DexPart) -> npt.NDArray[np.bool_]:
    """Return by method of the pool whether a branch on its result is looked for."""
    testable: npt.NDArray[np.bool_] = part.method_returns == program.classes.numbers.get(b"Z", -1)
    for class_, name in load_flag_words().stored_numbers:
        number = program.classes.numbers.get(class_, -1), program.names.numbers.get(name, -1)
        testable |= (part.method_class == number[0]) & (part.method_name == number[1])
    return testable


def _find_branch(units: npt.NDArray[np.uint16], start: Numbers, register: npt.NDArray[np.uint16]) -> Numbers:
    """Return where the register is compared within the next instructions, or -1."""
    last = len(units) - 2
    place = np.minimum(start, last)
    branch = np.full(len(start), -1, np.int64)
    for _ in range(_TEST_WITHIN):
        unit = units[place]
        opcode = unit & 0xFF
        one = (opcode >= _IF_ONE[0]) & (opcode <= _IF_ONE[1]) & (unit >> 8 == register)
        two = (opcode >= _IF_TWO[0]) & (opcode <= _IF_TWO[1])
        two &= (unit >> 12 == register) | (unit >> 8 & 0xF == register)
        hit = (branch < 0) & (one | two)
        branch[hit] = place[hit]
        place = np.minimum(place + LENGTH_OF_UNIT[unit], last)
    return branch


def _guarded_ranges(
    units: npt.NDArray[np.uint16], places: Numbers, branch: Numbers, end: Numbers
) -> tuple[Numbers, Numbers, Numbers]:
    """Return what a branch guards: from just after it to its target, and on to a third place.

    Where the code before the target returns or jumps on, what follows the target runs on one side only as well.
    """
    if not len(branch):
        return branch, branch, branch
    target = branch + units[branch + 1].astype(np.int16)
    forward = (target > branch) & (target <= end)
    target = np.where(forward, target, branch + 2)
    before = places[np.maximum(np.searchsorted(places, target) - 1, 0)]
    opcode = units[before] & 0xFF
    high = target.copy()
    leaves = forward & np.isin(opcode, _RETURNS) & (before > branch)
    high[leaves] = end[leaves]
    near = np.where(opcode == _GOTO, before + (units[before] >> 8).astype(np.uint8).astype(np.int8), -1)
    word = units[np.minimum(before + 1, len(units) - 1)].astype(np.int16)
    near = np.where(opcode == _GOTO_16, before + word, near)
    jumps = forward & (near > target) & (near <= end)
    high[jumps] = near[jumps]
    return branch + 2, target, high
