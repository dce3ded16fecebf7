"""When the policy was last updated and takes effect, as ISO dates."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from mingcha_analyzers.policy.claims.numbers import read_number
from mingcha_analyzers.policy.claims.statement import Statement
from mingcha_analyzers.policy.claims.words import pattern
from mingcha_analyzers.policy.values import Dates
from mingcha_analyzers.values import Span

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LAST_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
NAME = "|".join(MONTHS)
HAN = "一二三四五六七八九十"
DATE = re.compile(
    rf"(?P<year>(?:19|20)\d\d|二[〇零]\d?[{HAN}〇零]{{1,2}})(?:年|[-./])(?P<month>\d{{1,2}}|[{HAN}]{{1,3}})"
    rf"(?:(?:月|[-./])(?P<day>\d{{1,2}}|[{HAN}]{{1,3}})?日?)"
    rf"|(?P<name>{NAME})[a-z]*\.? (?P<day_after>\d{{1,2}})(?:st|nd|rd|th)?,? ?(?P<year_after>20\d\d)"
    rf"|(?P<day_before>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<name_after>{NAME})[a-z]*\.?,? (?P<year_last>20\d\d)"
)


def find_dates(statements: Sequence[Statement]) -> Dates:
    """Return the dates of the policy; those at its beginning count before those at its end."""
    updated, effective = (find_dated(statements, key) for key in ("updated", "effective"))
    return Dates(
        updated.day if updated else None,
        effective.day if effective else None,
        updated.span if updated else None,
        effective.span if effective else None,
    )


class Dated(NamedTuple):
    """An ISO date and where it is written."""

    day: str
    span: Span


def find_dated(statements: Sequence[Statement], key: str) -> Dated | None:
    """Return the first date beside the words of ``key``, in the same sentence or alone on the next line."""
    for index, statement in enumerate(statements):
        cue = pattern("dates", key, statement.lang).search(statement.text)
        if cue is None:
            continue
        dated = date_beside(statement, cue.start(), cue.end())
        if dated is None and cue.end() >= len(statement.text) - 2 and index + 1 < len(statements):
            dated = as_dated(statements[index + 1], DATE.match(statements[index + 1].text))
        if dated:
            return dated
    return None


def date_beside(statement: Statement, start: int, end: int) -> Dated | None:
    """Return the date after the cue, or the last one close before it."""
    after = as_dated(statement, DATE.search(statement.text, end, end + 24))
    before = list(DATE.finditer(statement.text, max(0, start - 24), start))
    return after or (as_dated(statement, before[-1]) if before else None)


def as_dated(statement: Statement, found: re.Match[str] | None) -> Dated | None:
    """Return the date that was found in a statement with its place."""
    day = read_date(found) if found else None
    return Dated(day, statement.span(*found.span())) if found and day else None


def read_date(found: re.Match[str]) -> str | None:
    """Return the ISO form; a date without a day is that of the first of the month; null for no such day."""
    year = read_number(found["year"] or found["year_after"] or found["year_last"])
    name = found["name"] or found["name_after"]
    month = MONTHS.index(name) + 1 if name else read_number(found["month"])
    day = read_number(found["day"] or found["day_after"] or found["day_before"] or "1")
    if year is None or month is None or day is None or not 1 <= month <= 12 or not 1 <= day <= LAST_DAYS[month - 1]:
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"
