"""DEX files of many small classes with any superclasses and interfaces, as no compiler would write them."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from analyzers.app.dex.dexbytes import body, seal, uleb

OBJECT = b"Ljava/lang/Object;"
_NONE = 0xFFFFFFFF
_RETURN = 0x000E


@dataclass(frozen=True)
class Shape:
    """One class: the numbers of its superclass (None: Object) and interfaces; it has a virtual method ``m``."""

    parent: int | None = None
    interfaces: tuple[int, ...] = ()


def hierarchy_dex(shapes: Sequence[Shape], *, one_class_data: bool = False) -> bytes:
    """Return a DEX in which class ``n`` is ``Ln;`` and its method calls the ``m`` of class 0.

    ``one_class_data``: all classes name the data of the first one.
    """
    count = len(shapes)
    strings = [*(f"L{number};".encode() for number in range(count)), OBJECT, b"V", b"m"]
    object_, void = count, count + 1
    string_ids = 0x70
    type_ids = string_ids + 4 * len(strings)
    proto_ids = type_ids + 4 * (count + 2)
    method_ids = proto_ids + 12
    class_defs = method_ids + 8 * count
    code_at = class_defs + 32 * count
    # invoke-virtual {v0}, m of class 0; return-void
    code = body((0x106E, 0, 0, _RETURN))
    lists_at, lists, list_of = code_at + len(code), b"", []
    for shape in shapes:
        list_of.append(lists_at + len(lists) if shape.interfaces else 0)
        if shape.interfaces:
            data = struct.pack(f"<I{len(shape.interfaces)}H", len(shape.interfaces), *shape.interfaces)
            lists += data + b"\0" * (-len(data) % 4)
    datas_at, datas, data_of = lists_at + len(lists), b"", []
    for number in range(count):
        data_of.append(datas_at + (0 if one_class_data else len(datas)))
        datas += b"\0\0\0\x01" + uleb(number) + uleb(1) + uleb(code_at)
    texts, places = b"", []
    for text in strings:
        places.append(datas_at + len(datas) + len(texts))
        texts += uleb(len(text)) + text + b"\0"
    tables = struct.pack(f"<{len(strings)}I", *places) + struct.pack(f"<{count + 2}I", *range(count + 2))
    tables += struct.pack("<3I", void, void, 0)
    tables += b"".join(struct.pack("<HHI", number, 0, count + 2) for number in range(count))
    tables += b"".join(
        struct.pack(
            "<8I", number, 1, object_ if shape.parent is None else shape.parent, list_of[number], _NONE, 0,
            data_of[number], 0,
        )
        for number, shape in enumerate(shapes)
    )  # fmt: skip
    rest = tables + code + lists + datas + texts
    sizes = (
        len(strings), string_ids, count + 2, type_ids, 1, proto_ids, 0, 0, count, method_ids, count, class_defs,
    )  # fmt: skip
    fields = (0x70 + len(rest), 0x70, 0x12345678, 0, 0, 0, *sizes, 0, 0)
    return seal(b"dex\n035\0" + b"\0" * 24 + struct.pack("<20I", *fields) + rest)
