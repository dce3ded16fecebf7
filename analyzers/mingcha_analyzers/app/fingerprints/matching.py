"""Which SDKs the tokens of a package's renamed classes show, and which classes are theirs.

A class speaks for an SDK when enough of what it shows is that SDK's; an SDK is named when its classes together show
enough. The strongest SDK takes what it shares with others first.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mingcha_analyzers.app.code.hashing import Keys, KeyTable, Numbers
from mingcha_analyzers.app.fingerprints.spreading import Links, spread_owners
from mingcha_corpora.fingerprints import Fingerprint

Floats = npt.NDArray[np.float64]

_OWN, _SHARED = 1.0, 0.3
# A class speaks for an SDK from so much weight and such a share of the tokens that it shows.
_CLASS_WEIGHT, _CLASS_SHARE = 1.0, 0.15
# Once the SDK is named, a class with less of it and nothing of another is its own, too.
_WEAK_WEIGHT, _WEAK_SHARE = 0.3, 0.1
# An SDK is named from so much weight in so many classes, and from such a share of what a version of it shows.
_LEAST_WEIGHT, _LEAST_CLASSES, _LEAST_SHARE = 14.0, 3, 0.02
# What makes the confidence grow from the least to the most.
_ENOUGH_WEIGHT = 80.0
_LEAST_CONFIDENCE, _MOST_CONFIDENCE = 0.6, 0.95
# Versions whose tokens are met nearly as often cannot be told apart.
_SAME = 0.98
# Of the tokens met, a version that is there itself has nearly all; one that is merely near lacks its neighbours'.
_EXACT = 0.97


@dataclass(frozen=True, slots=True)
class FingerprintMatch:
    """An SDK shown by renamed code.

    ``nearest``: the learnt versions that are most like it, several where they cannot be told apart; ``version``: the
    one that it is, None where this is not sure. ``tokens``: how many of its tokens were met; ``classes``: dotted names
    of the classes that are its own.
    """

    id: str
    nearest: tuple[str, ...]
    version: str | None
    confidence: float
    tokens: int
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """All fingerprints: an entry for each token of each SDK, sorted by token; ``distinct`` tells tokens not in it.

    ``first``: where the entries of each distinct token begin; ``least``: the weight that each SDK needs.
    """

    fingerprints: tuple[Fingerprint, ...]
    distinct: KeyTable
    first: Numbers
    sdk: Numbers
    column: Numbers
    weight: Floats
    least: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Hits:
    """Entries of the table that classes show: pairs of entry and class, and how many tokens each class shows at all."""

    entry: Numbers
    class_: Numbers
    shown: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class _Best:
    """An SDK that is named: its number, the entries met, and the classes (by place) that speak for it."""

    sdk: int
    entry: Numbers
    weight: float
    speaks: npt.NDArray[np.bool_]


def make_table(fingerprints: tuple[Fingerprint, ...]) -> Table:
    """Return the table of fingerprints."""
    token = np.concatenate([np.zeros(0, np.uint64), *(each.tokens for each in fingerprints)])
    sizes = [len(each.own) + len(each.shared) for each in fingerprints]
    sdk = np.repeat(np.arange(len(fingerprints)), sizes)
    column = np.concatenate([np.zeros(0, np.int64), *(np.arange(size) for size in sizes)])
    owns = np.array([len(each.own) for each in fingerprints], np.int64)
    weight = np.where(column < owns[sdk], _OWN, _SHARED)
    order = np.argsort(token, kind="stable")
    token = token[order]
    begins = np.append(True, token[1:] != token[:-1])[: len(token)]
    first = np.append(np.flatnonzero(begins), len(token))
    least = np.array([_least_weight(each) for each in fingerprints], np.float64)
    return Table(fingerprints, KeyTable(token[begins]), first, sdk[order], column[order], weight[order], least)


def _least_weight(fingerprint: Fingerprint) -> float:
    """Return the weight that names an SDK: of a large one, more strings may be met by chance."""
    owns = len(fingerprint.own)
    weight = _OWN * fingerprint.members[:, :owns].sum(axis=1) + _SHARED * fingerprint.members[:, owns:].sum(axis=1)
    return max(_LEAST_WEIGHT, _LEAST_SHARE * float(weight.max(initial=0.0)))


def find_hits(table: Table, token: Keys, class_: Numbers, classes: int) -> Hits:
    """Return what distinct pairs of token and class show; ``classes``: how many class numbers there are."""
    chosen, place = table.distinct.find(token)
    size = table.first[place + 1] - table.first[place]
    begin = np.repeat(table.first[place], size)
    within = np.arange(len(begin)) - np.repeat(np.cumsum(size) - size, size)
    return Hits(begin + within, np.repeat(class_[chosen], size), np.bincount(class_, minlength=classes))


def match_fingerprints(
    table: Table, hits: Hits, links: Links, name_of: Callable[[int], str]
) -> tuple[FingerprintMatch, ...]:
    """Return the SDKs that hits show, by id; ``name_of`` tells the dotted name of a class by its number."""
    numbers, class_ = np.unique(hits.class_, return_inverse=True)
    best, rest = _name_all(table, hits.entry, class_, hits.shown[numbers])
    if not best:
        return ()
    owner = np.full(len(hits.shown), -1, np.int64)
    for each in best:
        owner[numbers[each.speaks]] = each.sdk
    weak = _claim_weak(table, hits.entry[rest], class_[rest], hits.shown[numbers], best)
    owner[numbers[weak >= 0]] = weak[weak >= 0]
    owner = spread_owners(links, owner, len(table.fingerprints))
    names = [name_of(number) for number in np.flatnonzero(owner >= 0).tolist()]
    owners = owner[owner >= 0].tolist()
    found = (_describe(table, each, [name for name, sdk in zip(names, owners, strict=True) if sdk == each.sdk])
             for each in best)  # fmt: skip
    return tuple(sorted(found, key=lambda match: match.id))


def _name_all(
    table: Table, entry: Numbers, class_: Numbers, shown: Numbers
) -> tuple[list[_Best], npt.NDArray[np.bool_]]:
    """Return the SDKs with enough weight, the strongest first, and which hits none of them explains."""
    left = np.ones(len(entry), np.bool_)
    found: list[_Best] = []
    while (best := _strongest(table, entry[left], class_[left], shown)) is not None:
        found.append(best)
        # What a class shows is explained once: it speaks for no other SDK.
        left &= ~best.speaks[class_]
    return found, left


def _strongest(table: Table, entry: Numbers, class_: Numbers, shown: Numbers) -> _Best | None:
    """Return the SDK with the most weight in classes that speak for it."""
    count, classes = len(table.fingerprints), len(shown)
    sdk = table.sdk[entry]
    weight = _weights(table, entry, class_, classes)
    speaks = (weight >= _CLASS_WEIGHT) & (weight >= _CLASS_SHARE * shown)
    inside = speaks[sdk, class_]
    # A token counts once, in however many classes it is met.
    distinct = np.unique(entry[inside])
    total = np.bincount(table.sdk[distinct], table.weight[distinct], count)
    total[(speaks.sum(axis=1) < _LEAST_CLASSES) | (total < table.least)] = 0
    if not total.any():
        return None
    best = int(total.argmax())
    return _Best(best, distinct[table.sdk[distinct] == best], float(total[best]), speaks[best])


def _weights(table: Table, entry: Numbers, class_: Numbers, classes: int) -> Floats:
    """Return the weight of each SDK (rows) in each class."""
    count = len(table.fingerprints)
    place = table.sdk[entry] * classes + class_
    weights: Floats = np.bincount(place, table.weight[entry], count * classes).astype(np.float64)
    return weights.reshape(count, classes)


def _claim_weak(table: Table, entry: Numbers, class_: Numbers, shown: Numbers, best: Sequence[_Best]) -> Numbers:
    """Return by class the named SDK that it shows a little of, -1 for none."""
    weight = _weights(table, entry, class_, len(shown))[[each.sdk for each in best]]
    enough = (weight >= _WEAK_WEIGHT) & (weight >= _WEAK_SHARE * shown)
    sdk = np.array([each.sdk for each in best])[np.where(enough, weight, 0).argmax(axis=0)]
    return np.where(enough.any(axis=0), sdk, -1)


def _describe(table: Table, best: _Best, classes: Sequence[str]) -> FingerprintMatch:
    fingerprint = table.fingerprints[best.sdk]
    least = float(table.least[best.sdk])
    grown = min((best.weight - least) / (_ENOUGH_WEIGHT - _LEAST_WEIGHT), 1.0)
    nearest, exact = _nearest(fingerprint, table.column[best.entry])
    return FingerprintMatch(
        id=fingerprint.id,
        nearest=nearest,
        version=nearest[0] if exact and len(nearest) == 1 else None,
        confidence=round(_LEAST_CONFIDENCE + grown * (_MOST_CONFIDENCE - _LEAST_CONFIDENCE), 2),
        tokens=len(best.entry),
        classes=tuple(sorted(classes)),
    )


def _nearest(fingerprint: Fingerprint, columns: Numbers) -> tuple[tuple[str, ...], bool]:
    """Return the learnt versions that have the most of these tokens, and whether they are it, not merely near.

    Of one learnt version only it is not known how others differ. Versions without a number are left out.
    """
    common = fingerprint.members[:, columns].sum(axis=1)
    near = np.flatnonzero(common >= _SAME * common.max())
    exact = len(fingerprint.versions) > 1 and bool(common.max() >= _EXACT * len(columns))
    versions = [fingerprint.versions[place].version for place in near.tolist()]
    return tuple(dict.fromkeys(filter(None, versions))), exact and all(versions)
