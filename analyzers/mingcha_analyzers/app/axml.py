"""Binary XML of a package, as a tree of elements: the manifest, layouts and other compiled XML.

Read as the system reads it: chunks by their sizes, attributes by resource number where they have one, so that a
tool that renames or drops attribute names hides nothing.
"""

import re
import struct

from mingcha_analyzers.app.chunks import CHUNK_HEADER, Chunk, DamagedError, read_chunk, read_chunks
from mingcha_analyzers.app.elements import ANDROID, Element
from mingcha_analyzers.app.protoxml import parse_proto_xml
from mingcha_analyzers.app.stringpool import StringPool
from mingcha_analyzers.app.typedvalues import STRING, format_value
from mingcha_corpora.attributes import load_attribute_names

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

# What XML has no place for; compiled when a text needs it.
_NO_XML = r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


def parse_binary_xml(data: bytes) -> Element:
    """Return the root element of a binary XML file, or of the protobuf form that app bundles have of it.

    Raises:
        DamagedError: it is neither, or its parts do not fit.
    """
    if len(data) > MAX_MANIFEST_BYTES:
        raise DamagedError(f"{len(data)} bytes")
    if data[:1] == _PROTO_XML and data[2:4] != _HEADER_SIZE:
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
            found[key] = self._clean(self._text(raw)) if kind == STRING else format_value(kind, value)
        return found

    def _attribute_name(self, uri: int, name: int) -> str:
        number = self._numbers[name] if name < len(self._numbers) else 0
        known = load_attribute_names().get(number)
        if known is not None:
            return ANDROID + known
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
