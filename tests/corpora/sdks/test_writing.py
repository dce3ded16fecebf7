"""The layout keeps every value as it was, whatever it holds."""

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from corpora.sdks.record_files import record_file
from mingcha_corpora.sdks.writing import format_file
from mingcha_corpora.sdks.yamltext import parse_file

texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=150)


def laid_out(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row as it comes back from the layout, in our reading and in YAML's own."""
    source = yaml.safe_dump({"sdks": [row]})
    written = format_file(record_file(source))
    assert format_file(record_file(written)) == written
    read: dict[str, Any] = parse_file(record_file(written))["sdks"][0]
    assert yaml.safe_load(written)["sdks"][0] == read
    return read


@given(texts, st.lists(texts, max_size=40))
def test_any_text_comes_back_as_it_was(note: str, names: list[str]) -> None:
    read = laid_out({"id": "a", "note": note, "aliases": names})
    assert read["note"] == note
    assert read["aliases"] == sorted(names)


@pytest.mark.parametrize(
    "text", ["yes", "3", "1.5", "~", "2020-01-01", "a: b", "#a", "- a", "*a", "[", "a,b", "'", "a?", ""]
)
def test_a_text_that_yaml_takes_for_something_else_is_put_in_quotes(text: str) -> None:
    assert laid_out({"id": "a", "aliases": [text]})["aliases"] == [text]


def test_long_lists_and_texts_keep_to_the_width() -> None:
    row = {"id": "a", "note": "word " * 60 + "end", "packages": [f"com.example.part{number}" for number in range(40)]}
    source = yaml.safe_dump({"sdks": [row]})
    lines = format_file(record_file(source)).splitlines()
    assert max(map(len, lines)) <= 120
    assert len(lines) < 20


def test_fields_and_records_stand_in_one_order_and_the_head_stays() -> None:
    text = "# head\nsdks:\n- {tier: curated, id: b}\n- {name: A, id: a, domains: [b.com, a.com]}\n"
    expected = "# head\nsdks:\n- id: a\n  name: A\n  domains: [a.com, b.com]\n- id: b\n  tier: curated\n"
    assert format_file(record_file(text)) == expected
