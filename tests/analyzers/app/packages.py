"""Small app packages for tests: entries zipped in memory, and DEX files that define classes of given names."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence

from analyzers.app.axmlfile import Element, binary_xml, manifest
from mingcha_analyzers.app.reader import read_app
from mingcha_analyzers.app.values import App
from mingcha_analyzers.values import SourceFile

MANIFEST = "AndroidManifest.xml"
_HEADER = 0x70


def zipped(entries: Mapping[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP file of these entries, the same bytes each time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in entries.items():
            archive.writestr(zipfile.ZipInfo(name), data, compression)
    return buffer.getvalue()


def package(
    root: Element | None = None, *, classes: Sequence[str] = (), more: Mapping[str, bytes] | None = None
) -> bytes:
    """Return a package with a manifest, a DEX when classes are named, and more entries."""
    content = {MANIFEST: binary_xml(root if root is not None else manifest())}
    if classes:
        content["classes.dex"] = naming_dex(classes)
    return zipped({**content, **(more or {})})


def app(data: bytes) -> App:
    """Return what the reader says of a package."""
    return read_app(SourceFile("test.apk", data))


def naming_dex(classes: Sequence[str | bytes], version: bytes = b"035") -> bytes:
    """Return a DEX whose class definitions have these names (dotted, or descriptors as bytes) and nothing else."""
    descriptors = [name if isinstance(name, bytes) else f"L{name.replace('.', '/')};".encode() for name in classes]
    count = len(descriptors)
    strings_at, types_at = _HEADER, _HEADER + 4 * count
    classes_at = types_at + 4 * count
    data_at = classes_at + 32 * count
    places, data = [], b""
    for descriptor in descriptors:
        places.append(data_at + len(data))
        data += _uleb(len(descriptor)) + descriptor + b"\0"
    definitions = b"".join(struct.pack("<8I", number, 1, 0xFFFFFFFF, 0, 0xFFFFFFFF, 0, 0, 0) for number in range(count))
    size = data_at + len(data)
    header = b"dex\n" + version + b"\0" + bytes(24)
    header += struct.pack("<III", size, _HEADER, 0x12345678) + bytes(12)
    for table in ((count, strings_at), (count, types_at), (0, 0), (0, 0), (0, 0), (count, classes_at), (0, 0)):
        header += struct.pack("<II", *table)
    numbers = struct.pack(f"<{count}I", *places) + struct.pack(f"<{count}I", *range(count))
    return header + numbers + definitions + data


def _uleb(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes((*out, value))
