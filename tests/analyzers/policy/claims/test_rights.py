"""Rights with the ways to them: whose way a passage gives, what a reference leads to, what is said for all rights."""

from textwrap import dedent

import pytest

from mingcha_analyzers.policy.reader import read_policy
from mingcha_analyzers.policy.values import Given, Right
from mingcha_analyzers.values import SourceFile

CONTACT = """
七、如何联系我们
您可以通过以下方式与我们联系：
电子邮箱：privacy@yuanshan.example.com
客服电话：400-820-0000
"""


def rights(body: str, *, contact: str = CONTACT, name: str = "policy.txt") -> tuple[Right, ...]:
    """Return the rights of a policy whose section on rights is ``body``."""
    opening = "远山记账隐私政策\n\n一、我们如何收集个人信息\n我们收集您的手机号码用于登录。\n\n五、您的权利\n"
    text = f"{opening}{dedent(body)}\n{contact}"
    return read_policy([SourceFile(name, text.encode())]).rights


def ways(body: str, **words: str) -> set[tuple[str, str]]:
    return {(right.kind.value, right.mechanism.value) for right in rights(body, **words)}


def of(kind: str, found: tuple[Right, ...]) -> list[Right]:
    return [right for right in found if right.kind == kind]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            "您可以通过本政策第七章提供的联系方式注销账号。",
            {("cancel_account", "email"), ("cancel_account", "phone")},
            id="chapter",
        ),
        pytest.param(
            "您可以通过本政策“如何联系我们”中的联系方式撤回您的授权同意。",
            {("withdraw_consent", "email"), ("withdraw_consent", "phone")},
            id="title",
        ),
        pytest.param(
            "如您希望删除您的个人信息，可通过本政策第七条提供的电子邮箱向我们提出。",
            {("delete", "email")},
            id="one of the ways there",
        ),
        pytest.param(
            """\
            （一）查询您的个人信息
            您可以在“我的-个人资料”中查询您的个人信息。
            （二）删除您的个人信息
            您可以通过“（一）查询您的个人信息”中列明的方式删除您的部分个人信息。
            """,
            {("access", "in_app_path"), ("delete", "in_app_path")},
            id="ways of another right",
        ),
        pytest.param(
            """\
            （一）查询您的个人信息
            您可以在“我的-个人资料”中查询您的个人信息。
            （二）删除您的个人信息
            如您无法通过上述路径删除您的个人信息，请拨打400-820-0000。
            """,
            {("access", "in_app_path"), ("delete", "phone")},
            id="not the ways that fail",
        ),
        pytest.param("您可以联系客服更正您的个人信息。", {("correct", "unspecified")}, id="service without a number"),
    ],
)
def test_a_reference_is_the_ways_it_leads_to(body: str, expected: set[tuple[str, str]]) -> None:
    assert ways(body) == expected


