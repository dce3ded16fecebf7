"""The DEX reader: what it finds in whole files, and what it says of damaged ones."""

import struct
import time
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from analyzers.app.dex.dexbytes import body, build_dex, sample_dex, seal
from mingcha_analyzers.app.dex import opcodes
from mingcha_analyzers.app.dex.reader import DexError, find_headers, read_dex
from mingcha_analyzers.app.dex.values import DexFile

RETURN = 0x000E
CALL_M0 = (0x0071, 0x0000, 0x0000)  # invoke-static {}, m0


def calls(dex: DexFile) -> list[tuple[int, int, int]]:
    """Return (method, offset, callee) of every call."""
    refs, found = dex.references, []
    for number in range(len(dex.definitions.method)):
        item = dex.definitions.item[number]
        mine = (refs.item == item) & (refs.kind == opcodes.METHOD)
        pairs = zip(refs.offset[mine].tolist(), refs.index[mine].tolist(), strict=True)
        found += [(int(dex.definitions.method[number]), offset, index) for offset, index in pairs]
    return found


def reasons(dex: DexFile) -> set[str]:
    return {damage.reason for damage in dex.damage}


PACKED = (0x0100, 2, 0, 0, 4, 0, 4, 0)
SPARSE = (0x0200, 1, 7, 0, 4, 0)
ARRAY = (0x0300, 2, 3, 0, 0x0071, 0, 0)


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        pytest.param((RETURN,), [], id="no call"),
        pytest.param((*CALL_M0, RETURN), [(0, 0, 0)], id="one call"),
        pytest.param((0, *CALL_M0, RETURN), [(0, 1, 0)], id="after a nop"),
        pytest.param((RETURN, 0, *PACKED, *CALL_M0), [(0, 10, 0)], id="packed switch payload is data"),
        pytest.param((RETURN, 0, *SPARSE, *CALL_M0), [(0, 8, 0)], id="sparse switch payload is data"),
        pytest.param((RETURN, 0, *ARRAY, *CALL_M0), [(0, 9, 0)], id="array payload that looks like a call is data"),
        pytest.param((0x0018, 0x71, 0, 0, 0, RETURN), [], id="the value of const-wide is no call"),
        pytest.param((0x00FA, 0, 0, 0, RETURN), [(0, 0, 0)], id="polymorphic call"),
    ],
)
def test_finds_calls(units: tuple[int, ...], expected: list[tuple[int, int, int]]) -> None:
    dex = read_dex(build_dex([body(units)]))
    assert (calls(dex), dex.damage) == (expected, ())


def test_a_shared_body_belongs_to_each_of_its_methods() -> None:
    dex = read_dex(build_dex([body((*CALL_M0, RETURN))] * 3, share=True))
    assert calls(dex) == [(0, 0, 0), (1, 0, 0), (2, 0, 0)]


def test_many_bodies_are_walked_as_one_body_is() -> None:
    units = [(0,) * (number % 7) + CALL_M0 + (RETURN, 0) + PACKED for number in range(600)]
    dex = read_dex(build_dex([body(each) for each in units]))
    assert calls(dex) == [(number, number % 7, 0) for number in range(600)]
    assert dex.instructions == sum(number % 7 + 4 for number in range(600))


@pytest.mark.parametrize(
    ("units", "expected", "reason"),
    [
        pytest.param((0x0071, 0x0063, 0, RETURN), [], "dex_reference", id="index past the table"),
        pytest.param((*CALL_M0, 0x0071), [(0, 0, 0)], "dex_code_lost_step", id="last instruction cut off"),
        pytest.param((0x0100, 0xFFFF), [], "dex_code_lost_step", id="payload longer than the method"),
        pytest.param(
            (0x0328, 0x0073, 0x0018, *CALL_M0, RETURN), [(0, 3, 0)], "dex_code_lost_step", id="junk jumped over"
        ),
        pytest.param((0x003E,), [], "dex_code_lost_step", id="unassigned opcode"),
    ],
)
def test_counts_damaged_code(units: tuple[int, ...], expected: list[tuple[int, int, int]], reason: str) -> None:
    dex = read_dex(build_dex([body(units)]))
    assert (calls(dex), reasons(dex)) == (expected, {reason})


def test_damage_in_one_body_leaves_the_others() -> None:
    dex = read_dex(build_dex([body((0x003E,)), *[body((*CALL_M0, RETURN))] * 400]))
    assert len(calls(dex)) == 400


