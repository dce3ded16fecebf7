"""Names in policies to records of the SDK base: each way of telling, one that fits and one that must not."""

import time
from dataclasses import replace

import pytest
from benchmarks.sdk_names import read_labels, resolve_names
from hypothesis import given
from hypothesis import strategies as st

from mingcha_analyzers.policy.claims.sdknames import Named, is_sdk_name, is_vendor, resolve
from mingcha_analyzers.policy.claims.sdknames.companies import company_core, vendors_of
from mingcha_analyzers.policy.claims.sdknames.directory import load_directory
from mingcha_analyzers.policy.claims.sdknames.forms import core, plain
from mingcha_analyzers.policy.values import MatchedBy, SdkMatch
from mingcha_corpora.sdks import load_sdk_base


def only(name: str, vendor: str | None = None, purpose: str | None = None, url: str | None = None) -> str | None:
    match = resolve(Named(name, vendor, purpose, url))
    return match.only() if match else None


def means(name: str, vendor: str | None = None, purpose: str | None = None, url: str | None = None) -> SdkMatch:
    match = resolve(Named(name, vendor, purpose, url))
    assert match is not None
    return match


@pytest.mark.parametrize(
    "name",
    [
        "腾讯Bugly",
        "腾讯 Bugly SDK",
        "Ｂｕｇｌｙ",
        "騰訊Bugly",
        "“Bugly”",
        "Bugly（Android版）",
        "bugly-3.4.4.aar",
        "第三方Bugly组件",
        "腾讯Bugly崩溃分析",
    ],
)
def test_one_name_in_many_spellings(name: str) -> None:
    assert only(name) == "bugly"


@pytest.mark.parametrize(
    "name", ["腾讯头像 SDK", "百度小说SDK", "得物热修复框架", "聚合SDK", "客服系统", "OCRSDK", "第三方SDK", "SDK", ""]
)
def test_names_that_mean_nothing_known_mean_nothing(name: str) -> None:
    assert resolve(Named(name)) is None


def test_enumerated_and_bracketed_names() -> None:
    assert only("广点通/优量汇/腾讯") == "gdt-ylh"
    assert only("社会化分享 SDK（即:友盟分享）") == "umeng-share"
    assert only("QQ互联（QQ登录、微信登录）") == "qq-connect"


def test_package_names_tell_where_the_name_does_not() -> None:
    assert means("某某组件(com.tencent.bugly)") == SdkMatch(("bugly",), 0.95, MatchedBy.PACKAGE)
    assert only("com.igexin.sdk.PushService") == "getui-push"
    assert resolve(Named("某某组件(com.example.unheard)")) is None


def test_the_name_goes_before_a_package_of_its_base_part() -> None:
    assert only("极光推送(cn.jiguang.sdk)") == "jpush"


@pytest.mark.parametrize(
    ("name", "vendor", "sdk"),
    [
        ("一键登录", "世纪龙信息网络有限责任公司", "ctcc-account"),
        ("号码认证SDK", "中国移动", "cmic-sso"),
        ("统计分析SDK", "友盟同欣(北京)科技有限公司", "umeng-analytics"),
        ("推送服务", "珠海市魅族通讯设备有限公司", "meizu-push"),
        ("消息推送", "北京友盟网络科技有限公司、北京锐讯灵通科技有限公司", "umeng-push"),
    ],
)
def test_the_company_tells_a_name_that_is_only_a_kind(name: str, vendor: str, sdk: str) -> None:
    assert only(name, vendor) == sdk


def test_a_company_without_such_a_kind_tells_nothing() -> None:
    assert resolve(Named("人脸识别", "珠海市魅族通讯设备有限公司")) is None
    assert resolve(Named("一键登录", "北京某某科技有限公司")) is None


def test_a_brand_and_a_kind() -> None:
    assert only("魅族消息推送") == "meizu-push"
    assert only("友盟应用性能监测SDK") == "umeng-apm"
    assert resolve(Named("魅族相机特效")) is None


@pytest.mark.parametrize(
    "name", ["友盟", "友盟+", "友盟+SDK", "Umeng", "百度SDK", "小米开放平台", "华为套件SDK", "阿里云SDK"]
)
def test_a_vendors_bare_name_stays_open(name: str) -> None:
    match = means(name)
    assert len(match.ids) > 1
    assert not match.sure()
    assert len({load_sdk_base().records[sdk].vendor_id for sdk in match.ids}) == 1


def test_the_row_narrows_what_the_name_leaves_open() -> None:
    assert only("友盟+SDK", purpose="用于数据统计") == "umeng-analytics"
    assert only("百度SDK", purpose="将音频转为文字的语音识别") == "baidu-speech"
    assert only("小米SDK", purpose="向小米手机推送消息") == "mipush"
    assert set(means("高德").ids) == {"amap-map", "amap-location"}


