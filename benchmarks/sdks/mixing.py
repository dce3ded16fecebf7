"""Which archives go into which made app: one to twelve each, drawn by a fixed seed."""

import random
from collections.abc import Mapping, Sequence, Set

from benchmarks.sdks.recipes import Archive

APPS, MOST = 40, 12
_SEED = 20


def mix_archives(
    archives: Sequence[Archive], classes: Mapping[str, Set[str]], apps: int = APPS
) -> tuple[tuple[Archive, ...], ...]:
    """Return the archives of each app; no app holds two of one owner, nor two that define the same class.

    ``classes``: the class names of each archive by its id.
    """
    dice = random.Random(_SEED)
    return tuple(_draw(dice, archives, classes, number % MOST + 1) for number in range(apps))


def _draw(
    dice: random.Random, archives: Sequence[Archive], classes: Mapping[str, Set[str]], count: int
) -> tuple[Archive, ...]:
    chosen: list[Archive] = []
    defined: set[str] = set()
    for archive in dice.sample(archives, len(archives)):
        if len(chosen) == count:
            break
        if archive.owner not in {each.owner for each in chosen} and not defined & classes[archive.id]:
            chosen.append(archive)
            defined |= classes[archive.id]
    return tuple(chosen)
