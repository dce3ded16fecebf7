"""Writes resource tables for tests: texts, files and bags in any locale and in every form of entry."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from analyzers.app.axmlfile import Reference

Value = str | int | bool | Reference
Form = Literal["plain", "compact", "sparse", "short"]

_NO_ENTRY = {"plain": 0xFFFFFFFF, "compact": 0xFFFFFFFF, "short": 0xFFFF}
_FLAGS = {"plain": 0, "compact": 0, "sparse": 1, "short": 2}


@dataclass(frozen=True)
class Block:
    """Values of one type in one locale (``zh`` or ``zh-CN``); a list is a bag (array, plurals)."""

    type: str
    values: Mapping[str, Value | Sequence[Value]]
    locale: str = ""
    form: Form = "plain"


def resource_table(*blocks: Block, utf8: bool = True, package: int = 0x7F) -> bytes:
    """Return a table with one package; types are numbered from 1, entries from 0, both in order of appearance."""
    types = list(dict.fromkeys(block.type for block in blocks))
    names = {kind: list(dict.fromkeys(n for b in blocks if b.type == kind for n in b.values)) for kind in types}
    keys, texts = list(dict.fromkeys(name for each in names.values() for name in each)), list[str]()
    parts = b"".join(_block(block, types.index(block.type) + 1, names[block.type], keys, texts) for block in blocks)
    type_pool, key_pool = _pool(types, utf8), _pool(keys, utf8)
    body = type_pool + key_pool + parts
    head = struct.pack("<I", package) + "cn.example".encode("utf-16-le").ljust(256, b"\0")
    head += struct.pack("<IIIII", 288, 0, 288 + len(type_pool), 0, 0)
    return _chunk(0x0002, struct.pack("<I", 1), _pool(texts, utf8) + _chunk(0x0200, head, body))


def resource_id(kind: int, entry: int, package: int = 0x7F) -> int:
    """Return the id of an entry of the nth type."""
    return package << 24 | kind << 16 | entry


def _block(block: Block, number: int, names: Sequence[str], keys: Sequence[str], texts: list[str]) -> bytes:
    entries, offsets = b"", dict[int, int]()
    for name, value in block.values.items():
        offsets[names.index(name)] = len(entries)
        entries += _entry(keys.index(name), value, texts, compact=block.form == "compact")
    if block.form == "sparse":
        index = b"".join(struct.pack("<HH", entry, offset // 4) for entry, offset in sorted(offsets.items()))
        count = len(offsets)
    else:
        short, none, count = block.form == "short", _NO_ENTRY[block.form], len(names)
        words = [offsets[entry] // (4 if short else 1) if entry in offsets else none for entry in range(count)]
        index = struct.pack(f"<{count}{'H' if short else 'I'}", *words)
        index += b"\0" * (-len(index) % 4)
    config = _config(block.locale)
    start = 20 + len(config) + len(index)
    head = struct.pack("<BBHII", number, _FLAGS[block.form], 0, count, start) + config
    return _chunk(0x0201, head, index + entries)


def _config(locale: str) -> bytes:
    language, _, region = locale.partition("-")
    packed = struct.pack("<II2s2s", 64, 0, language.encode(), region.encode())
    return packed.ljust(64, b"\0")


def _entry(key: int, value: Value | Sequence[Value], texts: list[str], *, compact: bool) -> bytes:
    if isinstance(value, (list, tuple)):
        items = b"".join(struct.pack("<IHBBI", 0, 8, 0, *_typed(each, texts)) for each in value)
        return struct.pack("<HHIII", 16, 1, key, 0, len(value)) + items
    assert isinstance(value, (str, int, Reference))
    kind, data = _typed(value, texts)
    if compact:
        return struct.pack("<HHI", key, kind << 8 | 8, data)
    return struct.pack("<HHIHBBI", 8, 0, key, 8, 0, kind, data)


def _typed(value: Value, texts: list[str]) -> tuple[int, int]:
    if isinstance(value, str):
        if value not in texts:
            texts.append(value)
        return 0x03, texts.index(value)
    if isinstance(value, Reference):
        return 0x01, value.resource
    if isinstance(value, bool):
        return 0x12, 0xFFFFFFFF if value else 0
    return 0x10, value & 0xFFFFFFFF


def _pool(strings: Sequence[str], utf8: bool) -> bytes:
    offsets, data = list[int](), b""
    for text in strings:
        offsets.append(len(data))
        data += _utf8(text) if utf8 else _utf16(text)
    data += b"\0" * (-len(data) % 4)
    head = struct.pack("<5I", len(strings), 0, 0x0100 if utf8 else 0, 28 + 4 * len(strings), 0)
    return _chunk(0x0001, head, struct.pack(f"<{len(strings)}I", *offsets) + data)


def _utf8(text: str) -> bytes:
    raw = text.encode()
    return _length8(len(text.encode("utf-16-le")) // 2) + _length8(len(raw)) + raw + b"\0"


def _length8(size: int) -> bytes:
    return bytes([size]) if size < 0x80 else bytes([0x80 | size >> 8, size & 0xFF])


def _utf16(text: str) -> bytes:
    raw = text.encode("utf-16-le")
    size = len(raw) // 2
    length = struct.pack("<H", size) if size < 0x8000 else struct.pack("<HH", 0x8000 | size >> 16, size & 0xFFFF)
    return length + raw + b"\0\0"


def _chunk(kind: int, head: bytes, body: bytes) -> bytes:
    return struct.pack("<HHI", kind, 8 + len(head), 8 + len(head) + len(body)) + head + body
