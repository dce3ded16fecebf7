"""What a call is given, followed back through registers."""

import pytest

from analyzers.app.dex.dexbytes import body, build_dex
from mingcha_analyzers.app.dex.constants import Budget, Constant, find_arguments, read_method_code
from mingcha_analyzers.app.dex.pools import Strings
from mingcha_analyzers.app.dex.reader import read_dex

RETURN = 0x000E
# Strings of the built file: 0 is LA;, 1 is V, 2 is m0.
STRING_0, STRING_2 = (0x001A, 0), (0x001A, 2)  # const-string v0
CALL_V0, CALL_V1 = (0x1071, 0, 0x0000), (0x1071, 0, 0x0001)
RESULT_V1 = (0x010C,)
NAME = Constant(texts=(b"m0",))


@pytest.mark.parametrize(
    ("units", "offset", "expected"),
    [
        pytest.param((*STRING_2, *CALL_V0), 2, NAME, id="a text"),
        pytest.param((*STRING_0, *STRING_2, *CALL_V0), 4, NAME, id="the last one counts"),
        pytest.param((*STRING_2, 0x0107, *CALL_V1), 3, NAME, id="moved"),
        pytest.param((0x7012, *CALL_V0), 1, Constant(number=7), id="a small number"),
        pytest.param((0xF012, *CALL_V0), 1, Constant(number=-1), id="a negative number"),
        pytest.param((0x0013, 0x0400, *CALL_V0), 2, Constant(number=1024), id="a number of 16 bits"),
        pytest.param((0x0014, 0x0000, 0x0001, *CALL_V0), 3, Constant(number=65536), id="a number of 32 bits"),
        pytest.param(
            (*STRING_2, *CALL_V0, *RESULT_V1, *CALL_V1),
            6,
            Constant((b"m0",), call="LA;->m0"),
            id="what a call made of it",
        ),
        pytest.param(CALL_V0, 0, Constant(), id="a parameter"),
        pytest.param((*STRING_2, 0x0021, *CALL_V0), 3, Constant(), id="overwritten"),
    ],
)
def test_follows_an_argument(units: tuple[int, ...], offset: int, expected: Constant) -> None:
    dex = read_dex(build_dex([body((*units, RETURN))]))
    code = read_method_code(dex, Strings(dex.data, dex.pools.strings), 0, Budget())
    assert find_arguments(code, offset) == (expected,)


def test_calls_that_feed_each_other_end() -> None:
    """Each call takes 16 registers that its predecessor's result may be."""
    call = (0x1077, 0, 0x0000)  # invoke-static/range {v0 .. v15}
    results = tuple(unit for register in range(16) for unit in (*call, register << 8 | 0x0C))
    dex = read_dex(build_dex([body((*results * 20, *call, RETURN))]))
    budget = Budget()
    code = read_method_code(dex, Strings(dex.data, dex.pools.strings), 0, budget)
    find_arguments(code, len(results) * 20)
    assert budget.left >= 3_000_000 - 20_000
