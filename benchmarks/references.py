"""Every reference that the reader finds in the code of a package, with names as smali writes them."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Dexes = list[tuple[str, bytes]]


def read_dexes(apk: str) -> Dexes:
    """Return the DEX files of a package, in loading order."""
    return list(stream_dexes(apk))


def stream_dexes(apk: str) -> Iterator[tuple[str, bytes]]:
    """Yield the DEX files of a package one by one, so that nobody but the taker holds one."""
    with zipfile.ZipFile(apk) as archive:
        names = (name for name in archive.namelist() if name.startswith("classes") and name.endswith(".dex"))
        for name in sorted(names, key=lambda name: (len(name), name)):
            yield name, archive.read(name)


def write_references(apk: str, out: str) -> None:
    """Write every reference of a package's code, one JSON object a line."""
    with Path(out).open("w", encoding="utf-8") as file:
        for name, data in read_dexes(apk):
            for row in _reference_rows(name, data):
                file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _reference_rows(name: str, data: bytes) -> Iterator[dict[str, Any]]:
    from mingcha_analyzers.app.code.program import read_program
    from mingcha_analyzers.app.dex.opcodes import KIND_NAMES
    from mingcha_analyzers.app.dex.reader import read_dex

    for part in read_program([(name, data)]).parts:
        names = Names(part)
        for method, offset, opcode, kind, index in reference_columns(read_dex(data, part.at)):
            yield {
                "dex": name,
                "caller": names.method(method),
                "offset": offset,
                "opcode": opcode,
                "kind": KIND_NAMES[kind],
                "index": index,
                "target": names.target(kind, index),
            }


def reference_columns(dex: Any) -> Iterator[tuple[int, int, int, int, int]]:
    """Yield method, offset, opcode, kind and index of every reference; of a shared body, for each of its methods."""
    methods: dict[int, list[int]] = {}
    for method, item in zip(dex.definitions.method.tolist(), dex.definitions.item.tolist(), strict=True):
        methods.setdefault(item, []).append(method)
    found = dex.references
    columns = (found.opcode, found.kind, found.item, found.offset, found.index)
    for opcode, kind, item, offset, index in zip(*(column.tolist() for column in columns), strict=True):
        for method in methods.get(item, ()):
            yield method, offset, opcode, kind, index


class Names:
    """Names of what references of one DEX point to."""

    def __init__(self, part: Any) -> None:
        self._part = part
        self._methods: dict[int, str] = {}

    def method(self, index: int) -> str:
        """Return a method as ``Lclass;->name(parameters)type``."""
        if index not in self._methods:
            row = self._part.pools.methods[index]
            descriptor = self._part.descriptor(index)
            self._methods[index] = f"{self.type(int(row['class']))}->{self.text(int(row['name']))}{descriptor}"
        return self._methods[index]

    def field(self, index: int) -> str:
        """Return a field as ``Lclass;->name:type``."""
        row = self._part.pools.fields[index]
        return f"{self.type(int(row['class']))}->{self.text(int(row['name']))}:{self.type(int(row['kind']))}"

    def target(self, kind: int, index: int) -> str | None:
        """Return what a reference of a kind points to; None for call sites and handles."""
        from mingcha_analyzers.app.dex import opcodes

        if kind == opcodes.METHOD:
            return self.method(index)
        if kind == opcodes.STRING:
            return self.text(index)
        if kind in (opcodes.FIELD_GET, opcodes.FIELD_PUT):
            return self.field(index)
        if opcodes.is_type_kind(kind):
            return self.type(index)
        return str(self._part.protos.descriptor(index)) if kind == opcodes.PROTO else None

    def text(self, index: int) -> str:
        """Return a string."""
        return str(self._part.strings.text(index))

    def type(self, index: int) -> str:
        """Return a type."""
        return self.text(int(self._part.pools.types[index])) if index < len(self._part.pools.types) else "?"
