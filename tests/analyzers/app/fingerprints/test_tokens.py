"""Tokens are the same from class files and from DEX, and survive renaming."""

import numpy as np
import pytest

from analyzers.app.fingerprints.beacon_files import beacon_file
from mingcha_analyzers.app.classfile.archive import ClassFiles
from mingcha_analyzers.app.fingerprints.fromclasses import read_tokens
from mingcha_analyzers.app.fingerprints.frompackage import read_package_tokens
from mingcha_analyzers.app.fingerprints.keys import type_keys
from mingcha_analyzers.app.fingerprints.tokens import (
    KIND_BITS,
    SOURCE,
    Members,
    Tokens,
    body_tokens,
    join_tokens,
    pair_tokens,
)


def _of_classes(name: str) -> Tokens:
    return read_tokens(ClassFiles().read([beacon_file(name)]))[0]


def _of_dex(name: str) -> Tokens:
    return read_package_tokens(beacon_file(name))[0]


def _numbers(tokens: Tokens) -> set[int]:
    return {token for token in tokens.token.tolist() if token & (1 << KIND_BITS) - 1 != SOURCE}


def test_class_files_and_their_dex_show_the_same() -> None:
    assert _numbers(_of_classes("beacon.jar")) == _numbers(_of_dex("plain.dex"))


def test_the_release_of_java_does_not_matter() -> None:
    assert _numbers(_of_classes("beacon17.jar")) == _numbers(_of_classes("beacon.jar"))


def test_each_class_shows_the_same_in_both_forms() -> None:
    tokens, names, damaged = read_tokens(ClassFiles().read([beacon_file("beacon.jar")]))
    from_dex, dex_names, limits = read_package_tokens(beacon_file("plain.dex"))
    assert (damaged, limits) == (0, ())
    for number, name in enumerate(names):
        shown = set(tokens.token[tokens.class_ == number].tolist())
        assert shown == set(from_dex.token[from_dex.class_ == dex_names.index(name)].tolist()), name


def test_most_tokens_survive_shrinking_renaming_and_merging() -> None:
    published, renamed = _numbers(_of_classes("beacon.jar")), _numbers(_of_dex("renamed.dex"))
    assert len(published & renamed) >= 0.7 * len(published)


def test_other_code_shows_others() -> None:
    published, notes = _numbers(_of_classes("beacon.jar")), _numbers(_of_dex("notes.dex"))
    # Calls of preferences one after the other are anybody's; distinction is made when an archive is learnt.
    assert len(published & notes) <= 3


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param(b"Lcom/example/A;", b"La;", True, id="a renamed class"),
        pytest.param(b"[Lcom/example/A;", b"[La;", True, id="an array of it"),
        pytest.param(b"[La;", b"La;", False, id="an array is no element"),
        pytest.param(b"Ljava/util/List;", b"La;", False, id="the platform's"),
        pytest.param(b"Landroid/support/v4/a;", b"La;", True, id="a support library's"),
        pytest.param(b"Lj$/time/Instant;", b"Ljava/time/Instant;", True, id="desugared"),
        pytest.param(b"I", b"J", False, id="numbers"),
    ],
)
def test_only_types_of_the_platform_are_told_apart(one: bytes, other: bytes, same: bool) -> None:
    keys = type_keys([one, other])
    assert (keys[0] == keys[1]) == same


def _members(*bodies: list[int]) -> Members:
    body = np.repeat(np.arange(len(bodies)), [len(each) for each in bodies])
    return Members(body, np.array([key for each in bodies for key in each], np.uint64))


def test_a_body_is_a_set_of_three_members_at_least() -> None:
    tokens, body = body_tokens(_members([1, 2, 3, 3], [1, 2], [3, 2, 1]))
    assert body.tolist() == [0, 2]
    assert tokens[0] == tokens[1]


def test_pairs_keep_their_order_and_stay_inside_a_body() -> None:
    tokens, body = pair_tokens(_members([1, 2, 2], [2, 1], [1, 2]))
    assert body.tolist() == [0, 1, 2]
    assert tokens[0] == tokens[2] != tokens[1]


def test_no_classes_show_no_tokens() -> None:
    assert len(join_tokens([])) == 0
    assert len(read_tokens(())[0]) == 0
