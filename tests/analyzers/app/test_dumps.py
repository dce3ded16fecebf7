"""DEX files dumped from a packed app: their code counts, the packer's stand-ins do not, and what is no DEX is said."""

import struct
from dataclasses import replace

import pytest

from analyzers.app.containers import entries, sample
from analyzers.app.packages import naming_dex, zipped
from mingcha_analyzers.app.dumps import looks_dumped, read_dumps
from mingcha_analyzers.app.reader import read_app
from mingcha_analyzers.app.values import App, Observation
from mingcha_analyzers.values import SourceFile

REAL = entries(sample())["classes.dex"]
PATH = "dump/0x7b1.dex"


def packed(stub: bytes) -> bytes:
    """Return the careless sample with its code replaced and a packer's library beside it."""
    return zipped({**entries(sample()), "classes.dex": stub, "lib/armeabi-v7a/libjiagu.so": b""})


def analysed(package: bytes, *dumps: bytes) -> App:
    files = [SourceFile(PATH if number == 0 else f"dump/{number}.dex", data) for number, data in enumerate(dumps)]
    return read_app(SourceFile("x.apk", package), files)


def unplaced(found: App) -> list[Observation]:
    return [replace(each, place=replace(each.place, dex=None)) for each in found.observations]


def reasons(found: App) -> list[tuple[str, str, str]]:
    return [(limit.stage, limit.reason, limit.detail) for limit in found.limits if limit.stage in {"code", "extra_dex"}]


def test_dumped_code_is_analysed_in_place_of_the_stand_ins() -> None:
    stub = naming_dex(["cn.example.taihen.TaihenApp", "com.stub.StubApp"])
    hidden, found = analysed(packed(stub)), analysed(packed(stub), REAL)
    plain = read_app(SourceFile("x.apk", sample()))
    assert ("code", "packed", hidden.packer.name if hidden.packer else "") in reasons(hidden)
    assert unplaced(found) == unplaced(plain)
    assert {each.place.dex for each in found.observations if each.place.dex} == {PATH}
    assert {sdk.id for sdk in plain.sdks} <= {sdk.id for sdk in found.sdks}
    assert found.packer == hidden.packer
    assert [reason for _, reason, _ in reasons(found) if reason.startswith("packed")] == ["packed_dumped"]


def test_what_the_package_holds_itself_keeps_its_name_and_is_read_once() -> None:
    plain = read_app(SourceFile("x.apk", sample()))
    assert analysed(sample(), REAL, REAL) == plain


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"cdex001\0" + bytes(200), "dump_cdex", id="compact"),
        pytest.param(b"dey\n036\0" + bytes(200), "dump_odex", id="optimised"),
        pytest.param(b"vdex027\0" + bytes(200), "dump_vdex", id="vdex"),
        pytest.param(b"\x7fELF" + bytes(200), "dump_oat", id="oat"),
        pytest.param(zipped({"classes.dex": b""}), "dump_archive", id="archive"),
        pytest.param(b"hello", "dump_no_dex", id="text"),
        pytest.param(b"", "dump_no_dex", id="nothing"),
        pytest.param(bytes(500), "dump_no_dex", id="zeros"),
        pytest.param(REAL[:60], "dex_truncated", id="header cut off"),
        pytest.param(b"dex\n099\0" + REAL[8:], "dex_unknown_version", id="unknown version"),
        pytest.param(REAL[:2000], "dex_table_outside", id="tables cut off"),
    ],
)
def test_what_is_no_readable_dex_is_said_by_file(data: bytes, reason: str) -> None:
    found, limits = read_dumps([SourceFile(PATH, data)], [])
    assert found == []
    assert [(limit.stage, limit.reason, limit.detail.partition(": ")[0]) for limit in limits] == [
        ("extra_dex", reason, PATH)
    ]
    result = analysed(packed(naming_dex(["a.B"])), data)
    assert "packed" in {reason for _, reason, _ in reasons(result)}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(REAL + bytes(4096), ("extra_dex", "dump_trailing"), id="page after the end"),
        pytest.param(bytes(8) + REAL[8:], ("extra_dex", "dump_magic_restored"), id="first bytes wiped"),
        pytest.param(REAL[:8] + bytes(4) + REAL[12:], ("code", "dex_checksum"), id="wrong checksum"),
        pytest.param(
            REAL[:32] + struct.pack("<I", len(REAL) + 999) + REAL[36:], ("code", "dex_truncated"), id="size too large"
        ),
    ],
)
def test_a_memory_dump_is_read_and_its_oddities_are_said(data: bytes, reason: tuple[str, str]) -> None:
    plain = read_app(SourceFile("x.apk", sample()))
    found = analysed(packed(naming_dex(["a.B"])), data)
    assert unplaced(found) == unplaced(plain)
    assert reason in {(stage, why) for stage, why, _ in reasons(found)}


@pytest.mark.parametrize(
    ("name", "head", "dumped"),
    [
        ("a.dex", b"", True),
        ("0x7b1_dump", b"dex\n035\0", True),
        ("base.VDEX", b"vdex", True),
        ("oat", b"\x7fELF", True),
        ("readme.txt", b"hello", False),
    ],
)
def test_dumped_files_are_told_by_ending_or_first_bytes(name: str, head: bytes, dumped: bool) -> None:
    assert looks_dumped(name, head) is dumped
