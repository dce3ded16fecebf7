"""The policy reader finds in the sample policies what ``samples/expected/policies.yaml`` says they hold."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from mingcha_analyzers.policy.reader import read_policy
from mingcha_analyzers.policy.values import Polarity, Policy
from mingcha_analyzers.values import SourceFile
from mingcha_corpora.template import load_template

SAMPLES = Path(__file__).parents[2] / "samples"
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load((SAMPLES / "expected" / "policies.yaml").read_text("utf-8"))


def having(key: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("name", [name for name, row in EXPECTED.items() if key in row])


@cache
def policy(name: str) -> Policy:
    return read_policy([SourceFile(name, (SAMPLES / "policies" / name).read_bytes())])


def elements(name: str) -> set[str]:
    return {element.id for section in policy(name).sections for element in section.elements if element.present}


def items(name: str, *polarities: Polarity) -> set[str]:
    return {item for claim in policy(name).claims if claim.polarity in polarities for item in claim.data_items}


def test_every_policy_has_its_expectation() -> None:
    files = {path.relative_to(SAMPLES / "policies").as_posix() for path in (SAMPLES / "policies").rglob("*.*")}
    assert files == set(EXPECTED)


@having("language")
def test_language(name: str) -> None:
    assert policy(name).documents[0].language == EXPECTED[name]["language"]


@having("role")
def test_role(name: str) -> None:
    assert policy(name).documents[0].role == EXPECTED[name]["role"]


@having("controller")
def test_controller(name: str) -> None:
    assert policy(name).controller == EXPECTED[name]["controller"]


@having("dates")
def test_dates(name: str) -> None:
    found = policy(name).dates
    assert {"updated": found.updated, "effective": found.effective} == EXPECTED[name]["dates"]


@having("sections")
def test_sections(name: str) -> None:
    assert set(EXPECTED[name]["sections"]) <= {section.type for section in policy(name).sections}


@having("elements_present")
def test_elements_present(name: str) -> None:
    told = EXPECTED[name]["elements_present"]
    if told == "all_mandatory":
        told = [part.id for section in load_template() for part in section.elements if part.presence == "mandatory"]
    assert sorted(set(told) - elements(name)) == []


@having("elements_absent")
def test_elements_absent(name: str) -> None:
    assert sorted(set(EXPECTED[name]["elements_absent"]) & elements(name)) == []


@having("rights")
def test_rights(name: str) -> None:
    ways: dict[str, set[str]] = {}
    for right in policy(name).rights:
        ways.setdefault(right.kind.value, set()).add(right.mechanism.value)
    for kind, mechanism in EXPECTED[name]["rights"].items():
        assert mechanism in ways.get(kind, set()), kind
        assert mechanism != "unspecified" or ways[kind] == {mechanism}, kind


@having("rights_absent")
def test_rights_absent(name: str) -> None:
    named = {right.kind.value for right in policy(name).rights}
    assert sorted(named & set(EXPECTED[name]["rights_absent"])) == []


@having("sdks")
def test_sdks(name: str) -> None:
    rows = {row.sdk or row.name: row for row in policy(name).sdk_disclosures}
    told = EXPECTED[name]["sdks"]
    assert sorted(map(str, rows)) == sorted(told)
    for sdk, facets in told.items():
        row = rows[sdk]
        assert (facets["vendor"] or "") in (row.vendor or ""), sdk
        assert (row.vendor is None) == (facets["vendor"] is None), sdk
        assert (row.purpose is not None) == facets["purpose"], sdk
        assert (row.url is not None) == facets["url"], sdk
        assert set(facets.get("data_items", ())) <= set(row.data_items), sdk


@having("claimed")
def test_claimed_items(name: str) -> None:
    found = items(name, Polarity.AFFIRMED, Polarity.CONDITIONAL)
    assert sorted(set(EXPECTED[name]["claimed"]) - found) == []


@having("denied")
def test_denied_items(name: str) -> None:
    assert sorted(items(name, Polarity.DENIED)) == sorted(EXPECTED[name]["denied"])


@having("not_denied")
def test_items_not_denied(name: str) -> None:
    assert sorted(items(name, Polarity.DENIED) & set(EXPECTED[name]["not_denied"])) == []


@having("not_named")
def test_items_not_named(name: str) -> None:
    assert sorted(items(name, *Polarity) & set(EXPECTED[name]["not_named"])) == []


@having("emphasised")
def test_sensitive_items_stand_out(name: str) -> None:
    marked = {item for claim in policy(name).claims if claim.emphasis for item in claim.data_items}
    assert sorted(set(EXPECTED[name]["emphasised"]) - marked) == []


@having("permissions")
def test_permissions(name: str) -> None:
    explained = {mention.name for mention in policy(name).permissions if mention.purpose}
    assert sorted(set(EXPECTED[name]["permissions"]) - explained) == []


@having("contacts")
def test_contacts(name: str) -> None:
    found = {(contact.kind.value, contact.value) for contact in policy(name).contacts}
    assert set(EXPECTED[name]["contacts"].items()) <= found
    assert found or not EXPECTED[name]["contacts"]


@having("storage_region")
def test_storage_region(name: str) -> None:
    found = policy(name).storage_region
    assert (found.region if found else None) == EXPECTED[name]["storage_region"]


@having("cross_border")
def test_cross_border(name: str) -> None:
    found = policy(name).cross_border
    assert found is not None
    assert found.polarity == EXPECTED[name]["cross_border"]


@having("retention")
def test_retention(name: str) -> None:
    least = EXPECTED[name]["retention"]
    found = len(policy(name).retention)
    assert found >= least if least else found == 0


@having("minors")
def test_minors(name: str) -> None:
    found, told = policy(name).minors, EXPECTED[name]["minors"]
    assert (None if found is None else {"age": found.age, "guardian_consent": found.guardian_consent}) == told
