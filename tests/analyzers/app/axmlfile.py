"""Writes binary XML for tests, so that a manifest of any shape can be made by hand."""

import struct
from dataclasses import dataclass, field

ANDROID = "http://schemas.android.com/apk/res/android"
_RESOURCE_IDS = {
    "name": 0x01010003,
    "permission": 0x01010006,
    "readPermission": 0x01010007,
    "exported": 0x01010010,
    "scheme": 0x01010027,
    "value": 0x01010024,
    "resource": 0x01010025,
    "hasCode": 0x0101000C,
    "isSplitRequired": 0x01010591,
    "splitName": 0x01010549,
    "minSdkVersion": 0x0101020C,
    "versionCode": 0x0101021B,
    "versionName": 0x0101021C,
    "targetSdkVersion": 0x01010270,
    "maxSdkVersion": 0x01010271,
    "id": 0x010100D0,
    "visibility": 0x010100DC,
    "checked": 0x01010106,
    "text": 0x0101014F,
    "layout": 0x010100F2,
    "hint": 0x01010150,
    "onClick": 0x0101026F,
    "contentDescription": 0x01010273,
    "title": 0x010101E1,
    "summary": 0x010101E9,
}
_NONE = 0xFFFFFFFF
_REFERENCE, _STRING, _INTEGER, _BOOLEAN = 0x01, 0x03, 0x10, 0x12


@dataclass(frozen=True)
class Reference:
    """A reference to a resource."""

    resource: int


Value = str | int | bool | Reference


@dataclass
class Element:
    """An element: ``android`` holds attributes of Android's namespace, ``plain`` those without one."""

    tag: str
    android: dict[str, Value] = field(default_factory=dict)
    children: list["Element"] = field(default_factory=list)
    plain: dict[str, str] = field(default_factory=dict)
    namespace: str | None = ANDROID
    text: str | None = None


def el(tag: str, *children: Element, **android: Value) -> Element:
    """Return an element with attributes of Android's namespace."""
    return Element(tag, android, list(children))


def manifest(*children: Element, package: str = "cn.example.app", **android: Value) -> Element:
    """Return the root of a manifest."""
    return Element("manifest", android, list(children), {"package": package})


def binary_xml(root: Element) -> bytes:
    """Return the element as a binary XML file."""
    pool = _Pool()
    body = _element(root, pool)
    uri, prefix = pool.index(ANDROID), pool.index("android")
    namespace = struct.pack("<HHIIIII", 0x0100, 16, 24, 1, _NONE, prefix, uri)
    end = struct.pack("<HHIIIII", 0x0101, 16, 24, 1, _NONE, prefix, uri)
    ids = struct.pack(f"<{len(_RESOURCE_IDS)}I", *_RESOURCE_IDS.values())
    resource_map = struct.pack("<HHI", 0x0180, 8, 8 + len(ids)) + ids
    chunks = pool.chunk() + resource_map + namespace + body + end
    return struct.pack("<HHI", 0x0003, 8, 8 + len(chunks)) + chunks


class _Pool:
    """The string pool; attribute names with a resource number come first, as the resource map wants it."""

    def __init__(self) -> None:
        self.strings = list(_RESOURCE_IDS)

    def index(self, text: str, after: int = 0) -> int:
        if text not in self.strings[after:]:
            self.strings.append(text)
        return self.strings.index(text, after)

    def chunk(self) -> bytes:
        offsets, data = [], b""
        for text in self.strings:
            offsets.append(len(data))
            data += struct.pack("<H", len(text)) + text.encode("utf-16-le") + b"\0\0"
        data += b"\0" * (-len(data) % 4)
        start = 28 + 4 * len(offsets)
        header = struct.pack("<HHIIIIII", 0x0001, 28, start + len(data), len(offsets), 0, 0, start, 0)
        return header + struct.pack(f"<{len(offsets)}I", *offsets) + data


def _element(element: Element, pool: _Pool) -> bytes:
    name = pool.index(element.tag, len(_RESOURCE_IDS))
    attributes = b"".join(
        _attribute(pool, _NONE if element.namespace is None else pool.index(element.namespace), pool.index(key), value)
        for key, value in element.android.items()
    )
    for key, value in element.plain.items():
        attributes += _attribute(pool, _NONE, pool.index(key, len(_RESOURCE_IDS)), value)
    count = len(element.android) + len(element.plain)
    start = struct.pack(
        "<HHIIIIIHHHHHH", 0x0102, 16, 36 + len(attributes), 1, _NONE, _NONE, name, 20, 20, count, 0, 0, 0
    )
    end = struct.pack("<HHIIIII", 0x0103, 16, 24, 1, _NONE, _NONE, name)
    if element.text is not None:
        number = pool.index(element.text, len(_RESOURCE_IDS))
        attributes += struct.pack("<HHIIIIHBBI", 0x0104, 16, 28, 1, _NONE, number, 8, 0, _STRING, number)
    return start + attributes + b"".join(_element(child, pool) for child in element.children) + end


def _attribute(pool: _Pool, namespace: int, name: int, value: Value) -> bytes:
    raw, kind, data = _NONE, _INTEGER, 0
    if isinstance(value, str):
        raw = data = pool.index(value)
        kind = _STRING
    elif isinstance(value, Reference):
        kind, data = _REFERENCE, value.resource
    elif isinstance(value, bool):
        kind, data = _BOOLEAN, _NONE if value else 0
    else:
        data = value
    return struct.pack("<IIIHBBI", namespace, name, raw, 8, 0, kind, data)
