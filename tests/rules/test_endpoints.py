"""Rules on endpoints look at what the system lets pass, whose code names a host, and what own code can send."""

from dataclasses import replace

import pytest

from builders import app, endpoint, policy, read, row
from mingcha_analyzers.app.values import App, Endpoint, Observation, Renaming, SecurityFact
from mingcha_analyzers.policy.values import Policy
from mingcha_rules.engine import assess
from mingcha_rules.values import Finding
from rules.cases import SENT

PLAIN = (endpoint("api.taihen.cn", "http"),)


def findings(package: App, rule: str) -> list[Finding]:
    return [each for each in assess(None, package, as_of="2026-11-24").findings if each.rule_id == rule]


@pytest.mark.parametrize(
    ("target", "facts", "confidence"),
    [
        pytest.param(27, (), 0.7, id="allowed by default"),
        pytest.param(28, ("SF-NET01",), 0.7, id="allowed by the manifest"),
        pytest.param(28, (), None, id="stopped by the system"),
        pytest.param(28, None, 0.5, id="not known"),
    ],
)
def test_plain_text_counts_where_the_system_lets_it_pass(
    target: int, facts: tuple[str, ...] | None, confidence: float | None
) -> None:
    security = (
        None
        if facts is None
        else tuple(SecurityFact(fact, "app", "AndroidManifest.xml", None, None, 0.9) for fact in facts)
    )
    package = app(endpoints=PLAIN, reads=(SENT,), target_sdk=target)
    found = findings(replace(package, security=security), "MC710")
    assert [each.confidence for each in found] == ([] if confidence is None else [confidence])


@pytest.mark.parametrize(
    ("each", "seen"),
    [
        pytest.param(endpoint("api.taihen.cn", "https"), SENT, id="encrypted"),
        pytest.param(endpoint("api.taihen.cn", "http", owner="sdk:jpush"), SENT, id="named by other code"),
        pytest.param(endpoint("api.taihen.cn", "http"), read("device.imei"), id="no way to the network"),
        pytest.param(endpoint("api.taihen.cn", "http"), replace(SENT, sends=SENT.sends[::2]), id="not on the way"),
    ],
)
def test_other_reads_are_not_said_to_go_in_plain_text(each: Endpoint, seen: Observation) -> None:
    assert findings(app(endpoints=(each,), reads=(seen,), target_sdk=27), "MC710") == []


def test_an_sdk_is_not_called_absent_where_names_were_shortened() -> None:
    told = policy(sdks=(row("极光推送", "jpush"),))
    shortened = replace(app(), renaming=Renaming("app", 60, 40, renamed=True))
    assert [rule(told, each, "MC209") for each in (app(), shortened)] == [True, False]


def rule(told: Policy, package: App, name: str) -> bool:
    return any(each.rule_id == name for each in assess(told, package, as_of="2026-11-24").findings)
