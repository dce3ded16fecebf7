"""Questions to the code of one DEX: who calls a method, reads a field, names a text, and with which arguments.

Every finder of facts asks here; what an answer means is the finder's matter. Bodies are named by their place among
the code items (``item``), places in them by code units (``offset``).
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping
from itertools import accumulate

import numpy as np

from mingcha_analyzers.app.code.hashing import Numbers, stretch_of
from mingcha_analyzers.app.code.program import DexPart, Program
from mingcha_analyzers.app.dex import opcodes
from mingcha_analyzers.app.dex.constants import (
    Budget,
    Constant,
    MethodCode,
    find_arguments,
    find_stored,
    read_method_code,
)
from mingcha_analyzers.app.dex.names import Member
from mingcha_analyzers.app.dex.values import DexFile

_KEPT_BODIES = 64


class Queries:
    """The questions to one DEX of a program."""

    def __init__(self, program: Program, part: DexPart, dex: DexFile) -> None:
        self.program = program
        self.part = part
        self.dex = dex
        self._code: dict[int, MethodCode] = {}
        self._budget = Budget()
        self._texts: dict[int, bytes] | None = None
        self._bodies: dict[int, int] | None = None
        self._lines: _Lines | None = None

    def members(self, wanted: Collection[Member]) -> dict[int, Member]:
        """Return methods of the pool that are, or are inherited from, a wanted class and name."""
        part, program = self.part, self.program
        asked = program.names.among({name for _, name in wanted})
        below = program.classes_below({class_ for class_, _ in wanted})
        found: dict[int, Member] = {}
        for number in np.flatnonzero(asked[part.method_name] & below[part.method_class]).tolist():
            name = program.names.names[int(part.method_name[number])]
            class_ = int(part.method_class[number])
            above = (program.class_name(each) for each in (class_, *program.ancestors(class_)))
            member = next(((each, name) for each in above if (each, name) in wanted), None)
            if member is not None:
                found[number] = member
        return found

    def sites(self, methods: Collection[int]) -> Iterator[tuple[int, int, int]]:
        """Yield the calls of methods of the pool: body, offset, method."""
        refs = self.dex.references
        asked = np.zeros(len(self.part.method_class) + 1, np.bool_)
        asked[list(methods)] = True
        chosen = np.flatnonzero(refs.kind == opcodes.METHOD)
        chosen = chosen[asked[refs.index[chosen]]]
        yield from zip(
            refs.item[chosen].tolist(), refs.offset[chosen].tolist(), refs.index[chosen].tolist(), strict=True
        )

    def calls_in(self, item: int) -> list[Member]:
        """Return class and name of the methods that a body calls, in order."""
        refs, part, program = self.dex.references, self.part, self.program
        body = self.body(item)
        called = refs.index[body][refs.kind[body] == opcodes.METHOD].tolist()
        return [
            (program.class_name(int(part.method_class[number])), program.names.names[int(part.method_name[number])])
            for number in called
        ]

    def arguments(self, item: int, offset: int) -> tuple[Constant, ...]:
        """Return what the call at an offset is given, as far as constants of its body tell; receiver first."""
        return find_arguments(self.code(item), offset)

    def code(self, item: int) -> MethodCode:
        """Return a body as instructions; those asked for last are kept."""
        if item not in self._code:
            if len(self._code) > _KEPT_BODIES:
                self._code.clear()
            self._code[item] = read_method_code(self.dex, self.part.strings, item, self._budget)
        return self._code[item]

    def initial_texts(self, field: Member) -> tuple[bytes, ...]:
        """Return the texts that the initialiser of its class, in this DEX, stores in a static field."""
        class_ = self.program.classes.numbers.get(field[0], -1)
        initialiser = self.program.names.numbers.get(b"<clinit>", -1)
        bodies = [item for item, name in self.bodies_of(class_) if name == initialiser]
        return find_stored(self.code(bodies[0]), *field).texts if bodies else ()

    def bodies_of(self, class_: int) -> list[tuple[int, int]]:
        """Return the bodies that a class of this DEX defines, each with the name of its method."""
        part, definitions = self.part, self.dex.definitions
        rows = np.flatnonzero(part.own & (part.def_class == class_))
        chosen = np.flatnonzero((definitions.class_def == rows[0]) & (definitions.item >= 0)) if len(rows) else rows
        names = part.method_name[definitions.method[chosen]]
        return list(zip(definitions.item[chosen].tolist(), names.tolist(), strict=True))

    def fields(self, wanted: Collection[Member]) -> dict[int, Member]:
        """Return fields of the pool that are of a wanted class and name."""
        part, program = self.part, self.program
        classes = {program.classes.numbers.get(class_, -1) for class_, _ in wanted}
        owner = np.minimum(part.pools.fields["class"].astype(np.int64), max(len(part.type_class) - 1, 0))
        if not len(owner) or not len(part.type_class):
            return {}
        candidates = np.flatnonzero(np.isin(part.type_class[owner], list(classes)))
        names = part.strings.many(part.pools.fields["name"][candidates])
        pairs = zip(candidates.tolist(), names, strict=True)
        members = {number: (program.class_name(int(part.type_class[owner[number]])), name) for number, name in pairs}
        return {number: member for number, member in members.items() if member in wanted}

    def field_reads(self, number: int) -> Iterator[tuple[int, int]]:
        """Yield the reads of a field of the pool: body, offset."""
        refs = self.dex.references
        chosen = np.flatnonzero((refs.kind == opcodes.FIELD_GET) & (refs.index == number))
        yield from zip(refs.item[chosen].tolist(), refs.offset[chosen].tolist(), strict=True)

    def field_writes(self, number: int) -> Iterator[tuple[int, int]]:
        """Yield the writes of a field of the pool: body, offset."""
        refs = self.dex.references
        chosen = np.flatnonzero((refs.kind == opcodes.FIELD_PUT) & (refs.index == number))
        yield from zip(refs.item[chosen].tolist(), refs.offset[chosen].tolist(), strict=True)

    def fields_in(self, item: int) -> list[bytes]:
        """Return the names of the fields that a body reads, in order."""
        refs, body = self.dex.references, self.body(item)
        read = refs.index[body][refs.kind[body] == opcodes.FIELD_GET]
        return self.part.strings.many(self.part.pools.fields["name"][read].astype(np.int64))

    def used_texts(self) -> dict[int, bytes]:
        """Return the texts that code names, by their place among the strings."""
        if self._texts is None:
            used = self._asked_texts()
            self._texts = dict(zip(used.tolist(), self.part.strings.many(used), strict=True))
        return self._texts

    def find_text(self, text: bytes) -> int | None:
        """Return the place of a text among the strings, which are sorted."""
        strings = self.part.strings
        low, high = 0, len(strings)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if strings.one(middle) < text else (low, middle)
        return low if low < len(strings) and strings.one(low) == text else None

    def text_sites(self, numbers: Collection[int]) -> Iterator[tuple[int, int, int]]:
        """Yield where code names texts: body, offset, place among the strings."""
        refs = self.dex.references
        sites = np.flatnonzero(refs.kind == opcodes.STRING)
        asked = np.zeros(len(self.part.strings), np.bool_)
        asked[list(numbers)] = True
        sites = sites[asked[refs.index[sites]]]
        yield from zip(refs.item[sites].tolist(), refs.offset[sites].tolist(), refs.index[sites].tolist(), strict=True)

    def matching_texts(self, pattern: re.Pattern[bytes]) -> dict[int, bytes]:
        """Return the texts that code names and in which a pattern is found.

        All texts are searched at once, one below the other, with ``^`` and ``$`` at each: a set of characters that
        takes in line breaks makes the search slow.
        """
        texts = self.used_texts()
        if self._lines is None:
            self._lines = _Lines(texts)
        return {number: texts[number] for number in self._lines.with_match(pattern) if pattern.search(texts[number])}

    def texts_in(self, item: int) -> list[bytes]:
        """Return the texts that a body names, in order."""
        refs, body, texts = self.dex.references, self.body(item), self.used_texts()
        return [texts[each] for each in refs.index[body][refs.kind[body] == opcodes.STRING].tolist()]

    def body(self, item: int) -> slice:
        """Return which references a body has."""
        return stretch_of(self.dex.references.item, item)

    def method_of(self, item: int) -> Member:
        """Return class and name of the first method that has a body."""
        method = int(self.dex.definitions.method[np.flatnonzero(self.dex.definitions.item == item)[0]])
        part, program = self.part, self.program
        return program.class_name(int(part.method_class[method])), program.names.names[int(part.method_name[method])]

    def body_of(self, number: int) -> int:
        """Return the body of a method of the pool, -1 if this DEX defines none."""
        if self._bodies is None:
            definitions = self.dex.definitions
            # Of several definitions of one method the first counts.
            self._bodies = dict(zip(definitions.method[::-1].tolist(), definitions.item[::-1].tolist(), strict=True))
        return self._bodies.get(number, -1)

    def method_name(self, number: int) -> bytes:
        """Return the name of a method of the pool."""
        return self.program.names.names[int(self.part.method_name[number])]

    def descriptor(self, number: int) -> str:
        """Return the descriptor of a method of the pool."""
        return self.part.descriptor(number)

    def _asked_texts(self) -> Numbers:
        refs = self.dex.references
        asked = np.zeros(len(self.part.strings), np.bool_)
        asked[refs.index[refs.kind == opcodes.STRING]] = True
        return np.flatnonzero(asked)


class _Lines:
    """Texts by number as one text, each on a line of its own."""

    def __init__(self, texts: Mapping[int, bytes]) -> None:
        self._numbers = list(texts)
        self._joined = b"\n".join(texts.values())
        self._starts = [0, *accumulate(len(text) + 1 for text in texts.values())]

    def with_match(self, pattern: re.Pattern[bytes]) -> Iterator[int]:
        """Yield the texts in which a match begins, each once."""
        pattern = re.compile(pattern.pattern, pattern.flags | re.MULTILINE)
        match = pattern.search(self._joined) if self._numbers else None
        while match is not None:
            place = bisect_right(self._starts, match.start()) - 1
            yield self._numbers[place]
            if place + 1 == len(self._numbers):
                return
            match = pattern.search(self._joined, self._starts[place + 1])


def member_text(member: Member) -> str:
    """Return class and name as ``Lclass;->name``."""
    return b"->".join(member).decode("utf-8", "replace")