def test_junk_is_followed_through_handlers() -> None:
    # try over unit 0, handler (catch all) at unit 4; units 2-3 are junk that swallows the handler's first unit.
    tries = struct.pack("<IHH", 0, 1, 1) + bytes((1, 0, 4))
    units = (0x0000, RETURN, 0x0073, 0x0018, *CALL_M0, RETURN)
    dex = read_dex(build_dex([body(units, tries, 1)]))
    assert calls(dex) == [(0, 4, 0)]


@pytest.mark.parametrize(
    ("place", "value", "reason"),
    [
        pytest.param(0, b"DEX\n", "dex_bad_magic", id="wrong magic"),
        pytest.param(4, b"034\0", "dex_unknown_version", id="unknown version"),
        pytest.param(40, struct.pack("<I", 0x78563412), "dex_big_endian", id="big endian"),
        pytest.param(56, struct.pack("<I", 0xFFFFFFFF), "dex_table_outside", id="more strings than the file holds"),
        pytest.param(92, struct.pack("<I", 0xFFFFFFF0), "dex_table_outside", id="method table past the end"),
    ],
)
def test_refuses_what_is_no_dex(place: int, value: bytes, reason: str) -> None:
    data = build_dex([body((RETURN,))])
    with pytest.raises(DexError) as error:
        read_dex(data[:place] + value + data[place + len(value) :])
    assert error.value.reason == reason


def test_a_wrong_checksum_is_said_and_the_file_read() -> None:
    dex = read_dex(build_dex([body((*CALL_M0, RETURN))])[:8] + b"\0\0\0\0" + build_dex([body((*CALL_M0, RETURN))])[12:])
    assert (reasons(dex), calls(dex)) == ({"dex_checksum"}, [(0, 0, 0)])


@pytest.mark.parametrize("version", [b"035", b"037", b"038", b"039", b"040"])
def test_reads_each_version(version: bytes) -> None:
    assert calls(read_dex(build_dex([body((*CALL_M0, RETURN))], version=version))) == [(0, 0, 0)]


def test_overlapping_bodies_cost_no_more_than_the_file() -> None:
    """Bodies nested in each other, each claiming the rest of the file, are walked once in all."""
    count, step = 4000, 12
    filler = [struct.pack("<4H2I", 0, 0, 0, 0, 0, (count - number) * step) + b"\0" * 8 for number in range(count)]
    data = build_dex([*filler, body((RETURN,))])
    before = time.process_time()
    dex = read_dex(seal(data))
    assert time.process_time() - before < 2
    assert "dex_code_overlaps" in reasons(dex)
    assert dex.instructions <= len(data)


def test_bodies_that_overlap_a_little_keep_their_own_references() -> None:
    # The second body lies inside the first: its call belongs to both.
    inner = body((*CALL_M0, RETURN))
    outer = struct.pack("<4H2I", 0, 0, 0, 0, 0, 2 + len(inner) // 2) + struct.pack("<2H", 0x0A28, 0)
    dex = read_dex(build_dex([outer, inner]))
    assert (0, 10, 0) in calls(dex)
    assert (1, 0, 0) in calls(dex)


def test_a_container_has_one_header_after_the_other() -> None:
    one = build_dex([body((RETURN,))])
    header = one[:4] + b"041\0" + one[8:32] + struct.pack("<2I", 0x78, 0x78) + one[40:0x70] + b"\0" * 8
    assert list(find_headers(header * 2 + one)) == [0, 0x78, 0xF0]


DEX = sample_dex("careless")


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Return a sample's DEX with bytes and words changed and perhaps its end cut off."""
    data = bytearray(DEX)
    for _ in range(draw(st.integers(1, 12))):
        place = draw(st.one_of(st.integers(0, 0x70), st.integers(0, len(data) - 5)))
        value = draw(
            st.one_of(st.binary(min_size=1, max_size=4), st.sampled_from([b"\xff" * 4, b"\0" * 4, b"\x80" * 4]))
        )
        data[place : place + len(value)] = value
    return bytes(data[: draw(st.one_of(st.just(len(data)), st.integers(0, len(data))))])


@settings(max_examples=300, deadline=2000, suppress_health_check=[HealthCheck.too_slow])
@example(b"")
@example(DEX[:0x70])
@given(damaged())
def test_damaged_files_end_in_a_dex_or_an_error(data: bytes) -> None:
    with suppress(DexError):
        dex = read_dex(data)
        refs = dex.references
        assert len(refs.kind) == len(refs.item) == len(refs.index) == len(refs.offset)
        assert dex.instructions <= 2 * len(data)
