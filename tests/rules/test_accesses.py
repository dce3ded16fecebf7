"""What is made of the data that code reads: its level by owner and item, one finding for one root cause."""

import time

import pytest

from builders import app, claim, mention, policy, read, row, sdk
from mingcha_analyzers.app.values import App
from mingcha_analyzers.policy.values import Claim, Policy
from mingcha_analyzers.values import Limit
from mingcha_corpora.taxonomy import load_taxonomy
from mingcha_rules.engine import assess
from mingcha_rules.values import Assessment, Severity, Subject

AS_OF = "2026-11-24"
IMEI = "device.imei"
JPUSH = row("极光推送", "jpush", items=("device.model",))


def judge(policy_: Policy | None, app_: App, *standards: str) -> Assessment:
    return assess(policy_, app_, as_of=AS_OF, **({"standards": standards} if standards else {}))  # type: ignore[arg-type]


def rules(result: Assessment) -> set[str]:
    return {item.rule_id for item in result.findings if item.rule_id[:3] in ("MC1", "MC2", "MC3", "MC6")}


@pytest.mark.parametrize(
    ("claims", "item", "level", "strength"),
    [
        pytest.param((claim(IMEI),), IMEI, "clear", None, id="named with a purpose"),
        pytest.param((claim(IMEI, purpose=None),), IMEI, "clear", None, id="purpose beside the words"),
        pytest.param((claim("device"),), IMEI, "vague", "must", id="broad word, item must be named"),
        pytest.param((claim("device.anonymous_id"),), "device.oaid", "vague", "advice", id="accepted word"),
        pytest.param((claim("device"), claim("device.model")), "network.ip", "omitted", None, id="other branch"),
        pytest.param((claim(IMEI, polarity="denied"),), IMEI, "incorrect", None, id="denied"),
        pytest.param((claim(IMEI, polarity="denied"), claim(IMEI)), IMEI, "ambiguous", None, id="denied and claimed"),
        pytest.param((claim(IMEI, sdk="jpush"),), IMEI, "omitted", None, id="an SDK's item is not the app's"),
    ],
)
def test_level_of_own_access(claims: tuple[Claim, ...], item: str, level: str, strength: str | None) -> None:
    result = judge(policy(claims=claims), app(reads=(read(item),)))
    found = next(each for each in result.disclosures if each.subject is Subject.ACCESS)
    assert (found.level, found.strength) == (level, strength)
    assert (found.owner, found.data_item, found.observations) == ("app", item, (0,))


def test_the_platforms_own_code_is_no_access() -> None:
    result = judge(policy(), app(reads=(read(IMEI, owner="platform"),)))
    assert rules(result) == set()
    assert result.disclosures == ()


def test_a_call_that_answers_on_older_devices_only_is_an_access() -> None:
    result = judge(policy(), app(reads=(read(IMEI, effective=False),)))
    assert "MC105" in rules(result)


def test_own_claim_does_not_cover_a_disclosed_sdk() -> None:
    package = app(sdks=(sdk("jpush"),), reads=(read(IMEI, owner="sdk:jpush"),))
    assert rules(judge(policy(claims=(claim(IMEI),), sdks=(JPUSH,)), package)) == {"MC106"}


def test_claim_that_names_the_sdk_covers_it() -> None:
    package = app(sdks=(sdk("jpush"),), reads=(read(IMEI, owner="sdk:jpush"),))
    told = policy(claims=(claim(IMEI, sdk="jpush"),), sdks=(JPUSH,))
    assert rules(judge(told, package)) == set()


def test_start_of_a_disclosed_sdk_alone_is_no_reading_beyond_its_row() -> None:
    package = app(sdks=(sdk("jpush"),), reads=(read(IMEI, owner="sdk:jpush", confidence=0.6),))
    assert rules(judge(policy(sdks=(JPUSH,)), package)) == set()


def test_start_of_an_sdk_before_consent_is_medium() -> None:
    reads = (read(IMEI, owner="sdk:jpush", before="yes", confidence=0.6),)
    (found,) = judge(None, app(reads=reads)).findings
    assert (found.rule_id, found.severity) == ("MC605", Severity.MEDIUM)


def test_undisclosed_sdk_is_one_finding() -> None:
    package = app(sdks=(sdk("jpush"),), reads=(read(IMEI, owner="sdk:jpush"),))
    assert rules(judge(policy(), package)) == {"MC201"}


