"""Tables of clauses judged by hand: complete and within bounds; agreement is counted as the docstring says."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from benchmarks.clauses import (
    BY_DEFINITION,
    STANDARD,
    TABLES,
    TEXTS,
    Entry,
    Pair,
    decided_pairs,
    figures,
    open_pairs,
    pair_up,
    read_table,
    read_tables,
    share,
)
from benchmarks.clauses import Table as ClauseTable

from mingcha_analyzers.policy.reader import open_document
from mingcha_analyzers.values import SourceFile
from mingcha_rules.catalogue import load_clauses
from mingcha_rules.values import Verdict

_FILES = sorted(TABLES.glob("*.yaml"))
_RANGE = re.compile(rf"{STANDARD}:(5\.6|7\.([4-9]|1[0-4]))(\.|$)")
_CLAUSES = [ref.partition(":")[2] for ref in load_clauses() if _RANGE.match(ref)]
_ROWS = [json.loads(line) for line in (TABLES.parent / "split.jsonl").read_text("utf-8").splitlines()]


def test_six_documents_of_each_part_and_four_held_out() -> None:
    parts = {(row["document"], row["sha256"]): (row["part"], row["group"]) for row in _ROWS}
    tables = list(read_tables())
    chosen = [parts[table.document, table.sha256] for table in tables]
    assert sorted(part for part, _ in chosen) == ["train"] * 6 + ["tune"] * 6
    assert len({group for _, group in chosen}) == len(chosen)
    held = [parts[table.document, table.sha256][0] for table in tables if table.held_out]
    assert sorted(held) == ["train", "train", "tune", "tune"]


def test_each_document_stands_in_the_readme() -> None:
    readme = (TABLES / "README.md").read_text("utf-8")
    for table in read_tables():
        line = next(line for line in readme.splitlines() if line.startswith(f"| {table.document} "))
        assert line.split("|")[3].strip() == ("yes" if table.held_out else "no")


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.stem)
def test_every_clause_of_the_range_is_judged_once(path: Path) -> None:
    table = read_table(path)
    assert path.name == f"{table.document}.yaml"
    assert [entry.clause for entry in table.entries] == _CLAUSES


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.stem)
def test_no_verdict_exceeds_what_static_analysis_can_give(path: Path) -> None:
    free = {Verdict.UNKNOWN, Verdict.NOT_APPLICABLE}
    for entry in read_table(path).entries:
        clause = load_clauses()[f"{STANDARD}:{entry.clause}"]
        assert Verdict(entry.verdict) in clause.static_can | free, entry.clause
        assert entry.reason.strip()
        if entry.clause in BY_DEFINITION:
            assert entry.verdict in {"unknown", "not_applicable"}


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.stem)
def test_a_heading_follows_from_its_sub_clauses(path: Path) -> None:
    given = {entry.clause: entry.verdict for entry in read_table(path).entries}
    for clause, verdict in given.items():
        below = [given[ref] for ref in given if ref.rpartition(".")[0] == clause]
        if below:
            worst = next((name for name in ("fail", "review") if name in below), None)
            assert worst is None or verdict == worst, clause


@pytest.mark.shared
@pytest.mark.skipif(not TEXTS.is_dir(), reason=f"no policies in {TEXTS}")
@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.stem)
def test_places_fit_the_text(path: Path) -> None:
    table = read_table(path)
    data = (TEXTS / table.document).read_bytes()
    assert hashlib.sha256(data).hexdigest() == table.sha256
    text = open_document(SourceFile(table.document, data), table.sha256).document.text
    for entry in table.entries:
        for start, end in entry.places:
            assert 0 <= start < end <= len(text), entry.clause
            assert text[start:end] == text[start:end].strip()


def _pairs(*rows: tuple[str, str, str]) -> list[Pair]:
    return [Pair("made", *row) for row in rows]


def test_an_entry_agrees_when_the_verdicts_are_one() -> None:
    pairs = _pairs(("5.6.a.1", "fail", "fail"), ("5.6.a.2", "pass", "review"))
    assert share(pairs) == 0.5
    assert share([]) == 1.0


def test_clauses_unknown_by_definition_are_left_out_of_the_second_figure() -> None:
    pairs = _pairs(("5.6.d", "unknown", "unknown"), ("7.7", "pass", "fail"))
    assert [pair.clause for pair in open_pairs(pairs)] == ["7.7"]


def test_the_third_figure_holds_what_either_side_decides() -> None:
    pairs = _pairs(
        ("7.13.c", "unknown", "unknown"),
        ("7.12", "unknown", "fail"),
        ("7.7", "pass", "unknown"),
        ("7.13.e.1", "not_applicable", "not_applicable"),
        ("7.10.b", "unknown", "fail"),
    )
    assert [pair.clause for pair in decided_pairs(pairs)] == ["7.12", "7.7"]
    assert figures("made", pairs) == "| made | 5 | 0.400 | 0.500 | 0.000 |"


def test_a_clause_the_tool_leaves_out_is_no_agreement() -> None:
    entry = Entry("7.7", "unknown", "made", ())
    table = ClauseTable("made", "", read_table(_FILES[0]).judged, False, (entry,))
    assert [pair.given for pair in pair_up(table, {})] == ["missing"]