def test_a_name_of_two_records_means_both_surely() -> None:
    match = means("微信支付")
    assert set(match.ids) == {"wechat-opensdk", "wechat-pay"}
    assert match.sure()
    assert match.only() is None


def test_a_slip_of_the_pen_is_told_with_its_score() -> None:
    match = means("腾讯优量汇广吿SDK")
    assert (match.ids, match.how) == (("gdt-ylh",), MatchedBy.WITHIN)
    match = means("TalkingDate")
    assert (match.ids, match.how) == (("talkingdata",), MatchedBy.FUZZY)
    assert 0.7 < match.score < 0.85


@pytest.mark.parametrize("name", ["高德地位", "华为推松", "Buqly", "移动安全框架", "AppsFlier2", "360地图SDK"])
def test_short_or_other_names_are_not_taken_for_slips(name: str) -> None:
    match = resolve(Named(name))
    assert match is None or match.how is not MatchedBy.FUZZY


def test_the_host_tells_a_bare_kind_without_being_sure() -> None:
    match = means("一键登录", url="https://www.getui.com/privacy")
    assert (match.how, match.sure()) == (MatchedBy.HOST, False)
    assert resolve(Named("一键登录", url="https://www.example.com/privacy")) is None
    assert resolve(Named("某某相机", url="https://www.getui.com/privacy")) is None


def test_ordinary_words_are_names_in_lists_only() -> None:
    assert only("微信") == "wechat-opensdk"
    assert only("个推") == "getui-push"
    assert not is_sdk_name("使用目的")
    assert not is_sdk_name("人脸识别")
    assert is_sdk_name("极光推送")
    assert is_sdk_name("友盟+")


@pytest.mark.parametrize(
    ("name", "core_"),
    [
        ("深圳市和讯华谷信息技术有限公司", "和讯华谷"),
        ("友盟同欣（北京）科技有限公司", "友盟同欣"),
        ("浙江每日互动网络科技股份有限公司", "每日互动"),
        ("腾讯", "腾讯"),
        ("Google LLC", "google"),
    ],
)
def test_what_tells_a_company_from_others(name: str, core_: str) -> None:
    assert company_core(name) == core_


def test_companies_in_other_words() -> None:
    assert vendors_of("深圳和讯华谷信息技术公司") == ("Jiguang (Aurora Mobile)",)
    assert vendors_of("北京某某科技有限公司") == ()
    assert is_vendor("深圳市和讯华谷信息技术有限公司")
    assert not is_vendor("北京统计科技有限公司")


NAMES = st.text(st.sampled_from("友盟百度推送SDKsdk（）()+-. 1.2版Android插件组件平台腾讯騰訊"), max_size=24)


@given(NAMES)
def test_the_form_of_a_form_is_itself(name: str) -> None:
    assert plain(plain(name)) == plain(name)
    assert core(core(name)) == core(name)


@given(st.text(max_size=40), st.text(max_size=20))
def test_any_text_is_survived(name: str, vendor: str) -> None:
    match = resolve(Named(name, vendor, name, vendor))
    assert match is None or (match.ids and 0 < match.score <= 1)


def test_a_name_of_the_base_means_its_own_records() -> None:
    """Exact goes before all else: no likeness, brand or kind takes a name away from the records that bear it."""
    for name, ids in load_directory().whole.items():
        match = resolve(Named(name))
        assert match is not None, name
        assert set(match.ids) <= set(ids), name


def test_the_order_of_the_records_means_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["友盟+SDK", "微信支付", "HTTPDNS", "TalkingDate", "一键登录", "高德"]
    told = [resolve(Named(name)) for name in names]
    base = load_sdk_base()
    turned = replace(base, records=dict(reversed(tuple(base.records.items()))))
    for module in ("companies", "directory", "likeness", "resolving", "sentences"):
        monkeypatch.setattr(f"mingcha_analyzers.policy.claims.sdknames.{module}.load_sdk_base", lambda: turned)
    assert [resolve(Named(name)) for name in names] == told


def test_labelled_lists_resolve() -> None:
    outcomes = [outcome for labelled in read_labels() if not labelled.held_out for outcome in resolve_names(labelled)]
    known = [outcome.right for outcome in outcomes if outcome.party.known()]
    others = [outcome.right for outcome in outcomes if not outcome.party.known()]
    assert sum(known) >= 0.97 * len(known)
    assert sum(others) >= 0.9 * len(others)


def test_a_cell_of_a_whole_page_takes_no_time() -> None:
    started = time.process_time()
    assert only("极光推送、" * 200_000, "某某公司、" * 100_000, "推送" * 100_000) == "jpush"
    assert time.process_time() - started < 2
