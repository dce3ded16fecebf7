"""The pure parts of the SDK benchmark: truth, mixing, scoring, plain matchers, what a page gets."""

from pathlib import Path

import numpy as np
import pytest
from benchmarks.sdks.classes import ClassFile, find_components
from benchmarks.sdks.drivers import draw_statements
from benchmarks.sdks.matchers import EXODUS, LIBCHECKER, Hit, Traits, explain_miss, find_hits
from benchmarks.sdks.mixing import mix_archives
from benchmarks.sdks.recipes import Archive, load_recipes
from benchmarks.sdks.scoring import Score, score_names, score_owners
from benchmarks.sdks.shrunk import keep_versions
from benchmarks.sdks.tables import write_section

from mingcha_corpora.fingerprints import Fingerprint, LearntVersion
from mingcha_corpora.sdks import load_sdk_base

COLLECTORS = frozenset(("jpush", "utdid", "mipush"))


def archive(name: str, owner: str, **parts: str | None) -> Archive:
    return Archive(name, owner, "1.0", parts, f"{name}@1.0.0", "package/a.jar", "0" * 64, 1)


def traits(*classes: str, libraries: tuple[str, ...] = (), components: tuple[str, ...] = ()) -> Traits:
    return Traits(frozenset(classes), frozenset(libraries), frozenset(components))


def test_every_recipe_names_records_of_the_base() -> None:
    known = load_sdk_base().records
    assert [(each.id, key) for each in load_recipes() for key in each.ids if key not in known] == []


def test_recipes_differ() -> None:
    recipes = load_recipes()
    assert len({each.id for each in recipes}) == len({each.sha256 for each in recipes}) == len(recipes)


def test_at_least_eight_sdks_have_two_versions() -> None:
    owners = [each.owner for each in load_recipes()]
    assert len({owner for owner in owners if owners.count(owner) > 1}) >= 8


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        pytest.param("com.alipay.sdk.Pay", "alipay-sdk", id="the archive's own"),
        pytest.param("com.ta.Device", "utdid", id="below the prefix of a part"),
        pytest.param("com.tall.Device", "alipay-sdk", id="whole labels only"),
        pytest.param("org.thrift.Bean", None, id="code of no record"),
    ],
)
def test_owner_of_a_class(name: str, owner: str | None) -> None:
    assert archive("a", "alipay-sdk", **{"com.ta": "utdid", "org.thrift": None}).owner_of(name) == owner


def test_mixed_apps_hold_no_owner_and_no_class_twice() -> None:
    archives = [archive("a1", "a"), archive("a2", "a"), archive("b", "b"), archive("c", "c")]
    classes = {"a1": {"x.A"}, "a2": {"x.A2"}, "b": {"x.B"}, "c": {"x.B"}}
    apps = mix_archives(archives, classes)
    assert len(apps) == 40
    for app in apps:
        assert len({each.owner for each in app}) == len(app)
        assert not {"b", "c"} <= {each.id for each in app}
    assert {len(app) for app in apps} == {1, 2}


def test_mixing_gives_the_same_apps_again() -> None:
    archives = [archive(name, name) for name in "abcdef"]
    classes: dict[str, set[str]] = {name: set() for name in "abcdef"}
    assert mix_archives(archives, classes) == mix_archives(archives, classes)


def test_names_are_right_missed_or_false() -> None:
    score = score_names("p", {"jpush", "gson", "stub"}, {"jpush", "jcore"}, {"stub"})
    assert (score.right, score.missed, score.false) == ((("p", "jpush"),), (("p", "jcore"),), (("p", "gson"),))
    assert (score.recall, score.precision) == (0.5, 0.5)


def test_nothing_to_find_and_nothing_found_is_right() -> None:
    assert (Score().recall, Score().precision) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("true", "told", "right"),
    [
        pytest.param("jpush", "sdk:jpush", True, id="the owner"),
        pytest.param("jpush", "sdk:mipush", False, id="another"),
        pytest.param("jpush", "app", False, id="the app for an SDK"),
        pytest.param("app", "app", True, id="the app's own"),
        pytest.param("support-library", "platform", True, id="a plain library as the platform's"),
        pytest.param("jpush", "platform", False, id="an SDK that collects as the platform's"),
        pytest.param(None, "unknown:org.thrift", True, id="code of no record as unknown"),
        pytest.param(None, "sdk:mipush", False, id="code of no record as an SDK that collects"),
    ],
)
def test_owners_of_calls(true: str | None, told: str, right: bool) -> None:
    assert bool(score_owners("p", [(true, told)], COLLECTORS).right) is right


