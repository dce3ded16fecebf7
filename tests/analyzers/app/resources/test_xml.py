"""Binary XML of layouts: what stands in it, and that damage ends in one error at once."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.app.axmlfile import Element as Made
from analyzers.app.axmlfile import Reference, binary_xml, el
from mingcha_analyzers.app.resources.chunks import DamagedError
from mingcha_analyzers.app.resources.xml import MAX_DEPTH, read_xml

TEXT, CHECKED, ID = 0x0101014F, 0x01010106, 0x010100D0
LAYOUT = el(
    "LinearLayout",
    el("CheckBox", id=Reference(0x7F080001), checked=True),
    Made("TextView", {"text": "同意"}, [], {"style": "x"}),
    el("a.b.View", el("Button", text=Reference(0x7F010000))),
)


def test_elements_come_in_the_order_of_the_file() -> None:
    root = read_xml(binary_xml(LAYOUT))
    assert [each.tag for each in root.walk()] == ["LinearLayout", "CheckBox", "TextView", "a.b.View", "Button"]
    assert [each.tag for each in root.children[2].children] == ["Button"]


def test_attributes_are_typed() -> None:
    box, text, view = read_xml(binary_xml(LAYOUT)).children
    assert [(each.name, each.resource, each.reference, each.truth) for each in box.attributes] == [
        ("id", ID, 0x7F080001, None),
        ("checked", CHECKED, None, True),
    ]
    said = text.attribute(TEXT, "text")
    assert said is not None
    assert said.text == "同意"
    assert [each.text for each in view.children[0].attributes] == ["@7F010000"]


def test_an_attribute_is_known_by_its_id_else_by_its_name() -> None:
    text = read_xml(binary_xml(LAYOUT)).children[1]
    assert text.attribute(CHECKED, "checked") is None
    style = text.attribute(1, "style")
    assert style is not None
    assert style.text == "x"


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "no chunk at 0x0"),
        (b"<?xml version='1.0'?>", "chunk at 0x0"),
        (b"\x03\0\x08\0\x08\0\0\0", "no root element"),
        (binary_xml(LAYOUT)[:-40], "chunk at 0x0"),
    ],
)
def test_what_is_no_binary_xml_is_refused(data: bytes, fault: str) -> None:
    with pytest.raises(DamagedError, match=fault):
        read_xml(data)


def test_depth_is_bounded() -> None:
    root = el("a")
    for _ in range(MAX_DEPTH):
        root = el("a", root)
    with pytest.raises(DamagedError, match="too many parts"):
        read_xml(binary_xml(root))


@given(st.lists(st.tuples(st.integers(0, 1 << 16), st.integers(0, 255)), max_size=8), st.integers(0, 200))
@settings(max_examples=300, deadline=None)
def test_damage_ends_in_an_error_or_a_tree(changes: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(binary_xml(LAYOUT))
    for place, value in changes:
        data[place % len(data)] = value
    begin = time.process_time()
    try:
        root = read_xml(bytes(data[: len(data) - cut]))
    except DamagedError:
        pass
    else:
        assert all(isinstance(attribute.text, str) for each in root.walk() for attribute in each.attributes)
    assert time.process_time() - begin < 1
