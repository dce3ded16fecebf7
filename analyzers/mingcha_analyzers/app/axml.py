"""Binary XML, read through androguard's parser behind a check of its structure.

That parser trusts counts and sizes, searches for chunks byte by byte and prints; so the chunks are walked first,
and a file whose parts do not fit into each other is refused before it can cost time or memory.
"""

import contextlib
import io
import logging
import struct
from dataclasses import dataclass
from functools import cache
from typing import Any

from mingcha_analyzers.app.protobuf import WireError
from mingcha_analyzers.app.protoxml import is_proto_xml, parse_proto_xml

Element = Any  # lxml's; it comes without types.

_ANDROID = "{http://schemas.android.com/apk/res/android}"

MAX_MANIFEST_BYTES = 16 << 20
_MAX_NAMESPACES = 1_000
_MAX_ELEMENTS = 200_000
_MAX_DEPTH = 200

_XML = 0x0003
_START_NAMESPACE = 0x0100
_START_ELEMENT = 0x0102
_END_ELEMENT = 0x0103
_CHUNK_HEADER = 8
_ELEMENT_HEADER = 36
_ATTRIBUTE_SIZE = 20


class DamagedError(Exception):
    """A binary file of the package cannot be read; the message says where, for the report's detail."""


def parse_binary_xml(data: bytes) -> Element:
    """Return the root element of a binary XML file, or of the protobuf form that app bundles have of it.

    Raises:
        DamagedError: it is neither, or its parts do not fit.
    """
    if is_proto_xml(data):
        return _parse_proto(data)
    _check_chunks(data)
    parser = androguard_axml()
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            root = parser.AXMLPrinter(data).get_xml_obj()
    except Exception as error:
        # androguard raises whatever its reading stumbles on: struct.error, IndexError, ValueError …
        raise DamagedError(type(error).__name__) from error
    if root is None:
        raise DamagedError("no root element")
    return root


def _parse_proto(data: bytes) -> Element:
    if len(data) > MAX_MANIFEST_BYTES:
        raise DamagedError(f"{len(data)} bytes")
    try:
        return parse_proto_xml(data)
    except WireError as error:
        raise DamagedError(str(error)) from error


def attribute(element: Element, name: str) -> str | None:
    """Return an ``android:`` attribute's text.

    The system finds attributes by resource number, so packages whose tools wrote another namespace, or none, still
    install (some games' exporters do); so does a name without its usual namespace here.
    """
    value: str | None = element.get(_ANDROID + name)
    if value is not None:
        return value
    others = (text for key, text in element.attrib.items() if key.rpartition("}")[2] == name)
    return next(others, None)


def _check_chunks(data: bytes) -> None:
    if len(data) > MAX_MANIFEST_BYTES:
        raise DamagedError(f"{len(data)} bytes")
    if len(data) < _CHUNK_HEADER:
        raise DamagedError("too short")
    _, header_size, size = struct.unpack_from("<HHI", data)
    if header_size != _CHUNK_HEADER or size > len(data):
        raise DamagedError("not binary XML")
    tally = _Tally()
    position = header_size
    while position + _CHUNK_HEADER <= size:
        kind, header_size, chunk_size = struct.unpack_from("<HHI", data, position)
        if header_size < _CHUNK_HEADER or chunk_size < header_size or position + chunk_size > size:
            raise DamagedError(f"chunk at {position:#x}")
        tally.count(kind, data, position, chunk_size)
        position += chunk_size


@dataclass(slots=True)
class _Tally:
    """What was seen of the parts that can be multiplied at little cost."""

    namespaces: int = 0
    elements: int = 0
    depth: int = 0

    def count(self, kind: int, data: bytes, position: int, size: int) -> None:
        if kind == _START_NAMESPACE:
            self.namespaces += 1
        elif kind == _START_ELEMENT:
            self.elements += 1
            self.depth += 1
            _check_attributes(data, position, size)
        elif kind == _END_ELEMENT:
            self.depth -= 1
        if self.namespaces > _MAX_NAMESPACES or self.elements > _MAX_ELEMENTS or self.depth > _MAX_DEPTH:
            raise DamagedError(f"too many parts at {position:#x}")


def _check_attributes(data: bytes, position: int, size: int) -> None:
    if size < _ELEMENT_HEADER:
        raise DamagedError(f"element at {position:#x}")
    attribute_size, count = struct.unpack_from("<HH", data, position + 26)
    if count and count * max(attribute_size, _ATTRIBUTE_SIZE) > size - _ELEMENT_HEADER:
        raise DamagedError(f"attributes at {position:#x}")


@cache
def androguard_axml() -> Any:
    """Import androguard's parser and silence it; ``androguard.misc`` would cost ten times as much."""
    from loguru import logger

    logger.disable("androguard")
    logging.getLogger("androguard").setLevel(logging.CRITICAL)
    from androguard.core import axml

    return axml
