"""How long data is kept, as the policy writes it."""

from collections.abc import Iterator, Sequence

from mingcha_analyzers.policy.claims.mentions import find_mentions
from mingcha_analyzers.policy.claims.statement import Statement
from mingcha_analyzers.policy.claims.words import pattern
from mingcha_analyzers.policy.layout import BlockKind
from mingcha_analyzers.policy.values import Retention


def find_retention(statements: Sequence[Statement]) -> Iterator[Retention]:
    """Yield the retention periods in text order; the item is named only where the sentence speaks of one alone."""
    for statement in statements:
        if statement.kind is BlockKind.HEADING or pattern("retention", "not_kept", statement.lang).search(
            statement.text
        ):
            continue
        if not pattern("retention", "kept", statement.lang).search(statement.text):
            continue
        hit = pattern("retention", "period", statement.lang).search(statement.text)
        if hit:
            items = {mention.item for mention in find_mentions(statement, near_verb=True)}
            item = next(iter(items)) if len(items) == 1 else None
            yield Retention(statement.words(*hit.span()).strip(" ,，。的"), item, statement.span())
