"""The shipped tables of the code analysis name only what exists, in forms that can match."""

import re
from pathlib import Path

from mingcha_analyzers.app.code import facts
from mingcha_analyzers.app.code.facts import load_fact_index, load_treatment
from mingcha_analyzers.app.code.tables import (
    load_callbacks,
    load_entry_points,
    load_owner_names,
    load_sinks,
    load_uri_fields,
)
from mingcha_corpora.facts import load_api_facts
from mingcha_corpora.permissions import load_permissions
from mingcha_corpora.records import read_yaml
from mingcha_corpora.taxonomy import load_taxonomy

CLASS = re.compile(rb"L[\w/$]+;")


MEMBER = re.compile(r"L[\w/$]+;->[\w<>$]+")
DATA = Path(facts.__file__).parent / "data"


def test_treated_facts_exist() -> None:
    known = {fact.id for fact in load_api_facts()}
    treatment = load_treatment()
    assert {*treatment["ignored"], *treatment["manifest_only"], *treatment["last_level"]} <= known


def test_calls_that_ask_for_permissions_can_match() -> None:
    table = read_yaml("prompts.yaml", DATA)
    assert all(CLASS.fullmatch(row["class"].encode()) and row["names"] for row in table["calls"])
    assert all(MEMBER.fullmatch(call) for call in (*table["ends"], *table["closes"]))
    assert set(table["answers"].values()) == {"results", "granted", "box", "denied"}


def test_permissions_of_the_tables_exist() -> None:
    known = load_permissions()
    prompts, uses = read_yaml("prompts.yaml", DATA), read_yaml("permission_uses.yaml", DATA)
    named = {*prompts["settings_pages"].values(), *uses["covered"], *uses["answers_without"]}
    assert all(MEMBER.fullmatch(call) for calls in uses["calls"].values() for call in calls)
    named |= {name for names in (*prompts["groups"].values(), *uses["more"].values()) for name in names}
    assert named <= set(known)


def test_covered_permissions_have_facts() -> None:
    """That no use was found may be said of a permission only if some fact could show one."""
    needed = {need.permission for fact in load_api_facts() for need in fact.permissions}
    uses = read_yaml("permission_uses.yaml", DATA)
    assert set(uses["covered"]) <= needed
    assert set(uses["more"]) <= {fact.id for fact in load_api_facts()}
    notes = {need.note for fact in load_api_facts() for need in fact.permissions}
    assert {*uses["aside_notes"], *uses["needed_notes"]} <= notes


def test_ways_to_wake_apps_can_match() -> None:
    table = read_yaml("wake_ups.yaml", DATA)
    assert all(MEMBER.fullmatch(call) for key in ("scheduled", "addressed", "looked_up") for call in table[key])


def test_narrowed_items_exist() -> None:
    items = load_taxonomy().items
    assert {item for table in load_fact_index().narrowed.values() for item in table.values()} <= set(items)


def test_callbacks_are_of_classes_and_on_one_side() -> None:
    callbacks = load_callbacks()
    assert all(CLASS.fullmatch(class_) for class_, _ in callbacks.soon | callbacks.later)
    assert not callbacks.soon & callbacks.later


def test_uri_fields_have_a_fact() -> None:
    index = load_fact_index()
    assert [class_ for class_, _ in load_uri_fields() if index.fact_of_uri_field(class_) is None] == []


def test_entry_points_name_each_kind() -> None:
    kinds = {"application", "provider", "activity", "service", "receiver", "factory", "initializer"}
    assert set(load_entry_points().life_cycle) == kinds


def test_owner_names_are_dotted() -> None:
    assert all("/" not in name for name in load_owner_names().platform)


def test_sinks_are_calls_of_classes_and_items_exist() -> None:
    table = load_sinks()
    assert all(CLASS.fullmatch(class_) for class_, _ in table.calls)
    assert table.not_sent <= set(load_taxonomy().items)
