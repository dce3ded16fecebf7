"""Denials must be precise: “declares not to collect” is the strongest finding there is."""

import pytest

from analyzers.policy.claims.building import document
from mingcha_analyzers.policy.claims import extract
from mingcha_analyzers.policy.values import Action, Claim


def claims(text: str, language: str = "zh") -> tuple[Claim, ...]:
    return extract([document(text, language=language)]).claims


def polarity_of(text: str, item: str, language: str = "zh", action: Action = Action.COLLECT) -> list[str]:
    return [
        claim.polarity.value for claim in claims(text, language) if claim.action is action and item in claim.data_items
    ]


DENIED = [
    pytest.param("我们不会收集您的通讯录。", "contacts.address_book", id="plain"),
    pytest.param("我们承诺，绝不读取您的短信内容。", "comm.sms", id="never"),
    pytest.param("本应用未收集您的IMEI。", "device.imei", id="did not"),
    pytest.param("我们不收集、不存储您的身份证号码。", "identity.id_card", id="chain of two denials"),
    pytest.param("您的人脸信息我们不会收集。", "bio.face", id="item before the verb"),
    pytest.param(
        "我们会收集您的设备型号，但不会收集您的通讯录。", "contacts.address_book", id="second half of a sentence"
    ),
    pytest.param(
        "我们不会收集以下信息：\n1、通讯录；\n2、短信内容。", "contacts.address_book", id="list under a denial"
    ),
]


@pytest.mark.parametrize(("text", "item"), DENIED)
def test_a_denial_without_exception_is_denied(text: str, item: str) -> None:
    assert "denied" in polarity_of(text, item)


NOT_DENIED = [
    pytest.param("我们会收集您的IMEI。", "device.imei", "affirmed", id="plain claim"),
    pytest.param("未经您同意，我们不会收集您的通讯录。", "contacts.address_book", "conditional", id="without consent"),
    pytest.param("我们不会在未经您同意的情况下收集您的通讯录。", "contacts.address_book", "conditional", id="inside"),
    pytest.param(
        "除法律法规另有规定外，我们不会收集您的通讯录。", "contacts.address_book", "denied_except", id="unless law"
    ),
    pytest.param(
        "我们不会收集您的通讯录，除非您使用邀请好友功能。", "contacts.address_book", "denied_except", id="unless"
    ),
    pytest.param(
        "我们不会收集您的通讯录。但以下情况除外：\n1、法律规定。",
        "contacts.address_book",
        "denied_except",
        id="next sentence",
    ),
    pytest.param("我们会不断收集您的设备型号。", "device.model", "affirmed", id="不断 is no negation"),
    pytest.param("为了向不同用户提供服务，我们会收集您的IMEI。", "device.imei", "affirmed", id="不同 is no negation"),
    pytest.param(
        "收集的信息包括但不限于您的IMEI、通讯录。", "contacts.address_book", "affirmed", id="不限于 is no negation"
    ),
    pytest.param(
        "您关闭权限后，我们将不再收集您的通讯录。", "contacts.address_book", "conditional", id="after withdrawal"
    ),
    pytest.param("我们不会强制收集您的通讯录。", "contacts.address_book", "conditional", id="by force"),
    pytest.param(
        "我们不会将您的通讯录上传至服务器。", "contacts.address_book", "conditional", id="not uploaded is not: not read"
    ),
    pytest.param("无需征得您的同意即可收集您的手机号码。", "basic.phone", None, id="legal exception is no denial"),
    pytest.param("如您不同意我们收集您的位置信息，您将无法使用导航。", "location", None, id="consequence of refusal"),
    pytest.param("如您拒绝提供手机号码，将无法注册。", "basic.phone", None, id="refused by the user"),
    pytest.param(
        "如果您不提供身份证号码，我们将无法为您实名认证。", "identity.id_card", None, id="not provided by the user"
    ),
]


@pytest.mark.parametrize(("text", "item", "expected"), NOT_DENIED)
def test_everything_else_is_not(text: str, item: str, expected: str | None) -> None:
    assert polarity_of(text, item) == ([expected] if expected else [])
