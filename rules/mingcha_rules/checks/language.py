"""Policies without a text in the language asked for.

Parameter: ``language``, as in ``Document.language``.
"""

from collections.abc import Iterator

from mingcha_rules.card import Card
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Gap
from mingcha_rules.values import Words


def check(facts: Facts, card: Card) -> Iterator[Gap]:
    """Yield one gap if no document is in the language."""
    documents = facts.told.documents
    if all(document.language != card.params["language"] for document in documents):
        yield Gap(
            subject="policy:language",
            params={"documents": tuple(Words(document.path, document.path) for document in documents)},
            owner="policy",
            confidence=0.75,
        )
