"""Which SDKs renamed code shows, and which of its classes."""

from collections.abc import Sequence

import numpy as np

from analyzers.app.fingerprints.beacon_files import beacon_file
from mingcha_analyzers.app.classfile.archive import ClassFiles
from mingcha_analyzers.app.fingerprints.fromclasses import read_tokens
from mingcha_analyzers.app.fingerprints.frompackage import read_package_tokens
from mingcha_analyzers.app.fingerprints.learning import Distinction, divide, learn_part
from mingcha_analyzers.app.fingerprints.matching import FingerprintMatch, find_hits, make_table, match_fingerprints
from mingcha_analyzers.app.fingerprints.spreading import Links, make_links, spread_owners
from mingcha_corpora.fingerprints import Fingerprint, LearntVersion, merge_versions

NO_LINKS = make_links(np.zeros(0, np.int64), np.zeros(0, np.int64), 1)


def _sdk(id: str, *versions: Sequence[int], shared: Sequence[int] = ()) -> Fingerprint:
    rows = [
        (
            LearntVersion(f"{number}.0", "here", f"{number:064}", 1),
            np.array(sorted(set(own) - set(shared)), np.uint64),
            np.array(sorted(shared), np.uint64),
            np.array(sorted({*own, *shared}), np.uint64),
        )
        for number, own in enumerate(versions, 1)
    ]
    return merge_versions(id, rows)


def _match(
    sdks: Sequence[Fingerprint], classes: Sequence[Sequence[int]], links: Links = NO_LINKS
) -> tuple[FingerprintMatch, ...]:
    table = make_table(tuple(sdks))
    token = np.array([each for shown in classes for each in shown], np.uint64)
    class_ = np.repeat(np.arange(len(classes)), [len(shown) for shown in classes])
    return match_fingerprints(table, find_hits(table, token, class_, len(classes)), links, lambda number: f"c{number}")


def _learnt(name: str) -> Fingerprint:
    tokens, names, _ = read_tokens(ClassFiles().read([beacon_file(name)]))
    parts = divide(names, lambda _: None, "beacon")
    nothing = Distinction(lambda keys: np.zeros(len(keys), np.bool_), lambda keys: np.zeros(len(keys), np.bool_))
    part = learn_part(tokens, parts["beacon"], nothing)
    return merge_versions("beacon", [(LearntVersion("1.4", "here", "0" * 64, 4), part.own, part.shared, part.all)])


def test_a_renamed_shrunk_and_repackaged_sdk_is_named_with_its_classes() -> None:
    tokens, names, _ = read_package_tokens(beacon_file("renamed.dex"))
    table = make_table((_learnt("beacon.jar"),))
    hits = find_hits(table, tokens.token, tokens.class_, len(names))
    (match,) = match_fingerprints(table, hits, NO_LINKS, names.__getitem__)
    assert (match.id, match.nearest) == ("beacon", ("1.4",))
    assert match.confidence >= 0.6
    assert match.classes == ("a", "b", "c", "d")  # Those of the app keep their names.


def test_an_app_that_calls_the_same_platform_is_not_taken_for_it() -> None:
    tokens, names, _ = read_package_tokens(beacon_file("notes.dex"))
    table = make_table((_learnt("beacon.jar"),))
    hits = find_hits(table, tokens.token, tokens.class_, len(names))
    assert match_fingerprints(table, hits, NO_LINKS, names.__getitem__) == ()


def test_few_tokens_in_many_classes_name_nothing() -> None:
    assert _match([_sdk("x", range(100))], [[each] for each in range(10)]) == ()


def test_many_tokens_in_one_class_name_nothing() -> None:
    assert _match([_sdk("x", range(100))], [range(50)]) == ()


def test_a_class_that_shows_much_else_does_not_speak_for_an_sdk() -> None:
    others = range(1000, 1100)
    assert _match([_sdk("x", range(100))], [[*range(10 * n, 10 * n + 10), *others] for n in range(5)]) == ()


