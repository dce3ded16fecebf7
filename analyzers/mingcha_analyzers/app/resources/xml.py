"""Binary XML of resources (layouts, menus, preferences) as a light tree; attributes are known by resource id and name.

The manifest goes through ``axml``; this reader is for the hundreds of small files that nothing but texts and a few
attributes are wanted of.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mingcha_analyzers.app.resources.chunks import Chunk, DamagedError, read_chunk, read_chunks
from mingcha_analyzers.app.resources.strings import STRING_POOL, StringPool, read_string_pool
from mingcha_analyzers.app.resources.typed import BOOLEAN, DYNAMIC_REFERENCE, REFERENCE, STRING, format_value, signed

MAX_XML_BYTES = 4 << 20
MAX_ELEMENTS = 50_000
MAX_DEPTH = 200
_MAX_ATTRIBUTES = 200_000

_XML = 0x0003
_RESOURCE_MAP = 0x0180
_START_ELEMENT = 0x0102
_END_ELEMENT = 0x0103
_ELEMENT_HEADER = 36
_ATTRIBUTE = struct.Struct("<III2xBBI")


@dataclass(frozen=True, slots=True)
class Attribute:
    """``resource``: the id that names the attribute to the system, 0 for none. ``kind`` and ``data``: see ``typed``."""

    resource: int
    name: str
    kind: int
    data: int
    string: str | None

    @property
    def text(self) -> str:
        """The value as a manifest writes it."""
        return self.string or "" if self.kind == STRING else format_value(self.kind, self.data)

    @property
    def reference(self) -> int | None:
        """The resource id that the value refers to."""
        return self.data if self.kind in (REFERENCE, DYNAMIC_REFERENCE) and self.data else None

    @property
    def truth(self) -> bool | None:
        """The value as a boolean, None when it is none."""
        return bool(self.data) if self.kind == BOOLEAN else None

    @property
    def number(self) -> int:
        """The value as a signed number."""
        return signed(self.data)


@dataclass(slots=True)
class Element:
    """An element with its attributes and children; ``tag`` as written (``TextView``, ``a.b.View``)."""

    tag: str
    attributes: tuple[Attribute, ...]
    children: list["Element"] = field(default_factory=list)

    def attribute(self, resource: int, name: str) -> Attribute | None:
        """Return an attribute by its resource id, else by name where the file gives no id."""
        for each in self.attributes:
            if each.resource == resource or (not each.resource and each.name == name):
                return each
        return None

    def walk(self) -> Iterator["Element"]:
        """Yield the element and all below it, in the order of the file."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(reversed(element.children))


def read_xml(data: bytes) -> Element:
    """Return the root of a binary XML file.

    Raises:
        DamagedError: it is no binary XML, its chunks do not fit, or it is beyond the limits of this module.
    """
    if len(data) > MAX_XML_BYTES:
        raise DamagedError(f"{len(data)} bytes")
    file = read_chunk(data, 0, len(data))
    if file.kind != _XML:
        raise DamagedError("not binary XML")
    reader = _Reader(data)
    for chunk in read_chunks(data, file.body, file.end):
        reader.read(chunk)
    if reader.root is None:
        raise DamagedError("no root element")
    return reader.root


@dataclass(slots=True)
class _Reader:
    data: bytes
    strings: StringPool | None = None
    resources: Sequence[int] = ()
    root: Element | None = None
    open: list[Element] = field(default_factory=list)
    elements: int = 0
    attributes: int = 0

    def read(self, chunk: Chunk) -> None:
        """Take one chunk of the file."""
        if chunk.kind == _START_ELEMENT:
            self._start(chunk)
        elif chunk.kind == _END_ELEMENT:
            if self.open:
                self.open.pop()
        elif chunk.kind == STRING_POOL and self.strings is None:
            self.strings = read_string_pool(self.data, chunk)
        elif chunk.kind == _RESOURCE_MAP:
            self.resources = struct.unpack_from(f"<{(chunk.end - chunk.body) // 4}I", self.data, chunk.body)

    def _start(self, chunk: Chunk) -> None:
        if chunk.end - chunk.start < _ELEMENT_HEADER:
            raise DamagedError(f"element at {chunk.start:#x}")
        name, first, size, count = struct.unpack_from("<IHHH", self.data, chunk.body + 4)
        element = Element(self._string(name), self._attributes(chunk, chunk.body + first, size, count))
        self.elements += 1
        if self.elements > MAX_ELEMENTS or len(self.open) >= MAX_DEPTH or self.attributes > _MAX_ATTRIBUTES:
            raise DamagedError(f"too many parts at {chunk.start:#x}")
        if self.open:
            self.open[-1].children.append(element)
        elif self.root is None:
            self.root = element
        self.open.append(element)

    def _attributes(self, chunk: Chunk, start: int, size: int, count: int) -> tuple[Attribute, ...]:
        step = max(size, _ATTRIBUTE.size)
        if start + count * step > chunk.end:
            raise DamagedError(f"attributes at {chunk.start:#x}")
        self.attributes += count
        return tuple(self._attribute(start + place * step) for place in range(count))

    def _attribute(self, place: int) -> Attribute:
        _, name, raw, _, kind, data = _ATTRIBUTE.unpack_from(self.data, place)
        string = self._string(data if kind == STRING else raw)
        resource = self.resources[name] if name < len(self.resources) else 0
        return Attribute(resource, self._string(name), kind, data, string or None)

    def _string(self, number: int) -> str:
        return "" if self.strings is None else self.strings.text(number) or ""
