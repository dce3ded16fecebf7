"""Texts and files of real packages are those androguard reads."""

import io
import zipfile
from contextlib import redirect_stdout
from typing import Any

import pytest

from mingcha_analyzers.app.resources.table import RESOURCES, ResourceTable
from realfiles import names_of_source, real_apk

pytestmark = pytest.mark.network

NAMES = ("yosemite", "apidemos", "appium-settings", *names_of_source("fdroidserver"))
_BAGS = ("array", "plurals")


def resources(name: str) -> bytes:
    with zipfile.ZipFile(real_apk(name)) as apk:
        return apk.read(RESOURCES)


def androguards(data: bytes) -> set[tuple[int, str, str]]:
    """Return id, type and text of every string among the values of the table."""
    logger = pytest.importorskip("loguru").logger
    logger.disable("androguard")
    axml: Any = pytest.importorskip("androguard.core.axml")
    with redirect_stdout(io.StringIO()):
        parser = axml.ARSCParser(data)
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
    data = resources(name)
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
