"""What the code analysis cannot see: calls that lead out of sight, names that say nothing."""

from collections import Counter
from collections.abc import Iterator, Sequence

from mingcha_analyzers.app.code.owners import is_foreign
from mingcha_analyzers.app.values import Renaming
from mingcha_analyzers.values import Limit

LATER, UNFOLLOWED, NAMES = "later_code", "reach", "names"
_DYNAMIC = "dynamic_code"


def say_unfollowed(calls: Sequence[tuple[str, str, int]]) -> Iterator[Limit]:
    """Yield limits for calls (kind, owner, count) that lead out of sight, one for each kind.

    The app's own loading of code stands apart: what was not found may come with it. An SDK's concerns that SDK.
    """
    own = [(owner, count) for kind, owner, count in calls if kind == _DYNAMIC and not is_foreign(owner)]
    if own:
        yield Limit(LATER, _DYNAMIC, _listed(Counter(dict(own))))
    kinds = sorted({kind for kind, owner, _ in calls if not (kind == _DYNAMIC and not is_foreign(owner))})
    for kind in kinds:
        counts = Counter({o: count for k, o, count in calls if k == kind and (kind != _DYNAMIC or is_foreign(o))})
        yield Limit(UNFOLLOWED, kind, _listed(counts))


def say_renaming(renaming: Renaming) -> Iterator[Limit]:
    """Yield a limit where names were shortened: an SDK that has lost its name is not found."""
    if renaming.renamed:
        yield Limit(NAMES, "names_shortened", f"{renaming.short}/{renaming.classes}")


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{owner} {count}" for owner, count in sorted(counts.items(), key=lambda row: (-row[1], row[0])))
