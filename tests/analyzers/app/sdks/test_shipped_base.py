"""SDKs: what names one, how sure, and what names none."""

from collections.abc import Sequence

import pytest

from mingcha_analyzers.app.sdks import Traces, find_sdks
from mingcha_analyzers.app.values import Component, ComponentKind, EvidenceKind, MetaData, SdkFound
from mingcha_corpora.sdks import load_sdk_base

APP = "cn.example.app"


def component(name: str, *keys: str, kind: ComponentKind = ComponentKind.SERVICE) -> Component:
    return Component(kind, name, False, None, (), tuple(MetaData(key, "1") for key in keys))


def found(
    classes: Sequence[str] = (),
    components: Sequence[Component] = (),
    libraries: Sequence[str] = (),
    package: str = APP,
    hosts: Sequence[tuple[str, str]] = (),
) -> dict[str, SdkFound]:
    return {
        sdk.id: sdk for sdk in find_sdks(Traces((package,), classes, components, libraries, hosts), load_sdk_base())
    }


def classes(prefix: str, count: int) -> list[str]:
    return [f"{prefix}.C{number}" for number in range(count)]


def unverified_prefix(labels: int) -> tuple[str, str]:
    """Return a record and a prefix of it that no published list confirms, covered by no other prefix."""
    base = load_sdk_base()
    for record in base.records.values():
        for prefix in record.packages:
            if prefix in record.unverified and prefix.count(".") + 1 == labels and len(record.packages) == 1:
                return record.id, prefix
    raise AssertionError(labels)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param(
            ["com.umeng.analytics.MobclickAgent"], {"umeng-analytics"}, id="one class under a verified prefix"
        ),
        pytest.param(["com.umeng.analyticsx.Other"], set(), id="whole labels only"),
        pytest.param(["com.umeng.analytics.R", "com.umeng.analytics.R$string"], set(), id="R classes"),
        pytest.param(["com.umeng.analytics.BuildConfig"], set(), id="BuildConfig"),
        pytest.param(["com.umeng.analytics.Run"], {"umeng-analytics"}, id="a class whose name begins with R"),
        pytest.param(["cn.example.app.Main", "a.a.a", "Top"], set(), id="own and renamed code"),
        pytest.param(["okhttp3.OkHttpClient"], {"okhttp"}, id="a plain library"),
    ],
)
def test_class_prefixes(names: list[str], expected: set[str]) -> None:
    assert set(found(names)) == expected


def test_the_longest_prefix_wins() -> None:
    base = load_sdk_base()
    for prefix, owner in base.by_prefix.items():
        longer = next((p for p, o in base.by_prefix.items() if p.startswith(f"{prefix}.") and o != owner), None)
        if longer is not None and longer not in base.records[base.by_prefix[longer]].unverified:
            assert owner not in found([f"{longer}.Some"])
            assert base.by_prefix[longer] in found([f"{longer}.Some"])
            break


@pytest.mark.parametrize(
    ("package", "expected"),
    [
        pytest.param("com.umeng.analytics", set(), id="the app is called as the prefix"),
        pytest.param("com.umeng.analytics.demo", {"umeng-analytics"}, id="the class lies beside the app's package"),
        pytest.param("com.umeng", {"umeng-analytics"}, id="the prefix is longer than the app's package"),
    ],
)
def test_the_apps_own_code_is_no_sdk(package: str, expected: set[str]) -> None:
    assert set(found(["com.umeng.analytics.MobclickAgent"], package=package)) == expected


@pytest.mark.parametrize(
    ("labels", "count", "named"),
    [
        pytest.param(3, 5, True, id="three labels, five classes"),
        pytest.param(3, 4, False, id="three labels, four classes"),
        pytest.param(2, 50, False, id="two labels"),
    ],
)
def test_an_unverified_prefix_names_for_review_only(labels: int, count: int, named: bool) -> None:
    record, prefix = unverified_prefix(labels)
    sdks = found(classes(prefix, count))
    assert (record in sdks) is named
    assert all(sdk.confidence <= 0.6 for sdk in sdks.values())


