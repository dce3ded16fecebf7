"""What an app comes in: the same app gives the same facts in every form, and what is not part of it is not merged."""

import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.app import containers
from analyzers.app.axmlfile import Element, binary_xml, el, manifest
from analyzers.app.containers import FORMS, PACKAGE, VERSION, sample, split, split_of
from analyzers.app.packages import app, naming_dex, package, zipped
from analyzers.app.protofile import proto_xml
from mingcha_analyzers.app import archive, splits
from mingcha_analyzers.app.axml import parse_binary_xml
from mingcha_analyzers.app.container import open_package
from mingcha_analyzers.app.reader import read_app
from mingcha_analyzers.app.values import App, Container, ContainerKind, Signing
from mingcha_analyzers.values import SourceFile
from mingcha_corpora.errors import UnreadableInputError

Make = Callable[[], bytes]
APP = "cn.example.app"
LIMITS_OF_CONTAINERS = {"app_key_unknown"}


def bare(found: App) -> App:
    """Return the app without what the container decides."""
    limits = tuple(limit for limit in found.limits if limit.reason not in LIMITS_OF_CONTAINERS)
    # The bundle of the tests holds one string: hosts of the others are not in it.
    hosts = tuple(each for each in found.endpoints if each.place.class_ is not None)
    plain = Container(ContainerKind.APK, ())
    return replace(found, container=plain, signing=Signing((), ()), limits=limits, endpoints=hosts)


def said(found: App) -> list[tuple[str, str]]:
    """Return the limits of this package, without those of its code."""
    return [(limit.reason, limit.detail) for limit in found.limits if limit.stage != "reach"]


def refused(data: bytes, name: str = "x.zip") -> UnreadableInputError:
    with pytest.raises(UnreadableInputError) as caught:
        read_app(SourceFile(name, data))
    return caught.value


@pytest.mark.parametrize(("kind", "make"), FORMS.values(), ids=FORMS)
def test_the_same_app_gives_the_same_facts_in_every_form(kind: str, make: Make) -> None:
    plain, found = app(sample()), app(make())
    assert bare(found) == bare(plain)
    assert found.container.kind == kind
    assert plain.container == Container(ContainerKind.APK, ())
    if kind != "aab":
        assert found.signing == plain.signing


def test_parts_are_listed_base_first_with_their_hashes() -> None:
    base, config = app(containers.xapk()).container.parts
    assert (base.name, base.kind, base.size) == (f"{PACKAGE}.apk", "base", len(sample()))
    assert (config.name, config.kind) == ("config.zh.apk", "config")
    assert base.sha256 is not None
    assert base.sha256 != config.sha256


def test_the_key_of_a_bundle_is_not_taken_for_that_of_the_app() -> None:
    signatures = {name: data for name, data in containers.entries(sample()).items() if name.startswith("META-INF/")}
    found = app(containers.aab(signatures))
    assert found.signing.schemes == ("v1",)
    assert ("app_key_unknown", "") in said(found)
    assert not any(fact.id.startswith("SF-SIG") for fact in found.security or ())


def feature(name: str = "pay", version: int = VERSION) -> bytes:
    """Return a split with a permission, a service and code."""
    root = manifest(
        el("uses-permission", name="android.permission.CAMERA"),
        el("application", el("service", name="cn.example.pay.Service"), el("meta-data", name="PAY", value="1")),
        versionCode=version,
    )
    root.plain["split"] = name
    more = {
        "classes.dex": naming_dex(["cn.example.pay.Service"]),
        "lib/arm64-v8a/libpay.so": b"",
        "assets/pay.json": b"",
        "res/a.xml": b"",
    }
    return split_of(root, more)


def base(**more: bytes) -> bytes:
    root = manifest(el("application", el("activity", name=".Main")), versionCode=VERSION)
    return package(root, classes=["cn.example.app.Main"], more=more)


def test_a_feature_split_adds_code_components_and_permissions() -> None:
    found = app(zipped({"base.apk": base(), "split_pay.apk": feature()}))
    assert [request.name for request in found.permissions] == ["android.permission.CAMERA"]
    assert [component.name for component in found.components] == [
        "android.app.Application",
        "cn.example.app.Main",
        "cn.example.pay.Service",
    ]
    assert [entry.name for entry in found.components[0].meta_data] == ["PAY"]
    assert [part.kind for part in found.container.parts] == ["base", "feature"]


def test_entries_of_splits_have_names_of_their_own() -> None:
    data = zipped({"base.apk": base(), "splits/split_pay.apk": feature()})
    opened = open_package(archive.open_archive(SourceFile("x.apks", data)), "x.apks")
    assert opened.dex_names() == ["classes.dex", "split_pay.apk!/classes.dex"]
    assert {"lib/arm64-v8a/libpay.so", "assets/pay.json", "split_pay.apk!/res/a.xml"} <= set(opened.names())
    assert opened.read("split_pay.apk!/classes.dex") == naming_dex(["cn.example.pay.Service"])


