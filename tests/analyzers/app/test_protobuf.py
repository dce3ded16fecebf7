"""The protobuf of app bundles: what is read, and that no length, nesting or type in it costs more than an error."""

import time
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.app.axmlfile import Reference, binary_xml, el, manifest
from analyzers.app.protofile import (
    Field,
    float_item,
    message,
    primitive,
    proto_xml,
    reference,
    resource_table,
    string_array,
    string_item,
    varint,
)
from mingcha_analyzers.app.axml import parse_binary_xml
from mingcha_analyzers.app.chunks import DamagedError
from mingcha_analyzers.app.protobuf import WireError, read_fields
from mingcha_analyzers.app.protoitem import item_text
from mingcha_analyzers.app.resources.bundle import BundleTable
from mingcha_analyzers.app.resources.table import FileResource

NAME = 0x7F030002
ROOT = manifest(
    el("uses-permission", name="android.permission.CAMERA", maxSdkVersion=29),
    el("application", el("activity", name=".主页", exported=True), name=Reference(NAME)),
)


def fields_of(data: bytes) -> list[tuple[int, int | bytes]]:
    return [(key, value if isinstance(value, int) else bytes(value)) for key, value in read_fields(memoryview(data))]


def shape(element: Any) -> tuple[Any, ...]:
    return element.tag, dict(element.attrib), [shape(child) for child in element]


def bundle_table(data: bytes) -> BundleTable:
    return BundleTable({"resources.pb": data})


def nested(depth: int) -> bytes:
    """Return XML of elements one inside the other."""
    data = b""
    for _ in range(depth):
        data = message((1, message((3, "a"), *([(5, data)] if data else []))))
    return data


def test_xml_of_a_bundle_gives_the_elements_that_binary_xml_gives() -> None:
    plain = parse_binary_xml(binary_xml(ROOT))
    assert shape(parse_binary_xml(proto_xml(plain))) == shape(plain)


@pytest.mark.parametrize(
    ("item", "text"),
    [
        pytest.param(string_item("你好"), "你好", id="string"),
        pytest.param(message((2, b"")), "", id="empty string"),
        pytest.param(message((3, message((1, "raw")))), "raw", id="raw string"),
        pytest.param(message((4, message((1, "styled"), (2, b"")))), "styled", id="styled string"),
        pytest.param(message((5, message((1, "res/a.xml")))), "res/a.xml", id="file"),
        pytest.param(reference(NAME), "@7F030002", id="reference"),
        pytest.param(reference(0x01040000), "@android:01040000", id="reference to the framework"),
        pytest.param(message((1, message((1, 1), (2, NAME)))), "?7F030002", id="attribute"),
        pytest.param(message((1, message((3, "string/a")))), "@string/a", id="reference by name"),
        pytest.param(message((1, b"")), None, id="reference to nothing"),
        pytest.param(primitive(6, 27), "27", id="decimal"),
        pytest.param(primitive(6, (1 << 64) - 1), "-1", id="negative"),
        pytest.param(primitive(7, 255), "0x000000FF", id="hexadecimal"),
        pytest.param(primitive(8, 1), "true", id="true"),
        pytest.param(primitive(8, 0), "false", id="false"),
        pytest.param(primitive(9, 0xFF00FF00), "#FF00FF00", id="colour"),
        pytest.param(primitive(13, 0x1001), "16.000000dip", id="dimension"),
        pytest.param(primitive(14, 0x40000030), "50.000000%", id="fraction"),
        pytest.param(message((7, message((2, b"")))), "", id="empty"),
        pytest.param(message((7, message((1, b"")))), None, id="null"),
        pytest.param(float_item(1.5), "1.500000", id="fraction"),
        pytest.param(b"", None, id="nothing"),
    ],
)
def test_values_have_the_text_that_binary_xml_has(item: bytes, text: str | None) -> None:
    assert item_text(memoryview(item)) == text


def test_a_reference_is_followed_to_the_default_value() -> None:
    english = message((3, "en"))
    table = bundle_table(
        resource_table(
            {
                NAME: [(english, string_item("English")), (b"", string_item("默认"))],
                NAME + 1: [(b"", reference(NAME))],
                NAME + 2: [(english, string_item("only"))],
                NAME + 3: [(b"", reference(NAME + 3))],
                0x7F010000: [(b"", primitive(8, 1))],
            }
        )
    )
    asked = ["plain", "@7F030002", "@7F030003", "@7F030004", "@7F030005", "@7F010000", "@7F090000", "@01010000"]
    assert [table.resolve(text) for text in asked] == ["plain", "默认", "默认", "only", None, "true", None, None]
    assert table.damaged == {}


