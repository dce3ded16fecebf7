"""What the tool makes of each package of the benchmark, held against the truth."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from benchmarks.sdks.cases import Case, Missing
from benchmarks.sdks.matchers import Hit, explain_miss, find_hits
from benchmarks.sdks.measuring import Found, found_of, traits_of
from benchmarks.sdks.scoring import Score, join_scores, score_names, score_owners
from mingcha_analyzers.app.reader import read_app
from mingcha_analyzers.values import SourceFile
from mingcha_corpora.sdks import load_sdk_base

REASONS = Path(__file__).with_name("reasons.yaml")


@dataclass(frozen=True, slots=True)
class Missed:
    """A hit of a plain matcher that the tool does not name; ``reason`` is None where nothing says why."""

    package: str
    hit: Hit
    reason: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One group of packages: names, names told for sure, owners of calls, and hits of plain matchers."""

    packages: int
    names: Score
    sure: Score
    owners: Score
    hits: int
    missed: tuple[Missed, ...]
    missing: tuple[Missing, ...]
    seconds: float


@cache
def collectors() -> frozenset[str]:
    """Return the records of SDKs that collect personal data."""
    return frozenset(key for key, record in load_sdk_base().records.items() if record.collects_pi)


def evaluate(cases: Iterable[Case | Missing], *, only: frozenset[str] | None = None) -> Outcome:
    """Return what the tool makes of packages; ``only``: the records that names are scored for, all if None."""
    parts: list[tuple[Score, Score, Score]] = []
    missing, missed, hits = [], [], 0
    start = time.process_time()
    for case in cases:
        if isinstance(case, Missing):
            missing.append(case)
            continue
        app = read_app(SourceFile(f"{case.name}.apk", case.data))
        found = found_of(app)
        parts.append(score_case(case, found, only))
        matched = find_hits(load_sdk_base(), traits := traits_of(case.data, app))
        hits += len(matched)
        unnamed = [hit for hit in matched if hit.id not in found.ids]
        missed += [Missed(case.name, hit, explain_miss(hit, traits, load_sdk_base(), reasons())) for hit in unnamed]
    names, sure, owners = (join_scores(part[column] for part in parts) for column in range(3))
    took = time.process_time() - start
    return Outcome(len(parts), names, sure, owners, hits, tuple(missed), tuple(missing), took)


def score_case(case: Case, found: Found, only: frozenset[str] | None) -> tuple[Score, Score, Score]:
    """Return the scores of names, of names told for sure, and of owners."""
    scored = frozenset(found.ids) | case.inside if only is None else only
    names, sure, inside = frozenset(found.ids) & scored, found.sure & scored, case.inside & scored
    owner_of = case.owner_of
    owners = [] if owner_of is None else [(owner_of(name), owner) for name, owner in found.calls]
    return (
        score_names(case.name, names, inside, case.allowed),
        score_names(case.name, sure, inside, case.allowed),
        score_owners(case.name, owners, collectors()),
    )


@cache
def reasons() -> Mapping[str, str]:
    """Return why hits on some records are no names, by record."""
    loaded: Mapping[str, str] = yaml.safe_load(REASONS.read_text("utf-8")) or {}
    return loaded
