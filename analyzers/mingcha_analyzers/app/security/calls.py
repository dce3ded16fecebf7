"""Calls with telling arguments: looks of kind ``call``, ``missing`` and ``log``.

A look names ``methods``, by class and name, with their descriptor where it matters. Each of its ``arguments`` has a
place ``at`` (receiver first, wide values twice) and what must hold there: ``text`` and ``not_text`` (patterns),
``numbers``, ``number_min`` and ``number_max``, ``has`` and ``lacks`` (bits), ``constant`` (a text or an array out of
the file), ``concatenated`` (put together from more than constants), ``not_part`` (a pattern over the constants among
the parts), ``implicit`` (an intent that names no class), ``not_call`` (a pattern over the method whose result it is).
``detail`` is the argument that is shown. A ``log`` is told where it is given what a call for personal data gave, those
of ``unless_items`` aside.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mingcha_analyzers.app.code.queries import Queries
from mingcha_analyzers.app.dex.constants import MethodCode, argument_registers
from mingcha_analyzers.app.dex.names import Member
from mingcha_analyzers.app.dex.origins import (
    CONSTANT,
    NOWHERE,
    Origin,
    OriginKind,
    calls_on,
    find_origin,
    parts_of,
)
from mingcha_analyzers.app.security.looks import Look, load_passing, member_of
from mingcha_analyzers.app.security.surroundings import MAX_TEXT, Surroundings, compile_bytes

_INTENT = b"Landroid/content/Intent;"
_NAMES_TARGET = frozenset((b"setClass", b"setClassName", b"setComponent", b"setPackage"))
_IMPLICIT_STARTS = frozenset(("()V", "(Ljava/lang/String;)V", "(Ljava/lang/String;Landroid/net/Uri;)V"))
# Static fields are names of tables and columns by far most often.
_HARMLESS = frozenset((OriginKind.TEXT, OriginKind.NUMBER, OriginKind.FIELD))

_NUMBER_TESTS: Mapping[str, Callable[[int | None, Any], bool]] = {
    "numbers": lambda number, wanted: number in wanted,
    "number_min": lambda number, least: number is not None and number >= least,
    "number_max": lambda number, most: number is not None and number <= most,
    "has": lambda number, bits: number is not None and bool(number & bits),
    "lacks": lambda number, bits: number is not None and not number & bits,
}


class CallLook:
    """A look at calls, with its patterns made ready."""

    def __init__(self, look: Look, params: Mapping[str, Any]) -> None:
        self.look = look
        self.surroundings = Surroundings(params)
        self.arguments = tuple(Wanted(row) for row in params.get("arguments", ()))
        self.detail: int | None = params.get("detail")
        self.methods: dict[Member, list[str]] = {}
        for anchor in params["methods"]:
            member, descriptor = member_of(anchor)
            self.methods.setdefault(member, []).append(descriptor)

    def names(self, member: Member, descriptor_of: Callable[[int], str], number: int) -> bool:
        """Return whether the look is at this method of the pool; its descriptor is asked for only where it matters."""
        wanted = self.methods[member]
        return "" in wanted or descriptor_of(number) in wanted


class Wanted:
    """What must hold of one argument."""

    def __init__(self, row: Mapping[str, Any]) -> None:
        self.at: int = row["at"]
        self._row = row

    def holds(self, call: "Call") -> bool:
        """Return whether an argument of a call is as wanted."""
        origin = call.origin(self.at)
        return self._text_holds(origin) and self._number_holds(origin) and self._making_holds(call, origin)

    def _text_holds(self, origin: Origin) -> bool:
        if self._text is None:
            return True
        text = origin.text[:MAX_TEXT]
        if origin.kind is not OriginKind.TEXT or not self._text.search(text):
            return False
        return self._not_text is None or not self._not_text.search(text)

    def _number_holds(self, origin: Origin) -> bool:
        row = self._row
        return all(test(origin.number, row[name]) for name, test in _NUMBER_TESTS.items() if name in row)

    def _making_holds(self, call: "Call", origin: Origin) -> bool:
        row = self._row
        if "constant" in row and origin.kind not in CONSTANT:
            return False
        if "concatenated" in row and not call.is_concatenated(origin, self._not_part):
            return False
        if "implicit" in row and not call.is_implicit(self.at):
            return False
        return self._not_call is None or not any(self._not_call.search(name) for name in origin.member)

    @cached_property
    def _text(self) -> re.Pattern[bytes] | None:
        return compile_bytes(self._row.get("text"))

    @cached_property
    def _not_text(self) -> re.Pattern[bytes] | None:
        return compile_bytes(self._row.get("not_text"))

    @cached_property
    def _not_part(self) -> re.Pattern[bytes] | None:
        return compile_bytes(self._row.get("not_part"))

    @cached_property
    def _not_call(self) -> re.Pattern[bytes] | None:
        return compile_bytes(self._row.get("not_call"))


@dataclass(slots=True)
class Call:
    """One call and where its arguments come from, worked out when asked."""

    queries: Queries
    item: int
    offset: int
    _origins: dict[int, Origin]

    @property
    def code(self) -> MethodCode:
        """Return the method the call stands in."""
        return self.queries.code(self.item)

    @property
    def registers(self) -> tuple[int, ...]:
        """Return the registers of the arguments."""
        return argument_registers(self.code.units, self.offset)

    def origin(self, at: int) -> Origin:
        """Return the origin of an argument; a static field that is set once, to a constant, counts as the constant."""
        if at not in self._origins:
            self._origins[at] = self._find(at)
        return self._origins[at]

    def _find(self, at: int) -> Origin:
        code, registers = self.code, self.registers
        step = code.index.get(self.offset)
        if step is None or at >= len(registers):
            return NOWHERE
        origin = find_origin(code, step, registers[at], load_passing())
        return _only_value(self.queries, origin.member) or origin if origin.kind is OriginKind.FIELD else origin

    def is_concatenated(self, origin: Origin, not_part: re.Pattern[bytes] | None = None) -> bool:
        """Return whether a text is put together from more than constants, none of which matches ``not_part``."""
        parts = parts_of(self.code, origin, load_passing())
        if not_part is not None and any(not_part.search(part.origin.text[:MAX_TEXT]) for part in parts):
            return False
        return len(parts) > 1 and any(part.textual and part.origin.kind not in _HARMLESS for part in parts)

    def is_implicit(self, at: int) -> bool:
        """Return whether an argument is an intent, made in this method, that names neither class nor package."""
        made, code = self.origin(at), self.code
        step = code.index.get(self.offset)
        if made.kind is not OriginKind.OBJECT or made.member[0] != _INTENT or step is None:
            return False
        called = calls_on(code, made, step, self.registers[at])
        names = [self.queries.method_name(number) for number in called]
        starts = [self.queries.descriptor(called[place]) for place, name in enumerate(names) if name == b"<init>"]
        return bool(starts) and starts[0] in _IMPLICIT_STARTS and _NAMES_TARGET.isdisjoint(names)

    def shown(self, at: int | None) -> str | None:
        """Return the text or number of an argument."""
        if at is None:
            return None
        origin = self.origin(at)
        if origin.number is not None:
            return str(origin.number)
        return origin.text.decode("utf-8", "replace") or None

    def comes_from(self, offsets: Sequence[int]) -> bool:
        """Return whether an argument is, or is put together from, the result of one of the calls at these places."""
        asked = set(offsets)
        origins = [self.origin(at) for at in range(len(self.registers))]
        parts = (part for origin in origins for part in parts_of(self.code, origin, load_passing()))
        return any(part.origin.offset in asked for part in parts)


def call_at(queries: Queries, item: int, offset: int) -> Call:
    """Return the call at a place."""
    return Call(queries, item, offset, {})


_MAX_WRITES = 2


def _only_value(queries: Queries, member: Member) -> Origin | None:
    """Return the constant that a static field is set to wherever it is set, null if there is more to it."""
    found: list[Origin] = []
    for number in queries.fields({member}):
        for item, offset in queries.field_writes(number):
            code = queries.code(item)
            step = code.index.get(offset)
            if step is None or len(found) >= _MAX_WRITES:
                return None
            found.append(find_origin(code, step, code.units[offset] >> 8, load_passing()))
    return found[0] if found and all(origin.kind in CONSTANT for origin in found) else None