def test_of_a_large_sdk_more_is_asked() -> None:
    classes = [range(0, 6), range(6, 12), range(12, 18)]
    assert len(_match([_sdk("x", range(200))], classes)) == 1
    assert _match([_sdk("x", range(2000))], classes) == ()


def test_the_version_is_said_where_it_can_be_told() -> None:
    sdk = _sdk("x", range(0, 60), range(30, 100))
    (match,) = _match([sdk], [range(0, 20), range(20, 40), range(40, 60)])
    assert (match.version, match.nearest) == ("1.0", ("1.0",))


def test_versions_that_cannot_be_told_apart_are_both_near() -> None:
    sdk = _sdk("x", range(0, 60), range(30, 100))
    (match,) = _match([sdk], [range(30, 40), range(40, 50), range(50, 60)])
    assert (match.version, match.nearest) == (None, ("1.0", "2.0"))


def test_a_version_that_was_not_learnt_is_near_another() -> None:
    sdk = _sdk("x", range(0, 60), range(30, 100))
    (match,) = _match([sdk], [range(0, 20), range(20, 60), range(60, 70)])
    assert (match.version, match.nearest) == (None, ("1.0",))


def test_of_one_learnt_version_it_is_not_known_how_others_differ() -> None:
    (match,) = _match([_sdk("x", range(60))], [range(0, 20), range(20, 40), range(40, 60)])
    assert (match.version, match.nearest) == (None, ("1.0",))


def test_what_two_sdks_share_goes_to_the_one_that_shows_more() -> None:
    shared = range(500, 560)
    one, other = _sdk("x", range(60), shared=shared), _sdk("y", range(100, 160), shared=shared)
    classes = [[*range(20 * n, 20 * n + 20), *shared[20 * n : 20 * n + 20]] for n in range(3)]
    assert [match.id for match in _match([one, other], classes)] == ["x"]


def test_two_sdks_are_both_named_by_id() -> None:
    classes = [range(20 * n, 20 * n + 20) for n in range(6)]
    found = _match([_sdk("y", range(60)), _sdk("x", range(60, 120))], classes)
    assert [(match.id, match.classes) for match in found] == [("x", ("c3", "c4", "c5")), ("y", ("c0", "c1", "c2"))]


def test_classes_that_only_the_sdk_uses_are_its_own() -> None:
    classes = [range(0, 20), range(20, 40), range(40, 60), [900], [901], [902]]
    # The third is used by the SDK, and uses the fourth; the fifth uses the SDK, as an app's class does.
    links = make_links(np.array([0, 3, 5]), np.array([3, 4, 0]), 6)
    (match,) = _match([_sdk("x", range(60))], classes, links)
    assert match.classes == ("c0", "c1", "c2", "c3", "c4")


def test_a_class_that_others_use_more_is_not() -> None:
    owner = spread_owners(make_links(np.array([0, 1, 2]), np.array([3, 3, 3]), 4), np.array([0, -1, -1, -1]), 1)
    assert owner.tolist() == [0, -1, -1, -1]


def test_without_fingerprints_nothing_is_named() -> None:
    assert _match([], [range(10)]) == ()


def test_classes_of_other_records_are_learnt_for_those() -> None:
    names = ["com.a.Main", "com.a.Main$1", "com.b.Part", "com.a.R", "d.e"]
    owners = {"com.a.Main": "a", "com.b.Part": "b"}
    parts = divide(names, owners.get, "a")
    assert {id: classes.tolist() for id, classes in parts.items()} == {"a": [0, 1], "b": [2]}


def test_an_archive_of_no_known_prefix_is_its_own() -> None:
    parts = divide(["x.y", "x.z"], lambda _: None, "a")
    assert {id: classes.tolist() for id, classes in parts.items()} == {"a": [0, 1]}
