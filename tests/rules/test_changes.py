"""What changed between two versions of a policy: each kind of change, and what is none."""

import pytest

from mingcha_analyzers.policy.reader import read_policy
from mingcha_analyzers.policy.values import Policy
from mingcha_analyzers.values import SourceFile
from mingcha_rules.catalogue import load_clauses
from mingcha_rules.changes import Aspect, Change, ChangeKind, Duty, compare_policies
from mingcha_rules.changes.pairing import pair_alike
from mingcha_rules.changes.weights import load_weights, weigh

PHONE = "注册账号时，我们会收集您的手机号码，用于创建账号。"
RIGHTS = "您可以在“我的-设置-注销账号”中注销账号。"
BOOK = "我们会收集您的通讯录。"
DENIED = "我们不会收集您的通讯录。"
CHILDREN = "未满14周岁的儿童应当取得监护人的同意。"
TABLE = "| SDK名称 | 公司 | 目的 | 收集的信息 |\n| --- | --- | --- | --- |\n"
ROW = "| 山楂推送SDK | 示例市山楂科技有限公司 | 消息推送 | {items} |\n"


def policy(*lines: str) -> Policy:
    text = "# 隐私政策\n\n## 一、我们如何收集和使用您的个人信息\n\n" + "\n\n".join(lines) + "\n"
    return read_policy([SourceFile("p.md", text.encode())])


def changes(old: tuple[str, ...], new: tuple[str, ...]) -> list[tuple[str, str, str]]:
    found = compare_policies(policy(*old), policy(*new))
    return [(change.kind.value, change.aspect.value, change.subject) for change in found]


def only(old: tuple[str, ...], new: tuple[str, ...], aspect: Aspect) -> Change:
    (found,) = [change for change in compare_policies(policy(*old), policy(*new)) if change.aspect is aspect]
    return found


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param((PHONE,), (PHONE, BOOK), ("added", "collected", "contacts.address_book"), id="item"),
        pytest.param((PHONE, BOOK), (PHONE,), ("dropped", "collected", "contacts.address_book"), id="no item"),
        pytest.param((PHONE, DENIED), (PHONE,), ("dropped", "denied", "collect:contacts.address_book"), id="denial"),
        pytest.param((PHONE, RIGHTS), (PHONE,), ("dropped", "right", "cancel_account"), id="right"),
        pytest.param((PHONE,), (PHONE, CHILDREN), ("added", "minors", "minors"), id="minors"),
        pytest.param(
            (PHONE,), (PHONE, "您的信息存储在中华人民共和国境内。"), ("added", "region", "storage"), id="region"
        ),
        pytest.param((PHONE,), (PHONE, TABLE + ROW.format(items="IMEI")), ("added", "sdk", "山楂推送sdk"), id="sdk"),
    ],
)
def test_each_matter_is_told(old: tuple[str, ...], new: tuple[str, ...], expected: tuple[str, str, str]) -> None:
    assert expected in changes(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param((PHONE, RIGHTS), (RIGHTS, PHONE), id="moved"),
        pytest.param((f"1. {PHONE}", f"2. {RIGHTS}"), (f"（一）{PHONE}", f"（二）{RIGHTS}"), id="renumbered"),
        pytest.param((PHONE,), (PHONE.replace("手机号码", "**手机 号码**"),), id="set in bold and spaced"),
        pytest.param((PHONE,), (PHONE.replace("，", ", ").replace("。", "；"),), id="other marks"),
        pytest.param((PHONE,), ("註冊賬號時，我們會收集您的手機號碼，用於創建賬號。",), id="traditional characters"),
        pytest.param((PHONE, "我们重视您的隐私。"), (PHONE, "保护隐私是我们的责任。"), id="words without a practice"),
    ],
)
def test_what_says_the_same_is_no_change(old: tuple[str, ...], new: tuple[str, ...]) -> None:
    assert changes(old, new) == []


def test_a_changed_row_names_the_field_and_both_places() -> None:
    found = only((TABLE + ROW.format(items="IMEI"),), (TABLE + ROW.format(items="IMEI、Android ID"),), Aspect.SDK)
    assert (found.kind, found.grave) == (ChangeKind.CHANGED, True)
    (field,) = found.fields
    assert (field.field, field.old, field.new) == ("data_items", (), ("device.android_id",))
    assert (len(found.old), len(found.new)) == (1, 1)
    assert "山楂推送" in found.old[0].quote


def test_a_right_whose_way_goes_is_grave_and_one_whose_path_changes_is_not() -> None:
    lost = only((RIGHTS,), ("您有权注销账号。",), Aspect.RIGHT)
    moved = only((RIGHTS,), (RIGHTS.replace("设置", "设置-账号"),), Aspect.RIGHT)
    assert (lost.grave, lost.duty) == (True, Duty.CONSENT)
    assert (moved.grave, moved.duty) == (False, Duty.NOTICE)


def test_a_reworded_purpose_is_one_change() -> None:
    found = only((PHONE,), (PHONE.replace("创建账号", "创建您的账号"),), Aspect.PURPOSE)
    assert found.kind is ChangeKind.CHANGED
    assert [item.field for item in found.fields] == ["words"]


def test_the_gravest_stand_first() -> None:
    old = (PHONE, RIGHTS, "如有意见请发邮件至 a@zhu.example。")
    new = (PHONE, "我们会与示例市山楂有限公司共享您的手机号码。", "如有意见请发邮件至 b@zhu.example。")
    found = compare_policies(policy(*old), policy(*new))
    assert [(change.kind.value, change.aspect.value) for change in found[:2]] == [
        ("dropped", "right"),
        ("added", "recipient"),
    ]
    grave = [change.grave for change in found]
    assert grave == sorted(grave, reverse=True)


def test_every_change_has_a_weight_and_its_clauses_are_known() -> None:
    never = {Aspect.COLLECTED, Aspect.DENIED}  # They are there or not.
    for aspect in Aspect:
        for kind in ChangeKind:
            if kind is not ChangeKind.CHANGED or aspect not in never:
                assert weigh(aspect, kind, ()).duty
    own = {clause for row in load_weights() for clause in row.clauses if clause.startswith("gbt35273-2019d:")}
    assert own
    assert own <= load_clauses().keys()


def test_texts_are_paired_once_and_only_if_alike() -> None:
    assert pair_alike(["用于注册账号", "用于推送"], ["用于注册您的账号", "用于注册账户", "为了安全"]) in (
        {"用于注册账号": "用于注册账户"},
        {"用于注册账号": "用于注册您的账号"},
    )
