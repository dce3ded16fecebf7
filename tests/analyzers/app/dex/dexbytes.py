"""Small DEX files for tests: built from methods given as code units, or taken from a sample and changed."""

import struct
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

SAMPLES = Path(__file__).parents[4] / "samples" / "apps"


def sample_dex(name: str) -> bytes:
    """Return classes.dex of a sample app."""
    with zipfile.ZipFile(SAMPLES / f"{name}.apk") as apk:
        return apk.read("classes.dex")


def body(units: Sequence[int], tries: bytes = b"", try_count: int = 0) -> bytes:
    """Return a code item of these code units, padded to four bytes."""
    data = struct.pack("<4H2I", 4, 0, 0, try_count, 0, len(units)) + struct.pack(f"<{len(units)}H", *units) + tries
    return data + b"\0" * (-len(data) % 4)


def uleb(value: int) -> bytes:
    """Return a number as ULEB128."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes((*out, value))


def build_dex(bodies: Sequence[bytes], *, share: bool = False, version: bytes = b"035") -> bytes:
    """Return a DEX of one class ``LA;`` with static methods ``m0`` …, one for each code item.

    ``share``: all methods have the first code item.
    """
    strings = [b"LA;", b"V", *(f"m{number}".encode() for number in range(len(bodies)))]
    string_ids = 0x70
    type_ids = string_ids + 4 * len(strings)
    proto_ids = type_ids + 8
    method_ids = proto_ids + 12
    class_defs = method_ids + 8 * len(bodies)
    place = class_defs + 32
    code = b""
    offsets: list[int] = []
    for number, item in enumerate(bodies):
        offsets.append(offsets[0] if share and number else place + len(code))
        code += b"" if share and number else item
    class_data = place + len(code)
    methods = b"".join(uleb(1 if number else 0) + uleb(9) + uleb(at) for number, at in enumerate(offsets))
    data = uleb(0) + uleb(0) + uleb(len(bodies)) + uleb(0) + methods
    texts, at = b"", class_data + len(data)
    places = []
    for text in strings:
        places.append(at + len(texts))
        texts += uleb(len(text)) + text + b"\0"
    tables = struct.pack(f"<{len(strings)}I", *places) + struct.pack("<2I", 0, 1) + struct.pack("<3I", 1, 1, 0)
    tables += b"".join(struct.pack("<HHI", 0, 0, 2 + number) for number in range(len(bodies)))
    tables += struct.pack("<8I", 0, 1, 0xFFFFFFFF, 0, 0xFFFFFFFF, 0, class_data, 0)
    rest = tables + code + data + texts
    counts = (len(strings), string_ids, 2, type_ids, 1, proto_ids, 0, 0, len(bodies), method_ids, 1, class_defs)
    fields = (0x70 + len(rest), 0x70, 0x12345678, 0, 0, 0, *counts, 0, 0)
    return seal(b"dex\n" + version + b"\0" + b"\0" * 24 + struct.pack("<20I", *fields) + rest)


def seal(data: bytes) -> bytes:
    """Return the file with a right checksum."""
    return data[:8] + struct.pack("<I", zlib.adler32(data[12:])) + data[12:]
