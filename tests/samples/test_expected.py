"""For each pair of sample app and policy the pipeline reports what it must and nothing that it must not."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from mingcha import pipeline
from mingcha_rules.card import load_cards
from mingcha_rules.values import Finding

SAMPLES = Path(__file__).parents[2] / "samples"
PAIRS: dict[str, dict[str, Any]] = {
    path.stem: yaml.safe_load(path.read_text("utf-8"))
    for path in sorted((SAMPLES / "expected" / "pairs").glob("*.yaml"))
}
SAME: list[list[str]] = yaml.safe_load((SAMPLES / "expected" / "same.yaml").read_text("utf-8"))

each_pair = pytest.mark.parametrize("name", PAIRS)


@cache
def findings(app: str | None, policies: tuple[str, ...], as_of: str) -> tuple[Finding, ...]:
    request = pipeline.Request(
        app=str(SAMPLES / "apps" / app) if app else None,
        policies=tuple(str(SAMPLES / "policies" / name) for name in policies),
        as_of=as_of,
    )
    return pipeline.run(request).assessment.findings


def reported(name: str) -> set[tuple[str, str]]:
    pair = PAIRS[name]
    return {(item.rule_id, item.subject) for item in findings(pair["app"], tuple(pair["policies"]), pair["as_of"])}


def alternatives(text: str) -> list[str]:
    return [part.strip() for part in text.split("|")]


@each_pair
def test_names_known_rules_only(name: str) -> None:
    pair = PAIRS[name]
    silent = [] if pair["silent"] == "all" else pair["silent"]
    named = {rule for key in [*pair["must"], *pair.get("never", {})] for rule in alternatives(key)}
    assert {*named, *silent, *pair["open"]} <= set(load_cards())


@each_pair
def test_reports_what_was_built_in(name: str) -> None:
    found = reported(name)
    lost = [
        (rules, subjects)
        for rules, wanted in PAIRS[name]["must"].items()
        for subjects in wanted
        if not any(
            rule in alternatives(rules) and (subjects == "*" or subject in alternatives(subjects))
            for rule, subject in found
        )
    ]
    assert lost == []


@each_pair
def test_reports_nothing_that_is_not_so(name: str) -> None:
    pair, found = PAIRS[name], reported(name)
    silent = pair["silent"]
    if silent == "all":
        silent = set(load_cards()) - set(pair["must"]) - set(pair["open"])
    wrong = {(rule, subject) for rule, subject in found if rule in silent}
    wrong |= {(rule, subject) for rule, subject in found if subject in pair.get("never", {}).get(rule, ())}
    assert sorted(wrong) == []


@pytest.mark.parametrize("names", SAME, ids=lambda names: names[0])
def test_encoding_and_mark_up_change_no_finding(names: list[str]) -> None:
    first, *others = [
        sorted(
            (item.rule_id, item.subject, item.fingerprint) for item in findings("careless.apk", (name,), "2026-11-23")
        )
        for name in names
    ]
    assert all(other == first for other in others)
