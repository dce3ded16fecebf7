"""Whether our references are androguard's: the same method, offset, opcode and target for every one.

Two levels. Its instructions, one by one: nothing may differ. Its analysis (``create_xref``): nothing may differ once
what that leaves out on purpose is left out of ours, and counted.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from benchmarks.references import Names, reference_columns
from mingcha_analyzers.app.code.program import read_program
from mingcha_analyzers.app.dex import opcodes
from mingcha_analyzers.app.dex.reader import read_dex

Rows = set[tuple[Any, ...]]

# Kinds that androguard has an index for, of one table each.
_KINDS = frozenset(
    (opcodes.METHOD, opcodes.STRING, opcodes.FIELD_GET, opcodes.FIELD_PUT, opcodes.NEW, opcodes.CLASS, opcodes.TYPE)
)
_POLYMORPHIC = (opcodes.INVOKE_POLYMORPHIC, opcodes.INVOKE_POLYMORPHIC_RANGE)
_FIELDS = (opcodes.FIELD_GET, opcodes.FIELD_PUT)


@dataclass(slots=True)
class Comparison:
    """What was compared: ``missing`` are androguard's alone, ``extra`` ours alone, ``left_out`` by its rules."""

    methods: int = 0
    instructions: int = 0
    references: int = 0
    edges: int = 0
    missing: int = 0
    extra: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    examples: list[tuple[Any, ...]] = field(default_factory=list)

    @property
    def equal(self) -> bool:
        """Return whether nothing differs."""
        return not self.missing and not self.extra

    def hold(self, theirs: Rows, own: Rows) -> None:
        """Count what only one side has."""
        missing, extra = theirs - own, own - theirs
        self.missing += len(missing)
        self.extra += len(extra)
        self.examples += [*sorted(missing, key=str)[:3], *sorted(extra, key=str)[:3]]


def compare_dex(data: bytes) -> Comparison:
    """Return how our references of one DEX and androguard's differ."""
    import_module("loguru").logger.disable("androguard")
    theirs = import_module("androguard.core.dex").DEX(data)
    part = read_program([("classes.dex", data)]).parts[0]
    dex, names = read_dex(data), Names(part)
    found = Comparison()
    rows = list(reference_columns(dex))
    own = {
        (method, offset, opcode, names.target(kind, index))
        for method, offset, opcode, kind, index in rows
        if kind in _KINDS and opcode not in _POLYMORPHIC
    }
    instructions = {
        (method, offset, opcode, _target(theirs, opcode, index))
        for method, offset, opcode, index in _their_instructions(theirs, found)
    }
    found.hold(instructions, own)
    found.extra += abs(dex.instructions - found.instructions)
    found.references = len(own)
    defined = {_full_field(each) for each in theirs.get_encoded_fields()}
    expected = set(_expected_edges(rows, names, defined, found.left_out))
    found.edges = len(expected)
    found.hold(set(_their_edges(theirs)), expected)
    return found


def _their_instructions(theirs: Any, found: Comparison) -> Iterator[tuple[int, int, int, int]]:
    for method in theirs.get_encoded_methods():
        found.methods += 1
        offset = 0
        for instruction in method.get_instructions() if method.get_code() else ():
            found.instructions += 1
            # Payloads have numbers above those of instructions.
            opcode = instruction.get_op_value() if instruction.get_op_value() < 256 else 0
            if opcodes.KIND_OF_OPCODE[opcode] in _KINDS and opcode not in _POLYMORPHIC:
                yield method.method_idx, offset, opcode, instruction.get_ref_kind()
            offset += instruction.get_length() // 2


def _target(theirs: Any, opcode: int, index: int) -> str:
    manager, kind = theirs.CM, int(opcodes.KIND_OF_OPCODE[opcode])
    if kind == opcodes.METHOD:
        class_, name, (parameters, returns) = manager.get_method(index)
        return f"{class_}->{name}{parameters}{returns}".replace(" ", "")
    if kind == opcodes.STRING:
        return _printable(manager.get_string(index))
    if kind in _FIELDS:
        class_, type_, name = manager.get_field(index)
        return f"{class_}->{name}:{type_}"
    return str(manager.get_type(index))


def _printable(text: str) -> str:
    """Return a text as ours are: half of a surrogate pair, which no report can hold, is U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _expected_edges(
    rows: list[tuple[int, int, int, int, int]], names: Names, defined: set[str], left_out: Counter[str]
) -> Iterator[tuple[Any, ...]]:
    """Yield what its analysis must hold of our references, and count what it leaves out."""
    for method, offset, opcode, kind, index in rows:
        caller, target = names.method(method), names.target(kind, index) or ""
        if kind == opcodes.TYPE:
            left_out["type uses (casts, arrays)"] += 1
        elif kind not in _KINDS or opcode in _POLYMORPHIC:
            left_out["polymorphic and custom calls, handles"] += 1
        elif kind in _FIELDS and target not in defined:
            left_out["fields of other files"] += 1
        elif kind in _FIELDS or kind == opcodes.STRING:
            yield caller, offset, kind, target
        elif not target.lstrip("[").startswith("L"):
            left_out["classes of primitive arrays"] += 1
        elif kind != opcodes.METHOD and target.lstrip("[") == caller.partition("->")[0]:
            left_out["the method's own class"] += 1
        else:
            # Arrays are taken for what they hold.
            yield caller, offset, kind, target.lstrip("[")


def _their_edges(theirs: Any) -> Iterator[tuple[Any, ...]]:
    analysis = import_module("androguard.core.analysis.analysis").Analysis(theirs)
    analysis.create_xref()
    # Its analysis counts bytes.
    for caller, offset, kind, target in _their_byte_edges(analysis):
        yield caller, offset // 2, kind, target


def _their_byte_edges(analysis: Any) -> Iterator[tuple[str, int, int, str]]:
    for method in analysis.get_methods():
        caller = _full_name(method)
        for _, callee, offset in method.get_xref_to():
            yield caller, offset, opcodes.METHOD, _full_name(callee)
        for class_, offset in method.get_xref_new_instance():
            yield caller, offset, opcodes.NEW, class_.name
        for class_, offset in method.get_xref_const_class():
            yield caller, offset, opcodes.CLASS, class_.name
    for text in analysis.get_strings():
        for _, method, offset in text.get_xref_from(with_offset=True):
            yield _full_name(method), offset, opcodes.STRING, _printable(text.get_orig_value())
    yield from _their_fields(analysis)


def _their_fields(analysis: Any) -> Iterator[tuple[str, int, int, str]]:
    for kind, access in ((opcodes.FIELD_GET, "get_xref_read"), (opcodes.FIELD_PUT, "get_xref_write")):
        for method in analysis.get_methods():
            for _, item, offset in getattr(method, access)():
                yield _full_name(method), offset, kind, _full_field(item)


def _full_field(item: Any) -> str:
    return f"{item.get_class_name()}->{item.get_name()}:{item.get_descriptor()}"


def _full_name(method: Any) -> str:
    inner = method.get_method()
    return f"{inner.get_class_name()}->{inner.get_name()}{inner.get_descriptor()}".replace(" ", "")
