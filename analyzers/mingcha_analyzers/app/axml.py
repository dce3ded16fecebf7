"""Binary XML of a package, as a tree of elements: the manifest, layouts and other compiled XML.

Read as the system reads it: chunks by their sizes, attributes by resource number where they have one, so that a
tool that renames or drops attribute names hides nothing.
"""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from mingcha_analyzers.app.chunks import CHUNK_HEADER, Chunk, DamagedError, read_chunk, read_chunks
from mingcha_analyzers.app.stringpool import StringPool
from mingcha_corpora.attributes import load_attribute_names

_ANDROID_URI = "http://schemas.android.com/apk/res/android"
_ANDROID = f"{{{_ANDROID_URI}}}"

MAX_MANIFEST_BYTES = 16 << 20
_MAX_NAMESPACES = 1_000
_MAX_ELEMENTS = 200_000
_MAX_DEPTH = 200
_MAX_ATTRIBUTES = 1_000_000
# Texts longer than so many characters may be used, all uses together, for so many times the size of the file and so
# many characters beside: one long text that thousands of attributes share would multiply it.
_LONG, _SHARED_TIMES, _SHARED = 1_000, 4, 1 << 16

_STRING_POOL = 0x0001
_RESOURCE_MAP = 0x0180
_START_NAMESPACE, _START_ELEMENT, _END_ELEMENT, _TEXT = 0x0100, 0x0102, 0x0103, 0x0104
_NODE_HEADER = 16
_ELEMENT_HEADER = 36
_ATTRIBUTE_SIZE = 20
_NONE = 0xFFFFFFFF
# An XmlNode of a bundle begins with its element; binary XML has the size of its header two bytes on.
_PROTO_XML = b"\x0a"
_HEADER_SIZE = struct.pack("<H", CHUNK_HEADER)

_REFERENCE, _ATTRIBUTE, _STRING, _FLOAT, _DIMENSION, _FRACTION = range(1, 7)
_INTEGER, _HEX, _BOOLEAN, _FIRST_COLOUR, _LAST_COLOUR, _LAST_INTEGER = 0x10, 0x11, 0x12, 0x1C, 0x1F, 0x1F
_UNITS = ("px", "dip", "sp", "pt", "in", "mm")
_FRACTION_UNITS = ("%", "%p")
# A dimension keeps 24 bits of mantissa; these say where its point stands.
_RADIX = (1 / (1 << 8), 1 / (1 << 15), 1 / (1 << 23), 1 / (1 << 31))
# What XML has no place for; compiled when a text needs it.
_NO_XML = r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


