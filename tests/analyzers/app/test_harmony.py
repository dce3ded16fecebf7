"""HarmonyOS packages: what their configuration tells, that nothing else passes for read, and damage of any kind."""

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.app.packages import app, zipped
from mingcha_analyzers.app.reader import read_app
from mingcha_analyzers.app.values import App, HarmonyPermission
from mingcha_analyzers.values import SourceFile
from mingcha_corpora.errors import UnreadableInputError

CAMERA = "ohos.permission.CAMERA"
STAGE: dict[str, Any] = {
    "app": {
        "bundleName": "cn.example.harmony",
        "versionName": "1.2.0",
        "versionCode": 1002000,
        "minAPIVersion": 50000012,
        "targetAPIVersion": 50001013,
    },
    "module": {
        "name": "entry",
        "type": "entry",
        "deviceTypes": ["tablet", "phone"],
        "abilities": [
            {
                "name": "EntryAbility",
                "exported": True,
                "skills": [
                    {
                        "entities": ["entity.system.home"],
                        "actions": ["ohos.want.action.home"],
                        "uris": [{"scheme": "https"}],
                    }
                ],
                "metadata": [{"name": "key", "value": "text"}],
            }
        ],
        "extensionAbilities": [{"name": "BackupAbility", "type": "backup", "permissions": ["ohos.permission.BACKUP"]}],
        "requestPermissions": [
            {
                "name": CAMERA,
                "reason": "$string:camera",
                "usedScene": {"abilities": ["EntryAbility"], "when": "inuse"},
            },
            {"name": "ohos.permission.INTERNET"},
        ],
    },
}
FA: dict[str, Any] = {
    "app": {
        "bundleName": "cn.example.harmony",
        "version": {"code": 7, "name": "0.7"},
        "apiVersion": {"compatible": 6, "target": 8},
    },
    "deviceConfig": {},
    "module": {
        "package": "cn.example.harmony",
        "deviceType": ["phone"],
        "distro": {"moduleName": "entry", "moduleType": "entry"},
        "abilities": [{"name": "cn.example.MainAbility", "visible": True, "type": "page"}],
        "reqPermissions": [{"name": CAMERA, "reason": "拍照", "usedScene": {"ability": ["Main"], "when": "always"}}],
        "metaData": {"customizeData": [{"name": "hwc-theme", "value": "dark"}]},
    },
}
STRINGS = json.dumps({"string": [{"name": "camera", "value": "用于扫码"}]}).encode()


def hap(root: Any = STAGE, name: str = "module.json", more: Mapping[str, bytes] | None = None) -> bytes:
    inside = {name: json.dumps(root).encode(), "ets/modules.abc": b"PANDA\0\0\0", "resources.index": b""}
    return zipped({**inside, **(more or {})})


def other(bundle: str, kind: str = "feature") -> bytes:
    root = json.loads(json.dumps(STAGE))
    root["app"]["bundleName"] = bundle
    root["module"] |= {"type": kind, "name": kind, "abilities": [{"name": "PayAbility"}], "extensionAbilities": []}
    root["module"]["requestPermissions"] = [{"name": "ohos.permission.LOCATION", "reason": "定位"}]
    return hap(root)


def reasons(found: App) -> list[tuple[str, str]]:
    return [(limit.reason, limit.detail) for limit in found.limits]


def test_a_module_of_the_stage_model() -> None:
    found = app(hap())
    assert (found.package_name, found.version_name, found.version_code) == ("cn.example.harmony", "1.2.0", 1002000)
    assert [request.name for request in found.permissions] == [CAMERA, "ohos.permission.INTERNET"]
    ability, extension = found.components
    assert (ability.kind, ability.name, ability.exported) == ("ability", "EntryAbility", True)
    assert ability.intent_filters[0].actions == ("ohos.want.action.home",)
    assert (ability.intent_filters[0].schemes, ability.meta_data[0].value) == (("https",), "text")
    assert (extension.kind, extension.permission) == ("extension_ability", "ohos.permission.BACKUP")
    assert found.harmony is not None
    assert (found.harmony.model, found.harmony.min_api, found.harmony.devices) == (
        "stage",
        50000012,
        ("phone", "tablet"),
    )
    assert found.harmony.permissions[0] == HarmonyPermission(CAMERA, "$string:camera", ("EntryAbility",), "inuse")
    assert (found.min_sdk, found.target_sdk, found.container.kind) == (None, None, "hap")
    assert reasons(found) == [
        ("harmony_configuration_only", ""),
        ("harmony_signing", ""),
        ("resource_unresolved", "$string:camera"),
    ]


