"""How long data is kept, as the policy writes it."""

import re
from collections.abc import Iterator, Sequence

from mingcha_analyzers.policy.claims.mentions import find_mentions
from mingcha_analyzers.policy.claims.statement import Statement
from mingcha_analyzers.policy.claims.words import pattern
from mingcha_analyzers.policy.layout import BlockKind
from mingcha_analyzers.policy.values import Retention


def find_retention(statements: Sequence[Statement]) -> Iterator[Retention]:
    """Yield the retention periods in text order; the item is named only where the words speak of one alone.

    A sentence that goes on after a colon with a period of its own for some item states two.
    """
    for statement in statements:
        if statement.kind is BlockKind.HEADING or find(statement, "not_kept", 0, len(statement.text)):
            continue
        parts = [*re.finditer("[^:]+", statement.text)]
        found = [period for part in parts if (period := read_period(statement, *part.span()))]
        whole = read_period(statement, 0, len(statement.text)) if not found else None
        yield from found or ([whole] if whole else [])


def read_period(statement: Statement, start: int, end: int) -> Retention | None:
    """Return the period of the words from ``start`` to ``end``; null where they keep nothing for a time."""
    if find(statement, "kept", start, end) is None:
        return None
    hit = find(statement, "period", start, end)
    if hit is None or not is_period(statement, hit, start):
        return None
    mentions = find_mentions(statement, near_verb=True)
    items = {mention.item for mention in mentions if start <= mention.start < end}
    item = next(iter(items)) if len(items) == 1 else None
    return Retention(statement.words(*hit.span()).strip(" ,，。的"), item, statement.span(start, end))


def is_period(statement: Statement, hit: re.Match[str], start: int) -> bool:
    """Return whether the words are a period: what becomes of data at the end alone is none."""
    if pattern("retention", "left", statement.lang).search(hit.group()) is None:
        return True
    return find(statement, "kept_until", start, hit.start()) is not None


def find(statement: Statement, key: str, start: int, end: int) -> re.Match[str] | None:
    """Return where the words of ``key`` stand between ``start`` and ``end``."""
    return pattern("retention", key, statement.lang).search(statement.text, start, end)
