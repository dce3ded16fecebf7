"""When a request is answered, and what is asked of the user before."""

from collections.abc import Iterator
from dataclasses import dataclass

from mingcha_analyzers.policy.claims.numbers import read_number
from mingcha_analyzers.policy.claims.rights.ways import group_span
from mingcha_analyzers.policy.claims.statement import Statement
from mingcha_analyzers.policy.claims.words import pattern
from mingcha_analyzers.policy.values import ConditionKind, DayKind

LONGEST = 365


@dataclass(frozen=True, slots=True)
class Period:
    """A number of days."""

    days: int
    kind: DayKind


def find_period(statement: Statement) -> Period | None:
    """Return the period in which a request is answered."""
    text, lang = statement.text, statement.lang
    hit = pattern("right_terms", "days", lang).search(text)
    if hit is None or not pattern("right_terms", "answers", lang).search(text):
        return None
    around = text[max(0, hit.start() - 12) : hit.end() + 16]
    span = group_span(hit, "number")
    number = read_number(text[slice(*span)]) if span else None
    if number is None or not 0 < number <= LONGEST or pattern("right_terms", "not_a_period", lang).search(around):
        return None
    working = pattern("right_terms", "working", lang).search(hit.group()) is not None
    return Period(number, DayKind.WORKING if working else DayKind.CALENDAR)


def find_conditions(statement: Statement) -> Iterator[tuple[ConditionKind, tuple[int, int]]]:
    """Yield what the sentence asks for, with its place in the folded text."""
    for kind in ConditionKind:
        hit = pattern("right_terms", kind.value, statement.lang).search(statement.text)
        if hit:
            yield kind, hit.span()
