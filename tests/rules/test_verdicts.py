"""What verdict a clause gets from findings, silence and what could not be seen."""

import dataclasses
from dataclasses import replace

import pytest

from builders import app, claim, contact, document, mention, packer, policy, right, rights, row, sdk
from mingcha_analyzers.app.values import App, Renaming
from mingcha_analyzers.policy.values import Policy
from mingcha_analyzers.values import Limit
from mingcha_corpora.errors import UsageError
from mingcha_rules.catalogue import load_children, load_clauses
from mingcha_rules.engine import assess
from mingcha_rules.values import Assessment, Verdict
from mingcha_rules.version import rules_version
from mingcha_rules.words import load_words
from rules.cases import CASES

AS_OF = "2026-11-24"
GBT = "gbt35273-2019d:"


def judge(policy_: Policy | None, app_: App | None = None) -> Assessment:
    return assess(policy_, app_, as_of=AS_OF)


def verdict(result: Assessment, clause: str) -> tuple[str, str | None]:
    found = next(item for item in result.clauses if item.id == clause)
    return found.verdict.value, found.reason


@pytest.mark.parametrize(
    ("policy_", "app_", "clause", "expected"),
    [
        pytest.param(policy(), app(), "3.1", ("not_applicable", "term"), id="a term is not judged"),
        pytest.param(policy(), app(), "6.1.b", ("unknown", "attestation_required"), id="only the operator knows"),
        pytest.param(None, app(), "5.6.a.1", ("unknown", "no_policy"), id="no policy given"),
        pytest.param(policy(), None, "5.6.a.7", ("unknown", "no_app"), id="SDKs need the package"),
        pytest.param(policy(without=["ctrl.name"]), None, "5.6.a.1", ("fail", None), id="a sure gap fails"),
        pytest.param(policy(without=["scope.product"]), None, "5.6.a.1", ("review", None), id="a doubtful gap"),
        pytest.param(policy(), None, "5.6.a.1", ("pass", None), id="all covering cards silent"),
        pytest.param(policy(), app(), "5.6.a.7", ("pass", None), id="all covering cards silent, both sides"),
        pytest.param(
            policy(), app(packer=packer()), "5.6.a.7", ("unknown", "packed"), id="a packed package is never passed"
        ),
        pytest.param(
            policy(),
            app(limits=(Limit("code", "dex_truncated", "classes.dex"),)),
            "5.6.a.7",
            ("unknown", "code_incomplete"),
            id="code read in part",
        ),
        pytest.param(
            policy(),
            app(limits=(Limit("hybrid", "form_not_read", "flutter"),)),
            "5.6.a.7",
            ("unknown", "hybrid"),
            id="code outside DEX",
        ),
        pytest.param(
            policy(),
            app(limits=(Limit("reach", "reflection", "app 9"),)),
            "5.6.a.7",
            ("pass", None),
            id="calls that are never followed",
        ),
        pytest.param(
            policy(),
            app(renaming=Renaming("app", 60, 40, renamed=True)),
            "5.6.a.7",
            ("unknown", "names_shortened"),
            id="an SDK may hide behind a short name",
        ),
        pytest.param(
            policy(text="第三方信息详见《第三方SDK目录》，点击查看。"),
            app(sdks=(sdk("jpush"),)),
            "5.6.a.7",
            ("unknown", "sdk_list_not_supplied"),
            id="the SDK list stands elsewhere",
        ),
        pytest.param(
            policy(documents=(document(role="sdk_list"),), without=["ctrl.name"]),
            None,
            "5.6.a.1",
            ("unknown", "main_text_not_supplied"),
            id="an SDK list alone is no policy",
        ),
        pytest.param(
            replace(policy(without=["ctrl.name"]), limits=(Limit("policy_pages", "no_text_layer", "p.pdf 2"),)),
            None,
            "5.6.a.1",
            ("unknown", "policy_pages_unread"),
            id="a scanned page may say what is missed",
        ),
        pytest.param(policy(), app(), "5.6.f", ("unknown", "no_contrary_evidence"), id="pass is not in its reach"),
        pytest.param(policy(), app(), "5.7.a", ("unknown", "no_check_yet"), id="no card yet"),
        pytest.param(
            policy(flags=["upd.continue_flag"]), None, "5.6.f", ("unknown", "no_contrary_evidence"), id="note"
        ),
        pytest.param(policy(without=["ctrl.name"]), None, "5.6", ("fail", None), id="a heading sums up its items"),
        pytest.param(policy(cross_border="affirmed", without=["cb.consent"]), None, "8.8", ("review", None), id="8.8"),
    ],
)
def test_verdict(policy_: Policy | None, app_: App | None, clause: str, expected: tuple[str, str | None]) -> None:
    assert verdict(judge(policy_, app_), GBT + clause) == expected


def every_assessment() -> list[Assessment]:
    found = [judge(case.policy, case.app) for pair in CASES.values() for case in pair]
    return [*found, judge(None), judge(None, app()), judge(policy()), judge(policy(), app())]


@pytest.fixture(scope="module")
def assessments() -> list[Assessment]:
    return every_assessment()


def test_no_verdict_exceeds_what_static_analysis_can_give(assessments: list[Assessment]) -> None:
    for result in assessments:
        for item in result.clauses:
            if item.verdict in {Verdict.PASS, Verdict.FAIL, Verdict.REVIEW}:
                assert item.verdict in load_clauses()[item.id].static_can


def test_every_clause_has_one_row_in_order(assessments: list[Assessment]) -> None:
    for result in assessments:
        assert [item.id for item in result.clauses] == list(load_clauses())


