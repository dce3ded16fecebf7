"""One class file as a value: its name, what it extends and implements, its members and their bytecode.

Only ``ClassFileError`` leaves this module; attributes that nobody asks for are stepped over by their size.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass

from mingcha_analyzers.app.classfile.constants import ClassFileError, Constants, read_constants

__all__ = ["ClassFile", "ClassFileError", "Method", "read_class"]

# Stack and locals, then the size of the bytecode.
_CODE_HEADER = 8
# By name, where the body of an attribute lies; one given twice counts the first time.
_Attributes = Mapping[bytes, tuple[int, int]]


@dataclass(frozen=True, slots=True, eq=False)
class Method:
    """A method that a class defines; ``code`` is empty for those without a body."""

    name: bytes
    descriptor: bytes
    access: int
    code: bytes


@dataclass(frozen=True, slots=True, eq=False)
class ClassFile:
    """A class; names are internal ones (``java/lang/Object``).

    ``initial_texts``: texts that static fields begin with. ``bootstraps``: numbers of the arguments that each bootstrap
    method is given.
    """

    name: bytes
    parent: bytes
    interfaces: tuple[bytes, ...]
    source_file: bytes
    methods: tuple[Method, ...]
    initial_texts: tuple[bytes, ...]
    bootstraps: tuple[tuple[int, ...], ...]
    constants: Constants


@dataclass(frozen=True, slots=True, eq=False)
class _Member:
    access: int
    name: bytes
    descriptor: bytes
    attributes: _Attributes


def read_class(data: bytes) -> ClassFile:
    """Return the class that a file holds.

    Raises:
        ClassFileError: it is no class file, of an unknown version, or damaged.
    """
    try:
        return _read(data)
    except (struct.error, IndexError) as error:
        raise ClassFileError("class_truncated", str(len(data))) from error


def _read(data: bytes) -> ClassFile:
    constants, place = read_constants(data)
    _, this, above, count = struct.unpack_from(">4H", data, place)
    interfaces = struct.unpack_from(f">{count}H", data, place + 8)
    fields, place = _read_members(data, constants, place + 8 + 2 * count)
    methods, place = _read_members(data, constants, place)
    own, _ = _read_attributes(data, constants, place)
    return ClassFile(
        name=constants.class_name(this),
        parent=constants.class_name(above),
        interfaces=tuple(constants.class_name(number) for number in interfaces),
        source_file=_source_file(data, constants, own),
        methods=tuple(Method(each.name, each.descriptor, each.access, _code(data, each)) for each in methods),
        initial_texts=tuple(text for each in fields if (text := _initial_text(data, constants, each)) is not None),
        bootstraps=_bootstraps(data, own),
        constants=constants,
    )


def _read_members(data: bytes, constants: Constants, place: int) -> tuple[list[_Member], int]:
    (count,) = struct.unpack_from(">H", data, place)
    place += 2
    members = []
    for _ in range(count):
        access, name, descriptor = struct.unpack_from(">3H", data, place)
        attributes, place = _read_attributes(data, constants, place + 6)
        members.append(_Member(access, constants.text(name), constants.text(descriptor), attributes))
    return members, place


def _read_attributes(data: bytes, constants: Constants, place: int) -> tuple[_Attributes, int]:
    (count,) = struct.unpack_from(">H", data, place)
    place += 2
    found: dict[bytes, tuple[int, int]] = {}
    for _ in range(count):
        name, size = struct.unpack_from(">HI", data, place)
        if place + 6 + size > len(data):
            raise ClassFileError("class_truncated", f"{place:#x}")
        found.setdefault(constants.text(name), (place + 6, size))
        place += 6 + size
    return found, place


def _code(data: bytes, method: _Member) -> bytes:
    if b"Code" not in method.attributes:
        return b""
    place, size = method.attributes[b"Code"]
    (length,) = struct.unpack_from(">I", data, place + 4)
    if _CODE_HEADER + length > size:
        raise ClassFileError("class_truncated", f"{place:#x}")
    return data[place + _CODE_HEADER : place + _CODE_HEADER + length]


def _initial_text(data: bytes, constants: Constants, field: _Member) -> bytes | None:
    if b"ConstantValue" not in field.attributes:
        return None
    return constants.string(_word(data, field.attributes[b"ConstantValue"][0]))


def _source_file(data: bytes, constants: Constants, own: _Attributes) -> bytes:
    return constants.text(_word(data, own[b"SourceFile"][0])) if b"SourceFile" in own else b""


def _bootstraps(data: bytes, own: _Attributes) -> tuple[tuple[int, ...], ...]:
    if b"BootstrapMethods" not in own:
        return ()
    place, _ = own[b"BootstrapMethods"]
    found = []
    count = _word(data, place)
    place += 2
    for _ in range(count):
        _, size = struct.unpack_from(">HH", data, place)
        found.append(struct.unpack_from(f">{size}H", data, place + 4))
        place += 4 + 2 * size
    return tuple(found)


def _word(data: bytes, place: int) -> int:
    (word,) = struct.unpack_from(">H", data, place)
    return int(word)
