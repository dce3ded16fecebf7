"""What the code analysis cannot see: programs inside assets, calls that lead out of sight, names that say nothing."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from mingcha_analyzers.app.archive import Entries, EntryError
from mingcha_analyzers.app.code.owners import is_foreign
from mingcha_analyzers.app.values import Renaming
from mingcha_analyzers.values import Limit

LATER, UNFOLLOWED, NAMES = "later_code", "reach", "names"
_CARRIER = re.compile(r"(?:assets|res/raw)/.*\.(?:dex|jar|apk|zip|dat)", re.IGNORECASE)
_DEX, _ZIP, _CODE = b"dex\n", b"PK\x03\x04", b"classes.dex"
_MAX_BYTES = 8 << 20
_MOST = 40
_DYNAMIC = "dynamic_code"


def find_carried_code(entries: Entries) -> Iterator[Limit]:
    """Yield a limit for each asset that holds a DEX, by its bytes, or cannot be told; one for all beyond a bound."""
    names = [each for each in entries.names() if _CARRIER.fullmatch(each)]
    if len(names) > _MOST:
        yield Limit(LATER, "entry_not_searched", f"{len(names) - _MOST} files")
    for name in names[:_MOST]:
        try:
            data = entries.read(name, _MAX_BYTES)
        except EntryError as error:
            yield Limit(LATER, error.reason, name)
            continue
        if data.startswith(_DEX) or (data.startswith(_ZIP) and _CODE in data):
            yield Limit(LATER, "code_in_assets", name)


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
