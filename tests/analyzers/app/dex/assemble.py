"""DEX files for tests, written as classes of methods with a few symbolic instructions.

assemble([Class("La/B;", methods=[Method("m", "()V", [
    ("const-string", 1, "android_id"),
    ("invoke-static", (0, 1), "La/C;->read(II)V"),
    ("return-void",)])])])
"""

import re
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from analyzers.app.dex.dexbytes import body, seal, uleb

Instruction = tuple[object, ...]
STATIC, CONSTRUCTOR = 0x8, 0x10000
# Form of each instruction: 1 opcode only, r a register, n a register and a number, s a text, t a type, f a static
# field, i an object's field (two registers), m a call, b a register and a label, g a label, w two registers and a type,
# a a register and bytes, which stand right behind.
_OPCODES = {
    "nop": ("1", 0x00), "return-void": ("1", 0x0E), "return": ("r", 0x0F), "return-object": ("r", 0x11),
    "move-result": ("r", 0x0A), "move-result-object": ("r", 0x0C), "move-exception": ("r", 0x0D), "throw": ("r", 0x27),
    "const": ("n", 0x14), "const-string": ("s", 0x1A), "const-class": ("t", 0x1C), "check-cast": ("t", 0x1F),
    "new-instance": ("t", 0x22), "sget": ("f", 0x60), "sget-object": ("f", 0x62), "sget-boolean": ("f", 0x63),
    "sput-boolean": ("f", 0x6A), "iget-object": ("i", 0x54), "iput-object": ("i", 0x5B), "if-eqz": ("b", 0x38),
    "if-nez": ("b", 0x39), "if-lez": ("b", 0x3D), "goto": ("g", 0x29), "invoke-virtual": ("m", 0x74),
    "invoke-super": ("m", 0x75), "invoke-direct": ("m", 0x76), "invoke-static": ("m", 0x77),
    "invoke-interface": ("m", 0x78),
    "sput-object": ("f", 0x69), "new-array": ("w", 0x23), "fill-array": ("a", 0x26),
}  # fmt: skip
_LENGTHS = {"1": 1, "r": 1, "n": 3, "s": 2, "t": 2, "f": 2, "i": 2, "m": 3, "b": 2, "g": 2, "w": 2, "a": 17}
_TYPE = re.compile(r"\[*(?:L[^;]*;|[A-Z])")


@dataclass(frozen=True, slots=True)
class Method:
    """A method with code; a string among the instructions is a label."""

    name: str
    descriptor: str
    code: Sequence[Instruction | str] = (("return-void",),)
    access: int = 1


@dataclass(frozen=True, slots=True)
class Class:
    """A class and its methods."""

    name: str
    methods: Sequence[Method] = ()
    parent: str = "Ljava/lang/Object;"
    interfaces: Sequence[str] = ()


@dataclass(slots=True)
class _Table:
    """Numbers of things in order of first sight."""

    numbers: dict[tuple[object, ...], int] = field(default_factory=dict)

    def add(self, *key: object) -> int:
        return self.numbers.setdefault(key, len(self.numbers))

    def __iter__(self) -> Iterator[tuple[object, ...]]:
        return iter(self.numbers)

    def __len__(self) -> int:
        return len(self.numbers)


class _Pools:
    def __init__(self) -> None:
        self.strings, self.types, self.protos, self.fields, self.methods = (_Table() for _ in range(5))

    def type(self, name: str) -> int:
        return self.types.add(self.strings.add(name))

    def proto(self, descriptor: str) -> int:
        parameters, _, returns = descriptor[1:].partition(")")
        kinds = tuple(self.type(kind) for kind in _TYPE.findall(parameters))
        return self.protos.add(self.strings.add("S"), self.type(returns), kinds)

    def method(self, reference: str) -> int:
        class_, _, rest = reference.partition("->")
        name, bracket, descriptor = rest.partition("(")
        return self.methods.add(self.type(class_), self.proto(bracket + descriptor), self.strings.add(name))

    def field(self, reference: str) -> int:
        class_, _, rest = reference.partition("->")
        name, _, kind = rest.partition(":")
        return self.fields.add(self.type(class_), self.type(kind), self.strings.add(name))


def assemble(classes: Iterable[Class]) -> bytes:
    """Return the DEX file of these classes."""
    pools, classes = _Pools(), list(classes)
    items, data = b"", []
    for class_ in classes:
        methods = []
        for method in class_.methods:
            number = pools.method(f"{class_.name}->{method.name}{method.descriptor}")
            methods.append((number, method.access, len(items)))
            items += body(_units(pools, method.code))
        data.append(
            (pools.type(class_.name), pools.type(class_.parent), [pools.type(i) for i in class_.interfaces], methods)
        )
    return _lay_out(pools, items, data)


