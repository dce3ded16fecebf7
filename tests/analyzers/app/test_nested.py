"""Code beside the DEX files that the system loads: what is found, under which name, and within which bounds."""

import struct
import time
from collections.abc import Mapping

import pytest

from analyzers.app.axmlfile import manifest
from analyzers.app.code.programs import reader
from analyzers.app.dex.assemble import assemble
from analyzers.app.dex.dexbytes import seal
from analyzers.app.packages import app, naming_dex, package, zipped
from mingcha_analyzers.app.values import App, NestedCode, NestedKind

OWN = ["cn.example.app.Main"]
PLUGIN = seal(naming_dex(["com.umeng.analytics.MobclickAgent"]))
READING = assemble([reader("Lcom/umeng/analytics/Reader;")])


def holding(more: Mapping[str, bytes]) -> App:
    return app(package(manifest(), classes=OWN, more=more))


def said(found: App) -> list[tuple[str, str]]:
    return [(limit.reason, limit.detail) for limit in found.limits if limit.stage == "later_code"]


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        pytest.param("assets/a.dat", PLUGIN, NestedKind.DEX, id="DEX under another name"),
        pytest.param("assets/a.jar", zipped({"classes.dex": PLUGIN}), NestedKind.ARCHIVE, id="JAR in assets"),
        pytest.param("res/raw/a.bin", zipped({"classes.dex": PLUGIN}), NestedKind.ARCHIVE, id="archive in res/raw"),
        pytest.param("lib/x86/liba.so", PLUGIN, NestedKind.DEX, id="DEX as a native library"),
        pytest.param(
            "assets/a.zip",
            zipped({"b.apk": zipped({"classes.dex": PLUGIN})}),
            NestedKind.ARCHIVE,
            id="two archives deep",
        ),
        pytest.param(
            "instant-run.zip",
            zipped({"slice_0-classes.dex": PLUGIN}),
            NestedKind.INSTANT_RUN,
            id="slices of Instant Run",
        ),
    ],
)
def test_code_under_any_name_is_read_and_marked(name: str, data: bytes, kind: NestedKind) -> None:
    found = holding({name: data})
    assert found.nested == (NestedCode(name, kind, 1, 1),)
    (sdk,) = found.sdks
    assert (sdk.id, sdk.loaded_later) == ("umeng-analytics", kind is not NestedKind.INSTANT_RUN)
    assert said(found) == []


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("assets/a.zip", zipped({"a.png": b"x"}), id="archive without code"),
        pytest.param("assets/a.bin", b"dexterity", id="text that begins alike"),
        pytest.param("assets/a.bin", b"PK\x03\x04 no archive", id="only the first bytes of an archive"),
        pytest.param("res/drawable/a.png", PLUGIN, id="a picture of the system's own folders"),
    ],
)
def test_other_files_hold_no_code(name: str, data: bytes) -> None:
    found = holding({name: data})
    assert found.nested == ()
    assert found.sdks == ()


def test_places_in_nested_code_name_the_archive_and_the_file() -> None:
    found = holding({"assets/a.jar": zipped({"classes.dex": READING})})
    (seen,) = [each for each in found.observations if each.data_item]
    assert (seen.owner, seen.place.dex) == ("sdk:umeng-analytics", "assets/a.jar!/classes.dex")


def test_what_the_package_defines_itself_is_not_loaded_later() -> None:
    found = app(package(manifest(), classes=["com.umeng.analytics.MobclickAgent"], more={"assets/a.dat": PLUGIN}))
    assert not found.sdks[0].loaded_later
    assert found.nested[0].classes == 0


def test_code_that_is_there_and_cannot_be_read_is_said() -> None:
    found = holding({"assets/a.jar": zipped({"classes.dex": b"encrypted"}), "assets/b.dex": b"dex\n035\0 damaged"})
    assert [reason for reason, _ in said(found)] == ["code_in_assets", "dex_truncated"]
    assert not [limit for limit in found.limits if limit.stage == "code" and "assets" in limit.detail]


def test_a_slice_that_cannot_be_read_is_a_gap_in_the_code_itself() -> None:
    found = holding({"instant-run.zip": zipped({"slice_0-classes.dex": b"dex\n035\0 damaged"})})
    assert ("code", "dex_truncated") in {(limit.stage, limit.reason) for limit in found.limits}


def test_archives_three_deep_are_said() -> None:
    deep = zipped({"c.zip": zipped({"classes.dex": PLUGIN})})
    assert said(holding({"assets/a.zip": zipped({"b.zip": deep})})) == [
        ("archive_too_deep", "assets/a.zip!/b.zip!/c.zip")
    ]


def test_thousands_of_files_cost_no_more_than_time_allows() -> None:
    data = {f"assets/{number}.dex": seal(naming_dex([f"com.umeng.analytics.C{number}"])) for number in range(10_000)}
    begin = time.process_time()
    found = holding(data)
    assert time.process_time() - begin < 20
    assert len(found.nested) == 256
    assert said(found) == [("entry_not_searched", f"{10_000 - 256} files")]


def test_an_archive_that_swells_is_said_and_not_read() -> None:
    bomb = zipped({f"{number}.zip": zipped({"classes.dex": b"dex\n035\0" + bytes(40 << 20)}) for number in range(4)})
    begin = time.process_time()
    found = holding({"assets/a.zip": bomb})
    assert time.process_time() - begin < 10
    assert "entry_too_large" in {reason for reason, _ in said(found)}


def test_sizes_that_lie_are_not_believed() -> None:
    """The directory says that the DEX has 1 byte, or 4 gigabytes."""
    for size in (1, 0xFFFFFFF0):
        data = bytearray(zipped({"classes.dex": PLUGIN}))
        place = data.rindex(b"PK\x01\x02")
        struct.pack_into("<I", data, place + 24, size)
        assert holding({"assets/a.jar": bytes(data)}).nested[0].dex == 1


def test_nested_code_stands_behind_the_packages_own() -> None:
    """Of two definitions of a class the first counts: here the one that reads nothing."""
    own = naming_dex(["com.umeng.analytics.Reader"])
    found = app(package(manifest(), more={"classes.dex": own, "assets/a.dex": READING}))
    assert [each for each in found.observations if each.data_item] == []
