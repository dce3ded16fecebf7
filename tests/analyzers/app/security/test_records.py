"""Every security fact is looked for, or says why it is not; docs/security.md tells the same."""

import re
from pathlib import Path

import pytest

from mingcha_analyzers.app.security.looks import load_looks, load_passing
from mingcha_corpora.facts import SecurityFactRecord, load_security_facts

DOCS = Path(__file__).parents[4] / "docs" / "security.md"
RECORDS = load_security_facts()
# What nothing looks for. Each says why in its record; one that is added here is a loss.
UNSEEN = {"SF-INJ04", "SF-KEY13", "SF-NET05", "SF-SIG04", "SF-STO09", "SF-STO10", "SF-STO13"}
KINDS = {
    "call", "config", "body", "endpoint", "field", "log", "manifest", "meta", "missing", "packer", "paths", "signing",
    "text",
}  # fmt: skip

each_record = pytest.mark.parametrize("record", [pytest.param(record, id=record.id) for record in RECORDS])


def state(record: SecurityFactRecord) -> str:
    return "no" if record.unseen else "part" if record.part else "yes"


def test_what_is_not_looked_for_is_known() -> None:
    assert len(RECORDS) == 79
    assert {record.id for record in RECORDS if record.unseen} == UNSEEN


@each_record
def test_a_fact_is_looked_for_or_says_why_not(record: SecurityFactRecord) -> None:
    assert bool(record.looks) is not bool(record.unseen)


def test_every_kind_of_look_has_a_reader() -> None:
    assert set(load_looks()) == KINDS


def test_the_documentation_tells_what_the_records_tell() -> None:
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in DOCS.read_text("utf-8").splitlines()]
    told = [(row[0], row[1], row[2], row[3], row[5]) for row in rows if row and row[0].startswith("SF-")]
    assert told == [
        (record.id, record.title, record.severity, state(record), record.unseen or record.part or "")
        for record in RECORDS
    ]


def test_the_patterns_of_the_records_compile_and_take_bounded_time() -> None:
    names = (
        "pattern",
        "unless",
        "names",
        "near",
        "unless_near",
        "unless_names",
        "unless_schemes",
        "harmless",
        "screens",
    )
    long = "create table " + "a" * 2000 + "://" + "a:" * 1000 + "MIICd" * 100
    for looks in load_looks().values():
        for look in looks:
            for name in names:
                pattern = look.pattern(name)
                if pattern is not None:
                    pattern.search(long)


def test_methods_that_hand_on_are_named_in_full() -> None:
    assert all(re.fullmatch(rb"L[\w/]+;", class_) and re.fullmatch(rb"\w+", name) for class_, name in load_passing())
