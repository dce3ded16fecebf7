"""What of an archive's classes is worth remembering: the tokens that tell its SDK from all others."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mingcha_analyzers.app.code.hashing import Keys, Numbers
from mingcha_analyzers.app.fingerprints.tokens import Tokens

Flags = npt.NDArray[np.bool_]

# What is kept of one version of one SDK at most: each class gives a token in turn, so that none is left out.
_MOST_TOKENS = 3000
# Code that every build makes anew, or that belongs to the wrapper of a framework.
_GENERATED = frozenset(("R", "BuildConfig", "package-info"))


@dataclass(frozen=True, slots=True)
class Distinction:
    """Which tokens are another's, too: ``is_common`` drops one, ``is_shared`` has it count for less."""

    is_common: Callable[[Keys], Flags]
    is_shared: Callable[[Keys], Flags]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """What one SDK has in an archive: number of classes, tokens to keep (own, shared), and all its tokens."""

    classes: int
    own: Keys
    shared: Keys
    all: Keys


def divide(names: Sequence[str], owner_of: Callable[[str], str | None], main: str) -> Mapping[str, Numbers]:
    """Return the classes of each SDK in an archive, by their place among the dotted names.

    Those of no record are the archive's own if they are the most of it; else they are taken for libraries put into it.
    """
    found: dict[str | None, list[int]] = {}
    for number, name in enumerate(names):
        outer = name.partition("$")[0]
        if outer.rpartition(".")[2] not in _GENERATED:
            found.setdefault(owner_of(outer), []).append(number)
    unknown = found.pop(None, [])
    if len(unknown) > len(found.get(main, ())):
        found[main] = sorted((*found.get(main, ()), *unknown))
    return {id: np.array(numbers, np.int64) for id, numbers in found.items() if id is not None}


def learn_part(tokens: Tokens, classes: Numbers, distinction: Distinction) -> Part:
    """Return what to remember of some classes of an archive."""
    chosen = np.isin(tokens.class_, classes)
    token, class_ = tokens.token[chosen], tokens.class_[chosen]
    kept = ~distinction.is_common(token)
    everything = np.unique(token)
    token, class_ = token[kept], class_[kept]
    token = _spread(token, class_, ~distinction.is_shared(token))
    shared = distinction.is_shared(token)
    return Part(len(classes), token[~shared], token[shared], everything)


def _spread(token: Keys, class_: Numbers, own: Flags) -> Keys:
    """Return the tokens to keep, sorted: from each class its own ones first, in an order that other versions share."""
    order = np.lexsort((token, ~own, class_))
    token, class_ = token[order], class_[order]
    first = np.flatnonzero(np.append(True, class_[1:] != class_[:-1])[: len(class_)])
    size = np.diff(np.append(first, len(class_)))
    turn = np.arange(len(class_)) - np.repeat(first, size)
    ranked = token[np.lexsort((token, turn))]
    _, place = np.unique(ranked, return_index=True)
    return np.sort(ranked[np.sort(place)[:_MOST_TOKENS]])
