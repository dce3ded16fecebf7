"""Strings of a DEX, one by one and many at once."""

import numpy as np
import pytest

from mingcha_analyzers.app.dex.pools import Strings


def strings(data: bytes, *offsets: int) -> Strings:
    return Strings(data, np.array(offsets, np.uint32))


LONG = b"x" * 200
# Lengths: one byte, two bytes, one byte of zero, and text without an end.
DATA = b"\x03abc\0" + b"\xc8\x01" + LONG + b"\0" + b"\0\0" + b"\x02no"
END = len(DATA) - 3


@pytest.mark.parametrize(
    ("offset", "text"),
    [
        pytest.param(0, b"abc", id="short"),
        pytest.param(5, LONG, id="length of two bytes"),
        pytest.param(208, b"", id="empty"),
        pytest.param(END, b"", id="without an end"),
        pytest.param(10_000, b"", id="outside the file"),
    ],
)
def test_reads_a_string(offset: int, text: bytes) -> None:
    table = strings(DATA, offset, 0)
    assert table.one(0) == text
    assert table.many(np.array([0, 1]))[1] == b"abc"
    if offset != 10_000:
        assert table.many(np.array([0]))[0] == text


def test_an_index_outside_is_empty() -> None:
    assert strings(DATA, 0).one(5) == b""
    assert strings(DATA, 0).many(np.array([5, 0])) == [b"", b"abc"]


def test_shared_strings_are_capped() -> None:
    data = b"\x05" + b"a" * 100_000 + b"\0"
    found = strings(data, *[0] * 5_000).many(np.arange(5_000))
    assert sum(map(len, found)) <= 4 * len(data)
