"""The whole reader on the sample apps and on packages at the edge."""

import pickle
from pathlib import Path
from typing import Any

import pytest
import yaml

from analyzers.app.axmlfile import Element, el, manifest
from analyzers.app.packages import app, naming_dex, package

SAMPLES = Path(__file__).parents[3] / "samples" / "apps"
CODE = el("application", el("activity", name=".Main"))


def truth(name: str) -> Any:
    return yaml.safe_load((SAMPLES / name / "truth.yaml").read_text("utf-8"))


@pytest.mark.parametrize("name", ["careless", "careful"])
def test_the_samples_hold_what_was_built_in(name: str) -> None:
    found = app((SAMPLES / f"{name}.apk").read_bytes())
    built = truth(name)
    assert (found.package_name, found.version_name) == (built["package"], built["version"])
    assert (found.version_code, found.min_sdk, found.target_sdk) == (
        built["version_code"],
        built["min_sdk"],
        built["target_sdk"],
    )
    assert list(found.signing.schemes) == built["signing"]
    assert {request.name: request.max_sdk for request in found.permissions} == {
        row["name"]: row.get("max_sdk") for row in built["permissions"]
    }
    assert [(part.kind.value, part.name, part.exported) for part in found.components] == [
        (row["kind"], row["name"], row["exported"]) for row in built["components"]
    ]
    assert {sdk.id for sdk in found.sdks} == {row["id"] for row in built["sdks"]}
    assert found.packer is None


def test_what_was_not_analysed_is_said() -> None:
    found = app((SAMPLES / "careless.apk").read_bytes())
    stages = [limit.stage for limit in found.limits if limit.reason == "not_analysed_yet"]
    assert stages == []
    assert None not in (found.ui, found.security, found.hybrid)


def test_the_same_bytes_give_the_same_value() -> None:
    data = (SAMPLES / "careless.apk").read_bytes()
    assert pickle.dumps(app(data)) == pickle.dumps(app(data))


@pytest.mark.parametrize(
    ("root", "more", "detail"),
    [
        pytest.param(manifest(CODE), {}, ["cn.example.app"], id="no code"),
        pytest.param(
            Element("manifest", {}, [], {"package": "a.b", "split": "config.zh"}), {}, ["split config.zh"], id="split"
        ),
        pytest.param(manifest(CODE), {"assets/classes.dex": b""}, ["cn.example.app"], id="code in another folder"),
        pytest.param(manifest(CODE), {"classes.dex": naming_dex(["a.B"])}, [], id="code"),
        pytest.param(manifest(CODE), {"classes2.dex": naming_dex(["a.B"])}, [], id="second file only"),
    ],
)
def test_a_package_without_code_says_so(root: Element, more: dict[str, bytes], detail: list[str]) -> None:
    limits = app(package(root, more=more)).limits
    assert [limit.detail for limit in limits if limit.reason == "no_code"] == detail


def test_native_libraries_are_those_the_system_loads() -> None:
    names = {"lib/arm64-v8a/libBugly_Native.so": b"", "assets/libBugly_Native.so": b"", "lib/x86/nested/libz.so": b""}
    found = app(package(manifest(CODE), classes=["com.tencent.bugly.Bugly"], more=names))
    (bugly,) = (sdk for sdk in found.sdks if sdk.id == "bugly")
    assert sorted(evidence.kind.value for evidence in bugly.evidence) == ["class_prefix", "native_library"]
