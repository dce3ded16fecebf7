"""Damaged code: what can be read is analysed, what cannot is a limit, and nothing is raised or runs on."""

import struct
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyzers.app.dex.chaindex import chain_dex
from analyzers.app.dex.dexbytes import sample_dex, seal
from analyzers.app.dex.hierarchydex import Shape, hierarchy_dex
from analyzers.app.packages import naming_dex
from mingcha_analyzers.app.code import CodeFacts, find_observations
from mingcha_analyzers.app.code.owners import Owners
from mingcha_analyzers.app.values import Component, ComponentKind
from mingcha_corpora.sdks import load_sdk_base

DEX = sample_dex("careless")


def facts(*dexes: bytes) -> CodeFacts:
    named = [(f"classes{number}.dex", data) for number, data in enumerate(dexes)]
    return find_observations(
        named, owners=Owners("cn.example.taihen", (), load_sdk_base()), components=(), target_sdk=30
    )


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Return the sample with words of its tables or any bytes changed, and the checksum put right."""
    data = bytearray(DEX)
    for _ in range(draw(st.integers(1, 10))):
        place = draw(st.integers(0x38, len(data) - 5))
        data[place : place + 4] = draw(
            st.one_of(st.binary(min_size=4, max_size=4), st.sampled_from([b"\xff" * 4, b"\0" * 4, b"\x01\0\0\0"]))
        )
    return seal(bytes(data))


@settings(max_examples=150, deadline=5000, suppress_health_check=[HealthCheck.too_slow])
@given(damaged())
def test_damaged_code_is_analysed_as_far_as_it_goes(data: bytes) -> None:
    found = facts(data)
    assert all(each.data_item or each.act for each in found.observations)


def test_one_damaged_file_leaves_the_others() -> None:
    alone, beside = facts(DEX), facts(b"dex\n035\0", DEX)
    assert {each.api for each in beside.observations} == {each.api for each in alone.observations}
    assert [limit.reason for limit in beside.limits] == ["dex_truncated"]


def test_the_first_definition_of_a_class_counts() -> None:
    assert len(facts(DEX, DEX).observations) == len(facts(DEX).observations)
    assert facts(DEX, DEX).classes == facts(DEX).classes


def test_superclasses_in_a_circle_end() -> None:
    """Every class is made a subclass of the next one and the last of the first."""
    data = bytearray(DEX)
    count, offset = struct.unpack_from("<2I", data, 0x60)
    types = [struct.unpack_from("<I", data, offset + 32 * number)[0] for number in range(count)]
    for number in range(count):
        struct.pack_into("<I", data, offset + 32 * number + 8, types[(number + 1) % count])
    assert facts(seal(bytes(data))).observations


def test_no_code_gives_no_observations() -> None:
    assert facts().observations == ()


def test_classes_with_all_interfaces_cost_no_more_than_time_allows() -> None:
    """Every class implements 255 types, themselves among them."""
    data = bytearray(DEX) + b"\0" * (-len(DEX) % 4)
    types, (count, offset) = struct.unpack_from("<I", data, 0x40)[0], struct.unpack_from("<2I", data, 0x60)
    for number in range(count):
        struct.pack_into("<I", data, offset + 32 * number + 12, len(data))
    data += struct.pack("<I255H", 255, *(number % types for number in range(255))) + b"\0\0"
    struct.pack_into("<I", data, 0x20, len(data))
    before = time.process_time()
    assert facts(seal(bytes(data))).observations
    assert time.process_time() - before < 10


CLASSES = 4000
LAYER = 16


@pytest.mark.parametrize(
    "shapes",
    [
        pytest.param([Shape(number - 1 if number else None) for number in range(CLASSES)], id="a chain"),
        pytest.param([Shape((number + 1) % CLASSES) for number in range(CLASSES)], id="a ring"),
        pytest.param([Shape(0 if number else None) for number in range(CLASSES)], id="all below one"),
        pytest.param(
            [
                Shape(None, tuple(range(max(number // LAYER - 1, 0) * LAYER, number // LAYER * LAYER)))
                for number in range(CLASSES)
            ],
            id="diamonds on diamonds",
        ),
    ],
)
def test_a_hierarchy_of_any_shape_costs_no_more_than_time_allows(shapes: list[Shape]) -> None:
    assert seconds_for(hierarchy_dex(shapes)) < 10


def test_classes_that_share_their_data_are_read_once() -> None:
    data = hierarchy_dex([Shape()] * CLASSES, one_class_data=True)
    assert seconds_for(data) < seconds_for(hierarchy_dex([Shape()] * CLASSES)) + 1
    assert {limit.reason for limit in facts(data).limits} == {"dex_class_data_shared"}


def seconds_for(data: bytes) -> float:
    before = time.process_time()
    assert len(facts(data).classes) == CLASSES
    return time.process_time() - before


@pytest.mark.parametrize("length", [20, 2000])
def test_the_way_to_an_access_is_short_however_long_the_calls_go_on(length: int) -> None:
    """Each of these methods reads, so that whole ways would be as many names as the square of their number."""
    entry = Component(ComponentKind.APPLICATION, "A", False, None, (), ())
    found = find_observations(
        [("classes.dex", chain_dex(length))],
        owners=Owners("a", (entry,), load_sdk_base()),
        components=(entry,),
        target_sdk=26,
    )
    chains = [each.reach.chain for each in found.observations]
    assert len(chains) == length + 1
    assert {chain[0] for chain in chains} == {"LA;->onCreate"}
    assert all(chain[-1] == each.caller for chain, each in zip(chains, found.observations, strict=True))
    assert max(map(len, chains)) == min(length + 1, 66)
    assert any("…" in chain for chain in chains) == (length > 66)


def test_names_of_thousands_of_labels_cost_no_more_than_time_allows() -> None:
    """Each label is one under which many publish, and behind which a known prefix may stand."""
    names = [".".join(["com"] * 15_000 + [f"C{number}"]) for number in range(100)]
    before = time.process_time()
    assert len(facts(naming_dex(names)).classes) == 100
    assert time.process_time() - before < 10
