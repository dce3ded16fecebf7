"""Where the code of one DEX touches a fact: calls, fields, texts, callbacks, and calls decided by an argument.

A call that says nothing alone (a query, a setting, a command) is read with its arguments, else with what stands
beside it in the same method.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from mingcha_analyzers.app.code.arguments import Beside, decide_by_arguments
from mingcha_analyzers.app.code.facts import Condition, FactIndex, fits_descriptor, load_fact_index, load_treatment
from mingcha_analyzers.app.code.hashing import Numbers
from mingcha_analyzers.app.code.hierarchy import Ancestry
from mingcha_analyzers.app.code.program import DexPart, Program
from mingcha_analyzers.app.code.tables import load_unfollowed
from mingcha_analyzers.app.dex import opcodes
from mingcha_analyzers.app.dex.constants import Budget, Constant, MethodCode, find_arguments, read_method_code
from mingcha_analyzers.app.dex.values import DexFile
from mingcha_corpora.facts import ApiFact

_STATIC_OBJECT = 0x62
# Calls whose argument names a class or a method.
_CLASS_LOADERS = frozenset(((b"Ljava/lang/Class;", b"forName"), (b"Ljava/lang/ClassLoader;", b"loadClass")))
_METHOD_FINDERS = frozenset(
    ((b"Ljava/lang/Class;", b"getMethod"), (b"Ljava/lang/Class;", b"getDeclaredMethod"))
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Access:
    """One place that touches a fact. ``item``: body in the DEX; ``basis``: a key of the confidences."""

    item: int
    offset: int
    api: str
    fact: ApiFact
    basis: str


@dataclass(slots=True)
class PartAccesses:
    """The accesses of one DEX, pairs of a body and a class it creates by name, and calls that lead out of sight."""

    accesses: list[Access] = field(default_factory=list)
    created: list[tuple[int, int]] = field(default_factory=list)
    unfollowed: Counter[str] = field(default_factory=Counter)


def find_accesses(program: Program, part: DexPart, dex: DexFile, package_name: str) -> PartAccesses:
    """Return what the code of one DEX touches, in the order of the file."""
    search = _Search(program, part, dex, package_name)
    found = PartAccesses()
    texts = search.texts()
    used: set[tuple[int, bytes]] = set()
    for item, offset, member, facts in search.calls():
        for access, text in search.decide(item, offset, member, facts):
            found.accesses.append(access)
            used.add((item, text))
    search.reflect(found, used)
    found.unfollowed = search.unfollowed()
    found.accesses += search.fields()
    for item, pairs in texts.items():
        for offset, text in pairs:
            fact = search.fact_of_text(text)
            if fact is not None and (item, text) not in used:
                found.accesses.append(Access(item, offset, text.decode("utf-8", "replace"), fact, "text"))
    return found


class _Search:
    """The questions to one DEX."""

    def __init__(self, program: Program, part: DexPart, dex: DexFile, package_name: str) -> None:
        self._program = program
        self._part = part
        self._dex = dex
        self._package = package_name.encode()
        self._index: FactIndex = load_fact_index()
        self._code: dict[int, MethodCode] = {}
        self._budget = Budget()

    def calls(self) -> Iterator[tuple[int, int, tuple[bytes, bytes], tuple[ApiFact, ...]]]:
        """Yield calls of methods that facts name: body, offset, class and name of the fact, facts."""
        members = self._members({name for _, name in self._index.methods}, self._index.methods)
        facts = {
            number: tuple(
                fact for fact in self._index.methods[member] if fits_descriptor(fact, self._descriptor(number))
            )
            for number, member in members.items()
        }
        for item, offset, number in self._sites([number for number in members if facts[number]]):
            yield item, offset, members[number], facts[number]

    def decide(
        self, item: int, offset: int, member: tuple[bytes, bytes], facts: tuple[ApiFact, ...]
    ) -> Iterator[tuple[Access, bytes]]:
        """Yield what one call touches, with the text that decided it."""
        api = b"->".join(member).decode("utf-8", "replace")
        condition = self._index.conditions.get(member)
        if condition is not None and not self._holds(condition, item, offset):
            yield from ((Access(item, offset, api, fact, "weak"), b"") for fact in facts if condition.weak)
            return
        for fact in facts:
            if _says_enough(fact) and member not in self._index.constants:
                yield Access(item, offset, api, self._narrow(item, offset, member, fact), basis_of(fact)), b""
                continue
            arguments = self._arguments(item, offset)
            for found, basis, text in decide_by_arguments(
                self._index, fact, member, arguments, self._beside(item), self._package
            ):
                yield Access(item, offset, api, found, basis), text

    def _holds(self, condition: Condition, item: int, offset: int) -> bool:
        if condition.arguments:
            texts = {text for argument in self._arguments(item, offset) for text in argument.texts}
            return not texts.isdisjoint(condition.arguments)
        if condition.beside:
            return not condition.beside.isdisjoint(self._beside(item).texts)
        return not condition.calls.isdisjoint(self._calls_beside(item))

    def _calls_beside(self, item: int) -> list[tuple[bytes, bytes]]:
        """Return class and name of the methods that a body calls."""
        refs, part, program = self._dex.references, self._part, self._program
        low, high = np.searchsorted(refs.item, [item, item + 1])
        called = refs.index[low:high][refs.kind[low:high] == opcodes.METHOD].tolist()
        return [
            (program.class_name(int(part.method_class[number])), program.names.names[int(part.method_name[number])])
            for number in called
        ]

    def _narrow(self, item: int, offset: int, member: tuple[bytes, bytes], fact: ApiFact) -> ApiFact:
        table = self._index.narrowed.get(member)
        if table is None:
            return fact
        texts = [text for argument in self._arguments(item, offset) for text in argument.texts]
        narrower = next((table[text] for text in texts if text in table), None)
        return replace(fact, data_item=narrower) if narrower else fact

    def reflect(self, found: PartAccesses, used: set[tuple[int, bytes]]) -> None:
        """Add what calls by name touch, and the classes they create."""
        wanted = {name for _, name in _CLASS_LOADERS | _METHOD_FINDERS}
        members = self._members(wanted, dict.fromkeys(_CLASS_LOADERS | _METHOD_FINDERS, ()))
        for item, offset, number in self._sites(list(members)):
            for argument in self._arguments(item, offset)[:2]:
                for text in argument.texts:
                    self._reflect_one(found, used, (item, offset), members[number], text)

    def _reflect_one(
        self,
        found: PartAccesses,
        used: set[tuple[int, bytes]],
        site: tuple[int, int],
        member: tuple[bytes, bytes],
        text: bytes,
    ) -> None:
        if member in _CLASS_LOADERS:
            class_ = self._program.classes.numbers.get(b"L" + text.replace(b".", b"/") + b";", -1)
            if class_ >= 0 and class_ < len(self._program.defined) and self._program.defined[class_]:
                found.created.append((site[0], class_))
            return
        fact = self._index.reflected.get(text)
        if fact is not None:
            found.accesses.append(Access(*site, f"{fact.class_}->{fact.name}", fact, "reflection"))
            used.add((site[0], text))

    def unfollowed(self) -> Counter[str]:
        """Return how many calls lead to code that is not seen, by kind."""
        kinds = load_unfollowed()
        members = self._members({name for _, name in kinds}, kinds)
        return Counter(kinds[members[number]] for _, _, number in self._sites(list(members)))

    def fields(self) -> Iterator[Access]:
        """Yield reads of fields that facts name."""
        refs = self._dex.references
        for number, member in self._named_fields(self._index.fields).items():
            fact = self._index.fields[member]
            chosen = np.flatnonzero((refs.kind == opcodes.FIELD_GET) & (refs.index == number))
            api = b"->".join(member).decode("utf-8", "replace")
            for site in chosen.tolist():
                yield Access(int(refs.item[site]), int(refs.offset[site]), api, fact, basis_of(fact))

    def texts(self) -> dict[int, list[tuple[int, bytes]]]:
        """Return by body the texts that show a fact alone, with their place."""
        refs = self._dex.references
        sites = np.flatnonzero(refs.kind == opcodes.STRING)
        asked = np.zeros(len(self._part.strings), np.bool_)
        asked[refs.index[sites]] = True
        used = np.flatnonzero(asked)
        telling = {
            number: text
            for number, text in zip(used.tolist(), self._part.strings.many(used), strict=True)
            if self.fact_of_text(text) is not None
        }
        asked[:] = False
        asked[list(telling)] = True
        found: dict[int, list[tuple[int, bytes]]] = {}
        for site in sites[asked[refs.index[sites]]].tolist():
            pair = (int(refs.offset[site]), telling[int(refs.index[site])])
            found.setdefault(int(refs.item[site]), []).append(pair)
        return found

    def fact_of_text(self, text: bytes) -> ApiFact | None:
        """Return the fact that a text shows alone."""
        fact = self._index.exact.get(text)
        if fact is not None:
            return fact if fact.evidence == "direct" else None
        if text.startswith(b"content://"):
            return self._index.fact_of_uri(text)
        found = self._index.fact_of_path(text) if b"/" in text else None
        return found if found is not None and found.evidence == "direct" else None

    def _members(
        self, names: set[bytes], wanted: Mapping[tuple[bytes, bytes], object]
    ) -> dict[int, tuple[bytes, bytes]]:
        """Return methods of the pool that are, or are inherited from, a wanted class and name."""
        part, program = self._part, self._program
        asked = np.zeros(len(program.names.names), np.bool_)
        asked[[program.names.numbers[name] for name in names if name in program.names.numbers]] = True
        below = program.classes_below({class_ for class_, _ in wanted})
        found: dict[int, tuple[bytes, bytes]] = {}
        for number in np.flatnonzero(asked[part.method_name] & below[part.method_class]).tolist():
            name = program.names.names[int(part.method_name[number])]
            class_ = int(part.method_class[number])
            above = (program.class_name(each) for each in (class_, *program.ancestors(class_)))
            member = next(((each, name) for each in above if (each, name) in wanted), None)
            if member is not None:
                found[number] = member
        return found

    def _sites(self, methods: list[int]) -> Iterator[tuple[int, int, int]]:
        refs = self._dex.references
        asked = np.zeros(len(self._part.method_class) + 1, np.bool_)
        asked[methods] = True
        chosen = np.flatnonzero(refs.kind == opcodes.METHOD)
        chosen = chosen[asked[refs.index[chosen]]]
        yield from zip(
            refs.item[chosen].tolist(), refs.offset[chosen].tolist(), refs.index[chosen].tolist(), strict=True
        )

    def _named_fields(self, wanted: Mapping[tuple[bytes, bytes], ApiFact]) -> dict[int, tuple[bytes, bytes]]:
        part, program = self._part, self._program
        classes = {program.classes.numbers.get(class_, -1) for class_, _ in wanted}
        owner = np.minimum(part.pools.fields["class"].astype(np.int64), max(len(part.type_class) - 1, 0))
        if not len(owner) or not len(part.type_class):
            return {}
        candidates = np.flatnonzero(np.isin(part.type_class[owner], list(classes)))
        names = part.strings.many(part.pools.fields["name"][candidates])
        pairs = zip(candidates.tolist(), names, strict=True)
        members = {number: (program.class_name(int(part.type_class[owner[number]])), name) for number, name in pairs}
        return {number: member for number, member in members.items() if member in wanted}

    def _beside(self, item: int) -> Beside:
        """Return the texts, and the classes of static object fields, that a body names."""
        refs = self._dex.references
        low, high = np.searchsorted(refs.item, [item, item + 1])
        kind, index = refs.kind[low:high], refs.index[low:high]
        owners = self._part.pools.fields["class"][index[refs.opcode[low:high] == _STATIC_OBJECT]].tolist()
        known = (self._part.type_class[owner] for owner in owners if owner < len(self._part.type_class))
        return Beside(
            tuple(self._part.strings.one(each) for each in index[kind == opcodes.STRING].tolist()),
            tuple(self._program.class_name(int(class_)) for class_ in known),
        )

    def _arguments(self, item: int, offset: int) -> tuple[Constant, ...]:
        if item not in self._code:
            if len(self._code) > 64:
                self._code.clear()
            self._code[item] = read_method_code(self._dex, self._part.strings, item, self._budget)
        return find_arguments(self._code[item], offset)

    def _descriptor(self, number: int) -> str:
        """Return the descriptor of a method of the pool."""
        part = self._part
        return descriptor_of(part, int(part.pools.methods["kind"][number]))


def descriptor_of(part: DexPart, proto: int) -> str:
    """Return a prototype as ``(parameters)return``."""
    if proto >= len(part.pools.protos):
        return ""
    _, returns, offset = (int(value) for value in part.pools.protos[proto])
    return f"({''.join(_type_text(part, kind) for kind in _type_list(part.data, offset))}){_type_text(part, returns)}"


def _type_list(data: bytes, offset: int) -> list[int]:
    if not 0 < offset <= len(data) - 4:
        return []
    count = min(int.from_bytes(data[offset : offset + 4], "little"), 255, (len(data) - offset - 4) // 2)
    return [int.from_bytes(data[place : place + 2], "little") for place in range(offset + 4, offset + 4 + 2 * count, 2)]


def _type_text(part: DexPart, kind: int) -> str:
    return part.strings.text(int(part.pools.types[kind])) if kind < len(part.pools.types) else "?"


def _says_enough(fact: ApiFact) -> bool:
    return fact.evidence != "conditional" and (fact.data_item is not None or fact.act is not None)


def basis_of(fact: ApiFact) -> str:
    """Return the confidence key of a fact seen by itself."""
    if fact.evidence != "direct":
        return fact.evidence
    if not fact.verified:
        return "unverified"
    return "action" if fact.mechanism == "action" and fact.act is None else "direct"


def confidence_of(access: Access) -> float:
    """Return how sure an access is."""
    table: Mapping[str, float] = load_treatment()["confidence"]
    limit = table["weak"] if access.fact.evidence == "weak" else 1.0
    return min(table[access.basis], limit)


def find_overriding(
    program: Program, nodes_class: Numbers, nodes_name: Numbers, ancestry: Ancestry
) -> Iterator[tuple[int, ApiFact]]:
    """Yield methods that override a callback which a fact names."""
    overrides = load_fact_index().overrides
    names = {name for _, name in overrides}
    asked = np.array([text in names for text in program.names.names], np.bool_)
    for node in np.flatnonzero(asked[nodes_name]).tolist():
        name = program.names.names[int(nodes_name[node])]
        above = ancestry.above(int(nodes_class[node]))
        member = next(((class_, name) for class_ in sorted(above) if (class_, name) in overrides), None)
        if member is not None:
            yield node, overrides[member]
