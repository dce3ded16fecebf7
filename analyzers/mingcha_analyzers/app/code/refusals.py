"""Which methods get the user's answer to a request of permissions, and what they do when it is no.

What the refused branch calls is noted per DEX and followed over the call graph later, a few calls deep.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from mingcha_analyzers.app.code.answers import BOX, GRANTED, RESULTS, AnswerNames, Value, find_refused
from mingcha_analyzers.app.code.graph import LOOSE, Graph
from mingcha_analyzers.app.code.prompt_table import load_prompts, read_prompt_table
from mingcha_analyzers.app.code.prompts import PARAMETER, PromptSite
from mingcha_analyzers.app.code.queries import Queries
from mingcha_analyzers.app.code.tables import members_of
from mingcha_analyzers.app.dex import opcodes
from mingcha_analyzers.app.dex.constants import Budget
from mingcha_analyzers.app.dex.names import Member

_REFUSED = "denied"
_PLATFORM = (b"Landroidx/", b"Landroid/", b"Lkotlin")
_KIND_OF_PARAMETER = {"results": ("[I", RESULTS), "granted": ("Z", GRANTED), "box": ("Ljava/lang/Object;", BOX)}
# A helper, a dialog, its listener and the method that a lambda stands for lie between a refusal and the end of the app.
_MAX_DEPTH = 5
_MAX_NODES = 400
_MAX_HANDED = 2
_MAX_STATES = 60_000
_STATIC = 0x8


@dataclass(frozen=True, slots=True)
class _Table:
    """See prompts.yaml: the names of methods that get the answer, and calls that end the app or close a screen."""

    kinds: Mapping[bytes, str]
    names: AnswerNames
    ends: frozenset[Member]
    closes: frozenset[Member]


@dataclass(frozen=True, slots=True)
class Answer:
    """A method that gets the answer, and its refused branch: does it end the app, close the screen, ask again?

    ``calls``: methods of the package that it calls, as class and name; ``created``: classes that it creates.
    """

    item: int
    class_: int
    ends: bool
    closes: bool
    asks: bool
    calls: tuple[tuple[int, int], ...]
    created: tuple[int, ...]


@dataclass(slots=True)
class PartAnswers:
    """The answers of one DEX, and the bodies that call what ends the app or closes a screen."""

    answers: list[Answer] = field(default_factory=list)
    ends: set[int] = field(default_factory=set)
    closes: set[int] = field(default_factory=set)


@cache
def _load_table() -> _Table:
    table = read_prompt_table()
    return _Table(
        kinds={name.encode(): kind for name, kind in table["answers"].items()},
        names=AnswerNames(re.compile(table["granted_name"]), re.compile(table["refused_name"])),
        ends=members_of(table["ends"]),
        closes=members_of(table["closes"]),
    )


def find_answers(queries: Queries, sites: Collection[PromptSite]) -> PartAnswers:
    """Return the methods of one DEX that get the answer to a request of permissions."""
    search = _Search(queries, sites)
    bodies = list(search.bodies())
    if not bodies:
        return PartAnswers()
    found = search.exits()
    done: set[int] = set()
    for item, class_, values in bodies:
        found.answers += search.follow(item, class_, values, done, _MAX_HANDED)
    return found


class _Search:
    def __init__(self, queries: Queries, sites: Collection[PromptSite]) -> None:
        self._queries = queries
        self._table = _load_table()
        part, definitions = queries.part, queries.dex.definitions
        rows = np.flatnonzero(np.isin(definitions.item, [site.item for site in sites]))
        asking = set(part.def_class[definitions.class_def[rows]].tolist())
        self._outer = {outermost(queries.program.class_name(class_)) for class_ in asking}
        self._created = {class_ for site in sites for class_ in site.created}
        self._marks: dict[int, str] = {}
        self._budget = Budget(_MAX_STATES)

    def bodies(self) -> Iterator[tuple[int, int, dict[int, Value] | None]]:
        """Yield bodies with the values at their entry; None: the whole body runs after a refusal."""
        queries, part, program = self._queries, self._queries.part, self._queries.program
        definitions = queries.dex.definitions
        asked = np.zeros(len(program.names.names), np.bool_)
        asked[[program.names.numbers[name] for name in self._table.kinds if name in program.names.numbers]] = True
        chosen = asked[part.method_name[definitions.method]] & part.own[definitions.class_def] & (definitions.item >= 0)
        for row in np.flatnonzero(chosen).tolist():
            method, item = int(definitions.method[row]), int(definitions.item[row])
            class_ = int(part.def_class[int(definitions.class_def[row])])
            kind = self._table.kinds[program.names.names[int(part.method_name[method])]]
            if not self._concerned(class_, kind):
                continue
            if kind == _REFUSED:
                yield item, class_, None
                continue
            place = self._parameter(method, kind, is_static=bool(int(definitions.access[row]) & _STATIC))
            if place is not None:
                first = queries.code(item).first_argument
                yield item, class_, {first + place: _KIND_OF_PARAMETER[kind][1]}

    def _concerned(self, class_: int, kind: str) -> bool:
        """Return whether a class gets answers: by the framework's own method, or beside a place that asks."""
        name = self._queries.program.class_name(class_)
        if name.startswith(_PLATFORM):
            return False
        return kind == "results" or class_ in self._created or outermost(name) in self._outer

    def _parameter(self, method: int, kind: str, *, is_static: bool) -> int | None:
        """Return the place, in registers, of the parameter that holds the answer."""
        types = PARAMETER.findall(self._queries.descriptor(method).partition(")")[0])
        wanted = _KIND_OF_PARAMETER[kind][0]
        if wanted not in types or (kind == "box" and len(types) != 1):
            return None
        before = types[: types.index(wanted)]
        return sum(2 if each in "JD" else 1 for each in before) + (0 if is_static else 1)

    def exits(self) -> PartAnswers:
        """Return the bodies that end the app or close a screen, and remember which calls do, or ask."""
        queries, table = self._queries, self._table
        members = queries.members(table.ends | table.closes | load_prompts().calls.keys())
        for number, member in members.items():
            self._marks[number] = "ends" if member in table.ends else "closes" if member in table.closes else "asks"
        found = PartAnswers()
        for item, _, number in queries.sites([number for number, mark in self._marks.items() if mark != "asks"]):
            (found.ends if self._marks[number] == "ends" else found.closes).add(item)
        return found

    def follow(
        self, item: int, class_: int, values: dict[int, Value] | None, done: set[int], hops: int
    ) -> Iterator[Answer]:
        """Yield the answer of a body, and those of methods that it hands what it was told."""
        if item in done:
            return
        done.add(item)
        code = self._queries.code(item)
        yield self._answer(
            item, class_, find_refused(code, values, self._table.names, self._budget) if values else None
        )
        for target, target_class, given in self._handed(item, values or {}) if hops else ():
            yield from self.follow(target, target_class, given, done, hops - 1)

    def _answer(self, item: int, class_: int, places: set[int] | None) -> Answer:
        """Return what stands at the places; None: everywhere."""
        refs, part, program = self._queries.dex.references, self._queries.part, self._queries.program
        span = self._queries.body(item)
        marks: set[str] = set()
        calls: dict[tuple[int, int], None] = {}
        created: dict[int, None] = {}
        for row in range(span.start, span.stop):
            if places is not None and int(refs.offset[row]) not in places:
                continue
            index, kind = int(refs.index[row]), int(refs.kind[row])
            if kind == opcodes.METHOD and index in self._marks:
                marks.add(self._marks[index])
            elif kind == opcodes.METHOD and program.defined[int(part.method_class[index])]:
                calls[int(part.method_class[index]), int(part.method_name[index])] = None
            elif kind == opcodes.NEW and program.defined[int(part.type_class[index])]:
                created[int(part.type_class[index])] = None
        return Answer(item, class_, "ends" in marks, "closes" in marks, "asks" in marks, tuple(calls), tuple(created))

    def _handed(self, item: int, values: Mapping[int, Value]) -> Iterator[tuple[int, int, dict[int, Value]]]:
        """Yield the methods of this DEX that a body gives what it was told: a lambda's body, a helper."""
        queries, part = self._queries, self._queries.part
        refs, first = queries.dex.references, queries.code(item).first_argument
        span = queries.body(item)
        rows = (row for row in range(span.start, span.stop) if int(refs.kind[row]) == opcodes.METHOD)
        for row in rows:
            method = int(refs.index[row])
            given = {
                place: values[first + argument.parameter]
                for place, argument in enumerate(queries.arguments(item, int(refs.offset[row])))
                if argument.parameter is not None and first + argument.parameter in values
            }
            platform = queries.program.class_name(int(part.method_class[method])).startswith(_PLATFORM)
            body = self._definition(method) if given and not platform else None
            if body is not None:
                start = queries.code(body).first_argument
                class_ = int(part.method_class[method])
                yield body, class_, {start + place: value for place, value in given.items()}

    def _definition(self, method: int) -> int | None:
        definitions = self._queries.dex.definitions
        rows = np.flatnonzero((definitions.method == method) & (definitions.item >= 0))
        return int(definitions.item[rows[0]]) if len(rows) else None


