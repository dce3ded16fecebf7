"""Class names of DEX files: equal to what is defined, and clean errors where tables lie."""

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.app.packages import app, naming_dex, package
from mingcha_analyzers.app.code import find_observations
from mingcha_analyzers.app.code.owners import Owners
from mingcha_analyzers.app.dex.names import decode_mutf8
from mingcha_corpora.sdks import load_sdk_base

NAMES = ("cn.example.Main", "cn.example.Main$1", "a.a", "Top")
DEX = naming_dex(NAMES)


def read(data: bytes) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the class names of a DEX file, and the reasons of what could not be read with their details."""
    found = find_observations(
        [("classes.dex", data)], owners=Owners("cn.example", (), load_sdk_base()), components=(), target_sdk=None
    )
    return found.classes, {limit.reason: limit.detail for limit in found.limits}


def word(place: int, value: int) -> bytes:
    """Return the DEX with one word of its header overwritten."""
    data = bytearray(DEX)
    struct.pack_into("<I", data, place, value)
    return bytes(data)


@pytest.mark.parametrize("version", [b"035", b"037", b"038", b"039", b"040"])
def test_all_names(version: bytes) -> None:
    classes, limits = read(naming_dex(NAMES, version))
    assert set(classes) == set(NAMES)
    assert "classes_skipped" not in limits


def test_a_file_without_classes() -> None:
    assert read(naming_dex(()))[0] == ()


def test_a_container_of_version_041_holds_several_files() -> None:
    def part(data: bytes, shift: int) -> bytes:
        """Give a header the length of version 041 and its offsets the container's start."""
        out = bytearray(data[:0x70] + bytes(8) + data[0x70:])
        for place in (56, 64, 96):
            (offset,) = struct.unpack_from("<I", out, place + 4)
            struct.pack_into("<I", out, place + 4, offset + 8 + shift)
        (count,) = struct.unpack_from("<I", out, 56)
        for number in range(count):
            (offset,) = struct.unpack_from("<I", out, 0x78 + 4 * number)
            struct.pack_into("<I", out, 0x78 + 4 * number, offset + 8 + shift)
        struct.pack_into("<II", out, 32, len(out), 0x78)
        return bytes(out)

    first = part(naming_dex(["a.First"], b"041"), 0)
    container = first + part(naming_dex(["b.Second"], b"041"), len(first))
    assert set(read(container)[0]) == {"a.First", "b.Second"}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "dex_truncated", id="empty"),
        pytest.param(DEX[:60], "dex_truncated", id="half a header"),
        pytest.param(b"cdex" + DEX[4:], "dex_bad_magic", id="another magic"),
        pytest.param(b"dex\n099\0" + DEX[8:], "dex_unknown_version", id="unknown version"),
        pytest.param(word(40, 0x78563412), "dex_big_endian", id="other byte order"),
        pytest.param(word(60, 0xFFFFFFF0), "dex_table_outside", id="strings outside"),
        pytest.param(word(56, 0xFFFFFFFF), "dex_table_outside", id="four billion strings"),
        pytest.param(word(100, 4), "dex_table_outside", id="classes inside the header"),
        pytest.param(word(96, 0x20000000), "dex_table_outside", id="count that wraps in 32 bits"),
        pytest.param(DEX[:-60], "dex_table_outside", id="cut off in the class definitions"),
    ],
)
def test_lying_tables_are_said(data: bytes, reason: str) -> None:
    classes, limits = read(data)
    assert classes == ()
    assert reason in limits


def test_unreadable_definitions_are_counted_and_the_others_kept() -> None:
    data = bytearray(naming_dex(["a.A", b"[I", "b.B", b"L;"]))
    struct.pack_into("<I", data, 0x70 + 4 * 8, 0xFFFF)  # The type number of the first class definition.
    classes, limits = read(bytes(data))
    assert classes == ("b.B",)
    assert limits["classes_skipped"] == "classes.dex: 3"


def test_overlapping_names_cost_no_memory() -> None:
    many = 3000
    data = bytearray(naming_dex([f"a{number}" for number in range(many)]))
    start = len(data)
    data += b"L" * 60_000 + b";\0"
    for number in range(many):
        struct.pack_into("<I", data, 0x70 + 4 * number, start + number)
    classes, limits = read(bytes(data))
    assert sum(map(len, classes)) < 20 * len(data)
    assert "classes_skipped" in limits


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        pytest.param(b"a/B", "a/B", id="ascii"),
        pytest.param("包/类".encode(), "包/类", id="Chinese"),
        pytest.param(b"a\xc0\x80b", "a\0b", id="zero in two bytes"),
        pytest.param(b"\xed\xa0\xbd\xed\xb8\x80", "\U0001f600", id="surrogate pair"),
        pytest.param(b"\xed\xa0\xbd", "�", id="half a pair"),
        pytest.param(b"a\xff\xfeb", "a��b", id="invalid bytes"),
    ],
)
def test_modified_utf8(raw: bytes, text: str) -> None:
    assert decode_mutf8(raw) == text


def test_one_damaged_file_does_not_hide_the_others() -> None:
    data = package(
        classes=["com.umeng.analytics.MobclickAgent"],
        more={"classes2.dex": b"junk" * 40, "classes3.dex": naming_dex(["com.amap.api.location.A"])},
    )
    found = app(data)
    assert {"umeng-analytics", "amap-location"} <= {sdk.id for sdk in found.sdks}
    assert next((limit.stage, limit.reason) for limit in found.limits) == ("code", "dex_bad_magic")


@given(st.lists(st.tuples(st.integers(0, len(DEX) - 1), st.integers(0, 255)), max_size=8), st.integers(0, len(DEX)))
@settings(max_examples=300, deadline=500)
def test_random_damage_ends_in_names_or_limits(changes: list[tuple[int, int]], length: int) -> None:
    data = bytearray(DEX)
    for place, value in changes:
        data[place] = value
    for damaged in (bytes(data), bytes(data[:length])):
        classes, limits = read(damaged)
        assert classes or limits
