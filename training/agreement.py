"""How far two readings of the same sentences agree."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from training.annotation_files import (
    ANNOTATIONS,
    COMPONENTS,
    SENTENCES,
    ComponentNote,
    Note,
    SentenceNote,
    read_annotations,
)

Pair = tuple[Note, Note]


def compare() -> Iterator[str]:
    """Yield a table: for one-of fields Cohen's kappa, for sets and spans F1 of the one reading against the other."""
    yield "| field | read twice | agreement | measure |\n| --- | --- | --- | --- |"
    sentences = [
        (a, b) for a, b in find_pairs(SENTENCES) if isinstance(a, SentenceNote) and isinstance(b, SentenceNote)
    ]
    for field in ("section", "aspect", "polarity"):
        values = [(getattr(a, field), getattr(b, field)) for a, b in sentences]
        yield f"| {field} | {len(values)} | {kappa(values):.3f} | kappa |"
    for field in ("practices", "rights"):
        sets = [(set(getattr(a, field)), set(getattr(b, field))) for a, b in sentences]
        yield f"| {field} | {len(sets)} | {agreement(sets):.3f} | F1 |"
    spans = [
        (set(a.spans), set(b.spans))
        for a, b in find_pairs(COMPONENTS)
        if isinstance(a, ComponentNote) and isinstance(b, ComponentNote)
    ]
    yield f"| spans | {len(spans)} | {agreement(spans):.3f} | F1, exact |"


def find_pairs(kind: str) -> Iterator[Pair]:
    """Yield the two readings of each sentence that was read twice."""
    first = {(one.document, note.start): note for one in read_annotations(kind) for note in one.notes}
    for one in read_annotations(kind, ANNOTATIONS / "second"):
        yield from (
            (first[one.document, note.start], note) for note in one.notes if (one.document, note.start) in first
        )


def kappa(values: Sequence[tuple[object, object]]) -> float:
    """Return Cohen's kappa: agreement beyond what chance gives; 0 without any value."""
    if not values:
        return 0.0
    same = sum(a == b for a, b in values) / len(values)
    left, right = (Counter(pair[side] for pair in values) for side in (0, 1))
    chance = sum(left[value] * right[value] for value in left) / len(values) ** 2
    return 1.0 if chance == 1 else (same - chance) / (1 - chance)


def agreement(sets: Sequence[tuple[set[Any], set[Any]]]) -> float:
    """Return F1 of the one side against the other, over all members."""
    both = sum(len(a & b) for a, b in sets)
    every = sum(len(a) + len(b) for a, b in sets)
    return 2 * both / every if every else 0.0
