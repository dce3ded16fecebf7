"""Every rule card fires where it should, stays silent where it should, and says what it rests on."""

import re

import pytest

from mingcha_corpora.errors import KnowledgeError
from mingcha_rules.card import load_cards, parse_card, placeholders
from mingcha_rules.catalogue import load_clauses, load_ids, read_rows
from mingcha_rules.checks.table import CHECKS
from mingcha_rules.engine import assess
from mingcha_rules.gap import Ceiling
from mingcha_rules.values import Finding, Severity, Verdict
from mingcha_rules.words import NAMES, load_words
from rules.cases import CASES, Case

AS_OF = "2026-11-24"
CARDS = load_cards()
# Their source gives the higher grade for this very case: no contact of any kind, no Chinese text at all.
RAISED = frozenset({"MC426", "MC432"})
BLAME = re.compile("违法|违规|illegal|unlawful|violat", re.IGNORECASE)


def findings(case: Case, card: str) -> list[Finding]:
    return [item for item in assess(case.policy, case.app, as_of=AS_OF).findings if item.rule_id == card]


@pytest.mark.parametrize("card", sorted(CARDS))
def test_card_fires(card: str) -> None:
    firing, _ = CASES[card]
    found = findings(firing, card)
    assert found
    for item in found:
        assert "{" not in item.message.zh + item.message.en + item.remedy.zh + item.remedy.en
        assert not BLAME.search(item.message.zh + item.message.en + item.remedy.zh)


@pytest.mark.parametrize("card", sorted(CARDS))
def test_card_stays_silent(card: str) -> None:
    _, silent = CASES[card]
    assert findings(silent, card) == []


def test_every_case_belongs_to_a_card() -> None:
    assert sorted(CASES) == sorted(CARDS)


def test_every_kind_of_check_is_used() -> None:
    assert {card.check for card in CARDS.values()} == set(CHECKS)


@pytest.mark.parametrize("card", sorted(CARDS))
def test_card_rests_on_known_texts(card: str) -> None:
    value = CARDS[card]
    assert value.check in CHECKS
    assert value.clauses
    assert set(value.clauses) | set(value.covers) <= set(load_clauses())
    assert value.scene is None or value.scene in load_ids("scenes")
    assert value.appid is None or value.appid in load_ids("related_rules")
    assert value.severity_source in load_ids("severity") | set(load_clauses())


@pytest.mark.parametrize("card", sorted(CARDS))
def test_card_covers_only_clauses_that_can_pass(card: str) -> None:
    for ref in CARDS[card].covers:
        assert Verdict.PASS in load_clauses()[ref].static_can


@pytest.mark.parametrize("card", sorted(CARDS))
def test_card_is_no_graver_than_its_source(card: str) -> None:
    value = CARDS[card]
    rows = {row["id"]: row for row in read_rows("severity")}
    source = rows.get(value.severity_source)
    if source is not None and card not in RAISED:
        assert value.severity.rank <= Severity(source["severity"]).rank


@pytest.mark.parametrize("card", sorted(CARDS))
def test_words_have_the_same_placeholders_in_both_languages(card: str) -> None:
    value = CARDS[card]
    for words in (value.title, value.message, value.remedy):
        assert placeholders(words.zh) == placeholders(words.en)
        assert re.search("[一-鿿]", words.zh)
        assert not re.search("[一-鿿]", words.en)


@pytest.mark.parametrize("name", NAMES)
def test_words_exist_in_both_languages(name: str) -> None:
    for words in load_words(name).values():
        assert words.zh.strip()
        assert words.en.strip()


def test_severities_and_verdicts_have_words() -> None:
    assert set(load_words("verdicts")) == {item.value for item in Verdict}
    assert set(load_words("severities")) == {item.value for item in Severity}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        pytest.param({"severity": "grave"}, "severity", id="unknown severity"),
        pytest.param({"clauses": ["gbt35273-2019d:99"]}, "clauses", id="no such clause"),
        pytest.param({"title": {"zh": "甲"}}, "title", id="one language only"),
        pytest.param({"message": {"zh": "{a}", "en": "b"}}, "message", id="placeholder in one language"),
        pytest.param({"colour": "red"}, "colour", id="unknown field"),
        pytest.param({"params": None}, "params", id="no parameters"),
        pytest.param({"ceiling": "pass"}, "ceiling", id="a card gives no pass"),
        pytest.param({"id": "MC402"}, "id", id="id differs from the file"),
    ],
)
def test_damaged_card_names_file_and_field(change: dict[str, object], field: str) -> None:
    good: dict[str, object] = {name: getattr(CARDS["MC401"], name) for name in CARDS["MC401"].__dataclass_fields__}
    good |= {"clauses": ["gbt35273-2019d:5.6.a.1"], "covers": [], "hints": [], "params": {}}
    good |= {name: {"zh": "甲", "en": "a"} for name in ("title", "message", "remedy")}
    parse_card(good, "MC401.yaml")
    with pytest.raises(KnowledgeError) as fault:
        parse_card(good | change, "MC401.yaml")
    assert fault.value.params["path"] == "rules/cards/MC401.yaml"
    assert fault.value.params["line"] == field


def test_notes_touch_no_clause() -> None:
    notes = [card.id for card in CARDS.values() if card.ceiling is Ceiling.NOTE]
    assert notes
    for card in notes:
        firing, _ = CASES[card]
        result = assess(firing.policy, firing.app, as_of=AS_OF)
        prints = {item.fingerprint for item in result.findings if item.rule_id == card}
        assert prints
        assert not any(prints & set(clause.findings) for clause in result.clauses)
