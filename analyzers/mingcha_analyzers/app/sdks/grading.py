"""How sure the signs of one record make us that the SDK is there."""

from collections import Counter

from mingcha_analyzers.app.sdks.signs import Signs, Worth
from mingcha_analyzers.app.values import EvidenceKind

# Named for sure from here, for review up to there; see ``SdkFound``.
SURE = 0.8
_MOST_SURE = 0.95
LIKELY = 0.5
MOST_LIKELY = 0.6
_STEP = 0.05
_MANY = 5
_WEAK_SIGNS = 2
# Several signs of such a kind count as one: whoever has one of them has them all.
_COUNT_ONCE = frozenset(
    (
        EvidenceKind.CLASS_PREFIX,
        EvidenceKind.RELOCATED,
        EvidenceKind.ANNOTATION,
        EvidenceKind.ASSET,
        EvidenceKind.RESOURCE,
        EvidenceKind.FILE,
        EvidenceKind.HOST,
    )
)


def grade(signs: Signs) -> float | None:
    """Return how sure the signs make us, None when they name nothing."""
    kinds = len(signs.kinds())
    strong = signs.of(Worth.STRONG)
    if strong:
        many = sum(signs.seen[sign] for sign in strong) >= _MANY
        return round(min(SURE + _STEP * (kinds - 1 + many), _MOST_SURE), 2)
    if signs.of(Worth.SOLID) or _weak_signs(signs) >= _WEAK_SIGNS:
        return round(min(LIKELY + _STEP * (kinds - 1), MOST_LIKELY), 2)
    return None


def _weak_signs(signs: Signs) -> int:
    kinds = Counter(kind for kind, _ in signs.of(Worth.WEAK))
    return sum(1 if kind in _COUNT_ONCE else count for kind, count in kinds.items())
