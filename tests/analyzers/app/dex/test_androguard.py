"""Every reference the reader finds in real packages is one androguard finds, and the other way round."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from mingcha_analyzers.app.dex import opcodes
from mingcha_analyzers.app.dex.reader import read_dex
from realfiles import real_apk

# What androguard gives an index for, with one method, string, field or type.
_KINDS = {
    opcodes.METHOD,
    opcodes.STRING,
    opcodes.FIELD_GET,
    opcodes.FIELD_PUT,
    opcodes.NEW,
    opcodes.CLASS,
    opcodes.TYPE,
}
_POLYMORPHIC = (opcodes.INVOKE_POLYMORPHIC, opcodes.INVOKE_POLYMORPHIC_RANGE)

Reference = tuple[int, int, int, int]


def dex_files(path: Path) -> Iterator[bytes]:
    with zipfile.ZipFile(path) as apk:
        for name in apk.namelist():
            if name.startswith("classes") and name.endswith(".dex"):
                yield apk.read(name)


def ours(data: bytes) -> tuple[set[Reference], int]:
    """Return (method, offset, opcode, index) of each reference, and the number of instructions."""
    dex = read_dex(data)
    refs = dex.references
    methods: dict[int, list[int]] = {}
    for method, item in zip(dex.definitions.method.tolist(), dex.definitions.item.tolist(), strict=True):
        methods.setdefault(item, []).append(method)
    rows = zip(refs.kind.tolist(), refs.opcode.tolist(), refs.item.tolist(), refs.offset.tolist(), refs.index.tolist(),
               strict=True)  # fmt: skip
    found = {
        (method, offset, opcode, index)
        for kind, opcode, item, offset, index in rows
        if kind in _KINDS and opcode not in _POLYMORPHIC
        for method in methods[item]
    }
    return found, dex.instructions


def androguards(data: bytes) -> tuple[set[Reference], int]:
    from androguard.core.dex import DEX
    from loguru import logger

    logger.disable("androguard")
    found: set[Reference] = set()
    instructions = 0
    for method in DEX(data).get_encoded_methods():
        offset = 0
        for instruction in method.get_instructions() if method.get_code() else ():
            instructions += 1
            opcode = instruction.get_op_value() if instruction.get_op_value() < 256 else 0
            if opcodes.KIND_OF_OPCODE[opcode] in _KINDS and opcode not in _POLYMORPHIC:
                found.add((method.method_idx, offset, opcode, instruction.get_ref_kind()))
            offset += instruction.get_length() // 2
    return found, instructions


@pytest.mark.network
@pytest.mark.parametrize("name", ["app-uiautomator", "appium-settings"])
def test_references_equal_androguards(name: str) -> None:
    for data in dex_files(real_apk(name)):
        assert ours(data) == androguards(data)