def test_every_unknown_says_why(assessments: list[Assessment]) -> None:
    for result in assessments:
        for item in result.clauses:
            if item.verdict is Verdict.UNKNOWN:
                assert item.reason in load_words("reasons")
        assert set(result.summary.not_analysed) <= set(load_words("not_analysed"))


def test_a_clause_that_passes_lists_no_finding(assessments: list[Assessment]) -> None:
    for result in assessments:
        assert not any(item.findings for item in result.clauses if item.verdict is Verdict.PASS)


def test_a_failing_item_is_seen_at_its_heading() -> None:
    result = judge(policy(without=["ctrl.name"]))
    found = {item.id: item for item in result.clauses}
    for parent in (GBT + "5.6.a", GBT + "5.6"):
        assert set(found[GBT + "5.6.a.1"].findings) <= set(found[parent].findings)
    assert all(parent in load_clauses() for parent in load_children())


def test_same_input_same_result() -> None:
    for name in ("MC201", "MC301", "MC440"):
        case = CASES[name][0]
        assert judge(case.policy, case.app) == judge(case.policy, case.app)


def test_fingerprints_are_unique_and_outlive_moved_text() -> None:
    firing = CASES["MC101"][0].policy
    assert firing is not None
    before = judge(firing).findings
    moved = dataclasses.replace(firing, documents=(document("前言。" + firing.documents[0].text),))
    assert [item.fingerprint for item in judge(moved).findings] == [item.fingerprint for item in before]
    prints = [item.fingerprint for item in before]
    assert len(set(prints)) == len(prints)


def test_a_new_part_leaves_the_fingerprint_of_the_finding() -> None:
    one = judge(policy(claims=(claim("identity.id_card", emphasis=False),))).findings
    two = judge(
        policy(claims=(claim("identity.id_card", emphasis=False), claim("health.medical_record", emphasis=False)))
    ).findings
    first, second = (next(item for item in found if item.rule_id == "MC101") for found in (one, two))
    assert first.fingerprint == second.fingerprint
    assert {part.fingerprint for part in first.parts} < {part.fingerprint for part in second.parts}


def test_findings_come_gravest_first() -> None:
    found = judge(policy(without_sections=["D.1.collect", "D.8.update"]), app(sdks=(sdk("jpush"),))).findings
    assert [item.severity.rank for item in found] == sorted((item.severity.rank for item in found), reverse=True)


def test_a_complete_policy_and_an_empty_app_yield_nothing() -> None:
    told = policy(
        claims=(claim("basic.phone"),),
        sdks=(row("极光推送", "jpush"),),
        permissions=(mention("CAMERA"),),
        rights=(*rights(), right("complaint", "email")),
        contacts=(contact(),),
    )
    assert judge(told, app("CAMERA", sdks=(sdk("jpush"),))).findings == ()


@pytest.mark.parametrize(
    ("found", "rules"),
    [
        pytest.param((sdk("jpush"), sdk("jcore", brought_in_by=("jpush",))), ["MC201"], id="a part with its bringer"),
        pytest.param((sdk("utdid"),), [], id="a part that several carry"),
        pytest.param((sdk("okhttp"),), [], id="a library that collects nothing"),
        pytest.param((sdk("jpush", confidence=0.6),), ["MC203"], id="an unsure SDK is never high"),
        pytest.param((sdk("jpush", kind="meta_data"),), ["MC203"], id="a key without code"),
    ],
)
def test_one_root_cause_is_one_finding(found: tuple[object, ...], rules: list[str]) -> None:
    result = judge(policy(), app(sdks=found))  # type: ignore[arg-type]
    assert [item.rule_id for item in result.findings if item.rule_id.startswith("MC2")] == rules


def test_an_entry_that_was_not_read_is_no_finding() -> None:
    bare = row("极光推送", "jpush", vendor=None, purpose=None, items=(), url=None)
    told = policy(text="极光推送SDK\n使用目的：推送\n公司：某公司", sdks=(bare,))
    result = judge(told, app(sdks=(sdk("jpush"),)))
    assert not [item for item in result.findings if item.rule_id.startswith("MC2")]
    assert verdict(result, GBT + "5.6.a.7") == ("unknown", "sdk_rows_not_read")


def test_members_of_one_family_make_one_finding() -> None:
    result = judge(policy(), app("ACCESS_FINE_LOCATION", "ACCESS_COARSE_LOCATION"))
    found = [item for item in result.findings if item.rule_id == "MC301"]
    assert [len(item.parts) for item in found] == [2]


def test_the_controllers_own_sdk_is_no_third_party() -> None:
    result = judge(policy(controller="浙江淘宝网络有限公司"), app(sdks=(sdk("baichuan"),)))
    assert not [item for item in result.findings if item.rule_id.startswith("MC2")]


def test_counterparts_are_in_force() -> None:
    found = judge(policy(without=["ctrl.name"])).findings[0]
    assert found.counterparts == ("gbt35273-2020:5.5.a.1", "pipl:17")


def test_unknown_standard() -> None:
    with pytest.raises(UsageError) as fault:
        assess(None, None, standards=("iso-1",), as_of=AS_OF)
    assert fault.value.code == "standard_unknown"


def test_one_standard_alone_gives_its_clauses_only() -> None:
    result = assess(policy(), None, standards=("mps-2018d",), as_of=AS_OF)
    assert len(result.clauses) == 70
    assert {item.id.partition(":")[0] for item in result.clauses} == {"mps-2018d"}
    assert all(any(ref.startswith("mps") for ref in item.clauses) for item in result.findings)


def test_rules_version_names_content() -> None:
    assert rules_version().startswith("sha256:")
    assert len(rules_version()) == len("sha256:") + 12
