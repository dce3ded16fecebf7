"""Encoded arrays are read value by value, and never past the end of the file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha_analyzers.app.dex.encoded import read_string_values, read_values


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"\x02\x17\x05\x37\x01\x02", [5, 0x0201], id="two strings"),
        pytest.param(b"\x03\x1e\x3f\x17\x07", [7], id="null and true before a string"),
        pytest.param(b"\x02\x1c\x17\x07", [], id="ends at an array"),
        pytest.param(b"\x00", [], id="empty"),
        pytest.param(b"", [], id="outside the file"),
    ],
)
def test_strings_of_an_array(data: bytes, expected: list[int]) -> None:
    assert read_string_values(data, 0) == expected


@given(st.binary(max_size=64), st.integers(-2, 70))
def test_any_bytes_end(data: bytes, place: int) -> None:
    assert len(list(read_values(data, place, 8))) <= 8
