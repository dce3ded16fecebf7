"""Places that cannot both hold: denials without exception against what is declared elsewhere."""

import pytest

from analyzers.policy.claims.building import document
from mingcha_analyzers.policy.claims import extract
from mingcha_analyzers.policy.values import Contradiction

SDKS = "SDK名称 | 公司名称 | 收集个人信息类型 | 使用目的\n某推SDK | 某推公司 | IMEI、OAID | 推送"


def found(text: str, language: str = "zh") -> tuple[Contradiction, ...]:
    return extract([document(text, language=language)]).contradictions


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        pytest.param("我们不会收集您的通讯录。\n我们会读取您的通讯录。", "zh", "same_item", id="same item"),
        pytest.param(
            "我们不会收集您的位置信息。\n我们会收集您的经纬度。", "zh", "broader_denied", id="wider word denied"
        ),
        pytest.param(
            "我们不会与任何第三方共享您的个人信息。\n我们会将您的手机号码提供给某某物流公司。",
            "zh",
            "sharing",
            id="sharing sentence",
        ),
        pytest.param(f"我们不会向任何第三方提供您的个人信息。\n{SDKS}", "zh", "sharing", id="SDK list"),
        pytest.param(f"我们不会向第三方共享您的IMEI。\n{SDKS}", "zh", "sharing", id="item of an SDK list"),
        pytest.param(
            "We do not collect your contacts.\nWe collect your address book.", "en", "same_item", id="English"
        ),
        pytest.param(
            "We do not share your personal information with any third party.\n"
            "We share your phone number with our advertising partners.",
            "en",
            "sharing",
            id="English sharing",
        ),
    ],
)
def test_contradictions(text: str, language: str, kind: str) -> None:
    (pair,) = found(text, language)
    assert pair.kind == kind
    assert pair.a.start < pair.b.start  # The denial comes first, in these.


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("我们不会收集您的经纬度。\n我们会收集您的位置信息。", "zh", id="narrower word denied"),
        pytest.param("未经您的同意，我们不会收集您的通讯录。\n我们会读取您的通讯录。", "zh", id="without consent"),
        pytest.param(
            f"我们不会与第三方共享您的个人信息，但以下情况除外：\n1、法律要求。\n{SDKS}", "zh", id="exceptions"
        ),
        pytest.param(f"我们不会向第三方出售您的个人信息。\n{SDKS}", "zh", id="not sold"),
        pytest.param("在游客模式下，我们不会收集您的手机号码。\n我们会收集您的手机号码。", "zh", id="in one mode"),
        pytest.param("我们不会获取您在第三方的密码。\n注册时我们会收集您的密码。", "zh", id="held by a third party"),
        pytest.param("SDK不会收集您的通讯录。\n我们会读取您的通讯录。", "zh", id="another party"),
        pytest.param(
            "We do not share your data with third parties without your consent.\n"
            "We share your phone number with partners.",
            "en",
            id="English exception",
        ),
    ],
)
def test_what_can_both_hold(text: str, language: str) -> None:
    assert found(text, language) == ()