def outermost(descriptor: bytes) -> bytes:
    """Return the name of the outermost class, without its ending."""
    return descriptor.partition(b"$")[0].removesuffix(b";")


def lead_to(graph: Graph, answer: Answer, goals: Collection[int]) -> bool:
    """Tell whether what a refused branch calls or creates comes to one of these methods, few calls deep."""
    bound = graph.class_base + len(graph.index.parent)
    frontier = [node for class_, name in answer.calls for node in graph.index.find_method(class_, name)]
    frontier += [graph.class_base + class_ for class_ in answer.created]
    seen: set[int] = set()
    for _ in range(_MAX_DEPTH + 1):
        seen.update(frontier)
        if any(node in goals for node in frontier):
            return True
        if len(seen) > _MAX_NODES:
            return False
        frontier = [node for node in _next(graph, frontier, bound) if node not in seen]
    return False


def _next(graph: Graph, nodes: Iterable[int], bound: int) -> list[int]:
    """Return the methods and classes that nodes lead to; other screens that they start are no part of the answer."""
    found: dict[int, None] = {}
    for node in nodes:
        arcs = slice(int(graph.first[node]), int(graph.first[node + 1]))
        targets = graph.target[arcs][graph.mark[arcs] & LOOSE == 0].tolist()
        found.update((target, None) for target in targets if target < bound)
    return list(found)
