"""Classes that show too little themselves go to the SDK whose code uses them: an SDK does not use an app's classes."""

from dataclasses import dataclass

import numpy as np

from mingcha_analyzers.app.code.hashing import Numbers, sorted_unique

_ROUNDS = 6
# More than this share of the classes that use one must be the SDK's.
_SHARE = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Distinct pairs of a class and another that it uses, by number of the program."""

    user: Numbers
    used: Numbers


def make_links(user: Numbers, used: Numbers, classes: int) -> Links:
    """Return the distinct pairs; ``classes``: how many class numbers there are."""
    apart = user != used
    packed = sorted_unique(user[apart].astype(np.int64) * classes + used[apart])
    return Links(packed // max(classes, 1), packed % max(classes, 1))


def spread_owners(links: Links, owner: Numbers, owners: int) -> Numbers:
    """Return the owner of each class (-1: none): known ones stay, classes used mostly by one owner's become its own."""
    owner = owner.copy()
    users = np.bincount(links.used, minlength=len(owner))
    for _ in range(_ROUNDS):
        known = owner[links.user]
        waiting = (known >= 0) & (owner[links.used] < 0)
        if not waiting.any():
            break
        target, place = np.unique(links.used[waiting], return_inverse=True)
        votes = np.bincount(place * owners + known[waiting], minlength=len(target) * owners).reshape(-1, owners)
        sure = votes.max(axis=1) > _SHARE * users[target]
        if not sure.any():
            break
        owner[target[sure]] = votes.argmax(axis=1)[sure]
    return owner
