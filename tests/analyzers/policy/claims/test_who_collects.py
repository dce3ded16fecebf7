"""What others collect is no claim of the controller: SDK lists, their lead-ins, third parties as subject."""

import pytest

from analyzers.policy.claims.building import document
from mingcha_analyzers.policy.claims import extract
from mingcha_analyzers.policy.values import Action, Claim


def own(text: str, section: str | None = None, language: str = "zh") -> set[str]:
    claims = extract([document(text, section=section, language=language)]).claims
    return {item for claim in claims if is_own(claim) for item in claim.data_items}


def is_own(claim: Claim) -> bool:
    return claim.action is Action.COLLECT and claim.sdk is None


@pytest.mark.parametrize(
    ("text", "section", "items"),
    [
        pytest.param("第三方支付机构会收集您的银行卡号。", None, set(), id="third party as subject"),
        pytest.param(
            "第三方登录时，我们会收集您的昵称。", None, {"basic.nickname"}, id="third party in the clause before"
        ),
        pytest.param("我们的合作伙伴可能会获取您的IMEI。", None, set(), id="partner of ours"),
        pytest.param("我们会通过第三方SDK收集您的IMEI。", None, {"device.imei"}, id="through an SDK"),
        pytest.param(
            "该SDK由“某某公司”提供，用于推送。收集的信息包括：\n安卓版：IMEI、OAID", None, set(), id="lead on an SDK"
        ),
        pytest.param("友盟统计SDK\n收集个人信息类型：获取IMEI、读取OAID", None, set(), id="field under a title"),
        pytest.param("需要收集的信息如下：\n1、获取IMEI；", "D.3.share", set(), id="section on sharing"),
        pytest.param("登录时我们会收集您的手机号码。", "D.3.share", {"basic.phone"}, id="said by us in it"),
        pytest.param("高德地图SDK\n信息 | 收集目的\n经纬度 | 定位", None, set(), id="table of an SDK"),
        pytest.param(
            "极光推送SDK会收集IMEI。\n我们还会收集您的昵称：\n用于展示",
            None,
            {"basic.nickname"},
            id="passage ends with us",
        ),
        pytest.param("我们会收集您的位置信息，并提供给高德地图SDK。", None, {"location"}, id="given on to an SDK"),
    ],
)
def test_own_items(text: str, section: str | None, items: set[str]) -> None:
    assert own(text, section) == items


def test_english_third_party_as_subject() -> None:
    assert own("Third parties may collect your phone number. We collect your email address.", language="en") == {
        "basic.email"
    }


def test_what_a_named_party_collects_is_shared_with_it() -> None:
    (claim,) = extract([document("第三方支付机构会收集您的银行卡号。")]).claims
    assert (claim.action, claim.recipient) == (Action.SHARE, "第三方支付机构")
