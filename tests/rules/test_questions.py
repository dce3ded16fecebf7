"""The questions of the worksheets: every one is well formed, and damaged data is named."""

import re
from typing import Any

import pytest

from mingcha_corpora.errors import KnowledgeError
from mingcha_rules.card import load_cards
from mingcha_rules.catalogue import load_clauses
from mingcha_rules.questions import Question, load_questions, load_questions_of, parse_question

QUESTIONS = load_questions()
CHINESE = re.compile("[一-鿿]")
ROW: dict[str, Any] = {
    "id": "AO999",
    "clauses": ["gbt35273-2019d:6.1.b"],
    "role": "operator",
    "by": "security",
    "answer": "yes_no",
    "proof": ["record"],
    "valid_days": 365,
    "question": {"zh": "到期是否删除", "en": "Is it deleted at the end?"},
    "proof_words": {"zh": "删除记录", "en": "Record of deletion"},
}
TEST: dict[str, Any] = {
    "precondition": {"zh": "已登录", "en": "Signed in"},
    "steps": {"zh": ["打开设置"], "en": ["Open settings"]},
    "expected": {"zh": "有入口", "en": "There is an entry"},
}


def texts(question: Question) -> list[tuple[str, str]]:
    words = [question.question, question.proof_words]
    if question.test is not None:
        words += [question.test.precondition, *question.test.steps, question.test.expected]
    return [(each.zh, each.en) for each in words]


@pytest.mark.parametrize("name", list(QUESTIONS))
def test_question_has_words_in_both_languages_and_known_texts(name: str) -> None:
    question = QUESTIONS[name]
    for zh, en in texts(question):
        assert CHINESE.search(zh)
        assert not CHINESE.search(en)
    assert set(question.against) <= set(load_cards())
    assert len(set(question.clauses)) == len(question.clauses)


def test_no_question_is_asked_of_a_term() -> None:
    assert not [clause for clause in load_questions_of() if load_clauses()[clause].kind == "term"]


def test_a_tester_is_asked_only_what_a_device_shows() -> None:
    asked = {clause for each in QUESTIONS.values() if each.test is not None for clause in each.clauses}
    own = {clause for clause in asked if clause.startswith("gbt35273-2019d:")}
    assert {clause for clause in own if not load_clauses()[clause].device_test} == set()


def test_a_good_row_is_read() -> None:
    assert parse_question(ROW, "a.yaml").id == "AO999"
    assert parse_question(ROW | {"role": "tester", "by": "device", "answer": "test", "test": TEST}, "a.yaml").test


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"clauses": ["gbt35273-2019d:99"]}, id="no such clause"),
        pytest.param({"clauses": []}, id="no clause"),
        pytest.param({"role": "boss"}, id="unknown role"),
        pytest.param({"answer": "maybe"}, id="unknown answer"),
        pytest.param({"proof": ["hearsay"]}, id="unknown proof"),
        pytest.param({"valid_days": 0}, id="never valid"),
        pytest.param({"question": {"zh": "是否"}}, id="one language"),
        pytest.param({"colour": "red"}, id="unknown field"),
        pytest.param({"test": TEST}, id="an operator runs no test"),
        pytest.param({"role": "tester"}, id="a tester without a test"),
        pytest.param(
            {"role": "tester", "by": "device", "answer": "test", "test": TEST | {"steps": {"zh": ["一"], "en": []}}},
            id="steps differ in number",
        ),
    ],
)
def test_damaged_question_is_named(change: dict[str, Any]) -> None:
    with pytest.raises(KnowledgeError) as fault:
        parse_question(ROW | change, "a.yaml")
    assert fault.value.params["path"] == "rules/questions/a.yaml"
    assert fault.value.params["line"] == "AO999"


@pytest.mark.parametrize("row", [None, [], {"id": "AO1"}])
def test_what_is_no_question_is_said(row: object) -> None:
    with pytest.raises(KnowledgeError):
        parse_question(row, "a.yaml")
