"""What a method does after the user refused a permission: the paths of one body on which the answer was no.

The body is walked from its entry with the few values that matter: small numbers, the array of results, one result, and
booleans that say whether all was granted. What stands on paths after a refusal and on no other is the refused branch.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from mingcha_analyzers.app.dex.constants import Budget, MethodCode, argument_registers, method_name
from mingcha_analyzers.app.dex.flow import find_targets
from mingcha_analyzers.app.dex.opcodes import LENGTH_OF_UNIT

# Values of registers beside numbers. A result is 0 when granted; LENGTH is that of the results, 0 when cancelled.
RESULTS, RESULT, LENGTH, GRANTED, REFUSED, BOX = "results", "result", "length", "granted", "refused", "box"
Value = int | str

_LENGTHS = LENGTH_OF_UNIT.tobytes()
_MAX_STATES = 6_000
_ENDS = frozenset((0x0E, 0x0F, 0x10, 0x11, 0x27))
_GOTOS = frozenset((0x28, 0x29, 0x2A))
_TESTS = frozenset(range(0x32, 0x3E))
_INVOKES = frozenset((*range(0x6E, 0x73), *range(0x74, 0x79)))
_READS_FIRST = frozenset(
    (*_ENDS, *_GOTOS, *_TESTS, *_INVOKES, *range(0x4B, 0x52), *range(0x59, 0x60), *range(0x67, 0x6E))
)
_MOVE_RESULT = 0x0A
_WIDE_WRITES = frozenset((0x04, 0x05, 0x06, 0x0B, 0x16, 0x17, 0x18, 0x19, 0x45, 0x53, 0x61))
# Kinds of tests, in the order of their opcodes: eq, ne, lt, ge, gt, le. A length above 0 is one that is not 0.
_KINDS = 6
_SAMENESS, _ABOVE, _TAKEN_IF_SAME = frozenset((0, 1)), frozenset((4, 5)), frozenset((0, 5))

State = tuple[int, frozenset[tuple[int, Value]], bool | None]


@dataclass(frozen=True, slots=True)
class AnswerNames:
    """Patterns of the names of boolean methods that say whether permissions were granted, or refused."""

    of_grant: re.Pattern[str]
    of_refusal: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Step:
    """What is known at one instruction: values of registers, the result of the last call, the answer so far."""

    values: Mapping[int, Value]
    answer: bool | None


def find_refused(code: MethodCode, values: Mapping[int, Value], names: AnswerNames, budget: Budget) -> set[int]:
    """Return the places that are reached after a refusal and not without one.

    ``values``: what registers hold at the entry; ``names``: how methods are called that tell of the answer; ``budget``:
    states left, for all bodies of a DEX.
    """
    seen: set[State] = set()
    reached: dict[bool | None, set[int]] = {None: set(), True: set(), False: set()}
    waiting: list[tuple[int, _Step]] = [(0, _Step(dict(values), None))]
    most = min(_MAX_STATES, budget.left)
    while waiting and len(seen) < most:
        place, step = waiting.pop()
        state = (place, frozenset(step.values.items()), step.answer)
        if state in seen or place not in code.index or place + _LENGTHS[code.units[place]] > len(code.units):
            continue
        seen.add(state)
        reached[step.answer].add(place)
        waiting += _next(code, place, step, names)
    budget.left -= len(seen)
    # A walk that was cut short knows neither side.
    return set() if len(seen) >= most else reached[False] - reached[True] - reached[None]


def _next(code: MethodCode, place: int, step: _Step, names: AnswerNames) -> list[tuple[int, _Step]]:
    opcode = code.units[place] & 0xFF
    if opcode in _ENDS:
        return []
    after = place + (_LENGTHS[code.units[place]] or len(code.units))
    targets = list(find_targets(tuple(code.units), place)) if opcode in _GOTOS or 0x2B <= opcode <= 0x3D else []
    if opcode in _GOTOS:
        return [(target, step) for target in targets]
    if opcode in _TESTS:
        return _branch(code, place, step, after, targets)
    following = _written(code, place, opcode, step, names)
    return [(target, step) for target in targets if 0x2B <= opcode <= 0x2C] + [(after, following)]


def _branch(code: MethodCode, place: int, step: _Step, after: int, targets: list[int]) -> list[tuple[int, _Step]]:
    """Return both ways of a test, or the only one that its values allow."""
    unit = code.units[place]
    opcode = unit & 0xFF
    compared = opcode < 0x38
    left = step.values.get(unit >> 8 & 0xF if compared else unit >> 8)
    right: Value | None = step.values.get(unit >> 12) if compared else 0
    kind = (opcode - 0x32) % _KINDS
    if isinstance(left, int) and isinstance(right, int):
        taken = (left == right, left != right, left < right, left >= right, left > right, left <= right)[kind]
        return [(targets[0], step)] if taken else [(after, step)]
    refusal = _refused_if_equal(left, right) if kind in _SAMENESS or (left == LENGTH and kind in _ABOVE) else None
    if refusal is None:
        return [(after, step), (targets[0], step)]
    refused, other = (targets[0], after) if (kind in _TAKEN_IF_SAME) == refusal else (after, targets[0])
    keeps = step.answer is False or LENGTH in (left, right)
    return [(refused, replace(step, answer=False)), (other, step if keeps else replace(step, answer=True))]


def _refused_if_equal(left: Value | None, right: Value | None) -> bool | None:
    """Return whether equality of the two says that the user refused, None where it says nothing."""
    if isinstance(left, int):
        left, right = right, left
    if left == RESULT and right in (0, -1):
        return right == -1
    if left == LENGTH and right == 0:
        return True
    if left in (GRANTED, REFUSED) and right in (0, 1):
        return (left == GRANTED) == (right == 0)
    return None


def _written(code: MethodCode, place: int, opcode: int, step: _Step, names: AnswerNames) -> _Step:
    """Return what is known after an instruction that goes on with the next one."""
    if opcode in _READS_FIRST or opcode == 0x1F:
        return step
    unit = code.units[place]
    register = unit >> 8 & 0xF if opcode in (0x01, 0x04, 0x07, 0x12, 0x20, 0x21, 0x23) else unit >> 8
    if 0x52 <= opcode <= 0x58 or 0x7B <= opcode <= 0x8F or 0xB0 <= opcode <= 0xD7:
        register = unit >> 8 & 0xF
    if opcode in (0x03, 0x06, 0x09):
        register = code.units[place + 1]
    value = _value(code, place, opcode, step, names)
    values = dict(step.values)
    values.pop(register, None)
    if opcode in _WIDE_WRITES:
        values.pop(register + 1, None)
    if value is not None:
        values[register] = value
    return _Step(values, step.answer)


def _value(code: MethodCode, place: int, opcode: int, step: _Step, names: AnswerNames) -> Value | None:
    unit = code.units[place]
    if opcode == 0x12:
        return (unit >> 12) - 16 if unit >> 15 else unit >> 12
    if opcode == 0x13:
        return code.units[place + 1] - 0x10000 if code.units[place + 1] > 0x7FFF else code.units[place + 1]
    if opcode in (0x01, 0x07):
        return step.values.get(unit >> 12)
    if opcode in (0x02, 0x08):
        return step.values.get(code.units[place + 1])
    if opcode == 0x21 and step.values.get(unit >> 12) == RESULTS:
        return LENGTH
    if opcode == 0x44 and step.values.get(code.units[place + 1] & 0xFF) == RESULTS:
        return RESULT
    if opcode in (0x0A, 0x0C):
        return _result(code, place, step, names)
    return None


def _result(code: MethodCode, place: int, step: _Step, names: AnswerNames) -> Value | None:
    """Return what the call before gives: an answer about permissions, or a part of one."""
    number = code.index[place] - 1
    if number < 0 or code.units[code.places[number]] & 0xFF not in _INVOKES:
        return None
    called = code.places[number]
    name = (method_name(code.pools, code.strings, code.units[called + 1]) or "").rpartition("->")[2]
    given = {step.values.get(register) for register in argument_registers(code.units, called)}
    if name in ("checkSelfPermission", "checkPermission"):
        return RESULT
    if BOX in given:
        # A Boolean, or a map of them: what it contains is asked for as refused.
        return REFUSED if name == "containsValue" else GRANTED if name == "booleanValue" else BOX
    if names.of_refusal.search(name):
        return REFUSED
    says = names.of_grant.search(name) or (RESULTS in given and code.units[place] & 0xFF == _MOVE_RESULT)
    return GRANTED if says else None
