"""What each kind of sign is worth: by itself, and beside one of another kind."""

from typing import Any

import pytest

from analyzers.app.sdks.bases import classes, found, keys
from mingcha_analyzers.app.values import EvidenceKind as Kind

# Kind, traces that show it, what the evidence says.
WEAK: list[tuple[Kind, dict[str, Any], str]] = [
    (Kind.NATIVE_LIBRARY, {"libraries": ["libpush.so"]}, "libpush.so"),
    (Kind.NATIVE_LIBRARY, {"libraries": ["libpushx7.so"]}, "libpushx7.so"),
    (Kind.ASSET, {"entries": ["assets/push/a.dat", "assets/push/b.dat"]}, "push/*.dat"),
    (Kind.FILE, {"entries": ["META-INF/push_release.kotlin_module"]}, "META-INF/push*.kotlin_module"),
    (Kind.RESOURCE, {"resources": {"push_bar_1", "push_bar_2", "push_dialog"}}, "push_bar_*"),
    (Kind.STRING, {"strings": {"push_cache_v2": 3}}, "push_cache_v2"),
    (Kind.HOST, {"hosts": [("push", "a.push.maker.cn"), ("push", "b.push.maker.cn")]}, "a.push.maker.cn"),
]
SOLID: list[tuple[Kind, dict[str, Any], str]] = [
    (Kind.FILE, {"entries": ["META-INF/maven/com.maker/push/pom.properties"]}, ""),
    (Kind.FILE, {"entries": ["META-INF/com.maker_push.version"]}, ""),
    (Kind.JNI_NAME, {"registered": ["com.maker.push.Native"]}, "com.maker.push"),
    (Kind.RELOCATED, {"classes": classes("cn.example.app.shaded.com.maker.push", 5)}, "com.maker.push"),
    (Kind.FINGERPRINT, {"matched": dict.fromkeys(classes("a.b", 4), "push"), "likeness": {"push": 0.9}}, "a.b"),
    (Kind.FINGERPRINT, {"matched": dict.fromkeys(classes("c.d", 5), "push"), "likeness": {"push": 0.79}}, "c.d"),
    (Kind.STRING, {"strings": {"push_cache_v2": 1, "push.lock": 1}}, "push.lock"),
]
STRONG: list[tuple[Kind, dict[str, Any]]] = [
    (Kind.CLASS_PREFIX, {"classes": ["com.maker.push.Api"]}),
    (Kind.FINGERPRINT, {"matched": dict.fromkeys(classes("a.b", 5), "push"), "likeness": {"push": 0.8}}),
]
NONE: list[tuple[str, dict[str, Any]]] = [
    ("library of several", {"libraries": ["libshared.so", "libother.so"]}),
    ("asset elsewhere", {"entries": ["res/push/a.dat", "assets/push/a.dat.bak"]}),
    ("coordinates of another", {"entries": ["META-INF/maven/com.maker/pusher/pom.properties"]}),
    ("name that begins alike", {"resources": {"push_dialog2", "push_bars"}}),
    ("constant in part", {"strings": {"push_cache": 5}}),
    ("class of another", {"registered": ["com.maker.pusher.Native"]}),
    ("few relocated classes", {"classes": classes("cn.example.app.com.maker.push", 4)}),
    ("last labels only", {"classes": classes("cn.example.app.maker.push", 9)}),
    ("two unverified labels", {"classes": classes("cn.pu", 50)}),
]


@pytest.mark.parametrize(("kind", "traces", "value"), WEAK, ids=[f"{kind}-{value}" for kind, _, value in WEAK])
def test_a_weak_sign_names_none_alone_and_for_review_beside_another(
    kind: Kind, traces: dict[str, Any], value: str
) -> None:
    assert found(**traces) == {}
    both = found(**traces, components=keys("PUSH_CHANNEL"))["push"]
    assert 0.5 <= both.confidence <= 0.6
    assert (kind, value) in {(sign.kind, sign.value) for sign in both.evidence}


@pytest.mark.parametrize(("kind", "traces", "value"), SOLID, ids=[f"{kind}-{value}" for kind, _, value in SOLID])
def test_a_solid_sign_names_for_review(kind: Kind, traces: dict[str, Any], value: str) -> None:
    sdk = found(**traces)["push"]
    assert 0.5 <= sdk.confidence <= 0.6
    assert kind in {sign.kind for sign in sdk.evidence}
    assert not value or value in {sign.value for sign in sdk.evidence}


@pytest.mark.parametrize(("kind", "traces"), STRONG, ids=[kind for kind, _ in STRONG])
def test_a_strong_sign_names_for_sure(kind: Kind, traces: dict[str, Any]) -> None:
    sdk = found(**traces)["push"]
    assert sdk.confidence >= 0.8
    assert [sign.kind for sign in sdk.evidence] == [kind]


@pytest.mark.parametrize("traces", [traces for _, traces in NONE], ids=[name for name, _ in NONE])
def test_what_is_no_sign(traces: dict[str, Any]) -> None:
    assert found(**traces) == {}


def test_hosts_assets_and_resources_count_once_each() -> None:
    many = {f"push_bar_{number}" for number in range(50)} | {"push_dialog"}
    assert found(resources=many) == {}
    assert found(resources=many, entries=["assets/push/a.dat"])["push"].confidence == 0.55


def test_a_short_unverified_prefix_names_for_review_where_its_code_reads_data() -> None:
    assert found(classes=classes("cn.pu", 5), readers={"push"})["push"].confidence == 0.5
    assert found(classes=classes("cn.pu", 4), readers={"push"}) == {}


def test_relocated_code_below_a_word_that_says_so() -> None:
    names = classes("cn.example.app.repackaged.httpx5.internal", 5)
    assert found(classes=names)["http"].evidence[0].value == "httpx5"
    assert found(classes=classes("cn.example.app.httpx5.internal", 5)) == {}


def test_an_sdk_whose_classes_all_load_later_is_marked() -> None:
    names = ["com.maker.push.A", "com.maker.push.B"]
    assert found(classes=names, later=set(names))["push"].loaded_later
    assert not found(classes=names, later=set(names[:1]))["push"].loaded_later