def test_texts_and_files_are_found_by_type_and_language() -> None:
    chinese = message((3, "zh-CN"))
    data = resource_table(
        {
            NAME: [(b"", string_item("Agree")), (chinese, string_item("同意"))],
            NAME + 2: [(b"", string_array("拒绝", "同意"))],
            NAME + 1: [(message((16, 1)), message((5, message((1, "res/a.xml")))))],
        }
    )
    table = bundle_table(data)
    assert [(each.id, each.type, each.name, each.locale, each.text) for each in table.texts()] == [
        (NAME, "string", "r7f030002", "", "Agree"),
        (NAME, "string", "r7f030002", "zh-CN", "同意"),
        (NAME + 2, "string", "r7f030004", "", "拒绝"),
        (NAME + 2, "string", "r7f030004", "", "同意"),
    ]
    assert [each.text for each in table.texts(("zh",))] == ["同意"]
    assert [each.text for each in table.texts(wanted=lambda text: text.isascii())] == ["Agree"]
    assert [each.locale for each in table.texts_of(NAME)] == ["", "zh-CN"]
    assert list(table.files("string")) == [
        FileResource(NAME + 1, "string", "r7f030003", "", "res/a.xml", "resources.pb")
    ]
    assert table.name_of(NAME) == "string/r7f030002"
    assert list(table.files("layout")) == []


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\x0a\x05abc", id="length beyond the end"),
        pytest.param(b"\x0a" + varint((1 << 64) - 1), id="huge length"),
        pytest.param(b"\x0a" + b"\xff" * 10, id="number without end"),
        pytest.param(b"\x08", id="number cut off"),
        pytest.param(b"\x09abc", id="fixed number cut off"),
        pytest.param(b"\x0b\x0c", id="group"),
        pytest.param(b"\x0e", id="type that does not exist"),
        pytest.param(b"\x02\x00", id="field zero"),
    ],
)
def test_what_is_no_message_is_refused(data: bytes) -> None:
    with pytest.raises(WireError):
        fields_of(data)
    table = bundle_table(data)
    assert table.resolve("@7F010000") is None
    assert list(table.damaged) == ["resources.pb"]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\x0a\x00", id="element without a name"),
        pytest.param(nested(300), id="nested too deep"),
        pytest.param(message((1, message((3, "a"), *[(5, message((1, message((3, "b")))))] * 200_001))), id="too many"),
        pytest.param(b"\x0a\xff\xff\xff\xff\x0f", id="length beyond the end"),
    ],
)
def test_xml_that_is_none_is_refused_in_time(data: bytes) -> None:
    begin = time.process_time()
    with pytest.raises(DamagedError):
        parse_binary_xml(data)
    assert time.process_time() - begin < 5


def test_depth_within_reason_is_read() -> None:
    assert parse_binary_xml(nested(100)).tag == "a"


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    data = message((1, message((3, "a"), (4, message((2, "name"), (3, "x\0\x1by\ufffe"))))))
    assert parse_binary_xml(data).get("name") == "xy"


@given(st.lists(st.tuples(st.integers(1, 1 << 28), st.integers(0, (1 << 64) - 1) | st.binary(max_size=40))))
def test_what_is_written_is_read_back(written: list[Field]) -> None:
    assert fields_of(message(*written)) == written


@given(st.binary(max_size=200))
@settings(max_examples=300)
def test_any_bytes_end_in_fields_or_in_an_error(data: bytes) -> None:
    with suppress(WireError):
        assert sum(1 for _ in read_fields(memoryview(data))) <= len(data)
    with suppress(WireError):
        item_text(memoryview(data))
    list(bundle_table(data).texts())


@given(st.data())
@settings(max_examples=200)
def test_damaged_xml_ends_in_elements_or_in_an_error(data: st.DataObject) -> None:
    sound = proto_xml(parse_binary_xml(binary_xml(ROOT)))
    changed = bytearray(sound)
    for place in data.draw(st.lists(st.integers(1, len(sound) - 1), max_size=6)):
        changed[place] = data.draw(st.integers(0, 255))
    with suppress(DamagedError):
        parse_binary_xml(bytes(changed))
