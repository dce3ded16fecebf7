"""Files of fingerprints: written and read back, refused when damaged; every shipped one is sound."""

import json
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha_corpora.errors import UnreadableInputError
from mingcha_corpora.fingerprints import (
    FOLDER,
    CommonTokens,
    Fingerprint,
    LearntVersion,
    Tokens,
    add_version,
    format_fingerprint,
    load_common,
    load_fingerprints,
    make_common,
    merge_versions,
    parse_fingerprint,
)
from mingcha_corpora.sdks import RecordFile, load_shipped_base

_MOST_BYTES = 30_000


def _tokens(*numbers: int) -> Tokens:
    return np.array(numbers, np.uint64)


def _version(number: str) -> LearntVersion:
    return LearntVersion(number, f"npm:example@{number} x.jar", number[0] * 64, 12)


def _example() -> Fingerprint:
    one = (_version("1.0"), _tokens(4, 8), _tokens(16), _tokens(4, 8, 16))
    two = (_version("2.0"), _tokens(8, 1 << 39), _tokens(20), _tokens(8, 20, 1 << 39))
    return merge_versions("example", [one, two])


def _parse(text: str) -> Fingerprint:
    return parse_fingerprint(RecordFile("x.json", text.encode()))


def test_a_fingerprint_is_read_as_it_was_written() -> None:
    text = format_fingerprint(_example())
    read = _parse(text)
    assert read.versions == _example().versions
    assert read.tokens.tolist() == [4, 8, 1 << 39, 16, 20]
    assert read.members.tolist() == [[True, True, False, True, False], [False, True, True, False, True]]
    assert format_fingerprint(read) == text


@pytest.mark.parametrize(
    ("change", "code"),
    [
        pytest.param({"format": 2}, "fingerprint_format", id="of a later format"),
        pytest.param({"own": "AAAA"}, "fingerprint_damaged", id="tokens cut off"),
        pytest.param({"own": "!"}, "fingerprint_damaged", id="no base64"),
        pytest.param({"versions": [{}]}, "fingerprint_damaged", id="a version without fields"),
        pytest.param({"versions": None}, "fingerprint_damaged", id="no versions"),
    ],
)
def test_what_is_no_fingerprint_is_refused(change: dict[str, object], code: str) -> None:
    row = json.loads(format_fingerprint(_example())) | change
    with pytest.raises(UnreadableInputError) as caught:
        _parse(json.dumps(row))
    assert (caught.value.code, caught.value.params["path"]) == (code, "x.json")


@given(st.text(max_size=60))
def test_any_text_is_refused_with_one_error(text: str) -> None:
    with pytest.raises(UnreadableInputError):
        _parse(text)


def test_a_file_nested_without_end_is_refused() -> None:
    with pytest.raises(UnreadableInputError) as caught:
        _parse("[" * 100_000)
    assert caught.value.code == "fingerprint_damaged"


def test_a_version_is_added_and_the_same_archive_takes_its_old_place() -> None:
    third = (_version("3.0"), _tokens(4, 12), _tokens(), _tokens(4, 12, 20))
    added = add_version(_example(), third)
    assert [each.version for each in added.versions] == ["1.0", "2.0", "3.0"]
    assert added.tokens.tolist() == [4, 8, 12, 1 << 39, 16, 20]
    assert added.members[2].tolist() == [True, False, True, False, False, True]
    assert add_version(added, third).versions == added.versions


def test_the_filter_knows_what_it_was_given_and_little_else() -> None:
    numbers = np.random.default_rng(1).integers(0, 1 << 40, 20_000, np.uint64)
    common = CommonTokens(make_common(numbers[:10_000], 1 << 17))
    assert common.has(numbers[:10_000]).all()
    assert common.has(numbers[10_000:]).mean() < 0.05


def test_shipped_fingerprints_are_sound() -> None:
    records = load_shipped_base().records
    fingerprints = load_fingerprints()
    assert len(fingerprints) >= 80
    for each in fingerprints:
        assert each.id in records
        assert (np.diff(each.own.astype(np.int64)) > 0).all()
        assert (np.diff(each.shared.astype(np.int64)) > 0).all()
        assert each.members.any(axis=0).all(), each.id
        for version in each.versions:
            assert re.fullmatch(r"(npm|github):\S+@\S+ \S.*", version.source), version.source
            assert re.fullmatch(r"[0-9a-f]{64}", version.sha256)
        assert (FOLDER / f"{each.id}.json").stat().st_size <= _MOST_BYTES * len(each.versions)


def test_shipped_fingerprints_hold_no_common_token() -> None:
    common = load_common()
    # The filter is a little too wide; what was dropped is never among the tokens that are kept.
    for each in load_fingerprints():
        assert common.has(each.tokens).mean() < 0.25, each.id


def test_the_markets_most_met_sdks_are_learnt_in_several_versions() -> None:
    versions = {each.id: len(each.versions) for each in load_fingerprints()}
    for id in (
        "jpush",
        "jcore",
        "alipay-sdk",
        "wechat-opensdk",
        "amap-location",
        "baidu-location",
        "getui-push",
        "mipush",
    ):
        assert versions[id] >= 2, id
