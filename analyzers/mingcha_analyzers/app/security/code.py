"""Signs in the code of a package, DEX by DEX: calls, fields, bodies, texts, each with its owner and place."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from mingcha_analyzers.app.code.accesses import PartAccesses, confidence_of
from mingcha_analyzers.app.code.program import Program
from mingcha_analyzers.app.code.queries import Queries
from mingcha_analyzers.app.dex.names import Member, decode_mutf8, dotted
from mingcha_analyzers.app.security.bodies import BodyLook
from mingcha_analyzers.app.security.calls import CallLook, call_at
from mingcha_analyzers.app.security.looks import Look, Sign, load_looks, member_of
from mingcha_analyzers.app.security.masking import cut
from mingcha_analyzers.app.security.owning import PLATFORM, OwnerOf
from mingcha_analyzers.app.security.surroundings import Spot, Surroundings
from mingcha_analyzers.app.security.texts import find_texts
from mingcha_analyzers.app.values import Place

_SURE_READ = 0.8
# Of one method; a body of tens of thousands would be compared with as many logs.
_MAX_READS = 200
# Places of calls that read personal data, with the item, by body.
Read = tuple[int, str]
Reads = Mapping[int, Sequence[Read]]


class CodeFinder:
    """Looks at one DEX of a program after the other and keeps the signs; those of the platform's code are nobody's."""

    def __init__(self) -> None:
        self.signs: list[Sign] = []

    def start(self, program: Program, owner_of: OwnerOf) -> None:
        """Make the looks ready for a program."""
        looks = load_looks()
        self._owner_of = owner_of
        calls = [CallLook(look, look.params.get("call", look.params)) for look in _at_calls(looks)]
        self._by_member: dict[Member, list[CallLook]] = {}
        for each in calls:
            for member in each.methods:
                self._by_member.setdefault(member, []).append(each)
        self._fields = [(look, Surroundings(look.params)) for look in looks.get("field", ())]
        self._bodies = [BodyLook(look, program) for look in looks.get("body", ())]
        self._texts = looks.get("text", ())

    def read(self, queries: Queries, accesses: PartAccesses) -> None:
        """Look at one DEX and keep its signs."""
        spots, reads = _Spots(queries, self._owner_of), _reads_by_body(accesses)
        for finder in (self._see_calls(queries, spots, reads), self._see_fields(queries, spots)):
            self.signs += finder
        self.signs += self._see_bodies(queries, spots)
        self.signs += self._see_texts(queries, spots)

    def _see_calls(self, queries: Queries, spots: "_Spots", reads: Reads) -> Iterator[Sign]:
        looks = {
            number: [look for look in self._by_member[member] if look.names(member, queries.descriptor, number)]
            for number, member in queries.members(self._by_member).items()
        }
        logs = frozenset(number for number, found in looks.items() if found and _logs(found))
        for item, offset, number in queries.sites([number for number, found in looks.items() if found]):
            if number in logs and item not in reads:
                continue
            spot = spots.at(item)
            if spot is not None:
                yield from self._judge_call(queries, spot, offset, looks[number], reads.get(item, ())[:_MAX_READS])

    def _judge_call(
        self, queries: Queries, spot: Spot, offset: int, looks: Sequence[CallLook], read: Sequence[Read]
    ) -> Iterator[Sign]:
        call = call_at(queries, spot.item, offset)
        for each in looks:
            if not each.surroundings.fit(queries, spot) or not all(wanted.holds(call) for wanted in each.arguments):
                continue
            left_out = each.look.params.get("unless_items", ())
            if each.look.kind != "log" or call.comes_from([at for at, item in read if item not in left_out]):
                yield _sign(queries, spot, each.look, offset, call.shown(each.detail))

    def _see_fields(self, queries: Queries, spots: "_Spots") -> Iterator[Sign]:
        for look, surroundings in self._fields:
            wanted = {member_of(anchor)[0] for anchor in look.params["fields"]}
            for number, (_, name) in queries.fields(wanted).items():
                for item, offset in queries.field_reads(number):
                    spot = spots.at(item)
                    if spot is not None and surroundings.fit(queries, spot):
                        yield _sign(queries, spot, look, offset, name.decode("utf-8", "replace"))

    def _see_bodies(self, queries: Queries, spots: "_Spots") -> Iterator[Sign]:
        for each in self._bodies:
            for item in each.places(queries):
                spot = spots.at(item)
                if spot is not None and each.surroundings.fit(queries, spot):
                    confidence = each.judge(queries, item)
                    if confidence:
                        yield _sign(queries, spot, each.look, 0, None, confidence)

    def _see_texts(self, queries: Queries, spots: "_Spots") -> Iterator[Sign]:
        used = queries.used_texts()
        numbers = list(used)
        found: dict[int, list[tuple[Look, str | None]]] = {}
        for look, place, shown in find_texts(self._texts, list(used.values())):
            found.setdefault(numbers[place], []).append((look, shown))
        for item, offset, number in queries.text_sites(found):
            spot = spots.at(item)
            if spot is not None:
                yield from (_sign(queries, spot, look, offset, shown) for look, shown in found[number])


def _reads_by_body(found: PartAccesses) -> Reads:
    """Return the places of calls and texts that read a data item for sure, by body."""
    reads: dict[int, list[tuple[int, str]]] = {}
    for access in found.accesses:
        if access.fact.data_item is not None and confidence_of(access) >= _SURE_READ:
            reads.setdefault(access.item, []).append((access.offset, access.fact.data_item))
    return reads


def _at_calls(looks: Mapping[str, Sequence[Look]]) -> Iterator[Look]:
    for kind in ("call", "missing", "log"):
        yield from looks.get(kind, ())


def _logs(looks: Sequence[CallLook]) -> bool:
    return all(each.look.kind == "log" for each in looks)


def _sign(
    queries: Queries, spot: Spot, look: Look, offset: int, detail: str | None, confidence: float | None = None
) -> Sign:
    place = Place(queries.part.name, spot.class_, spot.method, spot.descriptor, offset)
    shown = None if detail is None else cut(detail)
    return Sign(
        look, spot.owner, queries.part.name, place, shown, look.confidence if confidence is None else confidence
    )


class _Spots:
    """The methods of one DEX by their body."""

    def __init__(self, queries: Queries, owner_of: OwnerOf) -> None:
        self._queries = queries
        self._owner_of = owner_of
        definitions = queries.dex.definitions
        self._row = np.full(len(queries.dex.items.start) + 1, -1, np.int64)
        # Of several methods with one body the first counts.
        self._row[definitions.item[::-1]] = np.arange(len(definitions.item))[::-1]
        self._row[-1] = -1
        self._known: dict[int, Spot | None] = {}

    def at(self, item: int) -> Spot | None:
        """Return the method that has a body, null if it is the platform's or nobody's."""
        if item not in self._known:
            self._known[item] = self._find(item)
        return self._known[item]

    def _find(self, item: int) -> Spot | None:
        row = int(self._row[item])
        if row < 0:
            return None
        queries, definitions = self._queries, self._queries.dex.definitions
        method = int(definitions.method[row])
        class_ = dotted(decode_mutf8(queries.program.class_name(int(queries.part.method_class[method]))))
        owner = self._owner_of(class_)
        if owner == PLATFORM:
            return None
        return Spot(item, class_, decode_mutf8(queries.method_name(method)), queries.descriptor(method), owner)