def module(package: str = PACKAGE) -> dict[str, bytes]:
    """Return a module of a bundle with a service and code."""
    root = manifest(el("application", el("service", name="cn.example.pay.Service")), package=package)
    root.plain["split"] = "pay"
    return {
        "pay/manifest/AndroidManifest.xml": proto_xml(parse_binary_xml(binary_xml(root))),
        "pay/dex/classes.dex": naming_dex(["cn.example.pay.Service"]),
        "pay/lib/x86/libBugly_Native.so": b"",
    }


def test_a_module_of_a_bundle_is_merged_too() -> None:
    found = app(containers.aab(module()))
    assert [part.name for part in found.container.parts] == ["base", "pay"]
    assert "cn.example.pay.Service" in {component.name for component in found.components}
    (bugly,) = (sdk for sdk in found.sdks if sdk.id == "bugly")
    assert "libBugly_Native.so" in {evidence.value for evidence in bugly.evidence}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        pytest.param(module("a.b"), "part_foreign", id="module of another package"),
        pytest.param({"pay/manifest/AndroidManifest.xml": b"\x0a\xff"}, "part_damaged", id="manifest that is none"),
    ],
)
def test_a_module_that_does_not_belong_is_said_and_not_merged(more: Mapping[str, bytes], expected: str) -> None:
    found = app(containers.aab(more))
    assert [reason for reason, _ in said(found)] == ["app_key_unknown", expected]
    assert bare(replace(found, limits=())) == bare(replace(app(sample()), limits=()))


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        pytest.param({"other.apk": split("config.zh", package="a.b")}, "part_foreign", id="split of another package"),
        pytest.param({"old.apk": split("config.zh", version=3)}, "part_foreign", id="split of another version"),
        pytest.param({"b.apk": split("pay"), "c.apk": split("pay", more={"x": b""})}, "part_variant", id="split twice"),
        pytest.param({"cut.apk": split("config.zh")[:-30]}, "part_damaged", id="split cut off"),
        pytest.param({"junk.apk": b"junk"}, "part_damaged", id="no package at all"),
        pytest.param({"manifest.json": b"[1, 2"}, "part_list_damaged", id="list that is no JSON"),
        pytest.param({"manifest.json": b'"text"'}, "part_list_damaged", id="list of another shape"),
        pytest.param({"manifest.json": b"[" * 100_000}, "part_list_damaged", id="list without end"),
        pytest.param(
            {"manifest.json": b'{"split_apks": [7, {"file": "no.apk"}]}'}, "part_missing", id="listed and not there"
        ),
        pytest.param({"base_2.apk": zipped(containers.entries(sample()))}, "part_variant", id="base twice"),
    ],
)
def test_what_is_not_part_of_the_app_is_said_and_not_merged(parts: Mapping[str, bytes], expected: str) -> None:
    found = app(zipped({"base.apk": sample(), **parts}))
    assert [reason for reason, _ in said(found)] == [expected]
    assert bare(replace(found, limits=())) == bare(replace(app(sample()), limits=()))


def test_splits_without_their_base_say_so() -> None:
    found = app(zipped({"split_config.zh.apk": split("config.zh"), "split_pay.apk": split("pay")}))
    assert ("base_missing", PACKAGE) in said(found)
    assert found.package_name == PACKAGE
    alone = app(split("config.zh"))
    assert ("base_missing", "split config.zh") in said(alone)


@pytest.mark.parametrize(
    ("data", "code", "told"),
    [
        pytest.param(
            zipped({"a.apk": sample(), "b.apk": base()}), "package_several_apps", "cn.example.app", id="two apps"
        ),
        pytest.param(
            zipped({"a.xapk": b"", "b.aab": b""}), "package_several_apps", "a.xapk, b.aab", id="two containers"
        ),
        pytest.param(zipped({"base.apk": sample()[:9000]}), "apk_truncated", "", id="cut off base"),
        pytest.param(
            zipped({"base.apk": sample()[:9000], "split.apk": split("pay")}), "apk_truncated", "", id="base cut off"
        ),
        pytest.param(
            zipped({"x.zip": zipped({"y.zip": zipped({"a.apk": sample()})})}), "container_too_deep", "", id="deep"
        ),
        pytest.param(zipped({"BundleConfig.pb": b""}), "bundle_no_base", "", id="bundle without a base"),
        pytest.param(zipped({"readme.txt": b""}), "apk_no_manifest", "", id="no package"),
    ],
)
def test_what_holds_no_single_app_is_refused(data: bytes, code: str, told: str) -> None:
    error = refused(data)
    assert error.code == code
    assert told in error.params.get("apps", "")