def test_a_module_of_the_fa_model() -> None:
    found = read_app(SourceFile("x.hap", hap(FA, "config.json")))
    assert (found.version_name, found.version_code) == ("0.7", 7)
    assert found.harmony is not None
    assert (found.harmony.model, found.harmony.min_api, found.harmony.target_api) == ("fa", 6, 8)
    assert found.harmony.permissions == (HarmonyPermission(CAMERA, "拍照", ("Main",), "always"),)
    assert [(part.name, part.exported) for part in found.components] == [("cn.example.MainAbility", True)]


def test_a_reason_is_looked_up_where_texts_are_not_compiled() -> None:
    found = app(hap(more={"resources/base/element/string.json": STRINGS}))
    assert found.harmony is not None
    assert found.harmony.permissions[0].reason == "用于扫码"
    assert "resource_unresolved" not in dict(reasons(found))


def test_modules_of_an_app_are_read_as_one_entry_first() -> None:
    data = zipped({"pack.info": b"{}", "a-pay.hap": other("cn.example.harmony"), "entry.hap": hap()})
    found = app(data)
    assert found.container.kind == "harmony_app"
    assert [(part.name, part.kind) for part in found.container.parts] == [
        ("entry.hap", "base"),
        ("a-pay.hap", "feature"),
    ]
    assert [part.name for part in found.components] == ["EntryAbility", "BackupAbility", "PayAbility"]
    assert "ohos.permission.LOCATION" in {request.name for request in found.permissions}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        pytest.param({"x.hap": other("cn.other")}, ("part_foreign", "x.hap (cn.other)"), id="another app"),
        pytest.param({"x.hap": hap()[:40]}, ("part_damaged", "x.hap"), id="cut off"),
        pytest.param({"x.hsp": zipped({"a": b""})}, ("part_damaged", "x.hsp"), id="no configuration"),
    ],
)
def test_a_module_that_does_not_belong_is_said(more: dict[str, bytes], expected: tuple[str, str]) -> None:
    found = app(zipped({"pack.info": b"{}", "entry.hap": hap(), **more}))
    assert expected in reasons(found)
    assert [part.name for part in found.container.parts] == ["entry.hap"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(zipped({"module.json": b"{"}), "hap_manifest_damaged", id="no JSON"),
        pytest.param(zipped({"module.json": b"[]"}), "hap_manifest_damaged", id="another shape"),
        pytest.param(zipped({"module.json": b"[" * 100_000}), "hap_manifest_damaged", id="nested without end"),
        pytest.param(zipped({"module.json": b"\xff\xfe\x00"}), "hap_manifest_damaged", id="no text"),
        pytest.param(zipped({"module.json": b'{"app": {"bundleName": "a"}}'}), "hap_manifest_damaged", id="no module"),
        pytest.param(zipped({"module.json": bytes(5 << 20)}), "hap_manifest_damaged", id="too large"),
        pytest.param(zipped({"ets/modules.abc": b""}), "hap_no_manifest", id="no configuration"),
        pytest.param(zipped({"a.hap": b"junk"}), "apk_not_zip", id="only a damaged module"),
    ],
)
def test_what_has_no_readable_configuration_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableInputError) as caught:
        read_app(SourceFile("x.hap", data))
    assert caught.value.code == code


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_values_of_any_type_end_in_an_app_or_in_an_error(data: st.DataObject) -> None:
    root = json.loads(json.dumps(STAGE))
    for part in ("app", "module"):
        for key in data.draw(st.lists(st.sampled_from(sorted(root[part])), max_size=4)):
            root[part][key] = data.draw(_VALUES)
    with suppress(UnreadableInputError):
        app(hap(root))
