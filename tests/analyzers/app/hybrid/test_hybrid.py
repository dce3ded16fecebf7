"""Code outside DEX: frameworks are told by their files, scripts are searched, compiled forms are only named."""

from pathlib import Path
from typing import Any

import pytest
import yaml

import mingcha_analyzers.app.hybrid.tables as tables
from analyzers.app.axmlfile import manifest
from analyzers.app.packages import app, package
from mingcha_analyzers.app.hybrid.scripts import observe_scripts
from mingcha_analyzers.app.values import App, BeforeConsent, HybridRead, Stage
from mingcha_corpora.taxonomy import load_taxonomy

DATA = Path(tables.__file__).parent / "data"
HERMES = bytes.fromhex("c61fbc03c103191f")


def rows(name: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load((DATA / name).read_text("utf-8"))
    return loaded


def holding(**files: bytes) -> App:
    return app(package(manifest(), more=files))


def calls(text: str) -> list[tuple[str, str]]:
    found = observe_scripts([("assets/www/app.js", text.encode())])
    return [(each.data_item or "", each.api) for each in found]


@pytest.mark.parametrize("row", rows("frameworks.yaml"), ids=lambda row: row["kind"])
def test_each_framework_is_told_by_its_file(row: dict[str, Any]) -> None:
    found = holding(**{row["test"]: b"x"})
    kinds = {part.kind: part.read for part in found.hybrid or ()}
    assert kinds[row["kind"]] is HybridRead(row["read"])
    assert ("hybrid" in {limit.stage for limit in found.limits}) == row["main"]
    assert row["source"].strip()


def test_a_plain_package_has_no_hybrid_part() -> None:
    found = holding(**{"assets/readme.txt": b"x"})
    assert found.hybrid == ()
    assert not {"hybrid", "later_code"} & {limit.stage for limit in found.limits}


def test_hermes_bytecode_is_named_and_not_searched() -> None:
    found = holding(**{"assets/index.android.bundle": HERMES + b"uni.getLocation http://a.taihen.cn"})
    assert "hermes" in {part.kind for part in found.hybrid or ()}
    assert ("script_compiled", "assets/index.android.bundle") in {(each.reason, each.detail) for each in found.limits}
    assert (found.observations, found.endpoints) == ((), ())


@pytest.mark.parametrize("row", rows("script_facts.yaml"), ids=lambda row: row["id"])
def test_each_script_fact_is_found_in_its_test(row: dict[str, Any]) -> None:
    assert row["item"] in [item for item, _ in calls(row["test"])]
    assert row["item"] in load_taxonomy().items
    assert row["source"].strip()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a.getLocation()", id="method of another object"),
        pytest.param("uni.getLocationName()", id="longer name"),
        pytest.param("myuni.getLocation()", id="longer object"),
        pytest.param("r.default.getUniqueId()", id="library is not there"),
    ],
)
def test_other_calls_are_left_out(text: str) -> None:
    assert calls(text) == []


def test_a_script_gives_an_observation_of_the_app_that_is_not_followed() -> None:
    found = holding(**{"assets/apps/A/www/app-service.js": b"x;uni.getLocation({});uni.getLocation({})"})
    (seen,) = found.observations
    assert (seen.data_item, seen.owner, seen.api) == ("location.precise", "app", "uni.getLocation")
    assert (seen.place.dex, seen.place.class_) == ("assets/apps/A/www/app-service.js", None)
    assert (seen.stage, seen.reach.before_consent) == (Stage.PRESENT, BeforeConsent.UNKNOWN)


def test_a_native_library_is_named_once() -> None:
    found = holding(**{"lib/arm64-v8a/liba.so": b"x", "lib/armeabi-v7a/liba.so": b"x"})
    assert [(part.kind, part.name) for part in found.hybrid or ()] == [("native_library", "liba.so")]


def test_shortened_names_are_said() -> None:
    names = [f"cn.taihen.{letter}{other}" for letter in "abcdef" for other in "abcdef"]
    shortened = app(package(manifest(), classes=names))
    plain = app(package(manifest(), classes=[f"{name}Screen" for name in names]))
    assert "names_shortened" in {limit.reason for limit in shortened.limits}
    assert "names_shortened" not in {limit.reason for limit in plain.limits}
    assert plain.renaming is not None
    assert not plain.renaming.renamed
