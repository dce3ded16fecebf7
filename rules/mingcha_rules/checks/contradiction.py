"""Places of a policy that cannot both hold. No parameters."""

from collections.abc import Iterator

from mingcha_analyzers.policy.values import Claim
from mingcha_analyzers.values import Span
from mingcha_rules.card import Card
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Gap, PartKey
from mingcha_rules.permission_levels import item_words
from mingcha_rules.words import load_words

_SHOWN = 3


def check(facts: Facts, _card: Card) -> Iterator[Gap]:
    """Yield one gap for all contradictions; each pair is evidence."""
    pairs = facts.told.contradictions
    if not pairs:
        return
    items = tuple(sorted({item for pair in pairs for item in _shared(facts, pair.a, pair.b)}))
    yield Gap(
        subject="policy:contradiction",
        params={"items": tuple(map(item_words, items)) or (load_words("gaps")["same_matter"],)},
        owner="policy",
        confidence=0.6,
        data_items=items,
        parts=tuple(PartKey(item, item) for item in items) or (PartKey("whole"),),
        policy=tuple(span for pair in pairs[:_SHOWN] for span in (pair.a, pair.b)),
    )


def _shared(facts: Facts, a: Span, b: Span) -> set[str]:
    """Return the data items of the denied side; they are what the other side claims."""
    return {item for claim in facts.denied if _at(claim, a) or _at(claim, b) for item in claim.data_items}


def _at(claim: Claim, span: Span) -> bool:
    return claim.span.doc == span.doc and claim.span.start < span.end and span.start < claim.span.end
