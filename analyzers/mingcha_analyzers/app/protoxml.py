"""XML of an app bundle (``XmlNode`` of aapt2's Resources.proto) as the elements that binary XML gives."""

import re
from dataclasses import dataclass

from mingcha_analyzers.app.chunks import DamagedError
from mingcha_analyzers.app.elements import Element
from mingcha_analyzers.app.protobuf import WireError, messages, read_fields, text_of
from mingcha_analyzers.app.protoitem import item_text

_MAX_ELEMENTS = 200_000
_MAX_ATTRIBUTES = 1_000_000
_MAX_DEPTH = 200
_ROOT, _TEXT = 1, 2
_NAMESPACE, _NAME, _ATTRIBUTE, _CHILD = 2, 3, 4, 5
_ATTRIBUTE_NAMESPACE, _ATTRIBUTE_NAME, _ATTRIBUTE_VALUE, _ATTRIBUTE_ITEM = 1, 2, 3, 6
# What XML cannot hold.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def parse_proto_xml(data: bytes) -> Element:
    """Return the root element.

    Raises:
        DamagedError: it is no message, or nested or multiplied beyond what any app needs.
    """
    try:
        root = next(messages(memoryview(data), _ROOT), None)
        if root is None:
            raise DamagedError("no root element")
        return _Builder().element(root, 0)
    except WireError as error:
        raise DamagedError(str(error)) from error


@dataclass(slots=True)
class _Builder:
    """Builds elements, and counts what can be multiplied at little cost."""

    elements: int = 0
    attributes: int = 0

    def element(self, data: memoryview, depth: int) -> Element:
        """Return an element with all below it."""
        self.elements += 1
        if self.elements > _MAX_ELEMENTS or depth > _MAX_DEPTH:
            raise DamagedError("too many elements")
        namespace = ""
        element = Element("")
        for number, value in read_fields(data):
            if number == _NAMESPACE:
                namespace = text_of(value)
            elif number == _NAME:
                element.tag = text_of(value)
            elif number == _ATTRIBUTE and isinstance(value, memoryview):
                self._add_attribute(element.attrib, value)
            elif number == _CHILD and isinstance(value, memoryview):
                self._add_child(element, value, depth)
        if not element.tag:
            raise DamagedError("element without a name")
        element.tag = _qualified(namespace, element.tag)
        return element

    def _add_child(self, element: Element, node: memoryview, depth: int) -> None:
        for number, value in read_fields(node):
            if number == _ROOT and isinstance(value, memoryview):
                element.children.append(self.element(value, depth + 1))
            elif number == _TEXT and not element.children and (text := _ILLEGAL.sub("", text_of(value)).strip()):
                element.text = text

    def _add_attribute(self, attributes: dict[str, str], data: memoryview) -> None:
        self.attributes += 1
        if self.attributes > _MAX_ATTRIBUTES:
            raise DamagedError("too many attributes")
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
