"""The shipped tables of the code analysis name only what exists, in forms that can match."""

import re

from mingcha_analyzers.app.code.facts import load_fact_index, load_treatment
from mingcha_analyzers.app.code.tables import (
    load_callbacks,
    load_entry_points,
    load_owner_names,
    load_sinks,
    load_uri_fields,
)
from mingcha_corpora.facts import load_api_facts
from mingcha_corpora.taxonomy import load_taxonomy

CLASS = re.compile(rb"L[\w/$]+;")


def test_treated_facts_exist() -> None:
    known = {fact.id for fact in load_api_facts()}
    treatment = load_treatment()
    assert {*treatment["ignored"], *treatment["last_level"]} <= known


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