def test_confidence_rises_with_the_kinds_of_evidence() -> None:
    name = "com.umeng.analytics.MobclickAgent"
    alone = found([name])["umeng-analytics"].confidence
    with_component = found([name], [component("com.umeng.analytics.Service")])["umeng-analytics"].confidence
    assert 0.8 <= alone < with_component < 1


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("com.umeng.analytics.Service", {"umeng-analytics"}, id="by its prefix"),
        pytest.param(
            "com.amap.api.location.APSService", {"amap-location"}, id="listed for another, but its code is clear"
        ),
        pytest.param(f"{APP}.push.Service", set(), id="own"),
    ],
)
def test_a_component_names_its_sdk_where_the_code_is_hidden(name: str, expected: set[str]) -> None:
    sdks = found(components=[component(name)])
    assert set(sdks) == expected
    assert all(sdk.confidence >= 0.8 for sdk in sdks.values())


def test_a_listed_component_outside_every_prefix_names_its_sdk() -> None:
    base = load_sdk_base()
    name = min(name for name in base.by_component if base.owner_of(name) is None)
    assert set(found(components=[component(name)])) == set(base.by_component[name])


def single_libraries() -> list[str]:
    """Return one library's name for every record that has exactly one."""
    records = load_sdk_base().records.values()
    return [
        record.native_libs[0] for record in records if len(record.native_libs) == 1 and "*" not in record.native_libs[0]
    ]


@pytest.mark.parametrize("library", single_libraries()[::25])
def test_one_library_names_none(library: str) -> None:
    assert found(libraries=[library]) == {}


def test_shared_libraries_name_none() -> None:
    shared = sorted({library for record in load_sdk_base().records.values() for library in record.shared_native_libs})
    assert shared
    for library in shared:
        assert found(libraries=[library]) == {}


def test_keys_claimed_by_several_vendors_name_none() -> None:
    assert found(components=[component(f"{APP}.App", "api_key", "app_id", kind=ComponentKind.APPLICATION)]) == {}


def test_one_meta_data_key_names_none_and_two_name_for_review() -> None:
    one = found(components=[component(f"{APP}.App", "JPUSH_APPKEY")])
    two = found(components=[component(f"{APP}.App", "JPUSH_APPKEY", "JPUSH_CHANNEL")])
    assert one == {}
    assert {key: sdk.confidence for key, sdk in two.items()} == {"jpush": 0.5}


def test_meta_data_and_libraries_add_to_a_named_sdk() -> None:
    sdk = found(["cn.jpush.android.Api"], [component(f"{APP}.App", "JPUSH_APPKEY")])["jpush"]
    kinds = [evidence.kind for evidence in sdk.evidence]
    assert kinds == [EvidenceKind.CLASS_PREFIX, EvidenceKind.META_DATA]


def test_an_embedded_part_names_itself_and_no_host() -> None:
    assert set(found(classes("com.ta.utdid2", 10))) == {"utdid"}


def test_evidence_counts_classes() -> None:
    (evidence,) = found(classes("com.umeng.analytics", 7))["umeng-analytics"].evidence
    assert (evidence.kind, evidence.value, evidence.count) == (EvidenceKind.CLASS_PREFIX, "com.umeng.analytics", 7)


def test_order_of_input_does_not_matter() -> None:
    names = [*classes("com.umeng.analytics", 3), *classes("okhttp3", 3), *classes("com.amap.api.location", 3)]
    base = load_sdk_base()
    assert find_sdks(Traces((APP,), names, (), ()), base) == find_sdks(Traces((APP,), names[::-1], (), ()), base)


def test_a_part_says_which_sdk_brought_it() -> None:
    both = found(["com.umeng.analytics.MobclickAgent", "com.umeng.commonsdk.UMConfigure"])
    assert both["umeng-common"].brought_in_by == ("umeng-analytics",)
    assert both["umeng-analytics"].brought_in_by == ()
    assert found(["com.umeng.commonsdk.UMConfigure"])["umeng-common"].brought_in_by == ()


def test_a_pay_activity_in_the_apps_own_package_names_the_pay_sdk() -> None:
    assert "wechat-pay" in found(components=[component(f"{APP}.wxapi.WXPayEntryActivity")])
    assert "wechat-pay" not in found(components=[component(f"{APP}.pay.WXPayEntryActivity")])


def test_hosts_name_none_and_add_to_a_named_sdk() -> None:
    hosts = [("tbs-x5", "log.tbs.qq.com"), ("tbs-x5", "pms.mb.qq.com")]
    assert found(hosts=hosts) == {}
    named = found(["com.tencent.smtt.sdk.WebView"], hosts=hosts)["tbs-x5"]
    assert [sign.value for sign in named.evidence if sign.kind is EvidenceKind.HOST] == [host for _, host in hosts]