@dataclass(slots=True, eq=False)
class Element:
    """One element: its tag, attributes (``{namespace}name`` to text), text and children, in order."""

    tag: str
    attrib: dict[str, str] = field(default_factory=dict)
    text: str | None = None
    children: list["Element"] = field(default_factory=list)

    def __iter__(self) -> Iterator["Element"]:
        return iter(self.children)

    def __len__(self) -> int:
        return len(self.children)

    def get(self, name: str, default: str | None = None) -> str | None:
        """Return an attribute's text by its full name."""
        return self.attrib.get(name, default)

    def find(self, tag: str) -> "Element | None":
        """Return the first child of a tag."""
        return next(self.iterchildren(tag), None)

    def iterchildren(self, tag: str | None = None) -> Iterator["Element"]:
        """Yield the children, those of a tag when one is given."""
        return (child for child in self.children if tag is None or child.tag == tag)

    def iter(self, tag: str | None = None) -> Iterator["Element"]:
        """Yield this element and all below it in document order, those of a tag when one is given."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            if tag is None or element.tag == tag:
                yield element
            waiting += reversed(element.children)


def parse_binary_xml(data: bytes) -> Element:
    """Return the root element of a binary XML file, or of the protobuf form that app bundles have of it.

    Raises:
        DamagedError: it is neither, or its parts do not fit.
    """
    if len(data) > MAX_MANIFEST_BYTES:
        raise DamagedError(f"{len(data)} bytes")
    if data[:1] == _PROTO_XML and data[2:4] != _HEADER_SIZE:
        from mingcha_analyzers.app.protoxml import parse_proto_xml

        return parse_proto_xml(data)
    file = read_chunk(data, 0, len(data))
    if file.body != CHUNK_HEADER:
        raise DamagedError("not binary XML")
    tree = _Tree(data)
    for chunk in read_chunks(data, file.body, file.end):
        tree.take(chunk)
    if tree.root is None:
        raise DamagedError("no root element")
    return tree.root


def attribute(element: Element, name: str) -> str | None:
    """Return an ``android:`` attribute's text.

    The system finds attributes by resource number, so packages whose tools wrote another namespace, or none, still
    install (some games' exporters do); so does a name without its usual namespace here.
    """
    value = element.attrib.get(_ANDROID + name)
    if value is not None:
        return value
    others = (text for key, text in element.attrib.items() if key.rpartition("}")[2] == name)
    return next(others, None)


class _Tree:
    """The tree in the making, and what was seen of the parts that can be multiplied at little cost."""

    def __init__(self, data: bytes) -> None:
        self.root: Element | None = None
        self._data = data
        self._open: list[Element] = []
        self._pool: StringPool | None = None
        self._numbers: tuple[int, ...] = ()
        self._names: dict[tuple[int, int], str] = {}
        self._namespaces = self._elements = self._attributes = 0
        self._left = _SHARED_TIMES * len(data) + _SHARED

    def take(self, chunk: Chunk) -> None:
        """Take one chunk in; kinds that are not known are passed over."""
        kind, position, size = chunk.kind, chunk.start, chunk.end - chunk.start
        if kind == _START_ELEMENT:
            self._start(position, size)
        elif kind == _END_ELEMENT:
            if self._open:
                self._open.pop()
        elif kind == _STRING_POOL and self._pool is None:
            self._pool = StringPool(self._data, position, size)
        elif kind == _RESOURCE_MAP:
            self._numbers = struct.unpack_from(f"<{(size - CHUNK_HEADER) // 4}I", self._data, position + CHUNK_HEADER)
        elif kind == _START_NAMESPACE:
            self._namespaces += 1
        elif kind == _TEXT and self._open and size >= _NODE_HEADER + 4:
            (index,) = struct.unpack_from("<I", self._data, position + _NODE_HEADER)
            self._open[-1].text = self._text(index)
        if self._namespaces > _MAX_NAMESPACES or self._elements > _MAX_ELEMENTS or len(self._open) > _MAX_DEPTH:
            raise DamagedError(f"too many parts at {position:#x}")

    def _start(self, position: int, size: int) -> None:
        if size < _ELEMENT_HEADER:
            raise DamagedError(f"element at {position:#x}")
        uri, name, start, width, count = struct.unpack_from("<IIHHH", self._data, position + _NODE_HEADER)
        # An empty list may give any place and width.
        if count and (width < _ATTRIBUTE_SIZE or start + count * width > size - _NODE_HEADER):
            raise DamagedError(f"attributes at {position:#x}")
        self._elements += 1
        self._attributes += count
        if self._attributes > _MAX_ATTRIBUTES:
            raise DamagedError(f"too many parts at {position:#x}")
        place = position + _NODE_HEADER + start
        element = Element(self._full_name(uri, name), self._read_attributes(place, width, count))
        if self._open:
            self._open[-1].children.append(element)
        elif self.root is None:
            self.root = element
        self._open.append(element)

    def _read_attributes(self, place: int, width: int, count: int) -> dict[str, str]:
        found: dict[str, str] = {}
        for number in range(count):
            at = place + number * width
            uri, name, raw, kind, value = struct.unpack_from("<III3xBI", self._data, at)
            key = self._names.get((uri, name))
            if key is None:
                key = self._names[uri, name] = self._attribute_name(uri, name)
            found[key] = self._clean(self._text(raw)) if kind == _STRING else format_value(kind, value)
        return found

    def _attribute_name(self, uri: int, name: int) -> str:
        number = self._numbers[name] if name < len(self._numbers) else 0
        known = load_attribute_names().get(number)
        if known is not None:
            return _ANDROID + known
        return self._full_name(uri, name) or f"attribute_{number:08x}"

    def _full_name(self, uri: int, name: int) -> str:
        text = self._text(name)
        namespace = self._text(uri) if uri != _NONE else ""
        return f"{{{namespace}}}{text}" if namespace and text else text

    def _text(self, index: int) -> str:
        text = self._pool[index] if self._pool is not None else ""
        if len(text) > _LONG:
            self._left -= len(text)
            if self._left < 0:
                raise DamagedError("long texts are shared too often")
        return text

    def _clean(self, text: str) -> str:
        """Return a text up to its first NUL, as the system takes it, without what no report can hold."""
        if text.isprintable():
            return text
        return re.sub(_NO_XML, "_", text.partition("\0")[0])


def format_value(kind: int, value: int) -> str:
    """Return a typed value that is no string as text: ``@7F050001``, ``true``, ``-1``, ``16.000000dip``."""
    if kind in (_REFERENCE, _ATTRIBUTE):
        package = "android:" if value >> 24 == 1 else ""
        return f"{'@' if kind == _REFERENCE else '?'}{package}{value:08X}"
    if kind == _BOOLEAN:
        return "true" if value else "false"
    if kind == _HEX:
        return f"0x{value:08X}"
    if _FIRST_COLOUR <= kind <= _LAST_COLOUR:
        return f"#{value:08X}"
    if _INTEGER <= kind <= _LAST_INTEGER:
        return str(value - (1 << 32) if value >> 31 else value)
    if kind == _FLOAT:
        return f"{struct.unpack('<f', struct.pack('<I', value))[0]:f}"
    if kind in (_DIMENSION, _FRACTION):
        return _format_complex(kind, value)
    return f"<0x{value:X}, type 0x{kind:02X}>"


def _format_complex(kind: int, value: int) -> str:
    mantissa = value & 0xFFFFFF00
    number = (mantissa - (1 << 32) if mantissa >> 31 else mantissa) * _RADIX[value >> 4 & 3]
    units = _UNITS if kind == _DIMENSION else _FRACTION_UNITS
    unit = units[value & 0xF] if value & 0xF < len(units) else ""
    return f"{number if kind == _DIMENSION else number * 100:f}{unit}"
