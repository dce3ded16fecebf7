"""Where the code of one DEX touches a fact: calls, fields, texts, callbacks, and calls decided by an argument.

A call that says nothing alone (a query, a setting, a command) is read with its arguments, else with what stands
beside it in the same method.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from mingcha_analyzers.app.code.arguments import Beside, decide_by_arguments
from mingcha_analyzers.app.code.facts import (
    NEEDS,
    Condition,
    FactIndex,
    fits_descriptor,
    load_fact_index,
    load_folder_readers,
    load_treatment,
)
from mingcha_analyzers.app.code.handlers import Handlers
from mingcha_analyzers.app.code.hashing import Numbers
from mingcha_analyzers.app.code.hierarchy import Ancestry
from mingcha_analyzers.app.code.program import Program
from mingcha_analyzers.app.code.queries import Queries, member_text
from mingcha_analyzers.app.code.tables import load_unfollowed
from mingcha_analyzers.app.dex.names import Member
from mingcha_corpora.facts import ApiFact

_STATIC_OBJECT = 0x62
# Stores of an object in a field.
_PUT_OBJECT = (0x5B, 0x69)
_INVOKE = (b"Ljava/lang/reflect/Method;", b"invoke")
_URI = re.compile(rb"content://")
# Calls whose argument names a class or a method.
_CLASS_LOADERS = frozenset(((b"Ljava/lang/Class;", b"forName"), (b"Ljava/lang/ClassLoader;", b"loadClass")))
_METHOD_FINDERS = frozenset(
    ((b"Ljava/lang/Class;", b"getMethod"), (b"Ljava/lang/Class;", b"getDeclaredMethod"))
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Access:
    """One place that touches a fact. ``item``: body in the DEX; ``basis``: a key of the confidences.

    ``caught``: whether it is touched only after an exception was caught.
    """

    item: int
    offset: int
    api: str
    fact: ApiFact
    basis: str
    caught: bool = False


@dataclass(slots=True)
class PartAccesses:
    """The accesses of one DEX, pairs of a body and a class it creates by name, and bodies that call out of sight."""

    accesses: list[Access] = field(default_factory=list)
    created: list[tuple[int, int]] = field(default_factory=list)
    unfollowed: list[tuple[int, str]] = field(default_factory=list)


def find_accesses(queries: Queries, package_name: str, handlers: Handlers) -> PartAccesses:
    """Return what the code of one DEX touches, in the order of the file."""
    search = _Search(queries, package_name)
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
                api, basis = text.decode("utf-8", "replace"), search.basis_of_text(item, fact)
                found.accesses.append(Access(item, offset, api, fact, basis))
    found.accesses = _mark_caught(queries, found.accesses, handlers)
    return found


def _mark_caught(queries: Queries, accesses: list[Access], handlers: Handlers) -> list[Access]:
    item = np.array([access.item for access in accesses], np.int64)
    offset = np.array([access.offset for access in accesses], np.int64)
    caught = handlers.cover(queries.dex.items.start[item] + offset).tolist()
    return [replace(access, caught=True) if late else access for access, late in zip(accesses, caught, strict=True)]


class _Search:
    """The questions to one DEX that the facts ask."""

    def __init__(self, queries: Queries, package_name: str) -> None:
        self._queries = queries
        self._package = package_name.encode()
        self._index: FactIndex = load_fact_index()

    def calls(self) -> Iterator[tuple[int, int, Member, tuple[ApiFact, ...]]]:
        """Yield calls of methods that facts name: body, offset, class and name of the fact, facts."""
        members = self._queries.members(self._index.methods)
        facts = {
            number: tuple(
                fact for fact in self._index.methods[member] if fits_descriptor(fact, self._queries.descriptor(number))
            )
            for number, member in members.items()
        }
        for item, offset, number in self._queries.sites([number for number in members if facts[number]]):
            yield item, offset, members[number], facts[number]

    def decide(
        self, item: int, offset: int, member: Member, facts: tuple[ApiFact, ...]
    ) -> Iterator[tuple[Access, bytes]]:
        """Yield what one call touches, with the text that decided it."""
        api = member_text(member)
        condition = self._index.conditions.get(member)
        if condition is not None and not self._holds(condition, item, offset):
            yield from ((Access(item, offset, api, fact, "weak"), b"") for fact in facts if condition.weak)
            return
        for fact in facts:
            if _says_enough(fact) and member not in self._index.constants:
                yield Access(item, offset, api, self._narrow(item, offset, member, fact), basis_of(fact)), b""
                continue
            arguments = self._queries.arguments(item, offset)
            for found, basis, text in decide_by_arguments(
                self._index, fact, member, arguments, self._beside(item), self._package
            ):
                yield Access(item, offset, api, found, basis), text

    def _holds(self, condition: Condition, item: int, offset: int) -> bool:
        if condition.arguments:
            texts = {text for argument in self._queries.arguments(item, offset) for text in argument.texts}
            return not texts.isdisjoint(condition.arguments)
        if condition.beside:
            return not condition.beside.isdisjoint(self._beside(item).texts)
        calls = self._queries.calls_in(item)
        if condition.unless:
            return condition.unless.isdisjoint(calls)
        return not condition.calls.isdisjoint(calls)

    def _narrow(self, item: int, offset: int, member: Member, fact: ApiFact) -> ApiFact:
        table = self._index.narrowed.get(member)
        if table is None:
            return fact
        texts = [text for argument in self._queries.arguments(item, offset) for text in argument.texts]
        narrower = next((table[text] for text in texts if text in table), None)
        return replace(fact, data_item=narrower) if narrower else fact

    def reflect(self, found: PartAccesses, used: set[tuple[int, bytes]]) -> None:
        """Add what calls by name touch, and the classes they create."""
        members = self._queries.members(_CLASS_LOADERS | _METHOD_FINDERS)
        for item, offset, number in self._queries.sites(list(members)):
            for argument in self._queries.arguments(item, offset)[:2]:
                for text in argument.texts:
                    self._reflect_one(found, used, (item, offset), members[number], text)

    def _reflect_one(
        self,
        found: PartAccesses,
        used: set[tuple[int, bytes]],
        site: tuple[int, int],
        member: Member,
        text: bytes,
    ) -> None:
        if member in _CLASS_LOADERS:
            program = self._queries.program
            class_ = program.classes.numbers.get(b"L" + text.replace(b".", b"/") + b";", -1)
            if class_ >= 0 and class_ < len(program.defined) and program.defined[class_]:
                found.created.append((site[0], class_))
            return
        fact = self._index.reflected.get(text)
        if fact is not None:
            basis = "reflection" if self._invokes(site[0]) else "weak"
            found.accesses.append(Access(*site, f"{fact.class_}->{fact.name}", fact, basis))
            used.add((site[0], text))

    def _invokes(self, item: int) -> bool:
        """Return whether a body calls methods by name or keeps what it looked up, not only asks whether they exist."""
        opcodes_of = self._queries.dex.references.opcode[self._queries.body(item)]
        keeps = bool(np.isin(opcodes_of, _PUT_OBJECT).any())
        return keeps or _INVOKE in self._queries.calls_in(item)

    def unfollowed(self) -> list[tuple[int, str]]:
        """Return the bodies of calls that lead to code that is not seen, with its kind."""
        kinds = load_unfollowed()
        members = self._queries.members(kinds)
        return [(item, kinds[members[number]]) for item, _, number in self._queries.sites(members)]

    def fields(self) -> Iterator[Access]:
        """Yield reads of fields that facts name."""
        for number, member in self._queries.fields(self._index.fields).items():
            fact = self._index.fields[member]
            for item, offset in self._queries.field_reads(number):
                yield Access(item, offset, member_text(member), fact, basis_of(fact))

    def texts(self) -> dict[int, list[tuple[int, bytes]]]:
        """Return by body the texts that show a fact alone, with their place."""
        queries, exact = self._queries, self._index.exact
        texts = {number: text for number, text in queries.used_texts().items() if text in exact}
        texts |= queries.matching_texts(_URI) | queries.matching_texts(self._index.any_path)
        telling = {number: text for number, text in texts.items() if self.fact_of_text(text) is not None}
        found: dict[int, list[tuple[int, bytes]]] = {}
        for item, offset, number in queries.text_sites(telling):
            found.setdefault(item, []).append((offset, telling[number]))
        return found

    def fact_of_text(self, text: bytes) -> ApiFact | None:
        """Return the fact that a text shows alone."""
        fact = self._index.exact.get(text)
        if fact is not None:
            return fact if fact.evidence == "direct" and fact.id not in self._index.manifest_only else None
        if text.startswith(b"content://"):
            return self._index.fact_of_uri(text)
        found = self._index.fact_of_path(text) if b"/" in text else None
        return found if found is not None and found.evidence == "direct" else None

    def basis_of_text(self, item: int, fact: ApiFact) -> str:
        """Return on what basis a text that stands alone shows its fact."""
        if fact.id in self._index.shared_folders:
            return "weak" if load_folder_readers().isdisjoint(self._queries.calls_in(item)) else "text"
        looked_up = fact.kind == "reflection-string" and self._looks_up(item) and not self._invokes(item)
        return "weak" if looked_up else "text"

    def _looks_up(self, item: int) -> bool:
        calls = self._queries.calls_in(item)
        return not (_METHOD_FINDERS | _CLASS_LOADERS).isdisjoint(calls)

    def _beside(self, item: int) -> Beside:
        """Return the texts, and the classes of static object fields, that a body names."""
        queries = self._queries
        refs, part = queries.dex.references, queries.part
        body = queries.body(item)
        owners = part.pools.fields["class"][refs.index[body][refs.opcode[body] == _STATIC_OBJECT]].tolist()
        known = (part.type_class[owner] for owner in owners if owner < len(part.type_class))
        return Beside(tuple(queries.texts_in(item)), tuple(queries.program.class_name(int(class_)) for class_ in known))


def _says_enough(fact: ApiFact) -> bool:
    telling = fact.data_item is not None or fact.act is not None or fact.mechanism == NEEDS
    return fact.evidence != "conditional" and telling


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
    asked = program.names.among({name for _, name in overrides})
    for node in np.flatnonzero(asked[nodes_name]).tolist():
        name = program.names.names[int(nodes_name[node])]
        above = ancestry.above(int(nodes_class[node]))
        member = next(((class_, name) for class_ in sorted(above) if (class_, name) in overrides), None)
        if member is not None:
            yield node, overrides[member]
