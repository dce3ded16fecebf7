"""What a text of a screen stands for, and what only looks like it."""

import time

import pytest

from mingcha_analyzers.app.ui.cues import MAX_TEXT, load_cues, load_ui_words
from mingcha_analyzers.app.ui.values import UiRole
from mingcha_corpora.facts import load_ui_facts


def found(text: str) -> set[tuple[str, str, bool]]:
    return {(cue.fact, cue.role, cue.strong) for cue in load_cues().find(text) if cue.role is not None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("注销账号", {("UI-R01", "entry", True)}, id="the entry to a right"),
        pytest.param("Delete account", {("UI-R01", "entry", True)}, id="in English"),
        pytest.param("退出登录", {("UI-R01", "account", True)}, id="logging out closes no account"),
        pytest.param("Log out", {("UI-R01", "account", True)}, id="logging out in English"),
        pytest.param("权限管理", {("UI-R02", "entry", False)}, id="permissions are no consent withdrawn"),
        pytest.param("猜你喜欢", {("UI-R03", "entry", False)}, id="recommendations exist"),
        pytest.param("同意并继续", {("UI-C01", "agree", True)}, id="a button to agree"),
        pytest.param("不同意", {("UI-C01", "refuse", True)}, id="to refuse is not to agree"),
        pytest.param("请求被拒绝", set(), id="to be refused is not to refuse"),
        pytest.param("撤回同意", {("UI-R02", "entry", True)}, id="to withdraw consent is not to agree"),
        pytest.param("确认注销", {("UI-R01", "entry", True)}, id="to confirm something else"),
        pytest.param("您同意后我们才会读取通讯录", set(), id="consent inside a sentence is no button"),
        pytest.param("Disagree", {("UI-C01", "refuse", True)}, id="a word inside a word"),
        pytest.param("Agreement", set(), id="the beginning of a word"),
        pytest.param("登录即代表同意", {("UI-C02", "implied", True)}, id="going on is consent"),
        pytest.param("相机权限用于拍摄小票", {("UI-C04", "rationale", True)}, id="why a permission is wanted"),
        pytest.param("已授予相机权限", set(), id="no word on why"),
        pytest.param("仅浏览", {("UI-C01", "basic_mode", True)}, id="use without consent"),
        pytest.param("注销账号" + "。" * MAX_TEXT, set(), id="a document is no entry"),
        pytest.param("", set(), id="nothing"),
    ],
)
def test_what_a_text_stands_for(text: str, expected: set[tuple[str, str, bool]]) -> None:
    assert found(text) == expected


def test_every_cue_is_found_alone() -> None:
    """Each word of the knowledge means its own fact, whatever else it holds."""
    hints = load_ui_words()["recommendation_only"]
    for fact in load_ui_facts():
        if fact.section == "right":
            for words in (*fact.zh, *fact.en):
                assert (fact.id, UiRole.ENTRY, words not in hints) in found(words), words


def test_no_look_alike_is_found() -> None:
    for fact in load_ui_facts():
        for words in fact.not_cues:
            assert (fact.id, UiRole.ENTRY) not in {each[:2] for each in found(words)}, words


def test_a_text_made_of_cues_costs_no_time() -> None:
    begin = time.process_time()
    for _ in range(200):
        found("同意" * (MAX_TEXT // 2))
    assert time.process_time() - begin < 2
