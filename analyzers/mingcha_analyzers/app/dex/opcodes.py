"""Dalvik's instruction set as tables: how long each instruction is and what kind of thing it refers to."""

import numpy as np
import numpy.typing as npt

# Kinds of references. UNASSIGNED marks opcodes that no version of the format gives a meaning.
NONE, METHOD, STRING, FIELD_GET, FIELD_PUT, NEW, CLASS, TYPE, CALL_SITE, HANDLE, PROTO = range(11)
UNASSIGNED = 255

KIND_NAMES = {
    METHOD: "method",
    STRING: "string",
    FIELD_GET: "field_get",
    FIELD_PUT: "field_put",
    NEW: "new",
    CLASS: "class",
    TYPE: "type",
    CALL_SITE: "call_site",
    HANDLE: "method_handle",
    PROTO: "method_type",
}

PACKED_SWITCH, SPARSE_SWITCH, FILL_ARRAY = 0x0100, 0x0200, 0x0300
CONST_STRING_JUMBO = 0x1B
INVOKE_POLYMORPHIC, INVOKE_POLYMORPHIC_RANGE = 0xFA, 0xFB

# Code units of each run of opcodes: first, last, length.
_LENGTHS = (
    (0x00, 0x01, 1), (0x02, 0x02, 2), (0x03, 0x03, 3), (0x04, 0x04, 1), (0x05, 0x05, 2), (0x06, 0x06, 3),
    (0x07, 0x07, 1), (0x08, 0x08, 2), (0x09, 0x09, 3), (0x0A, 0x12, 1), (0x13, 0x13, 2), (0x14, 0x14, 3),
    (0x15, 0x16, 2), (0x17, 0x17, 3), (0x18, 0x18, 5), (0x19, 0x1A, 2), (0x1B, 0x1B, 3), (0x1C, 0x1C, 2),
    (0x1D, 0x1E, 1), (0x1F, 0x20, 2), (0x21, 0x21, 1), (0x22, 0x23, 2), (0x24, 0x26, 3), (0x27, 0x28, 1),
    (0x29, 0x29, 2), (0x2A, 0x2C, 3), (0x2D, 0x3D, 2), (0x3E, 0x43, 1), (0x44, 0x6D, 2), (0x6E, 0x72, 3),
    (0x73, 0x73, 1), (0x74, 0x78, 3), (0x79, 0x8F, 1), (0x90, 0xAF, 2), (0xB0, 0xCF, 1), (0xD0, 0xE2, 2),
    (0xE3, 0xF9, 1), (0xFA, 0xFB, 4), (0xFC, 0xFD, 3), (0xFE, 0xFF, 2),
)  # fmt: skip

_KINDS = (
    (0x1A, 0x1B, STRING), (0x1C, 0x1C, CLASS), (0x1F, 0x20, TYPE), (0x22, 0x22, NEW), (0x23, 0x25, TYPE),
    (0x3E, 0x43, UNASSIGNED), (0x52, 0x58, FIELD_GET), (0x59, 0x5F, FIELD_PUT), (0x60, 0x66, FIELD_GET),
    (0x67, 0x6D, FIELD_PUT), (0x6E, 0x72, METHOD), (0x73, 0x73, UNASSIGNED), (0x74, 0x78, METHOD),
    (0x79, 0x7A, UNASSIGNED), (0xE3, 0xF9, UNASSIGNED), (0xFA, 0xFB, METHOD), (0xFC, 0xFD, CALL_SITE),
    (0xFE, 0xFE, HANDLE), (0xFF, 0xFF, PROTO),
)  # fmt: skip


def _by_opcode(runs: tuple[tuple[int, int, int], ...]) -> npt.NDArray[np.uint8]:
    table = np.zeros(256, np.uint8)
    for first, last, value in runs:
        table[first : last + 1] = value
    return table


KIND_OF_OPCODE = _by_opcode(_KINDS)
LENGTH_OF_OPCODE = _by_opcode(_LENGTHS)

# Indexed by the whole unit: a payload starts with a unit whose low byte is that of nop. Zero says: see the payload.
LENGTH_OF_UNIT = np.tile(LENGTH_OF_OPCODE, 256)
LENGTH_OF_UNIT[[PACKED_SWITCH, SPARSE_SWITCH, FILL_ARRAY]] = 0

_TYPE_KINDS = {NEW, CLASS, TYPE}


def is_type_kind(kind: int) -> bool:
    """Return whether references of this kind are indices of types."""
    return kind in _TYPE_KINDS
