"""All DEX files of a package as one program: class numbers, the hierarchy, and a key for every method.

Classes and names are interned as bytes over all files; signatures are keys (see ``hashing``).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
import numpy.typing as npt

from mingcha_analyzers.app.code.hashing import Keys, Numbers, pair, pick
from mingcha_analyzers.app.code.prototypes import Prototypes, read_type_lists
from mingcha_analyzers.app.dex.pools import Strings, read_pools
from mingcha_analyzers.app.dex.reader import DexError, find_headers
from mingcha_analyzers.app.dex.values import Pools
from mingcha_analyzers.values import Limit

_NO_INDEX = 0xFFFFFFFF
_MAX_DEPTH = 64


class Numbering:
    """Gives each distinct byte string a number, in order of first sight."""

    __slots__ = ("names", "numbers")

    def __init__(self) -> None:
        self.numbers: dict[bytes, int] = {}
        self.names: list[bytes] = []

    def add(self, name: bytes) -> int:
        """Return the number of a name, a new one at first sight."""
        number = self.numbers.get(name)
        if number is None:
            number = self.numbers[name] = len(self.names)
            self.names.append(name)
        return number

    def add_all(self, names: Sequence[bytes]) -> Numbers:
        """Return the numbers of many names."""
        numbers = self.numbers
        found = [numbers.setdefault(name, len(numbers)) for name in names]
        # Names are numbered in the order in which the table got them.
        self.names.extend(islice(numbers, len(self.names), None))
        return np.array(found, np.int32)

    def among(self, names: Iterable[bytes]) -> npt.NDArray[np.bool_]:
        """Return by number which names are among some."""
        found = np.zeros(len(self.names), np.bool_)
        found[[self.numbers[name] for name in names if name in self.numbers]] = True
        return found


@dataclass(slots=True, eq=False)
class DexPart:
    """One DEX of the program: its tables, and its types, names and methods in numbers of the program."""

    name: str
    data: bytes
    at: int
    pools: Pools
    strings: Strings
    type_class: Numbers
    protos: Prototypes
    method_proto: npt.NDArray[np.uint16]
    method_class: Numbers
    method_name: Numbers
    method_returns: Numbers
    method_signature: Keys
    # Class definitions that count: the first of each class.
    own: npt.NDArray[np.bool_]
    def_class: Numbers

    def release(self) -> None:
        """Let go of the file: what is asked of it later stands in the other columns."""
        del self.data, self.pools, self.strings

    def descriptor(self, method: int) -> str:
        """Return the descriptor of a method of the pool."""
        return self.protos.descriptor(int(self.method_proto[method]))


@dataclass(slots=True, eq=False)
class Program:
    """The package: ``parent`` of each class or -1, pairs of class and interface, which classes it defines."""

    classes: Numbering = field(default_factory=Numbering)
    names: Numbering = field(default_factory=Numbering)
    parts: list[DexPart] = field(default_factory=list)
    parent: Numbers = field(default_factory=lambda: np.zeros(0, np.int64))
    defined: npt.NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_))
    interfaces: list[tuple[int, int]] = field(default_factory=list)
    limits: list[Limit] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    below: dict[frozenset[bytes], npt.NDArray[np.bool_]] = field(default_factory=dict)

    def class_name(self, number: int) -> bytes:
        """Return the descriptor of a class."""
        return self.classes.names[number]

    def defines(self, name: bytes) -> bool:
        """Return whether the package defines a class of this descriptor."""
        number = self.classes.numbers.get(name)
        return number is not None and bool(self.defined[number])

    def classes_below(self, names: Iterable[bytes]) -> npt.NDArray[np.bool_]:
        """Return by number the classes of these names and their subclasses; every DEX is asked for the same ones."""
        key = frozenset(names)
        known = self.below.get(key)
        if known is None or len(known) != len(self.classes.names):
            known = self.below[key] = self._find_below(key)
        return known

    def _find_below(self, names: Iterable[bytes]) -> npt.NDArray[np.bool_]:
        below = self.classes.among(names)
        has_parent = np.flatnonzero(self.parent >= 0)
        for _ in range(_MAX_DEPTH):
            fresh = has_parent[below[self.parent[has_parent]] & ~below[has_parent]]
            if not len(fresh):
                break
            below[fresh] = True
        return below

    def ancestors(self, number: int) -> list[int]:
        """Return the superclasses of a class, nearest first; a cycle ends it."""
        found: list[int] = []
        above = int(self.parent[number])
        while above >= 0 and above not in found and above != number and len(found) < _MAX_DEPTH:
            found.append(above)
            above = int(self.parent[above])
        return found


def read_program(dexes: Iterable[tuple[str, bytes]], program: Program | None = None) -> Program:
    """Return the program that DEX files make; one that cannot be read becomes a limit."""
    program = program or Program()
    hierarchy: list[tuple[Numbers, Numbers]] = []
    for name, data in dexes:
        try:
            for at in find_headers(data):
                part = _read_part(program, name, data, at)
                hierarchy.append(_read_hierarchy(program, part))
                program.parts.append(part)
        except DexError as error:
            program.limits.append(Limit("code", error.reason, f"{name}: {error.detail}"))
    _join_hierarchy(program, hierarchy)
    return program


def _read_part(program: Program, name: str, data: bytes, at: int) -> DexPart:
    pools = read_pools(data, at)
    strings = Strings(data, pools.strings)
    type_class = program.classes.add_all(strings.many(pools.types))
    unknown = program.classes.add(b"")
    method_name = _intern_names(program, strings, pools.methods["name"].astype(np.int64))
    protos = Prototypes(data, pools, type_class, program.classes.names)
    kind = pools.methods["kind"].copy()
    # One more for methods without a prototype.
    known = np.minimum(kind.astype(np.int64), len(protos))
    return DexPart(
        name=name,
        data=data,
        at=at,
        pools=pools,
        strings=strings,
        type_class=type_class,
        protos=protos,
        method_proto=kind,
        method_class=pick(type_class, pools.methods["class"], unknown),
        method_name=method_name,
        method_returns=np.append(protos.returned(unknown), np.int32(unknown))[known],
        method_signature=pair(method_name, np.append(protos.keys(), np.uint64(0))[known]),
        own=np.zeros(len(pools.class_defs), np.bool_),
        def_class=pick(type_class, pools.class_defs[:, 0], unknown),
    )


def _intern_names(program: Program, strings: Strings, index: Numbers) -> Numbers:
    """Return the numbers of names by their place among the strings; one outside is the empty name."""
    count = len(strings)
    inside = np.minimum(index, count)
    asked = np.zeros(count + 1, np.bool_)
    asked[inside] = True
    used = np.flatnonzero(asked)
    number = np.zeros(count + 1, np.int32)
    number[used] = program.names.add_all(strings.many(used))
    return number[inside]


def _read_hierarchy(program: Program, part: DexPart) -> tuple[Numbers, Numbers]:
    """Mark the definitions that count; return the class and its superclass for each."""
    names = program.classes.names
    named = np.array([_is_class(names[number]) for number in part.def_class.tolist()], np.bool_)
    if not named.all():
        program.limits.append(Limit("code", "classes_skipped", f"{part.name}: {np.count_nonzero(~named)}"))
    places = np.flatnonzero(named)
    classes, first = np.unique(part.def_class[places], return_index=True)
    fresh = [
        place for place, number in zip(first.tolist(), classes.tolist(), strict=True) if number not in program.seen
    ]
    part.own[places[fresh]] = True
    program.seen.update(part.def_class[part.own].tolist())
    supers = part.pools.class_defs[:, 2].astype(np.int64)
    above = np.where(supers == _NO_INDEX, -1, pick(part.type_class, supers, -1))
    offsets = np.where(part.own, part.pools.class_defs[:, 3], 0).astype(np.int64)
    owner, _, kind = read_type_lists(part.data, offsets)
    pairs = zip(part.def_class[owner].tolist(), pick(part.type_class, kind, -1).tolist(), strict=True)
    program.interfaces += [(class_, interface) for class_, interface in pairs if interface >= 0]
    return part.def_class[part.own], above[part.own]


def _is_class(descriptor: bytes) -> bool:
    return len(descriptor) > 2 and descriptor[:1] == b"L" and descriptor[-1:] == b";"


def _join_hierarchy(program: Program, hierarchy: list[tuple[Numbers, Numbers]]) -> None:
    count = len(program.classes.names)
    program.parent = np.full(count, -1, np.int64)
    program.defined = np.zeros(count, np.bool_)
    for class_, above in hierarchy:
        program.parent[class_] = above
        program.defined[class_] = True
    # A class of the framework has no known parent; one that names itself has none either.
    program.parent[program.parent == np.arange(count)] = -1
