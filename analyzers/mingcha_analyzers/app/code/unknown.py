"""Code of third parties that nobody knows: which packages, how large, and what data they read."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from mingcha_analyzers.app.code.owners import PLATFORM, Owners
from mingcha_analyzers.app.code.program import Program
from mingcha_analyzers.app.code.scan import PartScan
from mingcha_analyzers.app.dex.names import decode_mutf8, dotted
from mingcha_analyzers.app.values import Observation, UnknownCode

_UNKNOWN = "unknown:"
# Bytes of a code unit.
_UNIT = 2
_SHOWN = 20
# Labels of so few letters are what a shrinker leaves.
_SHORT = 2


def measure_unknown(
    program: Program, parts: Sequence[PartScan], owners: Owners, seen: Iterable[Observation]
) -> tuple[UnknownCode, ...]:
    """Return the unknown packages, those that read most kinds of data first, then the largest."""
    sizes, classes = _sizes(program, parts, owners)
    items: dict[str, set[str]] = {}
    for each in seen:
        if each.data_item is not None and each.owner.startswith(_UNKNOWN):
            items.setdefault(each.owner, set()).add(each.data_item)
    whole = sum(size for owner, size in sizes.items() if owner != PLATFORM)
    found = [
        UnknownCode(
            package=owner.removeprefix(_UNKNOWN),
            classes=classes[owner],
            size=size * _UNIT,
            share=round(size / whole, 4) if whole else 0.0,
            data_items=tuple(sorted(items.get(owner, ()))),
            renamed=_is_renamed(owner.removeprefix(_UNKNOWN)),
        )
        for owner, size in sizes.items()
        if owner.startswith(_UNKNOWN)
    ]
    found.sort(key=lambda each: (-len(each.data_items), -each.size, each.package))
    return tuple(found[:_SHOWN])


def _sizes(program: Program, parts: Sequence[PartScan], owners: Owners) -> tuple[Counter[str], Counter[str]]:
    """Return code units and classes with code, by owner."""
    count = len(program.classes.names)
    units = np.zeros(count, np.int64)
    for part in parts:
        nodes = part.calls.nodes
        units += np.bincount(nodes.class_, nodes.size, count).astype(np.int64)
    sizes: Counter[str] = Counter()
    classes: Counter[str] = Counter()
    by_package: dict[bytes, str] = {}
    chosen = np.flatnonzero(units)
    for number, size in zip(chosen.tolist(), units[chosen].tolist(), strict=True):
        name = program.class_name(number)
        package = name.rpartition(b"/")[0]
        owner = by_package.get(package)
        if owner is None:
            owner = by_package[package] = owners.of_package(dotted(decode_mutf8(package)))
        if owner.startswith(_UNKNOWN):  # A prefix or the make of the class may tell.
            owner = owners.of(dotted(decode_mutf8(name)))
        sizes[owner] += size
        classes[owner] += 1
    return sizes, classes


def _is_renamed(package: str) -> bool:
    """Return whether a package bears a name that a shrinker gave."""
    return all(len(label) <= _SHORT for label in package.split("."))
