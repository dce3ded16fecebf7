"""How far the verdicts on a policy alone agree with those given by hand (docs/clause-verdicts.md).

Each entry of a table in ``tests/data/clauses`` is one clause of one document; it agrees when the tool's verdict is the
same word, whatever the reasons. Three figures: over all entries; without the clauses that are ``unknown`` by the
guideline whatever a policy says; and over those of the rest on which either side decides (``pass``, ``fail`` or
``review``).
"""

import argparse
import hashlib
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from mingcha_analyzers.policy.reader import read_policy
from mingcha_analyzers.values import SourceFile
from mingcha_rules.engine import assess

ROOT = Path(__file__).resolve().parents[1]
TABLES = ROOT / "tests" / "data" / "clauses"
TEXTS = ROOT.parent / "shared" / "data" / "policies_real"
STANDARD = "gbt35273-2019d"

BY_DEFINITION = frozenset({"5.6.d", "5.6.e", "7.4.a.1", "7.5.b", "7.8.b", "7.8.c", "7.10.b", "7.13.b"})
"""Clauses of which a policy alone never says anything: seen in the app, or attested."""

DECIDED = frozenset({"pass", "fail", "review"})


@dataclass(frozen=True, slots=True)
class Entry:
    """What was judged by hand of one clause; ``places``: pairs of offsets into the text."""

    clause: str
    verdict: str
    reason: str
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The judgement of one document."""

    document: str
    sha256: str
    judged: date
    held_out: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """One clause of one document: what was judged by hand and what the tool says."""

    document: str
    clause: str
    judged: str
    given: str

    @property
    def agrees(self) -> bool:
        """Tell whether both verdicts are one."""
        return self.judged == self.given


def read_tables(folder: Path = TABLES) -> Iterator[Table]:
    """Yield the tables, by document."""
    for path in sorted(folder.glob("*.yaml")):
        yield read_table(path)


def read_table(path: Path) -> Table:
    """Return what one file holds."""
    record = yaml.safe_load(path.read_text("utf-8"))
    entries = tuple(_entry(row) for row in record["entries"])
    return Table(record["document"], record["sha256"], record["judged"], record["held_out"], entries)


def _entry(row: Mapping[str, Any]) -> Entry:
    places = tuple((start, end) for start, end in row["places"])
    return Entry(row["clause"], row["verdict"], row["reason"], places)


def judge(table: Table, texts: Path) -> dict[str, str]:
    """Return the tool's verdict on each clause of the standard, for the document of the table.

    Raises:
        ValueError: the text is not the one that was judged.
    """
    file = texts / table.document
    data = file.read_bytes()
    if hashlib.sha256(data).hexdigest() != table.sha256:
        raise ValueError(f"{file} is not the text that was judged")
    policy = read_policy([SourceFile(file.name, data)])
    assessment = assess(policy, None, standards=(STANDARD,), as_of=table.judged.isoformat())
    return {item.id.partition(":")[2]: item.verdict.value for item in assessment.clauses}


def pair_up(table: Table, given: Mapping[str, str]) -> list[Pair]:
    """Return a pair for each entry of the table; a clause that the tool leaves out counts as ``missing``."""
    return [
        Pair(table.document, entry.clause, entry.verdict, given.get(entry.clause, "missing")) for entry in table.entries
    ]


def open_pairs(pairs: Iterable[Pair]) -> list[Pair]:
    """Return the pairs of the clauses that are not ``unknown`` by definition."""
    return [pair for pair in pairs if pair.clause not in BY_DEFINITION]


def decided_pairs(pairs: Iterable[Pair]) -> list[Pair]:
    """Return the open pairs on which the table or the tool comes to a decision."""
    return [pair for pair in open_pairs(pairs) if {pair.judged, pair.given} & DECIDED]


def share(pairs: Sequence[Pair]) -> float:
    """Return the share of pairs that agree; 1 for none."""
    return sum(pair.agrees for pair in pairs) / len(pairs) if pairs else 1.0


def figures(name: str, pairs: Sequence[Pair]) -> str:
    """Return a table row: name, entries, agreement over all, open and decided entries."""
    rest, decided = open_pairs(pairs), decided_pairs(pairs)
    return f"| {name} | {len(pairs)} | {share(pairs):.3f} | {share(rest):.3f} | {share(decided):.3f} |"


def report(pairs: Sequence[Pair]) -> Iterator[str]:
    """Yield the lines of both tables, by document and by clause."""
    yield "| document | entries | all | open | decided |"
    yield "| --- | --- | --- | --- | --- |"
    for document in dict.fromkeys(pair.document for pair in pairs):
        yield figures(document, [pair for pair in pairs if pair.document == document])
    yield figures("together", pairs)
    yield "\n| clause | agree | of |\n| --- | --- | --- |"
    for clause in dict.fromkeys(pair.clause for pair in pairs):
        rows = [pair for pair in pairs if pair.clause == clause]
        yield f"| {clause} | {sum(pair.agrees for pair in rows)} | {len(rows)} |"


def main() -> None:
    """Print the agreement on the documents for tuning, or on the held-out ones."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, default=TEXTS, help="folder that holds the policies")
    parser.add_argument("--held-out", action="store_true", help="figures of the held-out documents instead")
    parser.add_argument("--misses", action="store_true", help="print what differs (never of held-out documents)")
    words = parser.parse_args()
    if not words.texts.is_dir():
        sys.exit(f"{words.texts}: no policies here; give their folder with --texts")
    pairs = [
        pair
        for table in read_tables()
        if table.held_out is words.held_out
        for pair in pair_up(table, judge(table, words.texts))
    ]
    if words.held_out:
        # Which clauses differ would already be a look at them.
        print("| documents | entries | all | open | decided |\n| --- | --- | --- | --- | --- |")
        print(figures("held out", pairs))
        return
    print("\n".join(report(pairs)))
    if words.misses:
        for pair in pairs:
            if not pair.agrees:
                print(f"{pair.document} {pair.clause}: judged {pair.judged}, given {pair.given}")


if __name__ == "__main__":
    main()
