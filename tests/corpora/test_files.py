"""Every record of every shipped knowledge file is sound and speaks the one vocabulary."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from corpora.knowledge_files import DATA, JSON_LINES, SHARED, Record, ids, records
from mingcha_corpora.facts import load_acts, load_ui_facts
from mingcha_corpora.sdks import load_sdk_base
from mingcha_corpora.taxonomy import load_taxonomy

ITEMS = load_taxonomy().items
ITEM_KEYS = {"data_item", "data_items", "items", "item_ids"}


def test_every_file_is_known() -> None:
    assert set(JSON_LINES) == {
        "acts.jsonl", "added/items.jsonl", "android/api_facts.jsonl",
        "android/permissions.jsonl", "android/security_facts.jsonl", "android/ui_facts.jsonl", "consent.jsonl",
        "items.jsonl", "necessary_pi.jsonl", "packers.jsonl", "sensitive.jsonl", "template.jsonl",
        "terms.jsonl",
    }  # fmt: skip


@pytest.mark.parametrize("name", JSON_LINES)
def test_ids_are_unique_and_sorted(name: str) -> None:
    key = "name" if name == "android/permissions.jsonl" else "id"
    found = [record[key] for record in records(name)]
    assert found == sorted(set(found))


@pytest.mark.parametrize("name", ["items.jsonl", "sensitive.jsonl", "template.jsonl", "packers.jsonl"])
def test_all_records_have_the_same_fields_in_the_same_order(name: str) -> None:
    assert len({tuple(record) for record in records(name)}) == 1


@pytest.mark.parametrize("name", JSON_LINES)
def test_every_data_item_is_one_of_the_vocabulary(name: str) -> None:
    named = {item for record in records(name) for item in items_named(record)}
    assert named <= set(ITEMS)


def items_named(value: Any) -> Iterator[str]:
    """Yield the data items that a record names, at any depth."""
    if isinstance(value, list):
        for entry in value:
            yield from items_named(entry)
    elif isinstance(value, dict):
        for key, entry in value.items():
            if key in ITEM_KEYS:
                yield from ([entry] if isinstance(entry, str) else [item for item in entry or () if item])
            if key not in ITEM_KEYS or any(isinstance(inner, dict) for inner in entry or ()):
                yield from items_named(entry)


@pytest.mark.parametrize("name", JSON_LINES)
def test_no_field_of_an_older_vocabulary_is_left(name: str) -> None:
    older = {"data_type", "data_types", "data_collected", "policy_mentions", "appendix_a", "android", "sdk_names"}
    assert not older & {key for record in records(name) for key in record}


@pytest.mark.shared
def test_no_id_of_an_older_vocabulary_is_left() -> None:
    if not SHARED.is_dir():
        pytest.skip(f"no drafts at {SHARED}")
    drafts = yaml.load((SHARED / "standards/data_items.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    foreign = {name for item in drafts for name in [item["appendix_a"], *item["android"]] if name} - set(ITEMS)
    # SDK short names are plain words (oaid, mac): only whole values of list fields can be told apart from text.
    assert foreign
    for name in JSON_LINES:
        for record in records(name):
            assert not foreign & set(strings(record)), (name, record.get("id"))


def strings(value: Any) -> Iterator[str]:
    """Yield every string value of a record except the words of people (names, cues)."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for entry in value:
            yield from strings(entry)
    elif isinstance(value, dict):
        for key, entry in value.items():
            if key not in ("value", "elements", "aliases", "packages"):
                yield from strings(entry)


@pytest.mark.shared
def test_the_build_gives_the_committed_files() -> None:
    if not SHARED.is_dir():
        pytest.skip(f"no drafts at {SHARED}")
    from build_knowledge import build
    from knowledge.source import Source

    for name, built in build(Source(SHARED)).items():
        key = "name" if name == "android/permissions.jsonl" else "id"
        assert sorted(built, key=lambda record, key=key: str(record[key])) == records(name), name  # type: ignore[misc]


def test_appendix_b_and_the_necessary_items_speak_of_items() -> None:
    assert ids("sensitive.jsonl") <= set(ITEMS)
    assert len(records("necessary_pi.jsonl")) == 39
    assert sum(record["no_personal_information"] for record in records("necessary_pi.jsonl")) == 13


@pytest.mark.parametrize(
    "record", [pytest.param(record, id=record["id"]) for record in records("android/security_facts.jsonl")]
)
def test_clauses_of_security_facts_are_ids_of_the_catalogue(record: Record) -> None:
    assert all(re.fullmatch(r"(gbt35273-2019d|mps-2018d):[0-9][0-9a-z.]*", clause) for clause in record["clauses"])


def test_each_api_fact_reads_an_item_or_does_an_act_or_waits_for_its_argument() -> None:
    acts = set(load_acts())
    for record in records("android/api_facts.jsonl"):
        assert record["data_item"] is None or record["act"] is None, record["id"]
        assert record["act"] is None or record["act"] in acts, record["id"]
        if record["data_item"] is None and record["act"] is None:
            assert record["evidence"] in ("conditional", "weak", "direct"), record["id"]
        assert ("descriptors" in record) == (record["kind"] in ("method", "field")), record["id"]
        assert "class" in record or "value" in record, record["id"]


def test_the_manner_of_a_read_is_kept() -> None:
    background = [record for record in records("android/permissions.jsonl") if "background" in record["facets"]]
    assert "android.permission.ACCESS_BACKGROUND_LOCATION" in {record["name"] for record in background}
    assert all("location.precise" in record["data_items"] for record in background if "LOCATION" in record["name"])


def test_consent_gates_name_sdks_of_the_base() -> None:
    gates = [gate for fact in load_ui_facts() for gate in fact.more.get("gates", ())]
    assert len(gates) == 10
    assert {gate["sdk"] for gate in gates} <= set(load_sdk_base().records)


def test_the_data_stays_small() -> None:
    assert sum(path.stat().st_size for path in DATA.rglob("*") if path.is_file()) < 8_000_000
