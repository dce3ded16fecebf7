"""The committed sample apps hold what truth.yaml says was built in, and their sources still build the same apps."""

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from mingcha_analyzers.app.reader import read_app
from mingcha_analyzers.app.ui.values import UiRole
from mingcha_analyzers.app.values import App, BeforeConsent, OnRefusal, PermissionGrade
from mingcha_analyzers.values import SourceFile
from mingcha_corpora.facts import load_security_facts, load_ui_facts

APPS = Path(__file__).parents[2] / "samples" / "apps"
NAMES = ("careless", "careful")
ANDROID = "android.permission."
TOOLS = ("java", "javac", "aapt2", "zipalign", "apksigner", "zip", "unzip")

each_app = pytest.mark.parametrize("name", NAMES)


@cache
def truth(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((APPS / name / "truth.yaml").read_text("utf-8"))
    return loaded


@cache
def app(name: str) -> App:
    path = APPS / f"{name}.apk"
    return read_app(SourceFile(path.name, path.read_bytes()))


@each_app
def test_apk_is_small(name: str) -> None:
    assert (APPS / f"{name}.apk").stat().st_size < 60_000


@each_app
def test_identity(name: str) -> None:
    found, told = app(name), truth(name)
    assert (found.package_name, found.version_name, found.version_code, found.min_sdk, found.target_sdk) == (
        told["package"],
        told["version"],
        told["version_code"],
        told["min_sdk"],
        told["target_sdk"],
    )


@each_app
def test_signing(name: str) -> None:
    assert list(app(name).signing.schemes) == truth(name)["signing"]
    assert "mingcha sample apps" in app(name).signing.certificates[0].subject


@each_app
def test_permissions(name: str) -> None:
    requested = {(item.name, item.max_sdk) for item in app(name).permissions}
    assert requested == {(row["name"], row.get("max_sdk")) for row in truth(name)["permissions"]}


@each_app
def test_components(name: str) -> None:
    found = {
        (
            part.kind.value,
            part.name,
            part.exported,
            tuple(sorted(action for entry in part.intent_filters for action in entry.actions)),
        )
        for part in app(name).components
    }
    told = {
        (row["kind"], row["name"], row["exported"], tuple(row.get("actions", ()))) for row in truth(name)["components"]
    }
    assert found == told


@each_app
def test_meta_data(name: str) -> None:
    found = {entry.name for part in app(name).components for entry in part.meta_data}
    assert found == set(truth(name)["meta_data"])


@each_app
def test_sdks_are_named_for_sure(name: str) -> None:
    sure = {item.id for item in app(name).sdks if item.confidence >= 0.8}
    told = {row["id"] for row in truth(name)["sdks"]}
    assert told <= sure
    assert sure - told <= set(truth(name)["sdks_tolerated"])


@each_app
def test_security_facts(name: str) -> None:
    severities = {record.id: record.severity for record in load_security_facts()}
    found = {
        (fact.id, fact.owner, fact.place.class_ if fact.place else None)
        for fact in app(name).security or ()
        if severities[fact.id] != "info"
    }
    assert found == {(row["fact"], row["owner"], row["place"]) for row in truth(name)["security"]}


@each_app
def test_classes_of_each_sdk_are_counted(name: str) -> None:
    counted = {
        (item.id, sign.value): sign.count
        for item in app(name).sdks
        for sign in item.evidence
        if sign.kind == "class_prefix"
    }
    for row in truth(name)["sdks"]:
        assert counted.get((row["id"], row["prefix"])) == row["classes"], row["id"]


@each_app
def test_each_request_of_permissions_is_found(name: str) -> None:
    found = [
        {
            "class": each.place.class_,
            "method": each.place.method,
            "at_launch": each.reach.before_consent is BeforeConsent.YES,
            "refusal_ends": OnRefusal.ENDS_APP in each.on_refusal,
            "purpose": each.purpose,
            "permissions": [permission.removeprefix(ANDROID) for permission in each.permissions],
        }
        for each in app(name).prompts or ()
    ]
    assert found == truth(name)["requests"]


@each_app
def test_users_of_each_dangerous_permission_are_known(name: str) -> None:
    used = {item.name.removeprefix(ANDROID): list(item.used_by or ()) for item in app(name).permissions if item.grade}
    assert used == {key: sorted(owners) for key, owners in truth(name)["used_by"].items()}


def test_the_app_that_ends_after_a_refusal_has_the_gravest_grade() -> None:
    grades = {item.name.removeprefix(ANDROID): item.grade for item in app("careless").permissions if item.grade}
    asked = truth("careless")["requests"][0]["permissions"]
    assert {name for name, grade in grades.items() if grade is PermissionGrade.REFUSAL_ENDS} == set(asked)
    assert grades["READ_SMS"] is PermissionGrade.DECLARED


@each_app
def test_sample_is_not_taken_for_a_packed_app(name: str) -> None:
    assert app(name).packer is None


@pytest.mark.skipif(
    "MINGCHA_SAMPLES_CACHE" not in os.environ and not (APPS / ".cache" / "d8.jar").exists(),
    reason="D8 is not fetched; run samples/apps/build.sh once",
)
@pytest.mark.skipif(any(shutil.which(tool) is None for tool in TOOLS), reason="the build tools are not installed")
def test_sources_build_the_committed_apps(tmp_path: Path) -> None:
    subprocess.run([APPS / "build.sh", tmp_path], check=True, capture_output=True, timeout=300)
    for name in (*NAMES, "ways"):
        # Other versions of the build tools may write other bytes, but not another app.
        assert read_app(SourceFile(f"{name}.apk", (tmp_path / f"{name}.apk").read_bytes())) == app(name)


@each_app
def test_consent_prompt(name: str) -> None:
    ui, told = app(name).ui, truth(name)["consent_dialog"]
    assert ui is not None
    prompt = next(each for each in ui.prompts if f"res/{each.place}.xml" == told["layout"])
    assert [box.ticked for box in prompt.boxes] == [told["box_ticked"]]
    assert (told["agree"] in prompt.agree, told["refuse"] in (*prompt.refuse, None)) == (True, True)
    assert bool(prompt.refuse) == (told["refuse"] is not None)
    assert any(text.role is UiRole.IMPLIED for text in ui.texts) == told["implied_wording"]


@each_app
def test_entries_to_rights(name: str) -> None:
    ui = app(name).ui
    assert ui is not None
    named = {fact.id: fact.name for fact in load_ui_facts()}
    entries = {named[text.fact] for text in ui.texts if text.role is UiRole.ENTRY and text.strong}
    assert entries == set(truth(name)["rights_entries"])
