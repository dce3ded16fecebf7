"""Rows whose name leaves it open which SDK of a vendor is meant: neither undisclosed nor cleared."""

from dataclasses import replace

import pytest

from builders import app, policy, row, sdk
from mingcha_analyzers.policy.values import MatchedBy, SdkDisclosure, SdkMatch
from mingcha_rules.engine import assess
from mingcha_rules.values import Finding, Level

UMENG = ("umeng-analytics", "umeng-common", "umeng-push")


def open_row(ids: tuple[str, ...] = UMENG, score: float = 0.5) -> SdkDisclosure:
    return replace(row("友盟+", vendor="友盟同欣"), match=SdkMatch(ids, score, MatchedBy.VENDOR))


def findings(told: SdkDisclosure, found: str) -> dict[str, Finding]:
    judged = assess(policy(sdks=(told,)), app(sdks=(sdk(found),)), as_of="2026-11-24")
    return {finding.rule_id: finding for finding in judged.findings if finding.rule_id.startswith("MC20")}


def level(told: SdkDisclosure, found: str) -> Level:
    judged = assess(policy(sdks=(told,)), app(sdks=(sdk(found),)), as_of="2026-11-24")
    return next(each.level for each in judged.disclosures if each.owner == f"sdk:{found}")


def test_an_open_row_asks_for_review_of_each_sdk_it_can_mean() -> None:
    assert set(findings(open_row(), "umeng-push")) == {"MC205"}
    assert findings(open_row(), "umeng-push")["MC205"].confidence == pytest.approx(0.5)


def test_what_an_open_row_leaves_out_is_told_without_being_sure() -> None:
    told = replace(open_row(), purpose=None)
    assert findings(told, "umeng-push")["MC206"].confidence == pytest.approx(0.5)


def test_an_open_row_says_nothing_of_an_sdk_it_cannot_mean() -> None:
    assert "MC201" in findings(replace(open_row(), vendor=None), "jpush")


def test_a_name_of_several_records_discloses_each() -> None:
    told = replace(row("微信支付"), match=SdkMatch(("wechat-opensdk", "wechat-pay"), 1.0, MatchedBy.EXACT))
    for found in ("wechat-opensdk", "wechat-pay"):
        assert level(told, found) is Level.CLEAR


def test_a_row_on_a_product_covers_the_base_that_comes_with_it() -> None:
    assert level(row("友盟统计", "umeng-analytics"), "umeng-common") is Level.CLEAR
    assert level(row("友盟统计", "umeng-analytics"), "umeng-push") is Level.VAGUE
