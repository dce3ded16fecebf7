"""Manifests: what each declaration comes to, and that a damaged one is a plain error."""

import struct
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.app.axmlfile import Element, Reference, Value, binary_xml, el, manifest
from analyzers.app.packages import MANIFEST, app, naming_dex, package, zipped
from mingcha_analyzers.app.values import Component, ComponentKind, IntentFilter, MetaData
from mingcha_corpora.errors import UnreadableInputError

FILTER = el("intent-filter", el("action", name="android.intent.action.VIEW"))


def component(*children: Element, target: int = 30, **android: Value) -> Component:
    """Return how the only activity of a manifest is read."""
    root = manifest(el("uses-sdk", targetSdkVersion=target), el("application", el("activity", *children, **android)))
    return app(package(root)).components[1]


def reasons(data: bytes) -> list[tuple[str, str]]:
    return [(limit.reason, limit.detail) for limit in app(data).limits if limit.stage in ("manifest", "resources")]


def test_identity_and_levels() -> None:
    root = manifest(el("uses-sdk", minSdkVersion=21, targetSdkVersion=33), versionName="1.2 测试", versionCode=12)
    found = app(package(root))
    assert (found.package_name, found.version_name, found.version_code) == ("cn.example.app", "1.2 测试", 12)
    assert (found.min_sdk, found.target_sdk) == (21, 33)


def test_what_is_not_declared_is_null() -> None:
    found = app(package(manifest()))
    assert (found.version_name, found.version_code, found.min_sdk, found.target_sdk) == (None, None, None, None)
    assert (found.permissions, found.components) == ((), ())
    assert reasons(package(manifest())) == []


def test_a_version_name_that_cannot_be_resolved_is_null_and_said() -> None:
    data = package(manifest(versionName=Reference(0x7F050001)))
    assert app(data).version_name is None
    assert reasons(data) == [("resource_unresolved", "manifest android:versionName")]


def test_a_preview_level_is_null_and_said() -> None:
    data = package(manifest(el("uses-sdk", minSdkVersion="Q", targetSdkVersion=29)))
    assert (app(data).min_sdk, app(data).target_sdk) == (None, 29)
    assert reasons(data) == [("not_a_number", "android:minSdkVersion=Q")]


@pytest.mark.parametrize(
    ("requests", "expected"),
    [
        pytest.param([el("uses-permission", name="p.A")], [("p.A", None)], id="plain"),
        pytest.param([el("uses-permission", name="p.A", maxSdkVersion=28)], [("p.A", 28)], id="up to a level"),
        pytest.param([el("uses-permission-sdk-23", name="p.A")], [("p.A", None)], id="from level 23"),
        pytest.param(
            [el("uses-permission", name="p.A", maxSdkVersion=18), el("uses-permission", name="p.A")],
            [("p.A", None)],
            id="twice, once without a limit",
        ),
        pytest.param(
            [el("uses-permission", name="p.A", maxSdkVersion=18), el("uses-permission", name="p.A", maxSdkVersion=28)],
            [("p.A", 28)],
            id="twice with limits",
        ),
        pytest.param(
            [el("uses-permission", name="p.B"), el("uses-permission", name="p.A")],
            [("p.A", None), ("p.B", None)],
            id="sorted",
        ),
        pytest.param(
            [Element("uses-permission", {"name": "p.A"}, namespace="android")],
            [("p.A", None)],
            id="namespace of a game exporter",
        ),
        pytest.param(
            [Element("uses-permission", {"name": "p.A"}, namespace=None)], [("p.A", None)], id="namespace taken out"
        ),
        pytest.param([el("permission", name="p.A"), el("uses-permission")], [], id="declared only, or without a name"),
    ],
)
def test_permissions(requests: list[Element], expected: list[tuple[str, int | None]]) -> None:
    found = app(package(manifest(*requests))).permissions
    assert [(request.name, request.max_sdk) for request in found] == expected
    assert all(request.used_by is None for request in found)


@pytest.mark.parametrize(
    ("kind", "children", "android", "target", "exported"),
    [
        pytest.param("activity", [], {}, 30, False, id="nothing said, no filter"),
        pytest.param("activity", [FILTER], {}, 30, True, id="nothing said, a filter"),
        pytest.param("service", [FILTER], {"exported": False}, 30, False, id="said no despite a filter"),
        pytest.param("receiver", [], {"exported": True}, 30, True, id="said yes without a filter"),
        pytest.param("provider", [], {}, 16, True, id="provider up to level 16"),
        pytest.param("provider", [], {}, 17, False, id="provider from level 17"),
        pytest.param("provider", [], {"exported": True}, 30, True, id="provider said yes"),
        pytest.param("activity", [FILTER], {"exported": Reference(0x7F010000)}, 30, True, id="unresolved reference"),
    ],
)
def test_exported(kind: str, children: list[Element], android: dict[str, Value], target: int, exported: bool) -> None:
    part = Element(kind, {"name": ".Part", **android}, children)
    root = manifest(el("uses-sdk", targetSdkVersion=target), el("application", part))
    assert app(package(root)).components[1].exported is exported


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param(".Main", "cn.example.app.Main", id="dot"),
        pytest.param("Main", "cn.example.app.Main", id="bare"),
        pytest.param("com.other.Main", "com.other.Main", id="full"),
    ],
)
def test_component_names_are_full(name: str, expected: str) -> None:
    assert component(name=name).name == expected


