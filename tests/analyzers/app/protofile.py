"""Writes protocol buffer messages for tests: the XML and the resource table of an app bundle."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Field = tuple[int, "int | str | bytes"]
Values = Sequence[tuple[bytes, bytes]]
_BOOLEANS = {"true": 1, "false": 0}


def message(*fields: Field) -> bytes:
    """Return a message: numbers as varints, texts and bytes with their length."""
    return b"".join(_field(number, value) for number, value in fields)


def varint(value: int) -> bytes:
    """Return a number of seven bits a byte, lowest first."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes((*out, value))


def _field(number: int, value: int | str | bytes) -> bytes:
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    data = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(data)) + data


def reference(resource: int) -> bytes:
    """Return an ``Item`` that refers to a resource."""
    return message((1, message((2, resource))))


def string_item(text: str) -> bytes:
    """Return an ``Item`` that is a string."""
    return message((2, message((1, text))))


class _Compound(bytes):
    """A value that is no ``Item``."""


def string_array(*texts: str) -> bytes:
    """Return a value of several strings, for a resource table."""
    return _Compound(message((4, message(*((1, message((3, string_item(text)))) for text in texts)))))


def file_item(path: str) -> bytes:
    """Return an ``Item`` that is a file."""
    return message((5, message((1, path))))


def primitive(kind: int, value: int) -> bytes:
    """Return an ``Item`` of a number: 6 decimal, 7 hexadecimal, 8 true or false, 9 a colour."""
    return message((7, message((kind, value))))


def float_item(value: float) -> bytes:
    """Return an ``Item`` of a number with a fraction."""
    return message((7, varint(3 << 3 | 5) + struct.pack("<f", value)))


def proto_xml(root: Any) -> bytes:
    """Return an element as an ``XmlNode``, its attributes compiled as aapt2 compiles them."""
    return message((1, _element(root)))


def _element(element: Any) -> bytes:
    namespace, name = _split(str(element.tag))
    attributes = [(4, _attribute(str(key), str(value))) for key, value in element.attrib.items()]
    children = [(5, message((1, _element(child)))) for child in element if isinstance(child.tag, str)]
    texts: list[Field] = [(5, message((2, "\n    ")))]
    return message((2, namespace), (3, name), *attributes, *texts, *children)


def _attribute(key: str, value: str) -> bytes:
    namespace, name = _split(key)
    item: list[Field] = []
    if value.startswith("@") and len(value) == 9:
        item = [(6, reference(int(value[1:], 16)))]
    elif value in _BOOLEANS:
        item = [(6, primitive(8, _BOOLEANS[value]))]
    elif value.isdecimal() and namespace:
        item = [(6, primitive(6, int(value)))]
    # The raw text is kept beside the compiled value, but for references, whose names no reader should need.
    return message((1, namespace), (2, name), (3, "?" if item else value), *item)


def _split(key: str) -> tuple[str, str]:
    namespace, _, name = key.rpartition("}")
    return namespace.removeprefix("{"), name


@dataclass(frozen=True)
class Named:
    """A resource of a type and name of its own; ``values`` as for ``resource_table``."""

    type: str
    name: str
    values: Values


def resource_table(resources: Mapping[int, Values | Named]) -> bytes:
    """Return a table: for each resource its values, each of a configuration (empty: the default) and an ``Item``."""
    packages: dict[int, dict[int, tuple[str, list[bytes]]]] = {}
    for resource, given in resources.items():
        named = given if isinstance(given, Named) else Named("string", f"r{resource:x}", given)
        configured: list[Field] = [(6, message((1, config), (2, _value(item)))) for config, item in named.values]
        entry = message((1, message((1, resource & 0xFFFF))), (2, named.name), *configured)
        types = packages.setdefault(resource >> 24, {})
        types.setdefault(resource >> 16 & 0xFF, (named.type, []))[1].append(entry)
    return message(*((2, _package(number, types)) for number, types in packages.items()))


def _package(number: int, types: Mapping[int, tuple[str, list[bytes]]]) -> bytes:
    rows: list[Field] = [
        (3, message((1, message((1, place))), (2, name), *((3, entry) for entry in entries)))
        for place, (name, entries) in types.items()
    ]
    return message((1, message((1, number))), (2, "a.b"), *rows)


def _value(item: bytes) -> bytes:
    return message((5, item) if isinstance(item, _Compound) else (4, item))
