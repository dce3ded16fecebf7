"""Places of a template that were never filled in.

Parameter: ``patterns``, regular expressions that match nothing a finished policy would hold.
"""

import re
from collections.abc import Iterator

from mingcha_analyzers.values import Span
from mingcha_rules.card import Card
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Gap
from mingcha_rules.values import Words

_SHOWN = 3


def check(facts: Facts, card: Card) -> Iterator[Gap]:
    """Yield one gap that quotes the first leftovers."""
    pattern = re.compile("|".join(card.params["patterns"]), re.IGNORECASE)
    spans = [
        Span(document.id, *match.span())
        for document in facts.told.documents
        for match in pattern.finditer(document.text)
    ]
    if spans:
        quotes = tuple(dict.fromkeys(facts.told.quote(span).strip() for span in spans))[:_SHOWN]
        yield Gap(
            subject="policy:leftover",
            params={"quotes": tuple(Words(quote, quote) for quote in quotes)},
            owner="policy",
            confidence=0.9,
            policy=tuple(spans[:_SHOWN]),
        )