def test_one_finding_for_each_owner_with_its_items_as_parts() -> None:
    reads = (read(IMEI), read("device.imsi"), read("device.imsi"), read(IMEI, owner="unknown:a.b"))
    found = [item for item in judge(policy(), app(reads=reads)).findings if item.rule_id == "MC105"]
    assert [(item.owner, len(item.parts)) for item in found] == [("app", 2), ("unknown:a.b", 1)]
    assert found[1].confidence <= 0.6


@pytest.mark.parametrize(
    ("item", "severity"),
    [
        pytest.param(IMEI, Severity.HIGH, id="must be named"),
        pytest.param("device.model", Severity.LOW, id="identifies only beside others"),
    ],
)
def test_severity_of_an_omitted_item(item: str, severity: Severity) -> None:
    found = judge(policy(), app(reads=(read(item),))).findings
    assert [each.severity for each in found if each.rule_id == "MC105"] == [severity]


def test_item_that_is_no_personal_information_is_no_finding() -> None:
    item = next(each.id for each in load_taxonomy().items.values() if each.personal_information == "no")
    assert rules(judge(policy(), app(reads=(read(item, before="yes"),)))) == set()


def test_permission_folds_into_the_read() -> None:
    package = app("READ_CONTACTS", reads=(read("contacts.address_book"),))
    assert rules(judge(policy(), package)) == {"MC105"}


def test_permission_without_a_read_stands() -> None:
    assert rules(judge(policy(), app("READ_CONTACTS", reads=(read(IMEI),)))) == {"MC105", "MC301"}


def test_permission_told_with_its_purpose_is_advice_only() -> None:
    package = app("READ_CONTACTS", reads=(read("contacts.address_book"),))
    assert rules(judge(policy(permissions=(mention("READ_CONTACTS"),)), package)) == set()


def test_broad_word_is_one_finding() -> None:
    package = app("READ_PHONE_STATE", reads=(read(IMEI),))
    assert rules(judge(policy(claims=(claim("device"),)), package)) == {"MC108"}


def test_call_path_is_the_evidence() -> None:
    found = judge(None, app(reads=(read(IMEI, before="yes"),))).findings
    (sign,) = next(each for each in found if each.rule_id == "MC604").app_evidence
    assert (sign.kind, sign.file) == ("call", "classes.dex")
    assert sign.value == "App.onCreate → Ids.load → TelephonyManager.getDeviceId"
    assert sign.place is not None


@pytest.mark.parametrize(
    ("confidence", "verdict"),
    [pytest.param(0.9, "fail", id="sure"), pytest.param(0.6, "review", id="unsure")],
)
def test_only_sure_reads_fail_a_clause(confidence: float, verdict: str) -> None:
    result = judge(policy(), app(reads=(read(IMEI, confidence=confidence),)))
    assert next(each.verdict for each in result.clauses if each.id == "gbt35273-2019d:5.4.a") == verdict


def test_code_that_was_not_searched_proves_nothing() -> None:
    result = judge(policy(), app(limits=(Limit("code_accesses", "not_analysed_yet", ""),)))
    found = next(each for each in result.clauses if each.id == "mps-2018d:6.1.2")
    assert found.verdict == "unknown"


def test_findings_cite_the_chosen_standards_only() -> None:
    result = judge(policy(), app(reads=(read(IMEI),)), "mps-2018d")
    assert result.findings
    assert all(ref.startswith("mps-2018d:") for each in result.findings for ref in each.clauses)


def test_sdk_stands_in_the_finding_of_its_bringer() -> None:
    package = app(sdks=(sdk("umeng-analytics"), sdk("umeng-common", brought_in_by=("umeng-analytics",))))
    found = [each.subject for each in judge(policy(), package).findings if each.rule_id.startswith("MC2")]
    assert found == ["sdk:umeng-analytics"]


def test_thousands_of_reads_take_no_time() -> None:
    names = sorted(load_taxonomy().items)
    reads = tuple(read(names[i % len(names)], owner="app" if i % 2 else f"unknown:p{i % 40}") for i in range(3000))
    told = policy(claims=tuple(claim(name) for name in names[::2]))
    judge(told, app(reads=reads))
    start = time.process_time()
    judge(told, app(reads=reads))
    assert time.process_time() - start < 0.5
