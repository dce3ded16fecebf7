"""Accesses joined with their owner and with how they are reached, one observation for each item, API and caller."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from mingcha_analyzers.app.code.accesses import Access, confidence_of
from mingcha_analyzers.app.code.entries import Entries, is_early
from mingcha_analyzers.app.code.facts import is_effective, load_fact_index, load_treatment
from mingcha_analyzers.app.code.graph import GUARDED, LATER, LOOSE, Graph
from mingcha_analyzers.app.code.owners import PLATFORM
from mingcha_analyzers.app.code.program import Program
from mingcha_analyzers.app.code.reach import GAP, Reached, find_reached
from mingcha_analyzers.app.code.sending import Senders
from mingcha_analyzers.app.code.tables import load_sinks
from mingcha_analyzers.app.dex.names import decode_mutf8, dotted
from mingcha_analyzers.app.network.addresses import Address
from mingcha_analyzers.app.network.endpoints import Sighting
from mingcha_analyzers.app.values import (
    BeforeConsent,
    Component,
    ComponentKind,
    Observation,
    Place,
    Reach,
    Stage,
)
from mingcha_corpora.facts import ApiFact

# Mechanisms by which a call makes the called code read.
_STARTS = frozenset(("action", "listener"))
# Mechanisms by which the calling method itself gets the data.
_READS = frozenset(("getter", "field", "content-query", "file-read", "reflection", "argument"))
# Weak evidence is not followed further.
_SURE_ENOUGH = 0.5
_NOT_REACHED = Reach(None, (), BeforeConsent.UNKNOWN, None)


@dataclass(frozen=True, slots=True, eq=False)
class Views:
    """What is reached at start-up without asking a flag, also past flags, also through calls of any code.

    ``late``: from entry points that are not of the start-up, on no open way; ``all``: from any, on any.
    """

    plain: Reached
    guarded: Reached
    loose: Reached
    late: Reached
    all: Reached


def find_views(graph: Graph, entries: Entries) -> Views:
    """Return what is reached from the entry points, more and more of it."""
    return Views(
        find_reached(graph, entries.start_up, GUARDED | LATER | LOOSE),
        find_reached(graph, entries.start_up, LATER | LOOSE),
        find_reached(graph, entries.start_up, LATER),
        find_reached(graph, set(entries.all) - set(entries.start_up), LOOSE),
        find_reached(graph, entries.all, 0),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Sending:
    """Which methods can send, and by method that calls the network the call it makes."""

    senders: Senders
    calls: Mapping[int, str]


@dataclass(frozen=True, slots=True, eq=False)
class Join:
    """Makes observations of one program."""

    program: Program
    graph: Graph
    views: Views
    sending: Sending
    owner_of: Callable[[str], str]
    target_sdk: int | None
    # Ways have their first methods in common.
    _names: dict[int, str] = field(default_factory=lambda: {GAP: "…"})

    def observe(self, node: int, access: Access) -> Observation:
        """Return the observation of one access in one method."""
        place = self.place(node, access.offset)
        fact = access.fact
        gate = fact.mechanism == "consent-gate"
        reach, stage = self.reach(node, access.offset, caught=access.caught)
        sends = self._sends(node, access) if stage is Stage.REACHABLE else ()
        return Observation(
            data_item=None if gate or fact.act else fact.data_item,
            act=load_treatment()["consent_gate_act"] if gate else fact.act,
            api=access.api,
            caller=self.name_of(node),
            owner=self._owner(fact, place.class_ or ""),
            stage=Stage.SENT_POSSIBLE if sends else stage,
            facets=fact.facets,
            place=place,
            reach=reach,
            effective=is_effective(fact, self.target_sdk),
            confidence=confidence_of(access),
            sends=sends,
        )

    def _sends(self, node: int, access: Access) -> tuple[str, ...]:
        """Return the way on which what an access gives can be sent, empty if there is none."""
        senders = self.sending.senders
        called_back = access.item < 0
        if not _tells_what_is_sent(access) or not senders.has(node, with_result=not called_back):
            return ()
        way = senders.way_from(node)
        return (*(self.name_of(each) for each in way if each < self.graph.class_base), self.sending.calls[way[-1]])

    def see_host(self, node: int, offset: int, address: Address) -> Sighting:
        """Return a host that a method names."""
        place = self.place(node, offset)
        stage = Stage.REACHABLE if self.views.all.has(node) else Stage.PRESENT
        return Sighting(address, self.owner_of(place.class_ or ""), stage, place)

    def see_field_host(self, part: int, class_: int, address: Address) -> Sighting:
        """Return a host that a static field begins with; whether it is read is not followed."""
        name = dotted(decode_mutf8(self.program.class_name(class_)))
        place = Place(self.program.parts[part].name, name, None, None, None)
        return Sighting(address, self.owner_of(name), Stage.PRESENT, place)

    def place(self, node: int, offset: int) -> Place:
        """Return a place in a method."""
        program, methods = self.program, self.graph.methods
        part = program.parts[int(methods.part[node])]
        class_ = decode_mutf8(program.class_name(int(methods.class_[node])))
        name = decode_mutf8(program.names.names[int(methods.name[node])])
        return Place(part.name, dotted(class_), name, part.descriptor(int(methods.method[node])), offset)

    def _owner(self, fact: ApiFact, caller: str) -> str:
        """Return whose access it is: who starts an SDK makes the SDK read, who asks it for a value reads.

        An SDK that the package does not hold (code asks for it in case it is there) reads nothing.
        """
        if fact.mechanism in _STARTS and fact.class_ and self.program.defines(fact.class_.encode()):
            api = self.owner_of(dotted(fact.class_))
            return api if api.startswith("sdk:") else self.owner_of(caller)
        return self.owner_of(caller)

    def reach(self, node: int, offset: int, *, caught: bool = False) -> tuple[Reach, Stage]:
        """Return how a place in a method is reached; ``caught``: after an exception only."""
        views = self.views
        if not views.all.has(node):
            return _NOT_REACHED, Stage.PRESENT
        flag = self.graph.guards.flag_at(node, offset)
        caught |= self.graph.actions.flag_at(node, offset) is not None
        if views.plain.has(node) and flag is None and not caught:
            view, before = views.plain, BeforeConsent.YES
        elif views.guarded.has(node) and not caught:
            view = views.plain if views.plain.has(node) else views.guarded
            before = BeforeConsent.GUARDED
        elif views.loose.has(node):
            view, before = views.loose, BeforeConsent.UNKNOWN
        else:
            # Code that several screens share is shown on the way of one that is not the first.
            view, before = views.late if views.late.has(node) else views.all, BeforeConsent.NO
        way = view.way_to(node)
        chain = tuple(self.name_of(each) for each in way if each < self.graph.class_base)
        asked = flag or self._flag_on(way) if before is BeforeConsent.GUARDED else None
        return Reach(chain[0], chain, before, asked), Stage.REACHABLE

    def _flag_on(self, way: Sequence[int]) -> str | None:
        """Return the flag that the first guarded step of a way asks."""
        steps = ((source, target) for source, target in pairwise(way) if GAP not in (source, target))
        guarded = (source for source, target in steps if self.graph.is_guarded(source, target))
        source = next(guarded, None)
        return None if source is None else self.graph.guards.flag_in(source)

    def owner_of_node(self, node: int) -> str:
        """Return whose method it is."""
        return self.owner_of(dotted(decode_mutf8(self.program.class_name(int(self.graph.methods.class_[node])))))

    def name_of(self, node: int) -> str:
        """Return a method as ``Lclass;->name``."""
        name = self._names.get(node)
        if name is None:
            methods, program = self.graph.methods, self.program
            class_ = decode_mutf8(program.class_name(int(methods.class_[node])))
            name = f"{class_}->{decode_mutf8(program.names.names[int(methods.name[node])])}"
            self._names[node] = name
        return name


def _tells_what_is_sent(access: Access) -> bool:
    """Return whether a way to the network says something of an access: a sure read of what is mostly kept."""
    fact, sinks = access.fact, load_sinks()
    if fact.data_item is None or fact.data_item in sinks.not_sent or access.api in sinks.not_sent_calls:
        return False
    return (access.item < 0 or fact.mechanism in _READS) and confidence_of(access) >= _SURE_ENOUGH


def fold(observations: Iterable[Observation]) -> tuple[Observation, ...]:
    """Return one observation for each item or act, API and caller, in a fixed order.

    Of several the surest counts, then the one reached soonest, then the first place. Weak evidence of the platform's
    own libraries is left out.
    """
    best: dict[tuple[str, ...], Observation] = {}
    for each in observations:
        if not (each.data_item or each.act) or (each.owner == PLATFORM and each.confidence < 0.5):
            continue
        key = (each.data_item or "", each.act or "", each.api, each.caller, each.place.descriptor or "")
        if key not in best or _rank(each) < _rank(best[key]):
            best[key] = each
    return tuple(sorted(best.values(), key=_order))


_BEFORE = list(BeforeConsent)


def _rank(each: Observation) -> tuple[float, int, int]:
    return -each.confidence, _BEFORE.index(each.reach.before_consent), each.place.offset or 0


def _order(each: Observation) -> tuple[str, ...]:
    return each.owner, each.data_item or "", each.act or "", each.api, each.caller, each.place.descriptor or ""


def observe_components(
    components: Sequence[Component], owner_of: Callable[[str], str], target_sdk: int | None
) -> Iterator[tuple[ApiFact, Observation]]:
    """Yield what the intent filters of components show: self start, messages received."""
    exact = load_fact_index().exact
    for component in components:
        for action in sorted({action for each in component.intent_filters for action in each.actions}):
            fact = exact.get(action.encode())
            if fact is None or fact.kind != "intent-action" or component.kind is ComponentKind.ACTIVITY:
                continue
            yield fact, observe_component(component, fact, action, owner_of, effective=is_effective(fact, target_sdk))


def observe_component(
    component: Component, fact: ApiFact, api: str, owner_of: Callable[[str], str], *, effective: bool
) -> Observation:
    """Return what the declaration of a component shows; the system or another app enters there."""
    entry = f"L{component.name.replace('.', '/')};"
    before = BeforeConsent.YES if is_early(component) else BeforeConsent.NO
    return Observation(
        data_item=None if fact.act else fact.data_item,
        act=fact.act,
        api=api,
        caller=entry,
        owner=owner_of(component.name),
        stage=Stage.REACHABLE,
        facets=fact.facets,
        place=Place(None, component.name, None, None, None),
        reach=Reach(entry, (entry,), before, None),
        effective=effective,
        confidence=load_treatment()["confidence"]["direct"] if fact.evidence == "direct" else 0.3,
        sends=(),
    )
