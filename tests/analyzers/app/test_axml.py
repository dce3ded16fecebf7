"""Binary XML is read as the system reads it, and as androguard does where androguard is right."""

import contextlib
import struct
import zipfile
from typing import Any

import pytest

from analyzers.app.axmlfile import binary_xml, el, manifest
from mingcha_analyzers.app.axml import parse_binary_xml
from mingcha_analyzers.app.chunks import DamagedError
from mingcha_analyzers.app.elements import Element, attribute
from mingcha_analyzers.app.typedvalues import format_value
from realfiles import real_apk

ROOT = manifest(el("application", el("activity", name=".Main", exported=True)))


def test_elements_keep_their_order_and_attributes() -> None:
    root = parse_binary_xml(binary_xml(ROOT))
    assert [element.tag for element in root.iter()] == ["manifest", "application", "activity"]
    activity = next(root.iter("activity"))
    assert (attribute(activity, "name"), attribute(activity, "exported")) == (".Main", "true")
    assert root.get("package") == "cn.example.app"


def test_an_attribute_is_known_by_its_resource_number() -> None:
    """Some tools rename attributes in the string pool; the system does not look there."""
    renamed = binary_xml(ROOT).replace("exported".encode("utf-16-le"), "obscured".encode("utf-16-le"))
    assert attribute(next(parse_binary_xml(renamed).iter("activity")), "exported") == "true"


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (0x01, 0x7F050001, "@7F050001"),
        (0x01, 0x01080001, "@android:01080001"),
        (0x02, 0x7F050001, "?7F050001"),
        (0x04, 0x3F800000, "1.000000"),
        (0x05, 0x00001001, "16.000000dip"),
        (0x05, 0xFFFFFE01, "-2.000000dip"),
        (0x10, 0xFFFFFFFF, "-1"),
        (0x11, 0x00000020, "0x00000020"),
        (0x12, 0xFFFFFFFF, "true"),
        (0x1C, 0xFF000000, "#FF000000"),
    ],
)
def test_typed_values_are_written_as_text(kind: int, value: int, text: str) -> None:
    assert format_value(kind, value) == text


@pytest.mark.parametrize("place", range(0, 200, 3))
def test_a_damaged_size_is_refused_or_read(place: int) -> None:
    data = bytearray(binary_xml(ROOT))
    struct.pack_into("<I", data, place, 0x7FFFFFFF)
    with contextlib.suppress(DamagedError):
        assert parse_binary_xml(bytes(data)).tag is not None


@pytest.mark.network
def test_the_tree_is_the_one_androguard_reads() -> None:
    logger = pytest.importorskip("loguru").logger
    logger.disable("androguard")
    printer: Any = pytest.importorskip("androguard.core.axml").AXMLPrinter
    with zipfile.ZipFile(real_apk("app-uiautomator")) as archive:
        files = [archive.read(name) for name in archive.namelist() if name.endswith(".xml")]
    compiled = [data for data in files if data[:2] == b"\3\0"]
    assert len(compiled) > 100
    for data in compiled:
        assert flat(parse_binary_xml(data)) == flat(printer(data).get_xml_obj())


def flat(root: Element | Any) -> list[tuple[str, dict[str, str]]]:
    """Return tags and attributes in document order, without dimensions and fractions.

    androguard takes them as unsigned, and rounds.
    """
    elements = (each for each in root.iter() if isinstance(each.tag, str))
    return [(each.tag, {key: text for key, text in each.attrib.items() if not dimension(text)}) for each in elements]


def dimension(text: str) -> bool:
    return text.endswith(("dip", "px", "sp", "pt", "in", "mm", "%", "%p")) and text[:1] in "-0123456789"


def test_an_empty_list_of_attributes_may_say_any_width() -> None:
    data = bytearray(binary_xml(el("manifest")))
    start = data.index(struct.pack("<HHI", 0x0102, 16, 36))
    struct.pack_into("<H", data, start + 26, 0)
    assert parse_binary_xml(bytes(data)).tag == "manifest"


def test_one_long_text_that_many_attributes_share_is_refused() -> None:
    text = "long\n" * 4_000
    assert parse_binary_xml(binary_xml(el("manifest", el("activity", name=text)))).children[0].attrib
    with pytest.raises(DamagedError, match="shared too often"):
        parse_binary_xml(binary_xml(el("manifest", *[el("activity", name=text) for _ in range(400)])))
