"""The resource table: texts, files and what a reference comes to, and that a small table cannot cost hours."""

import struct
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.app.arscfile import Block, Form, resource_id, resource_table
from analyzers.app.axmlfile import Reference
from mingcha_analyzers.app.resources.table import FileResource, ResourceTable, is_reference

NAME = "resources.arsc"
SAMPLE = resource_table(
    Block("string", {"title": "Privacy", "agree": "Agree", "alias": Reference(resource_id(1, 0))}),
    Block("string", {"agree": "同意"}, "zh"),
    Block("string", {"agree": "同意（香港）"}, "zh-HK"),
    Block("array", {"buttons": ["拒绝", "同意", 3]}, "zh"),
    Block("layout", {"dialog": "res/a1.xml"}),
    Block("integer", {"level": 33, "open": True}),
)


def table(*sources: bytes) -> ResourceTable:
    return ResourceTable({f"{place}/{NAME}": data for place, data in enumerate(sources)})


def texts(found: ResourceTable, languages: tuple[str, ...] | None = None) -> list[tuple[str, str, str, str]]:
    return [(each.type, each.name, each.locale, each.text) for each in found.texts(languages)]


def test_texts_of_strings_arrays_and_plurals() -> None:
    assert texts(table(SAMPLE)) == [
        ("string", "title", "", "Privacy"),
        ("string", "agree", "", "Agree"),
        ("string", "agree", "zh", "同意"),
        ("string", "agree", "zh-HK", "同意（香港）"),
        ("array", "buttons", "zh", "拒绝"),
        ("array", "buttons", "zh", "同意"),
    ]


def test_texts_of_some_languages() -> None:
    found = texts(table(SAMPLE), languages=("zh",))
    assert {locale for _, _, locale, _ in found} == {"zh", "zh-HK"}


def test_texts_that_are_wanted_alone() -> None:
    found = table(SAMPLE).texts(wanted=lambda text: "同意" in text)
    assert [each.text for each in found] == ["同意", "同意（香港）", "同意"]


def test_a_file_has_type_and_name_of_the_table_and_the_path_it_says() -> None:
    assert list(table(SAMPLE).files("layout", "xml")) == [
        FileResource(resource_id(3, 0), "layout", "dialog", "", "res/a1.xml", f"0/{NAME}")
    ]


def test_one_string_in_all_its_locales() -> None:
    assert [each.text for each in table(SAMPLE).texts_of(resource_id(1, 1))] == ["Agree", "同意", "同意（香港）"]


def test_the_tables_of_splits_are_one() -> None:
    split = resource_table(Block("string", {"title": "隐私"}, "zh"))
    found = table(SAMPLE, split)
    assert [each.text for each in found.texts_of(resource_id(1, 0))] == ["Privacy", "隐私"]
    assert found.name_of(resource_id(1, 0)) == "string/title"


def test_a_damaged_table_leaves_the_others() -> None:
    found = table(b"\x02\x00\x0c\x00" + b"\xff" * 60, SAMPLE)
    assert len(texts(found)) == 6
    assert found.damaged == {f"0/{NAME}": "chunk at 0x0"}


@pytest.mark.parametrize(
    ("reference", "value"),
    [
        pytest.param("@7F010000", "Privacy", id="a text"),
        pytest.param("@7F010002", "Privacy", id="a reference to a text"),
        pytest.param("@7F040000", "33", id="a number"),
        pytest.param("@7F040001", "true", id="a boolean"),
        pytest.param("@7F020000", None, id="a bag has no value"),
        pytest.param("@7F010099", None, id="unknown"),
        pytest.param("@80010000", None, id="another package"),
        pytest.param("1.0", "1.0", id="a text stands for itself"),
        pytest.param(None, None, id="nothing"),
    ],
)
def test_references_are_resolved(reference: str | None, value: str | None) -> None:
    assert table(SAMPLE).resolve(reference) == value


def test_references_in_a_circle_come_to_nothing() -> None:
    circle = resource_table(Block("string", {"a": Reference(resource_id(1, 1)), "b": Reference(resource_id(1, 0))}))
    assert table(circle).resolve("@7F010000") is None


def test_without_a_default_the_first_configuration_answers() -> None:
    assert table(resource_table(Block("string", {"a": "中"}, "zh"))).resolve("@7F010000") == "中"