def test_intent_filters_and_meta_data() -> None:
    part = component(
        el(
            "intent-filter",
            el("action", name="b"),
            el("action", name="a"),
            el("category", name="c"),
            el("data", scheme="https"),
        ),
        el("meta-data", name="KEY", value="text"),
        el("meta-data", name="NUMBER", value=7),
        el("meta-data", name="LOST", value=Reference(0x7F020000)),
        name=".Main",
    )
    assert part.intent_filters == (IntentFilter(("a", "b"), ("c",), ("https",)),)
    assert part.meta_data == (MetaData("KEY", "text"), MetaData("LOST", None), MetaData("NUMBER", "7"))


def test_the_application_comes_first_with_its_class_and_meta_data() -> None:
    root = manifest(el("application", el("meta-data", name="UMENG_APPKEY", value="0"), name=".App", permission="p.X"))
    found = app(package(root)).components[0]
    assert (found.kind, found.name, found.permission) == (ComponentKind.APPLICATION, "cn.example.app.App", "p.X")
    assert found.meta_data == (MetaData("UMENG_APPKEY", "0"),)


def test_components_inherit_the_permission_of_the_application() -> None:
    root = manifest(
        el("application", el("service", name=".S"), el("service", name=".T", permission="p.T"), permission="p.X")
    )
    assert [part.permission for part in app(package(root)).components] == ["p.X", "p.X", "p.T"]


def test_an_alias_is_an_activity() -> None:
    found = app(package(manifest(el("application", el("activity-alias", FILTER, name=".Alias"))))).components[1]
    assert (found.kind, found.exported) == (ComponentKind.ACTIVITY, True)


def deep(levels: int) -> Element:
    root = Element("application")
    for _ in range(levels):
        root = Element("application", {}, [root])
    return root


GOOD = binary_xml(manifest(el("application", el("activity", FILTER, name=".Main"))))


def with_attribute_count(count: int) -> bytes:
    data = bytearray(GOOD)
    start = data.index(struct.pack("<HH", 0x0102, 16))
    struct.pack_into("<H", data, start + 28, count)
    return bytes(data)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"<?xml version='1.0'?><manifest package='a.b'/>", id="plain XML"),
        pytest.param(GOOD[:100], id="cut off"),
        pytest.param(bytes(5000), id="zeros"),
        pytest.param(with_attribute_count(0xFFFF), id="more attributes than fit"),
        pytest.param(binary_xml(Element("resources", plain={"package": "a.b"})), id="another document"),
        pytest.param(binary_xml(Element("manifest")), id="no package name"),
        pytest.param(binary_xml(manifest(deep(300))), id="nested without end"),
    ],
)
def test_a_damaged_manifest_is_a_plain_error(data: bytes) -> None:
    with pytest.raises(UnreadableInputError) as caught:
        app(zipped({MANIFEST: data}))
    assert caught.value.code == "apk_manifest_damaged"
    assert caught.value.params["path"] == "test.apk"
    assert caught.value.params["fault"]


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param({}, id="empty archive"),
        pytest.param({"classes.dex": naming_dex(["a.B"])}, id="code only"),
        pytest.param({"word/document.xml": b"<x/>"}, id="another format"),
    ],
)
def test_no_manifest(entries: dict[str, bytes]) -> None:
    with pytest.raises(UnreadableInputError) as caught:
        app(zipped(entries))
    assert (caught.value.code, caught.value.params) == ("apk_no_manifest", {"path": "test.apk"})


def test_a_damaged_resource_table_is_said(capfd: pytest.CaptureFixture[str]) -> None:
    root = manifest(versionName=Reference(0x7F050001))
    data = zipped({MANIFEST: binary_xml(root), "resources.arsc": b"\x02\x00\x0c\x00" + b"\xff" * 60})
    assert app(data).version_name is None
    assert [reason for reason, _ in reasons(data)] == ["resource_unresolved", "resources_damaged"]
    assert capfd.readouterr() == ("", "")


@given(st.lists(st.tuples(st.integers(8, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=6))
@settings(max_examples=150, deadline=2000)
def test_random_damage_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    data = bytearray(GOOD)
    for place, value in changes:
        data[place] = value
    with suppress(UnreadableInputError):
        app(zipped({MANIFEST: bytes(data)}))
