"""What one DEX file holds, as parallel integer arrays over its pools; nothing here is one object per instruction."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

# Of 64 bits, or of 32 where there are as many as instructions: no file is so long that its units need more.
Ints = npt.NDArray[np.signedinteger[Any]]
Words = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Damage:
    """Something unreadable: ``reason`` is a word key, ``offset`` the first place (bytes), ``count`` how many."""

    reason: str
    offset: int
    count: int


@dataclass(frozen=True, slots=True, eq=False)
class Pools:
    """The tables of identifiers. ``methods`` and ``fields`` have the fields ``class``, ``kind`` and ``name``."""

    strings: Words
    types: Words
    protos: Words
    fields: npt.NDArray[np.void]
    methods: npt.NDArray[np.void]
    class_defs: Words
    map_offset: int


@dataclass(frozen=True, slots=True, eq=False)
class Definitions:
    """Methods that classes define, in file order; ``item`` is the place in the code items or -1 without code."""

    method: Ints
    class_def: Ints
    access: Ints
    item: Ints


@dataclass(frozen=True, slots=True, eq=False)
class CodeItems:
    """Bodies, by place: ``start`` of the instructions and ``size``, both in code units (16 bits) of the file."""

    start: Ints
    size: Ints


@dataclass(frozen=True, slots=True, eq=False)
class References:
    """What instructions refer to, sorted by body and place; ``offset`` in code units from the body's start."""

    opcode: npt.NDArray[np.uint8]
    kind: npt.NDArray[np.uint8]
    item: npt.NDArray[np.int32]
    offset: npt.NDArray[np.int32]
    index: npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class DexFile:
    """One DEX: its pools, definitions, bodies and every reference of its code.

    ``places``: units of the file where an instruction or payload starts, sorted by body, then place.
    """

    data: bytes
    version: str
    pools: Pools
    definitions: Definitions
    items: CodeItems
    references: References
    places: Ints
    damage: tuple[Damage, ...]

    @property
    def instructions(self) -> int:
        """How many instructions there are, payloads included."""
        return len(self.places)