@pytest.mark.parametrize("form", ["plain", "compact", "sparse", "short"])
@pytest.mark.parametrize("utf8", [True, False])
@given(
    st.dictionaries(
        st.text("abc_", min_size=1, max_size=5),
        st.text(st.characters(codec="utf-8"), min_size=1, max_size=200),
        max_size=9,
    ),
    st.data(),
)
@settings(max_examples=25, deadline=None)
def test_every_form_of_entry_is_read(form: Form, utf8: bool, values: dict[str, str], data: st.DataObject) -> None:
    # Entries that only another locale has are holes in this one.
    here = {name: text for name, text in values.items() if data.draw(st.booleans())}
    found = table(resource_table(Block("string", values, "de"), Block("string", here, "zh", form), utf8=utf8))
    assert texts(found, languages=("zh",)) == [("string", name, "zh", values[name]) for name in values if name in here]
    assert found.damaged == {}


@given(st.lists(st.tuples(st.integers(0, len(SAMPLE) - 1), st.integers(0, 255)), max_size=8), st.integers(0, 400))
@settings(max_examples=300, deadline=None)
def test_damage_is_named_or_read_over(changes: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(SAMPLE)
    for place, value in changes:
        data[place] = value
    found = table(bytes(data[: len(data) - cut]))
    list(found.texts())
    list(found.files("layout"))
    found.resolve("@7F010002")
    found.name_of(resource_id(1, 1))
    assert all(isinstance(fault, str) for fault in found.damaged.values())


def lying_table(entries: int, values: int) -> bytes:
    """Return a table whose entries all stand at one place and claim that many values."""
    sound = resource_table(Block("array", {"a": [0] * 5000}))
    bag = sound.index(struct.pack("<HHIII", 16, 1, 0, 0, 5000))
    start = sound.rindex(struct.pack("<HH", 0x0201, 84), 0, bag)
    body = bytes(4 * entries) + sound[bag : bag + 12] + struct.pack("<I", values) + sound[bag + 16 :]
    head = struct.pack("<IBBHII", 84 + len(body), 1, 0, 0, entries, 84 + 4 * entries)
    return _resized(sound[: start + 4] + head + sound[start + 20 : start + 84] + body)


def _resized(data: bytes) -> bytes:
    """Return a table whose file and package chunks end where the data do."""
    package = data.index(struct.pack("<HH", 0x0200, 288))
    grown = bytearray(data)
    for place in (0, package):
        struct.pack_into("<I", grown, place + 4, len(data) - place)
    return bytes(grown)


@pytest.mark.parametrize("values", [5000, 0xFFFFFFFF])
def test_entries_that_share_their_values_are_refused_at_once(values: int) -> None:
    found = table(lying_table(5000, values))
    begin = time.process_time()
    assert list(found.texts()) == []
    assert time.process_time() - begin < 1
    assert found.damaged[f"0/{NAME}"].startswith("entries overlap")


def test_strings_that_share_their_bytes_are_refused_at_once() -> None:
    names = {f"n{number}": f"{number:04}" for number in range(4000)}
    names["long"] = "x" * 30000
    data = bytearray(resource_table(Block("string", names), utf8=False))
    offsets = data.index(struct.pack("<I", 12)) - 4
    longest = struct.unpack_from("<I", data, offsets + 4 * 4000)[0]
    struct.pack_into("<4000I", data, offsets, *[longest] * 4000)
    found = table(bytes(data))
    begin = time.process_time()
    assert len(list(found.texts())) < 100
    assert time.process_time() - begin < 1
    assert found.damaged[f"0/{NAME}"].startswith("strings overlap")


@pytest.mark.parametrize(
    ("data", "fault"), [(b"", "no chunk at 0x0"), (b"\x03\0\x08\0\x08\0\0\0", "not a resource table")]
)
def test_what_is_no_table_is_said(data: bytes, fault: str) -> None:
    found = table(data)
    assert found.resolve("@7F010000") is None
    assert found.damaged == {f"0/{NAME}": fault}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@7F050001", True),
        ("@android:01030010", True),
        ("@7f050001", False),
        ("plain", False),
        ("@", False),
        ("", False),
    ],
)
def test_references_are_told_from_text(text: str, expected: bool) -> None:
    assert is_reference(text) is expected


def test_one_long_text_that_many_entries_share_is_given_up_to_a_bound_that_is_said() -> None:
    text = "x" * 30_000
    table = ResourceTable({"resources.arsc": resource_table(Block("string", {f"s{i}": text for i in range(600)}))})
    assert 500 < sum(1 for _ in table.texts()) < 600
    assert "characters in long texts" in table.damaged["resources.arsc"]


def test_a_value_too_long_for_an_attribute_is_unknown() -> None:
    table = ResourceTable({"resources.arsc": resource_table(Block("string", {"a": "x" * 2_100, "b": "x" * 2_000}))})
    assert table.resolve(f"@{resource_id(1, 0):08X}") is None
    assert table.resolve(f"@{resource_id(1, 1):08X}") == "x" * 2_000