def test_an_encrypted_container_is_told_by_its_name() -> None:
    assert refused(b"\x01\x02" + bytes(100), "x.apkm").code == "apkm_encrypted"


def test_the_stores_list_chooses_among_several_apps() -> None:
    listed = b'{"package_name": "cn.example.taihen"}'
    found = app(zipped({"manifest.json": listed, "a.apk": base(), "b.apk": sample()}))
    assert found.package_name == PACKAGE
    assert [reason for reason, _ in said(found)] == ["part_foreign"]


def test_a_base_by_itself_says_that_its_splits_are_missing() -> None:
    root = Element("manifest", {"isSplitRequired": True, "versionCode": VERSION}, [], {"package": PACKAGE})
    assert ("splits_missing", "") in said(app(split_of(root)))
    assert ("splits_missing", "") in said(app(zipped({"base.apk": split_of(root)})))
    assert "splits_missing" not in dict(said(app(zipped({"base.apk": split_of(root), "zh.apk": split("config.zh")}))))


@pytest.mark.parametrize(
    ("parts", "limit"),
    [
        pytest.param({"pay.apk": b"junk"}, ("code", "part_damaged", "pay.apk"), id="damaged split"),
        pytest.param(
            {"split_config.zh.apk": b"junk"}, ("archive", "part_damaged", "split_config.zh.apk"), id="damaged texts"
        ),
        pytest.param(
            {"manifest.json": b'{"split_apks": [{"file": "pay.apk"}]}'},
            ("code", "part_missing", "pay.apk"),
            id="listed",
        ),
        pytest.param(
            {"manifest.json": b'{"split_apks": [{"file": "config.xhdpi.apk"}]}'},
            ("archive", "part_missing", "config.xhdpi.apk"),
            id="listed pictures",
        ),
    ],
)
def test_a_part_that_may_hold_code_and_is_not_read_makes_the_code_incomplete(
    parts: Mapping[str, bytes], limit: tuple[str, str, str]
) -> None:
    found = app(zipped({"base.apk": sample(), **parts}))
    assert limit in {(each.stage, each.reason, each.detail) for each in found.limits}


def test_a_base_names_the_splits_whose_components_it_lacks() -> None:
    root = manifest(el("application", el("activity", name=".Pay", splitName="pay")), versionCode=VERSION)
    alone = {"base.apk": split_of(root)}
    assert ("splits_missing", "pay") in said(app(split_of(root)))
    assert ("splits_missing", "pay") in said(app(zipped({**alone, "zh.apk": split("config.zh", package=APP)})))
    assert "splits_missing" not in dict(said(app(zipped({**alone, "pay.apk": split("pay", package=APP)}))))


def test_all_archives_share_one_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_PACKAGE_BYTES", 3 << 20)
    bomb = zipped({"AndroidManifest.xml": bytes(2 << 20)}, compression=zipfile.ZIP_STORED)
    assert refused(zipped({"a.apk": bomb})).params == {"path": "x.zip!/a.apk", "fault": "entry_too_large"}
    assert refused(zipped({"a.apk": bytes(4 << 20)})).params == {"path": "x.zip!/a.apk", "fault": "entry_too_large"}
    parts = {f"split{number}.apk": split(f"s{number}", more={"x": bytes(1 << 20)}) for number in range(4)}
    found = app(zipped({"base.apk": sample(), **parts}))
    assert found.package_name == PACKAGE


def test_archives_share_one_count_of_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_ENTRIES", 20)
    found = app(zipped({"base.apk": sample(), "pay.apk": split("pay", more={str(each): b"" for each in range(99)})}))
    assert said(found) == [("too_many_entries", "pay.apk!/20")]


def test_the_number_of_parts_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(splits, "MAX_PARTS", 2)
    many = {f"split{number}.apk": split(f"s{number}") for number in range(4)}
    assert ("too_many_parts", "2") in said(app(zipped({"base.apk": sample(), **many})))


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_a_damaged_container_ends_in_an_app_or_in_an_error(data: st.DataObject) -> None:
    sound = zipped({"manifest.json": b"{}", "base.apk": base(), "pay.apk": feature()}, compression=zipfile.ZIP_STORED)
    changed = bytearray(sound)
    for place in data.draw(st.lists(st.integers(0, len(sound) - 1), max_size=8)):
        changed[place] = data.draw(st.integers(0, 255))
    with suppress(UnreadableInputError):
        app(bytes(changed[: data.draw(st.integers(len(sound) - 60, len(sound)))]))
