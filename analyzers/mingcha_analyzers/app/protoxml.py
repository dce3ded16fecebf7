"""XML of an app bundle (``XmlNode`` of aapt2's Resources.proto) as the elements that binary XML gives."""

import re
from dataclasses import dataclass
from typing import Any

from mingcha_analyzers.app.protobuf import WireError, messages, read_fields, text_of
from mingcha_analyzers.app.protoitem import item_text

_MAX_ELEMENTS = 200_000
_MAX_ATTRIBUTES = 1_000_000
_MAX_DEPTH = 200
_ROOT = 1
_NAMESPACE, _NAME, _ATTRIBUTE, _CHILD = 2, 3, 4, 5
_ATTRIBUTE_NAMESPACE, _ATTRIBUTE_NAME, _ATTRIBUTE_VALUE, _ATTRIBUTE_ITEM = 1, 2, 3, 6
# What XML cannot hold.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def is_proto_xml(data: bytes) -> bool:
    """Return whether a file begins as an ``XmlNode`` with an element; binary XML has its header's size there."""
    return data[:1] == b"\x0a" and data[2:4] != b"\x08\x00"


def parse_proto_xml(data: bytes) -> Any:
    """Return the root element.

    Raises:
        WireError: it is no message, or nested or multiplied beyond what any app needs.
    """
    root = next(messages(memoryview(data), _ROOT), None)
    if root is None:
        raise WireError("no root element")
    return _Builder().element(root, 0)


@dataclass(slots=True)
class _Builder:
    """Builds elements, and counts what can be multiplied at little cost."""

    elements: int = 0
    attributes: int = 0

    def element(self, data: memoryview, depth: int) -> Any:
        from lxml import etree  # type: ignore[import-untyped]

        self.elements += 1
        if self.elements > _MAX_ELEMENTS or depth > _MAX_DEPTH:
            raise WireError("too many elements")
        namespace = name = ""
        attributes: dict[str, str] = {}
        children: list[memoryview] = []
        for number, value in read_fields(data):
            if number == _NAMESPACE:
                namespace = text_of(value)
            elif number == _NAME:
                name = text_of(value)
            elif number == _ATTRIBUTE and isinstance(value, memoryview):
                self._add_attribute(attributes, value)
            elif number == _CHILD and isinstance(value, memoryview):
                children.extend(messages(value, _ROOT))
        try:
            element = etree.Element(_qualified(namespace, name), attributes)
        except ValueError as error:
            raise WireError(str(error)) from error
        for child in children:
            element.append(self.element(child, depth + 1))
        return element

    def _add_attribute(self, attributes: dict[str, str], data: memoryview) -> None:
        self.attributes += 1
        if self.attributes > _MAX_ATTRIBUTES:
            raise WireError("too many attributes")
        namespace = name = raw = ""
        text: str | None = None
        for number, value in read_fields(data):
            if number == _ATTRIBUTE_NAMESPACE:
                namespace = text_of(value)
            elif number == _ATTRIBUTE_NAME:
                name = text_of(value)
            elif number == _ATTRIBUTE_VALUE:
                raw = text_of(value)
            elif number == _ATTRIBUTE_ITEM and isinstance(value, memoryview):
                text = item_text(value)
        attributes[_qualified(namespace, name)] = _ILLEGAL.sub("", raw if text is None else text)


def _qualified(namespace: str, name: str) -> str:
    return f"{{{namespace}}}{name}" if namespace else name
