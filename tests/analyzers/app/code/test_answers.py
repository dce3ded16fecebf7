"""Which stretches of a method run after the user refused a permission, and on no other way."""

import re

import pytest

from analyzers.app.dex.dexbytes import body, build_dex
from mingcha_analyzers.app.code.answers import GRANTED, RESULTS, AnswerNames, Value, find_refused
from mingcha_analyzers.app.dex.constants import Budget, read_method_code
from mingcha_analyzers.app.dex.pools import Strings
from mingcha_analyzers.app.dex.reader import read_dex

RETURN = 0x000E
NOP_GRANTED = NOP_REFUSED = 0x0000
FIRST_RESULT = (0x0044, 0x0201)  # aget v0, v1, v2: one of the results in v1
NAMES = AnswerNames(re.compile("^has.*Permission"), re.compile("^isDenied"))


def if_zero(register: int, offset: int) -> tuple[int, int]:
    return register << 8 | 0x38, offset


def if_not_zero(register: int, offset: int) -> tuple[int, int]:
    return register << 8 | 0x39, offset


def small(register: int, value: int) -> int:
    return value << 12 | register << 8 | 0x12


@pytest.mark.parametrize(
    ("units", "values", "expected"),
    [
        pytest.param(
            (*FIRST_RESULT, *if_zero(0, 3), NOP_REFUSED, RETURN), {1: RESULTS}, {4}, id="a result that is not 0"
        ),
        pytest.param(
            (*FIRST_RESULT, *if_not_zero(0, 3), NOP_GRANTED, RETURN), {1: RESULTS}, set(), id="the other branch goes on"
        ),
        pytest.param((*if_not_zero(1, 3), NOP_REFUSED, RETURN), {1: GRANTED}, {2}, id="a boolean told to a listener"),
        pytest.param((*if_zero(1, 3), NOP_GRANTED, RETURN), {1: GRANTED}, set(), id="the branch of the granted"),
        pytest.param((*if_zero(1, 3), NOP_GRANTED, RETURN), {}, set(), id="a test of something else"),
        pytest.param(
            # ok = 1; if (result != 0) ok = 0; if (ok == 0) { refused }
            (small(3, 1), *FIRST_RESULT, *if_zero(0, 3), small(3, 0), *if_not_zero(3, 3), NOP_REFUSED, RETURN),
            {1: RESULTS},
            {5, 8},
            id="a flag carries the answer",
        ),
        pytest.param(
            # if (length != 0 && result == 0) granted; else refused
            (0x1021, *if_zero(0, 8), *FIRST_RESULT, *if_not_zero(0, 4), NOP_GRANTED, RETURN, NOP_REFUSED, RETURN),
            {1: RESULTS},
            {9, 10},
            id="a request that was cancelled is refused, too",
        ),
    ],
)
def test_finds_what_follows_a_refusal(units: tuple[int, ...], values: dict[int, Value], expected: set[int]) -> None:
    dex = read_dex(build_dex([body(units)]))
    code = read_method_code(dex, Strings(dex.data, dex.pools.strings), 0, Budget())
    assert find_refused(code, values, NAMES, Budget(1_000)) == expected


def test_a_body_with_too_many_ways_tells_nothing() -> None:
    """Each test of an unknown value sets a flag or not, so that the ways double with each."""
    step = [unit for flag in range(3, 15) for unit in (*if_zero(2, 3), small(flag, 1))]
    code_units = (*step, *FIRST_RESULT, *if_zero(0, 3), NOP_REFUSED, RETURN)
    dex = read_dex(build_dex([body(code_units)]))
    code = read_method_code(dex, Strings(dex.data, dex.pools.strings), 0, Budget())
    assert find_refused(code, {1: RESULTS}, NAMES, Budget(1_000)) == set()
