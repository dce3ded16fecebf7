"""SDKs that running text names: which sentences disclose one, and which say again what a list or sentence said."""

import pytest

from analyzers.policy.claims.building import document
from mingcha_analyzers.policy.claims import extract
from mingcha_analyzers.policy.values import SdkDisclosure

LIST = "SDK名称 | 使用目的 | 收集信息\n极光推送SDK | 推送 | IMEI\nBugly | 崩溃分析 | 设备型号\n\n"


def read(text: str) -> list[SdkDisclosure]:
    return list(extract([document(text)]).sdk_disclosures)


def names(text: str) -> list[str]:
    return [row.name for row in read(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("我们接入了极光推送SDK，会收集您的IMEI。", ["极光推送SDK"], id="beside the word"),
        pytest.param(
            "我们集成腾讯Bugly、个推、友盟统计等第三方SDK。", ["腾讯Bugly", "个推", "友盟统计"], id="before 等SDK"
        ),
        pytest.param(
            "第三方推送SDK为：极光推送、甲乙推送、小米推送。", ["极光推送", "甲乙推送", "小米推送"], id="after SDK为"
        ),
        pytest.param(
            "项目中集成的第三方SDK主要包括百度地图，友盟，AbcTool，用于实现定位、统计、扫码等功能。",
            ["百度地图", "友盟", "AbcTool"],
            id="commas and a purpose behind",
        ),
        pytest.param("Bugly会收集您的设备型号。\n", ["Bugly"], id="it collects itself"),
        pytest.param(
            "一、第三方SDK\n9、甲乙聚合SDK，用于展示广告，会收集IMEI。", ["甲乙聚合SDK"], id="unknown, numbered"
        ),
        pytest.param("当您使用华为账号登录时，我们会收集您的昵称。", [], id="an account"),
        pytest.param("我们会收集您的微信支付账号、支付宝账号。", [], id="accounts that are collected"),
        pytest.param("您使用云闪付付款时，我们会收集订单号。", [], id="a service the user uses"),
        pytest.param("我们接入的第三方SDK会收集您的IMEI。", [], id="no name"),
        pytest.param("该SDK、上述SDK及其他SDK会收集您的IMEI。", [], id="pronouns"),
        pytest.param("详见《合作方SDK清单》中的“支付宝”和“微信支付SDK”隐私政策。", [], id="a reference"),
    ],
)
def test_names_of_sentences(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    "sentence",
    [
        "推送时，极光推送SDK会收集您的IMEI、MAC地址。",
        "腾讯Bugly SDK会收集您的设备型号，用于分析崩溃。",
        "我们使用了腾讯科技（深圳）有限公司的“Bugly”SDK，会收集您的设备型号。",
    ],
)
def test_a_sentence_on_an_sdk_of_the_list_is_the_same_disclosure(sentence: str) -> None:
    assert names(LIST + sentence) == ["极光推送SDK", "Bugly"]


def test_a_sentence_on_another_sdk_is_a_disclosure_of_its_own() -> None:
    assert names(LIST + "高德定位SDK会收集您的位置信息。") == ["极光推送SDK", "Bugly", "高德定位SDK"]


def test_sentences_on_one_sdk_are_one_disclosure() -> None:
    text = "极光推送SDK用于推送消息。\n\n极光推送SDK会收集您的IMEI。\n\n极光推送SDK还会收集您的MAC地址。"
    (row,) = read(text)
    assert (row.purpose, row.data_items) == ("用于推送消息", ("device.imei", "device.mac"))


@pytest.mark.parametrize(
    "text",
    [
        "云闪付隐私政策\n您使用云闪付时，云闪付会收集您的银行卡号。\n云闪付SDK向商户提供服务。",
        "欢迎使用本产品（以下简称“云闪付”）。\n云闪付会收集您的银行卡号。",
    ],
)
def test_the_app_itself_is_no_sdk(text: str) -> None:
    assert names(text) == []


def test_the_company_of_a_sentence_is_named_without_what_leads_to_it() -> None:
    (row,) = read("我们使用了示例网络技术有限公司的“极光推送”SDK，会收集您的IMEI。")
    assert row.vendor == "示例网络技术有限公司"


def test_a_numbered_line_whose_fields_have_no_colon() -> None:
    text = (
        "第三方SDK\n1、SDK“甲乙+”，服务类型为移动统计，收集个人信息类型为设备信息（IMEI），"
        "甲乙+隐私权政策链接：https://example.com/p\n2、丙丁SDK，服务类型为广告，收集个人信息类型：MAC地址，"
        "丙丁隐私权政策链接：https://example.com/q"
    )
    first, second = read(text)
    assert (first.name, first.purpose, first.data_items, first.url) == (
        "甲乙+",
        "移动统计",
        ("device", "device.imei"),
        "https://example.com/p",
    )
    assert (second.name, second.data_items) == ("丙丁SDK", ("device.mac",))
