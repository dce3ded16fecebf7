"""The constant pool of a class file: texts, names and references by number, each checked where it is asked for."""

import struct
from dataclasses import dataclass

MAGIC = 0xCAFEBABE
FIRST_VERSION, LAST_VERSION = 45, 67

UTF8, INTEGER, FLOAT, LONG, DOUBLE, CLASS, STRING = 1, 3, 4, 5, 6, 7, 8
FIELD, METHOD, INTERFACE_METHOD, NAME_AND_TYPE = 9, 10, 11, 12
METHOD_HANDLE, METHOD_TYPE, DYNAMIC, INVOKE_DYNAMIC, MODULE, PACKAGE = 15, 16, 17, 18, 19, 20
# Bytes after the tag; a text says its own.
_SIZES = {
    INTEGER: 4, FLOAT: 4, LONG: 8, DOUBLE: 8, CLASS: 2, STRING: 2, FIELD: 4, METHOD: 4, INTERFACE_METHOD: 4,
    NAME_AND_TYPE: 4, METHOD_HANDLE: 3, METHOD_TYPE: 2, DYNAMIC: 4, INVOKE_DYNAMIC: 4, MODULE: 2, PACKAGE: 2,
}  # fmt: skip
_WIDE = (LONG, DOUBLE)
_REFERENCES = (FIELD, METHOD, INTERFACE_METHOD)


class ClassFileError(Exception):
    """A class file cannot be read; ``reason`` is a word key of limits, ``detail`` the place or figure."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Reference:
    """A field or method as code names it; ``class_`` is an internal name (``java/lang/String``) or an array's."""

    class_: bytes
    name: bytes
    descriptor: bytes


@dataclass(frozen=True, slots=True, eq=False)
class Constants:
    """The pool: ``tags`` and ``places`` (of the bytes after the tag) by number; 0 is no constant."""

    data: bytes
    tags: bytes
    places: tuple[int, ...]

    def text(self, number: int) -> bytes:
        """Return a text, in the modified UTF-8 that DEX files write, too."""
        place = self._place(number, UTF8)
        (size,) = struct.unpack_from(">H", self.data, place)
        return self.data[place + 2 : place + 2 + size]

    def class_name(self, number: int) -> bytes:
        """Return the internal name of a class; empty for number 0, as the superclass of Object."""
        return self.text(self._word(self._place(number, CLASS))) if number else b""

    def string(self, number: int) -> bytes | None:
        """Return the text of a string constant, None if the number is another thing's."""
        return self.text(self._word(self.places[number])) if self.tag(number) == STRING else None

    def reference(self, number: int) -> Reference:
        """Return a field or method."""
        if self.tag(number) not in _REFERENCES:
            raise ClassFileError("class_constant", str(number))
        place = self.places[number]
        name, descriptor = self._name_and_type(self._word(place + 2))
        return Reference(self.class_name(self._word(place)), name, descriptor)

    def invocation(self, number: int) -> tuple[int, bytes]:
        """Return which bootstrap method an invokedynamic asks, and the name that it gives to it."""
        place = self._place(number, INVOKE_DYNAMIC)
        return self._word(place), self._name_and_type(self._word(place + 2))[0]

    def handle(self, number: int) -> Reference:
        """Return the field or method that a method handle leads to."""
        return self.reference(self._word(self._place(number, METHOD_HANDLE) + 1))

    def tag(self, number: int) -> int:
        """Return what kind of constant a number is, 0 for none."""
        return self.tags[number] if 0 <= number < len(self.tags) else 0

    def _name_and_type(self, number: int) -> tuple[bytes, bytes]:
        place = self._place(number, NAME_AND_TYPE)
        return self.text(self._word(place)), self.text(self._word(place + 2))

    def _place(self, number: int, tag: int) -> int:
        if self.tag(number) != tag:
            raise ClassFileError("class_constant", str(number))
        return self.places[number]

    def _word(self, place: int) -> int:
        return int.from_bytes(self.data[place : place + 2], "big")


def read_constants(data: bytes) -> tuple[Constants, int]:
    """Return the pool and the place after it.

    Raises:
        ClassFileError: it is no class file, of an unknown version, or cut off.
    """
    if len(data) < 10 or int.from_bytes(data[:4], "big") != MAGIC:
        raise ClassFileError("class_bad_magic", data[:4].hex())
    version, count = struct.unpack_from(">HH", data, 6)
    if not FIRST_VERSION <= version <= LAST_VERSION:
        raise ClassFileError("class_unknown_version", str(version))
    tags, places = bytearray(count), [0] * count
    number, place = 1, 10
    while number < count:
        tag = data[place] if place < len(data) else 0
        tags[number], places[number] = tag, place + 1
        place += 1 + _size(data, tag, place + 1)
        # Long and double take two numbers (JVMS 4.4.5).
        number += 2 if tag in _WIDE else 1
    if place > len(data):
        raise ClassFileError("class_truncated", str(place))
    return Constants(data, bytes(tags), tuple(places)), place


def _size(data: bytes, tag: int, place: int) -> int:
    if tag == UTF8:
        return 2 + int.from_bytes(data[place : place + 2], "big")
    if tag not in _SIZES:
        raise ClassFileError("class_constant", f"{place:#x}")
    return _SIZES[tag]
