"""The careless sample leads to the same findings and verdicts in every form in which it may be handed out."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analyzers.app.containers import FORMS, sample
from mingcha_analyzers.app.reader import read_app
from mingcha_analyzers.policy.reader import read_policy
from mingcha_analyzers.values import SourceFile
from mingcha_rules.engine import assess
from mingcha_rules.values import Assessment

POLICY = Path(__file__).parents[2] / "samples" / "policies" / "careful.zh.html"


def judged(package: bytes) -> Assessment:
    policy = read_policy([SourceFile(POLICY.name, POLICY.read_bytes())])
    return assess(policy, read_app(SourceFile("x", package)), as_of="2026-01-31")


@pytest.mark.parametrize("make", [make for _, make in FORMS.values()], ids=FORMS)
def test_every_form_leads_to_the_same_findings_and_verdicts(make: Callable[[], bytes]) -> None:
    plain, found = judged(sample()), judged(make())
    assert found.findings == plain.findings
    assert found.clauses == plain.clauses
    assert found.disclosures == plain.disclosures