def test_exodus_signatures_match_anywhere_in_a_class_name() -> None:
    hits = find_hits(load_sdk_base(), traits("my.com.adjust.sdk.Copy"))
    assert [(hit.id, hit.source, hit.matched) for hit in hits] == [("adjust", EXODUS, "my.com.adjust.sdk.Copy")]


def test_libchecker_names_are_compared_whole() -> None:
    base = load_sdk_base()
    name = "com.alipay.sdk.app.H5PayActivity"
    hit = find_hits(base, traits(components=(name,)))
    assert [(each.id, each.source) for each in hit] == [("alipay-sdk", LIBCHECKER)]
    assert find_hits(base, traits(components=(f"{name}2",))) == ()


@pytest.mark.parametrize(
    ("classes", "reason"),
    [
        pytest.param(("my.com.adjust.sdk.Copy",), "matched inside", id="no prefix"),
        pytest.param(("com.adjust.sdk.R", "com.adjust.sdk.R$id"), "R and BuildConfig", id="generated"),
        pytest.param(("com.adjust.sdk.Adjust",), None, id="nothing says why"),
    ],
)
def test_a_miss_is_explained(classes: tuple[str, ...], reason: str | None) -> None:
    hit = Hit("adjust", EXODUS, "com.adjust.sdk", classes[0])
    told = explain_miss(hit, traits(*classes), load_sdk_base(), {})
    assert told is None if reason is None else told is not None and told.startswith(reason)


def test_components_are_found_by_their_ancestors() -> None:
    def cls(name: str, parent: str, *, public: bool = True, abstract: bool = False) -> ClassFile:
        return ClassFile(name, parent, public, abstract)

    classes = [
        cls("a.Push", "android.app.Service"),
        cls("a.Base", "android.app.Activity", abstract=True),
        cls("a.Login", "a.Base"),
        cls("a.Hidden", "a.Base", public=False),
        cls("a.Plain", "java.lang.Object"),
    ]
    found = list(find_components({each.name: each for each in classes}))
    assert found == [("service", "a.Push"), ("activity", "a.Login")]


def test_driver_calls_methods_and_constructors() -> None:
    shown = """public class a.sdk.Push {
  public static void init(android.content.Context, java.lang.String);
  public static a.sdk.Push getInstance();
  public a.sdk.Push(int, a.sdk.Key...);
  public void b(int);
  public void stop(android.content.Context);
  public static void a();
}"""
    assert list(draw_statements(shown.splitlines())) == [
        "a.sdk.Push.init(this, text());",
        "kept = a.sdk.Push.getInstance();",
        "kept = new a.sdk.Push(number(), (a.sdk.Key[]) kept);",
        "((a.sdk.Push) kept).stop(this);",
    ]


def test_a_version_is_left_out_of_a_fingerprint() -> None:
    versions = tuple(LearntVersion(name, "npm:a", name * 64, 9) for name in "12")
    members = np.array([[1, 1, 0, 1], [0, 1, 1, 0]], np.bool_)
    own, shared = np.array([10, 20, 30], np.uint64), np.array([40], np.uint64)
    left = keep_versions(Fingerprint("a", versions, own, shared, members), [1])
    assert [each.version for each in left.versions] == ["2"]
    assert (left.own.tolist(), left.shared.tolist()) == ([20, 30], [])
    assert left.members.tolist() == [[True, True]]


def test_a_section_of_a_page_is_replaced(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- t: begin -->\nold\n<!-- t: end -->\nb\n", "utf-8")
    write_section("t", "new \\1\n", page)
    assert page.read_text("utf-8") == "a\n<!-- t: begin -->\n\nnew \\1\n\n<!-- t: end -->\nb\n"
