"""Texts, files and layouts of real packages are those androguard reads."""

import io
import zipfile
from contextlib import redirect_stdout
from typing import Any

import pytest

from mingcha_analyzers.app.axml import androguard_axml
from mingcha_analyzers.app.resources.table import RESOURCES, ResourceTable
from mingcha_analyzers.app.resources.xml import Element, read_xml
from realfiles import names_of_source, real_apk

pytestmark = pytest.mark.network

NAMES = ("yosemite", "apidemos", "appium-settings", *names_of_source("fdroidserver"))
_BAGS = ("array", "plurals")


def entries(name: str) -> dict[str, bytes]:
    with zipfile.ZipFile(real_apk(name)) as apk:
        return {entry: apk.read(entry) for entry in apk.namelist() if entry == RESOURCES or entry.endswith(".xml")}


def androguards(data: bytes) -> set[tuple[int, str, str]]:
    """Return id, type and text of every string among the values of the table."""
    with redirect_stdout(io.StringIO()):
        parser = androguard_axml().ARSCParser(data)
        parser._analyse()
    found: set[tuple[int, str, str]] = set()
    for resource, configs in parser.resource_values.items():
        kind = (parser.get_resource_xml_name(resource) or ":/").partition(":")[2].partition("/")[0]
        for entry in configs.values():
            found |= {
                (resource, kind, text) for text in _texts(parser, entry) if not entry.is_complex() or kind in _BAGS
            }
    return found


def _texts(parser: Any, entry: Any) -> list[str]:
    if entry.is_complex():
        values = [(item.data_type, item.data) for _, item in entry.item.items]
    elif entry.is_compact():
        values = [(entry.datatype, entry.data)]
    else:
        values = [(entry.key.data_type, entry.key.data)]
    return [parser.stringpool_main.getString(data) for kind, data in values if kind == 3]


@pytest.mark.parametrize("name", NAMES)
def test_strings_equal_androguards(name: str) -> None:
    data = entries(name).get(RESOURCES)
    if data is None:
        return
    table = ResourceTable({RESOURCES: data})
    theirs = androguards(data)
    files = {kind for _, kind, _ in theirs} - {"string", *_BAGS}
    texts = {(each.id, each.type, each.text): each.locale for each in table.texts() if each.text}
    paths = {(each.id, each.type, each.path) for each in table.files(*files)}
    assert texts.keys() | paths >= {each for each in theirs if each[2]}
    # androguard takes sr and sr-Latn for one configuration and keeps one of the two.
    scripts = {locale[:2] for locale in texts.values() if len(locale) > 2 and len(locale.split("-")[1]) == 4}
    assert {texts[each][:2] for each in texts.keys() - theirs} <= scripts
    assert paths <= theirs
    assert table.damaged == {}


@pytest.mark.parametrize("name", ["yosemite", "apidemos"])
def test_layouts_equal_androguards(name: str) -> None:
    files = entries(name)
    paths = {each.path for each in ResourceTable({RESOURCES: files[RESOURCES]}).files("layout", "menu", "xml")}
    binary = [files[path] for path in sorted(paths & files.keys()) if files[path].startswith(b"\x03\0")]
    assert len(binary) > 100
    for data in binary:
        with redirect_stdout(io.StringIO()):
            theirs = androguard_axml().AXMLPrinter(data).get_xml_obj()
        assert [_ours(each) for each in read_xml(data).walk()] == [_theirs(each) for each in theirs.iter("*")]


def _ours(element: Element) -> tuple[str, list[tuple[str, str]]]:
    return element.tag, sorted((each.name, _comparable(each.text)) for each in element.attributes)


def _theirs(element: Any) -> tuple[str, list[tuple[str, str]]]:
    return element.tag, sorted((key.rpartition("}")[2], _comparable(value)) for key, value in element.attrib.items())


def _comparable(value: str) -> str:
    """Return a value without its digits where it is a size: androguard reads negative ones as positive."""
    return value.lstrip("-.0123456789") if value.endswith(("dip", "px", "sp", "%")) else value
