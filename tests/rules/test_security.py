"""Findings on security facts: whose they are, how grave; every fact has its card and every card its clauses."""

import pytest

from builders import app, weakness
from mingcha_analyzers.app.values import SecurityFact
from mingcha_corpora.facts import load_security_facts
from mingcha_rules.card import load_cards
from mingcha_rules.engine import assess
from mingcha_rules.gap import Ceiling
from mingcha_rules.values import Finding, Verdict

CARDS = {card.id: card for card in load_cards().values() if card.check == "security"}
RECORDS = {record.id: record for record in load_security_facts()}


def findings(*facts: SecurityFact) -> list[Finding]:
    return [item for item in assess(None, app(security=facts), as_of="2026-11-24").findings if item.rule_id in CARDS]


def test_every_fact_that_is_looked_for_has_one_card_unless_it_is_only_informative() -> None:
    told = sorted(fact for card in CARDS.values() for fact in card.params["facts"])
    assert told == sorted(r.id for r in RECORDS.values() if r.looks and r.severity != "info" and r.clauses)


@pytest.mark.parametrize("card", sorted(CARDS))
def test_a_card_rests_on_the_clauses_of_its_facts(card: str) -> None:
    value = CARDS[card]
    assert set(value.clauses) == {clause for fact in value.params["facts"] for clause in RECORDS[fact].clauses}
    assert value.ceiling is Ceiling.REVIEW
    assert value.covers == ()


@pytest.mark.parametrize(
    ("fact", "owner", "confidence", "severity"),
    [
        pytest.param("SF-NET06", "app", 0.9, "medium", id="high by the record, never graver than the card"),
        pytest.param("SF-NET06", "app", 0.7, "medium", id="a step milder where it is less sure"),
        pytest.param("SF-NET06", "app", 0.5, "low", id="advice where it is unsure"),
        pytest.param("SF-NET06", "unknown:com.a.b", 0.9, "medium", id="code of nobody known"),
        pytest.param("SF-NET06", "sdk:jpush", 0.9, "low", id="code of an SDK"),
        pytest.param("SF-CRY02", "app", 0.9, "medium", id="medium"),
        pytest.param("SF-CRY07", "app", 0.9, "low", id="low"),
    ],
)
def test_severity(fact: str, owner: str, confidence: float, severity: str) -> None:
    (finding,) = findings(weakness(fact, owner=owner, confidence=confidence))
    assert finding.severity == severity


def test_the_app_and_code_of_nobody_known_have_findings_of_their_own_and_sdks_share_one() -> None:
    owners = ("app", "unknown:com.a.b", "sdk:jpush", "sdk:bugly")
    found = findings(*(weakness("SF-CRY02", owner=owner) for owner in owners))
    assert {item.owner: item.responsible for item in found} == {
        "app": ("operator",),
        "unknown:com.a.b": ("operator",),
        "sdk": ("operator", "sdk:bugly", "sdk:jpush"),
    }


def test_each_sdk_is_named_counted_and_a_part_with_its_evidence_first() -> None:
    sdks = [f"sdk:made-up-{n}" for n in range(7)]
    twice = [weakness("SF-CRY02", owner=owner, class_=f"cn.{turn}.K") for owner in sdks for turn in ("a", "b")]
    (finding,) = findings(*twice)
    assert "made-up-4等7个第三方SDK" in finding.message.zh
    assert "made-up-5" not in finding.message.zh
    assert len(finding.parts) == len(sdks)
    assert sum("cn.a.K" in each.value for each in finding.app_evidence) == len(sdks)


def test_places_are_grouped_and_counted() -> None:
    facts = [weakness("SF-CRY02", detail=f"DES/{n}", class_=f"cn.a.K{n}") for n in range(12)]
    (finding,) = findings(*facts, weakness("SF-CRY01", detail="AES"))
    assert finding.params["seen"] == "弱对称算法（DES/0、DES/1等，共12处）、ECB 模式（AES）"
    assert len(finding.app_evidence) == 8
    assert len(finding.parts) == 2


def test_a_fact_asks_for_review_and_never_fails_a_clause() -> None:
    clauses = assess(None, app(security=(weakness("SF-NET06"),)), as_of="2026-11-24").clauses
    verdicts = {clause.id: clause.verdict for clause in clauses}
    assert {verdicts[ref] for ref in RECORDS["SF-NET06"].clauses} == {Verdict.REVIEW}


def test_what_was_not_looked_for_is_said() -> None:
    clauses = assess(None, app(security=None), as_of="2026-11-24").clauses
    assert {clause.reason for clause in clauses if clause.id == "mps-2018d:6.1.4"} == {"security_not_analysed"}
