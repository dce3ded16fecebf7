"""All DEX files of a package as one program: class numbers, the hierarchy, and a key for every method.

Classes and names are interned as bytes over all files; signatures are keys (see ``hashing``).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
import numpy.typing as npt

from mingcha_analyzers.app.code.hashing import Keys, Numbers, mix, pair
from mingcha_analyzers.app.dex.pools import Strings, read_pools
from mingcha_analyzers.app.dex.reader import DexError, find_headers
from mingcha_analyzers.app.dex.values import Pools
from mingcha_analyzers.values import Limit

# A method has at most 255 parameter words.
_POWERS = mix(np.arange(256)) | np.uint64(1)
_NO_INDEX = 0xFFFFFFFF
_MAX_DEPTH = 64
# A method has no more parameters, and no class so many interfaces.
_MAX_LIST = 255


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
        return np.array(found, np.int64)

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
    method_class: Numbers
    method_name: Numbers
    method_returns: Numbers
    method_signature: Keys
    # Class definitions that count: the first of each class.
    own: npt.NDArray[np.bool_]
    def_class: Numbers


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

    def class_name(self, number: int) -> bytes:
        """Return the descriptor of a class."""
        return self.classes.names[number]

    def classes_below(self, names: Iterable[bytes]) -> npt.NDArray[np.bool_]:
        """Return by number the classes of these names and their subclasses."""
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


def read_program(dexes: Sequence[tuple[str, bytes]], program: Program | None = None) -> Program:
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
    proto = _proto_keys(data, pools, type_class)
    kind = pools.methods["kind"].astype(np.int64)
    in_proto = kind < len(proto)
    safe = np.where(in_proto, kind, 0)
    returns = _pick(type_class, pools.protos[:, 1].astype(np.int64), unknown)
    own_proto = proto[safe] if len(proto) else np.zeros(len(kind), np.uint64)
    return DexPart(
        name=name,
        data=data,
        at=at,
        pools=pools,
        strings=strings,
        type_class=type_class,
        method_class=_pick(type_class, pools.methods["class"].astype(np.int64), unknown),
        method_name=method_name,
        method_returns=returns[safe] if len(returns) else np.full(len(kind), unknown, np.int64),
        method_signature=pair(method_name, own_proto),
        own=np.zeros(len(pools.class_defs), np.bool_),
        def_class=_pick(type_class, pools.class_defs[:, 0].astype(np.int64), unknown),
    )


def _intern_names(program: Program, strings: Strings, index: Numbers) -> Numbers:
    """Return the numbers of names by their place among the strings; one outside is the empty name."""
    count = len(strings)
    inside = np.minimum(index, count)
    asked = np.zeros(count + 1, np.bool_)
    asked[inside] = True
    used = np.flatnonzero(asked)
    number = np.zeros(count + 1, np.int64)
    number[used] = program.names.add_all(strings.many(used))
    return number[inside]


def _pick(table: Numbers, index: Numbers, otherwise: int) -> Numbers:
    """Return table entries by index; indices outside give another value."""
    if not len(table):
        return np.full(len(index), otherwise, np.int64)
    return np.where(index < len(table), table[np.minimum(index, len(table) - 1)], otherwise)


def _proto_keys(data: bytes, pools: Pools, type_class: Numbers) -> Keys:
    """Return a key for each prototype: its return type and the types of its parameters in order."""
    keys = mix(_pick(type_class, pools.protos[:, 1].astype(np.int64), 0))
    owner, place, kind = read_type_lists(data, pools.protos[:, 2].astype(np.int64))
    if len(owner):
        value = mix(_pick(type_class, kind, 0)) * _POWERS[place & 0xFF]
        first = np.flatnonzero(np.append(True, owner[1:] != owner[:-1]))
        keys[owner[first]] += np.add.reduceat(value, first)
    return keys


def read_type_lists(data: bytes, offsets: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return all entries of the lists at these offsets (0: none): whose list, place in it, index of the type."""
    words = np.frombuffer(data, "<u2", len(data) // 2)
    none = np.zeros(0, np.int64)
    listed = np.flatnonzero((offsets > 0) & (offsets % 4 == 0) & (offsets + 4 <= len(data)))
    if not len(listed):
        return none, none, none
    start = offsets[listed] // 2
    size = words[start].astype(np.int64) | words[start + 1].astype(np.int64) << 16
    fits = (start + 2 + size <= len(words)) & (size <= _MAX_LIST)
    # Lists may be shared, but not so often that a small file gives billions of entries.
    fits &= np.cumsum(np.where(fits, size, 0)) <= len(data)
    listed, start, size = listed[fits], start[fits], size[fits]
    total = int(size.sum())
    place = np.arange(total) - np.repeat(np.cumsum(size) - size, size)
    return np.repeat(listed, size), place, words[np.repeat(start + 2, size) + place].astype(np.int64)


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
    above = np.where(supers == _NO_INDEX, -1, _pick(part.type_class, supers, -1))
    offsets = np.where(part.own, part.pools.class_defs[:, 3], 0).astype(np.int64)
    owner, _, kind = read_type_lists(part.data, offsets)
    pairs = zip(part.def_class[owner].tolist(), _pick(part.type_class, kind, -1).tolist(), strict=True)
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