def test_a_reference_says_that_it_is_one() -> None:
    found = rights("您可以通过本政策第七章提供的联系方式注销账号。")
    assert {right.given for right in found} == {Given.REFERENCE}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            "您可以通过客服电话（400-820-0001）或者电子邮箱（a@yuanshan.example.com）与我们联系，注销您的账号。",
            {("cancel_account", "email"), ("cancel_account", "phone")},
            id="mail and phone",
        ),
        pytest.param(
            """\
            （一）更正您的个人信息
            当您发现信息有误时，您有权要求我们更正。
            请拨打400-820-0001。
            """,
            {("correct", "phone")},
            id="next block under the heading",
        ),
        pytest.param(
            """\
            您可以通过以下方式注销您的账号：
            1、打开远山记账，点击头像进入个人中心；
            2、点击“注销账号”；
            """,
            {("cancel_account", "in_app_path")},
            id="steps of a list",
        ),
        pytest.param(
            "您可以访问https://yuanshan.example.com/close页面注销您的账号。", {("cancel_account", "form")}, id="page"
        ),
        pytest.param(
            "您可以登录账号查询您的个人信息。", {("access", "unspecified")}, id="logging in without a named place"
        ),
        pytest.param(
            "您可以在“账号与安全”页面提交账号注销申请。", {("cancel_account", "in_app_path")}, id="named page"
        ),
        pytest.param(
            "您可以在手机系统设置中关闭相机权限以撤回您的授权。",
            {("withdraw_consent", "in_app_path")},
            id="permission closed to withdraw",
        ),
        pytest.param(
            "您可以通过删除信息、关闭设备功能等方式撤回您的授权。",
            {("withdraw_consent", "unspecified")},
            id="deletion as a means",
        ),
        pytest.param(
            "为了您可以访问、更正、删除您的个人信息，我们提供了相应的操作设置。",
            {("access", "unspecified"), ("correct", "unspecified"), ("delete", "unspecified")},
            id="rights without any way",
        ),
        pytest.param("在您注销账号后，我们将在15个工作日内删除您的个人信息。", set(), id="what we do afterwards"),
        pytest.param("您可以提供您的邮箱和电话以完善您的个人信息。", {("correct", "unspecified")}, id="mail as data"),
        pytest.param(
            "如果这些自动决策显著影响您的合法权益，您有权要求我们作出解释。",
            {("automated_decision", "unspecified")},
            id="explanation",
        ),
    ],
)
def test_ways_of_a_right(body: str, expected: set[tuple[str, str]]) -> None:
    assert ways(body) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("如您有任何投诉，请通过以下方式与我们联系：", {"email", "phone"}, id="before the addresses"),
        pytest.param("我们会保存您的投诉记录。请通过以下方式与我们联系：", set(), id="no word of the user's complaint"),
        pytest.param("您可以向网信部门投诉。", set(), id="authority"),
    ],
)
def test_complaint_needs_a_way(line: str, expected: set[str]) -> None:
    contact = f"\n七、如何联系我们\n{line}\n电子邮箱：privacy@yuanshan.example.com\n电话：0571-85000000\n"
    found = rights("您可以联系我们。", contact=contact)
    assert {right.mechanism.value for right in of("complaint", found)} == expected


GENERAL = """\
（一）访问您的个人信息
您有权访问您的个人信息。
（二）注销账号
您可以通过“我的-设置-注销账号”注销您的账号，我们将在7日内完成注销。
（三）响应您的请求
如您需要行使上述权利，请发送邮件至privacy@yuanshan.example.com。为保障安全，我们可能会先要求您验证自己的身份。
我们将在十五个工作日内答复。
"""


def test_a_general_way_serves_the_rights_without_one() -> None:
    (access,) = of("access", rights(GENERAL))
    assert (access.mechanism, access.given) == ("email", Given.GENERAL)


def test_a_general_period_is_marked_and_yields_to_the_rights_own() -> None:
    found = rights(GENERAL)
    (access,) = of("access", found)
    assert (access.days, access.day_kind, access.days_general) == (15, "working", True)
    cancel = next(right for right in of("cancel_account", found) if right.mechanism == "in_app_path")
    assert (cancel.days, cancel.day_kind, cancel.days_general) == (7, "calendar", False)


def test_conditions_of_a_right() -> None:
    body = """\
    （一）注销账号
    您可以通过“我的-设置-注销账号”注销您的账号。注销前请结清未完成的订单，并提交书面申请。
    （二）复制您的个人信息
    您可以发送邮件至a@yuanshan.example.com获取您的个人信息副本。
    （三）响应您的请求
    我们可能会先要求您验证自己的身份，然后再处理您的请求。
    """
    found = rights(body)
    (cancel,) = of("cancel_account", found)
    (copy,) = of("copy", found)
    assert [(one.kind.value, one.general) for one in cancel.conditions] == [
        ("documents", False),
        ("settlement", False),
        ("identity", True),
    ]
    assert [(one.kind.value, one.general) for one in copy.conditions] == [("identity", True)]


ENGLISH = """\
# Privacy Policy of Farhill Notes

## 1. Information we collect
We collect your phone number when you sign up.

## 5. Your rights
### 5.1 Access
You can review your personal information under Settings > Account > Profile.
### 5.2 Deletion
You have the right to delete your personal information.
### 5.3 How to exercise your rights
To exercise any of these rights, please email us at privacy@farhill.example.com. We may ask you to verify your
identity. We will respond within 30 days.

## 9. Contact us
Email: privacy@farhill.example.com
"""


def test_english_policy() -> None:
    found = read_policy([SourceFile("policy.md", ENGLISH.encode())]).rights
    told = {(right.kind.value, right.mechanism.value, right.given.value, right.days) for right in found}
    assert ("access", "in_app_path", "own", 30) in told
    assert ("delete", "email", "general", 30) in told
