import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from mingcha.render.wrap import wrap

TEXTS = st.text(st.sampled_from("隐私政策，。（）“”ab c./_-的1"), max_size=80)


@given(TEXTS, st.integers(8, 40))
def test_no_line_is_too_wide_and_no_word_is_lost(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        pytest.param("隐私政策未明示。", 14, ["隐私政策未明", "示。"], id="a full stop does not begin a line"),
        pytest.param("权限 READ_SMS 未说明", 10, ["权限", "READ_SMS", "未说明"], id="Latin words stay whole"),
        pytest.param("a" * 25, 10, ["a" * 10, "a" * 10, "a" * 5], id="a long word is cut"),
        pytest.param("", 10, [""], id="nothing"),
    ],
)
def test_lines_break_as_a_reader_expects(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines
