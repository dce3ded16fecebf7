"""Real packages: nothing fails, and what is known of them is found. They are fetched; see ``realfiles``."""

import zipfile
from functools import cache
from typing import Any

import pytest
import yaml

import realfiles
from mingcha_analyzers.app.code import find_observations
from mingcha_analyzers.app.code.owners import Owners
from mingcha_analyzers.app.reader import read_app
from mingcha_analyzers.app.values import App
from mingcha_analyzers.values import SourceFile
from mingcha_corpora.sdks import load_sdk_base

pytestmark = pytest.mark.network

NAMES = sorted(yaml.safe_load(realfiles.TABLE.read_text("utf-8"))["packages"])


@cache
def real(name: str) -> App:
    path = realfiles.real_apk(name)
    return read_app(SourceFile(name, path.read_bytes()))


def damage(found: App) -> list[tuple[str, str]]:
    """Return the limits that speak of a fault of the package, not of what no static analysis sees."""
    unseen = {"reach", "later_code", "names", "hybrid"}
    return [
        (limit.stage, limit.reason)
        for limit in found.limits
        if limit.reason != "not_analysed_yet" and limit.stage not in unseen
    ]


@pytest.mark.parametrize("name", NAMES)
def test_every_package_is_read(name: str) -> None:
    found = real(name)
    assert found.package_name
    assert damage(found) == ([("code", "no_code")] if name == "org.sajeg.fallingblocks_3" else [])
    assert found.packer is None
    assert "@" not in (found.version_name or "")


@pytest.mark.parametrize(
    ("name", "package", "version", "levels", "permissions", "schemes"),
    [
        ("yosemite", "com.netease.nie.yosemite", "1.1.0.449", (18, 33), 36, ("v1", "v2")),
        ("pocoservice", "com.netease.open.pocoservice", "1.0.0.68", (19, 33), 12, ("v1", "v2")),
        ("uiautomator2-server", "io.appium.uiautomator2.server", "10.6.6", (26, 34), 9, ("v1", "v2", "v3")),
        ("uiautomator2-server-test", "io.appium.uiautomator2.server.test", None, (26, 34), 0, ("v1", "v2", "v3")),
        ("apidemos", "io.appium.android.apis", "5.0.0", (17, 33), 14, ("v1", "v2")),
        ("appium-settings", "io.appium.settings", "8.0.10", (26, 35), 27, ("v2",)),
        ("app-uiautomator", "com.github.uiautomator", "2.4.0", (19, 32), 12, ("v1", "v2")),
        ("systemwebview", "com.revrobotics.webview", "92.0.4515.115", (21, 30), 3, ("v1", "v2", "v3")),
        ("janus", "com.example", "1.0", (4, 15), 6, ("v1",)),
        ("bad-unicode", "info.guardianproject.urzip", "0.1", (4, 18), 0, ("v1",)),
        ("urzip-unicode", "info.guardianproject.urzip", "0.1", (4, 18), 0, ("v1",)),
        ("urzip-badcert", "info.guardianproject.urzip", "0.1", (4, 18), 0, ("v1",)),
        ("urzip-release-unsigned", "info.guardianproject.urzip", "0.1", (4, 18), 0, ()),
        ("no.min.target.sdk_987", "no.min.target.sdk", "1.2-fake", (None, None), 0, ("v1", "v2")),
        ("v2.only.sig_2", "v2.only.sig", "v2-only", (27, None), 0, ("v2",)),
        ("org.dyndns.fules.ck_20", "org.dyndns.fules.ck", "v1.6pre2", (7, 8), 3, ("v1",)),
        ("souch.smsbypass_9", "souch.smsbypass", "0.9", (8, 18), 5, ("v1",)),
        ("org.sajeg.fallingblocks_3", "org.sajeg.fallingblocks", "1.5.1", (19, 32), 2, ("v1", "v2", "v3")),
    ],
)
def test_identity_as_the_platforms_own_tool_prints_it(
    name: str,
    package: str,
    version: str | None,
    levels: tuple[int | None, int | None],
    permissions: int,
    schemes: tuple[str, ...],
) -> None:
    found = real(name)
    assert (found.package_name, found.version_name) == (package, version)
    assert (found.min_sdk, found.target_sdk) == levels
    assert len(found.permissions) == permissions
    assert found.signing.schemes == schemes


def test_the_chinese_app_holds_x5_and_no_false_names() -> None:
    found = real("yosemite")
    named = {sdk.id: sdk for sdk in found.sdks}
    assert named["tbs-x5"].confidence >= 0.8
    assert {"glide", "netty-project", "androidasync", "zxing"} <= set(named)
    requested = {request.name for request in found.permissions}
    assert {"android.permission.READ_SMS", "android.permission.RECORD_AUDIO"} <= requested


def test_a_permission_up_to_a_level_and_one_asked_for_twice() -> None:
    limits = {row.name: row.max_sdk for row in real("duplicate.permisssions_9999999").permissions}
    assert len(limits) == 7
    assert limits["android.permission.WRITE_EXTERNAL_STORAGE"] == 18
    assert limits["android.permission.REQUEST_IGNORE_BATTERY_OPTIMIZATIONS"] == 27
    assert limits["android.permission.INTERNET"] is None


def test_google_location_is_named() -> None:
    named = {sdk.id for sdk in real("appium-settings").sdks}
    assert {"google-gms-base", "google-maps-location"} <= named


@pytest.mark.parametrize("name", ["app-uiautomator", "systemwebview", "uiautomator2-server-test", "souch.smsbypass_9"])
def test_class_names_equal_those_of_another_reader(name: str) -> None:
    from loguru import logger

    logger.disable("androguard")
    dex: Any = pytest.importorskip("androguard.core.dex")
    with zipfile.ZipFile(realfiles.real_apk(name)) as package:
        for entry in sorted(entry for entry in package.namelist() if entry.endswith(".dex")):
            data = package.read(entry)
            others = {str(found) for found in dex.DEX(data).get_classes_names()}
            mine = find_observations(
                [(entry, data)], owners=Owners("", (), load_sdk_base()), components=(), target_sdk=None
            )
            assert {f"L{found.replace('.', '/')};" for found in mine.classes} == others
