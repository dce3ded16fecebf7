"""How requests of permissions are judged: how grave, and for which of the permissions asked for."""

from dataclasses import replace

import pytest

from builders import app, permission_prompt, policy, receiver
from mingcha_analyzers.app.values import App
from mingcha_rules.card import load_cards
from mingcha_rules.checks.permission_prompt import check
from mingcha_rules.checks.self_start import check as check_self_start
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Blind, Gap
from mingcha_rules.values import Severity


def gaps(card: str, package: App) -> list[Gap]:
    found = list(check(Facts(None, package, "2026-11-24"), load_cards()[card]))
    return [gap for gap in found if isinstance(gap, Gap)]


@pytest.mark.parametrize(
    ("before", "purpose", "severity"),
    [
        pytest.param("yes", None, Severity.HIGH, id="before anything was told"),
        pytest.param("yes", "相机权限用于扫码", Severity.MEDIUM, id="with a purpose"),
        pytest.param("guarded", None, Severity.MEDIUM, id="behind a stored flag"),
    ],
)
def test_a_request_at_launch_is_milder_with_a_purpose_or_a_flag(
    before: str, purpose: str | None, severity: Severity
) -> None:
    package = app("CAMERA", prompts=(permission_prompt("CAMERA", before=before, purpose=purpose),))
    assert [gap.severity for gap in gaps("MC310", package)] == [severity]


def test_only_what_the_manifest_requests_counts() -> None:
    package = app("CAMERA", prompts=(permission_prompt("CAMERA", "READ_SMS", "VIBRATE", before="yes"),))
    assert [part.key for gap in gaps("MC310", package) for part in gap.parts] == ["android.permission.CAMERA"]


def test_each_owner_has_its_own_finding() -> None:
    prompts = (permission_prompt("CAMERA"), permission_prompt("CAMERA", owner="sdk:zxing"))
    assert [gap.owner for gap in gaps("MC313", app("CAMERA", prompts=prompts))] == ["app", "sdk:zxing"]


def test_unseen_code_is_said() -> None:
    package = replace(app("CAMERA"), prompts=None)
    found = list(check(Facts(None, package, "2026-11-24"), load_cards()["MC310"]))
    assert found == [Blind("accesses_not_analysed")]


@pytest.mark.parametrize(
    ("target", "found"), [pytest.param(25, 1, id="heard"), pytest.param(26, 0, id="no longer sent")]
)
def test_broadcasts_count_as_self_start_where_they_still_come(target: int, found: int) -> None:
    package = app(components=(receiver("cn.a.Wake", "android.intent.action.USER_PRESENT"),), target_sdk=target)
    facts = Facts(policy(without=("collect.autostart",)), package, "2026-11-24")
    assert len(list(check_self_start(facts, load_cards()["MC603"]))) == found
