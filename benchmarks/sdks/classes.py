"""Class names of an archive and what its classes extend, read from the class files."""

import io
import struct
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

# Bytes of each kind of constant after its tag; texts (1) bear their own length, longs and doubles take two places.
_SIZES = {3: 4, 4: 4, 5: 8, 6: 8, 7: 2, 8: 2, 9: 4, 10: 4, 11: 4, 12: 4, 15: 3, 16: 2, 17: 4, 18: 4, 19: 2, 20: 2}
_TEXT, _CLASS, _WIDE = 1, 7, (5, 6)
_PUBLIC, _ABSTRACT = 0x0001, 0x0400
_COMPONENTS = {
    "android.app.Activity": "activity",
    "android.app.Service": "service",
    "android.app.IntentService": "service",
    "android.content.BroadcastReceiver": "receiver",
    "android.content.ContentProvider": "provider",
}


@dataclass(frozen=True, slots=True)
class ClassFile:
    """A class by its dotted names; ``parent`` is empty for ``java.lang.Object`` itself."""

    name: str
    parent: str
    public: bool
    abstract: bool


def read_classes(data: bytes) -> Iterator[ClassFile]:
    """Yield the classes of a JAR or AAR, those of the JARs inside it included."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            if entry.filename.endswith(".class"):
                yield _read_class(archive.read(entry))
            elif entry.filename.endswith(".jar"):
                yield from read_classes(archive.read(entry))


def _read_class(data: bytes) -> ClassFile:
    texts, classes, at = _read_constants(data)
    access, this, parent = struct.unpack_from(">HHH", data, at)
    names = [texts[classes[number]].replace("/", ".") if number else "" for number in (this, parent)]
    return ClassFile(names[0], names[1], bool(access & _PUBLIC), bool(access & _ABSTRACT))


def _read_constants(data: bytes) -> tuple[dict[int, str], dict[int, int], int]:
    """Return the texts and the classes' names by number, and where the constants end."""
    texts: dict[int, str] = {}
    classes: dict[int, int] = {}
    (count,) = struct.unpack_from(">H", data, 8)
    at, number = 10, 1
    while number < count:
        tag = data[at]
        if tag == _TEXT:
            (length,) = struct.unpack_from(">H", data, at + 1)
            texts[number] = data[at + 3 : at + 3 + length].decode("utf-8", "replace")
            at += 3 + length
        else:
            if tag == _CLASS:
                (classes[number],) = struct.unpack_from(">H", data, at + 1)
            at += 1 + _SIZES[tag]
        number += 2 if tag in _WIDE else 1
    return texts, classes, at


def find_components(classes: Mapping[str, ClassFile]) -> Iterator[tuple[str, str]]:
    """Yield kind and name of each class that the manifest of an app with this archive may name, by its ancestors."""
    for name, each in classes.items():
        ancestor = each.parent
        while ancestor in classes:
            ancestor = classes[ancestor].parent
        kind = _COMPONENTS.get(ancestor)
        if kind is not None and each.public and not each.abstract and "$" not in name:
            yield kind, name
