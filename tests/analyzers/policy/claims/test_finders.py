"""Each finder on sentences of the forms that real policies have."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.policy.claims.building import document
from mingcha_analyzers.policy.claims import extract
from mingcha_analyzers.policy.extracted import Extracted
from mingcha_analyzers.policy.values import Action

SDK_RECORD = """2.1 极光推送
第三方服务商：深圳市和讯华谷信息技术有限公司
使用目的：为了向用户推送消息
信息收集范围：IMEI、MAC地址
2.2 友盟统计
第三方服务商：友盟同欣（北京）科技有限公司
使用目的：统计分析
信息收集范围：Android ID"""
SDK_TABLE = """SDK名称 | 公司名称 | 使用目的 | 收集个人信息类型 | 隐私政策链接
高德地图SDK | 高德软件有限公司 | 地图定位 | 位置信息、IMEI | https://lbs.amap.com/pages/privacy/"""


def read(text: str, language: str = "zh") -> Extracted:
    return extract([document(text, language=language)])


def collected(text: str, language: str = "zh") -> set[str]:
    return {
        item for claim in read(text, language).claims if claim.action is Action.COLLECT for item in claim.data_items
    }


@pytest.mark.parametrize(
    ("text", "language", "items"),
    [
        pytest.param("我们会收集您的IMEI、MAC地址。", "zh", {"device.imei", "device.mac"}, id="two items"),
        pytest.param("我们会收集您的 MAC 地址。", "zh", {"device.mac"}, id="blanks within"),
        pytest.param("我们会收集以下信息：\n1、昵称；\n2、头像。", "zh", {"basic.nickname", "basic.avatar"}, id="list"),
        pytest.param("个人敏感信息包括身份证号码、指纹。", "zh", set(), id="definition"),
        pytest.param("我们如何收集您的手机号码", "zh", set(), id="heading as text"),
        pytest.param("我们根据国家法律规定收集信息。", "zh", set(), id="国家 is not nationality"),
        pytest.param("We collect your phone number.", "en", {"basic.phone"}, id="English"),
    ],
)
def test_collected_items(text: str, language: str, items: set[str]) -> None:
    assert collected(text, language) == items


def test_purpose_is_kept() -> None:
    (claim,) = read("为完成注册，我们会收集您的手机号码。").claims
    assert claim.purpose == "为完成注册"


@pytest.mark.parametrize(
    ("text", "sdks"),
    [
        pytest.param(SDK_RECORD, ["极光推送", "友盟统计"], id="records under title lines"),
        pytest.param(SDK_TABLE, ["高德地图SDK"], id="table"),
        pytest.param("使用SDK名称：某某SDK\n使用目的：登录\n收集个人信息类型：IMEI", ["某某SDK"], id="unknown name"),
        pytest.param("我们使用SDK技术。", [], id="no name"),
    ],
)
def test_sdk_lists(text: str, sdks: list[str]) -> None:
    assert [sdk.name.removeprefix("2.1 ").removeprefix("2.2 ") for sdk in read(text).sdk_disclosures] == sdks


def test_sdk_row_has_its_fields() -> None:
    (row,) = read(SDK_TABLE).sdk_disclosures
    assert (row.sdk is not None, row.vendor, row.purpose, "device.imei" in row.data_items, row.url) == (
        True,
        "高德软件有限公司",
        "地图定位",
        True,
        "https://lbs.amap.com/pages/privacy/",
    )


@pytest.mark.parametrize(
    ("text", "language", "updated", "effective"),
    [
        pytest.param("更新日期：2024年5月1日\n生效日期：2024年6月1日", "zh", "2024-05-01", "2024-06-01", id="zh"),
        pytest.param("更新日期：2024-05-01", "zh", "2024-05-01", None, id="hyphens"),
        pytest.param("Last updated: May 1, 2024", "en", "2024-05-01", None, id="en"),
        pytest.param("更新日期：2024年13月1日", "zh", None, None, id="no such month"),
    ],
)
def test_dates(text: str, language: str, updated: str | None, effective: str | None) -> None:
    dates = read(text, language).dates
    assert (dates.updated, dates.effective) == (updated, effective)


def test_right_with_path_and_days() -> None:
    found = read("您可以通过“我的-设置-账号安全-注销账号”注销账号，我们将在15个工作日内处理。").rights
    (right,) = [right for right in found if right.kind == "cancel_account"]
    assert (right.mechanism, right.path, right.days, right.day_kind) == (
        "in_app_path",
        "我的-设置-账号安全-注销账号",
        15,
        "working",
    )


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="我们不会收集您的IMEI通讯录，。：；\n（）1、SDK名称未经同意 |*@.com", max_size=120))
def test_spans_lie_in_the_text_and_claims_are_in_order(text: str) -> None:
    found = read(text)
    claims = [claim.span for claim in found.claims]
    spans = [*claims, *(sdk.span for sdk in found.sdk_disclosures), *(entry.span for entry in found.permissions)]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert [span.start for span in claims] == sorted(span.start for span in claims)


@pytest.mark.parametrize(
    ("text", "language", "items"),
    [
        pytest.param("We take reasonable steps to protect the information we collect.", "en", set(), id="steps"),
        pytest.param("We collect your steps.", "en", {"health.steps"}, id="step count"),
        pytest.param("我们会收集信息，请您妥善保管您的密码。", "zh", set(), id="password kept by the user"),
        pytest.param("我们会收集您的密码。", "zh", {"auth.password"}, id="password"),
    ],
)
def test_words_that_are_no_collected_item(text: str, language: str, items: set[str]) -> None:
    assert collected(text, language) == items


def test_traditional_characters_are_read_and_kept_as_written() -> None:
    (claim,) = read("我們會收集您的手機號碼。").claims
    assert (claim.data_items, claim.surface) == (("basic.phone",), ("手機號碼",))


def test_traditional_denial_is_a_denial() -> None:
    (claim,) = read("我們不會收集您的手機號碼。").claims
    assert claim.polarity == "denied"