def _units(pools: _Pools, code: Sequence[Instruction | str]) -> list[int]:
    labels, place = {}, 0
    for line in code:
        if isinstance(line, str):
            labels[line] = place
        else:
            place += _LENGTHS[_OPCODES[str(line[0])][0]]
    units: list[int] = []
    for line in code:
        if not isinstance(line, str):
            units += _encode(pools, line, len(units), labels)
    return units


def _encode(pools: _Pools, line: Instruction, place: int, labels: dict[str, int]) -> list[int]:
    form, opcode = _OPCODES[str(line[0])]
    if form == "m":
        registers, reference = line[1], str(line[2])
        assert isinstance(registers, tuple)
        assert all(after == before + 1 for before, after in pairwise(registers)), "registers of a call stand in a row"
        return [opcode | len(registers) << 8, pools.method(reference), registers[0] if registers else 0]
    if form == "g":
        return [opcode, labels[str(line[1])] - place & 0xFFFF]
    first = line[1] if len(line) > 1 else 0
    assert isinstance(first, int)
    if form == "n":
        number = line[2]
        assert isinstance(number, int)
        return [opcode | first << 8, number & 0xFFFF, number >> 16 & 0xFFFF]
    if form == "i":
        return [opcode | first << 8 | int(str(line[2])) << 12, pools.field(str(line[3]))]
    if form == "w":
        return [opcode | first << 8 | int(str(line[2])) << 12, pools.type(str(line[3]))]
    if form == "a":
        assert isinstance(line[2], bytes)
        # A jump leads over the bytes, sixteen at most.
        return [opcode | first << 8, 5, 0, 0x29, 14, 0x0300, 1, 16, 0, *struct.unpack("<8H", line[2].ljust(16, b"\0"))]
    return [opcode | first << 8, *_last_unit(pools, form, line, place, labels)]


def _last_unit(pools: _Pools, form: str, line: Instruction, place: int, labels: dict[str, int]) -> list[int]:
    if form in "1r":
        return []
    word = str(line[2])
    if form == "b":
        return [labels[word] - place & 0xFFFF]
    if form == "s":
        return [pools.strings.add(word)]
    return [pools.type(word) if form == "t" else pools.field(word)]


def _lay_out(pools: _Pools, items: bytes, data: list[tuple[int, int, list[int], list[tuple[int, int, int]]]]) -> bytes:
    sizes = [(pools.strings, 4), (pools.types, 4), (pools.protos, 12), (pools.fields, 8), (pools.methods, 8)]
    offsets, place = [], 0x70
    for table, size in sizes:
        offsets.append(place)
        place += size * len(table)
    class_defs, place = place, place + 32 * len(data)
    place += -place % 4
    code, tail = place, place + len(items)
    rest = b""

    def add(content: bytes, align: int = 1) -> int:
        nonlocal rest
        rest += b"\0" * (-(tail + len(rest)) % align)
        rest += content
        return tail + len(rest) - len(content)

    lists: dict[object, int] = {
        kinds: add(_type_list(kinds), 4) for _, _, kinds in pools.protos if isinstance(kinds, tuple) and kinds
    }
    definitions = b""
    for class_, parent, interfaces, methods in data:
        at = add(_type_list(interfaces), 4) if interfaces else 0
        found = add(_class_data(methods, code))
        definitions += struct.pack("<8I", class_, 1, parent, at, 0xFFFFFFFF, 0, found, 0)
    texts = [add(uleb(len(str(text))) + str(text).encode() + b"\0") for (text,) in pools.strings]
    tables = struct.pack(f"<{len(texts)}I", *texts)
    tables += b"".join(struct.pack("<I", *each) for each in pools.types)
    tables += b"".join(
        struct.pack("<3I", short, returns, lists.get(kinds, 0)) for short, returns, kinds in pools.protos
    )
    tables += b"".join(struct.pack("<HHI", *each) for each in (*pools.fields, *pools.methods)) + definitions
    tables += b"\0" * (code - 0x70 - len(tables))
    counts = [value for (table, _), at in zip(sizes, offsets, strict=True) for value in (len(table), at)]
    whole = tables + items + rest
    fields = (0x70 + len(whole), 0x70, 0x12345678, 0, 0, 0, *counts, len(data), class_defs, 0, 0)
    return seal(b"dex\n035\0" + b"\0" * 24 + struct.pack("<20I", *fields) + whole)


def _type_list(kinds: Sequence[int]) -> bytes:
    return struct.pack(f"<I{len(kinds)}H", len(kinds), *kinds)


def _class_data(methods: list[tuple[int, int, int]], code: int) -> bytes:
    direct = sorted(each for each in methods if each[1] & (STATIC | CONSTRUCTOR))
    virtual = sorted(each for each in methods if not each[1] & (STATIC | CONSTRUCTOR))
    found = uleb(0) + uleb(0) + uleb(len(direct)) + uleb(len(virtual))
    for group in (direct, virtual):
        before = 0
        for number, access, at in group:
            found += uleb(number - before) + uleb(access) + uleb(code + at)
            before = number
    return found
