"""Class names defined in a DEX file: class definitions, through their types, to strings.

Every offset is checked in Python integers against the file, so that lying tables end in a ``DexError`` or a count
of skipped classes. Code is not looked at here.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_HEADER_SIZE = 0x70
_HEADER_SIZE_041 = 0x78
_ENDIAN = 0x12345678
_ENDIAN_SWAPPED = 0x78563412
_KNOWN_VERSIONS = frozenset((b"035", b"036", b"037", b"038", b"039", b"040", b"041"))
# A JVM class name cannot be longer.
_MAX_NAME = 0xFFFF
# Overlapping strings would let a small file name gigabytes.
_NAME_BYTES_FACTOR = 4
_MAX_CONTAINER = 64
_CLASS_DEF_SIZE = 32


class DexError(Exception):
    """A DEX file cannot be read; ``reason`` is a word key of limits, ``detail`` the place or figure."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class DexNames:
    """Dotted class names in file order (inner classes keep ``$``) and how many definitions were unreadable."""

    classes: tuple[str, ...]
    skipped: int


def find_class_names(data: bytes) -> DexNames:
    """Return the names of the classes a DEX file defines.

    Raises:
        DexError: the file is no DEX, of an unknown version, or its tables lie outside it.
    """
    names: list[str] = []
    skipped = 0
    for header in _headers(data):
        for name in _class_names(data, header):
            if name is None:
                skipped += 1
            else:
                names.append(name)
    return DexNames(tuple(names), skipped)


def _headers(data: bytes) -> Iterator[int]:
    """Yield the place of each header: one, except in version 041, where a file may hold several."""
    position = 0
    for _ in range(_MAX_CONTAINER):
        version = _check_header(data, position)
        yield position
        (size,) = struct.unpack_from("<I", data, position + 32)
        position += size
        if version != b"041" or size < _HEADER_SIZE_041 or position + _HEADER_SIZE_041 > len(data):
            return


def _check_header(data: bytes, position: int) -> bytes:
    if len(data) < position + _HEADER_SIZE:
        raise DexError("dex_truncated", str(len(data)))
    if data[position : position + 4] != b"dex\n" or data[position + 7] != 0:
        raise DexError("dex_bad_magic", data[position : position + 8].hex())
    version = data[position + 4 : position + 7]
    if version not in _KNOWN_VERSIONS:
        raise DexError("dex_unknown_version", version.decode("ascii", "backslashreplace"))
    (endian,) = struct.unpack_from("<I", data, position + 40)
    if endian != _ENDIAN:
        raise DexError("dex_big_endian" if endian == _ENDIAN_SWAPPED else "dex_bad_magic", f"{endian:#x}")
    return version


def _class_names(data: bytes, header: int) -> Iterator[str | None]:
    """Yield a name for each class definition, None for one that cannot be read."""
    strings = _word_table(data, header + 56, 1, "string_ids")
    types = _word_table(data, header + 64, 1, "type_ids")
    definitions = _word_table(data, header + 96, _CLASS_DEF_SIZE // 4, "class_defs")
    budget = _NAME_BYTES_FACTOR * len(data)
    for index in definitions[:: _CLASS_DEF_SIZE // 4]:
        if index >= len(types) or types[index] >= len(strings):
            yield None
            continue
        raw = _string_bytes(data, strings[types[index]])
        budget -= len(raw)
        if budget < 0:
            raise DexError("dex_names_overlap", f"class_defs {len(definitions)}")
        yield _class_name(raw)


def _word_table(data: bytes, place: int, words: int, name: str) -> tuple[int, ...]:
    """Return a table of items of so many 32-bit words; ``place`` is where the header says its size and offset."""
    count, offset = struct.unpack_from("<II", data, place)
    size = count * words * 4
    if count and (offset < _HEADER_SIZE or offset + size > len(data)):
        raise DexError("dex_table_outside", f"{name} {offset:#x}+{size:#x}")
    return struct.unpack_from(f"<{count * words}I", data, offset) if count else ()


def _string_bytes(data: bytes, offset: int) -> bytes:
    """Return the MUTF-8 bytes of a string item, empty when it is damaged."""
    start = offset
    # The declared length (ULEB128, in UTF-16 units) is skipped, not trusted.
    for start in range(offset, min(offset + 5, len(data))):
        if data[start] < 0x80:
            break
    else:
        return b""
    end = data.find(b"\0", start + 1, start + 2 + _MAX_NAME)
    return data[start + 1 : end] if end >= 0 else b""


def _class_name(raw: bytes) -> str | None:
    if len(raw) < 3 or raw[:1] != b"L" or raw[-1:] != b";":
        return None
    return decode_mutf8(raw[1:-1]).replace("/", ".")


def decode_mutf8(raw: bytes) -> str:
    """Return the text of modified UTF-8; invalid bytes, which protectors use on purpose, become U+FFFD."""
    if raw.isascii():
        return raw.decode("ascii")
    try:
        text = raw.replace(b"\xc0\x80", b"\0").decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace")
    # Supplementary characters are written as two surrogates of three bytes each.
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
