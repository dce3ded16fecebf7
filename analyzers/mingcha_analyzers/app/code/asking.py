"""Requests of permissions joined with their owner, the way to them, what is told beside and what a refusal leads to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mingcha_analyzers.app.code.graph import Graph
from mingcha_analyzers.app.code.observations import Join
from mingcha_analyzers.app.code.owners import PLATFORM
from mingcha_analyzers.app.code.prompts import PromptSite
from mingcha_analyzers.app.code.rationales import Beside, TextsOf, find_purpose
from mingcha_analyzers.app.code.refusals import Answer, PartAnswers, lead_to, outermost
from mingcha_analyzers.app.values import BeforeConsent, OnRefusal, PermissionGrade, PermissionPrompt

_SURE, _BESIDE, _UNNAMED = 0.9, 0.6, 0.4
_BEFORE = ("yes", "guarded", "unknown", "no")
# Behind a stored flag the start-up still asks before any function: on every later start, or on the first.
_EARLY = frozenset((BeforeConsent.YES, BeforeConsent.GUARDED))


@dataclass(frozen=True, slots=True)
class PartAsking:
    """What one DEX holds of requests."""

    sites: list[PromptSite]
    answers: PartAnswers
    beside: Mapping[int, Beside]

    def items(self) -> set[int]:
        """Return the bodies whose methods are asked for."""
        return {site.item for site in self.sites} | self.answers.ends | self.answers.closes


def join_prompts(
    parts: Sequence[PartAsking], nodes: Sequence[Mapping[int, list[int]]], join: Join, texts_of: TextsOf
) -> tuple[PermissionPrompt, ...]:
    """Return the requests of a package, one for each method and set of permissions, in a fixed order.

    ``nodes``: by DEX, the methods that have each body; ``texts_of``: the texts of a string resource.
    """
    refusals = _Refusals(parts, nodes, join)
    told = _Told(texts_of)
    found: dict[tuple[str, ...], PermissionPrompt] = {}
    for part, methods in zip(parts, nodes, strict=True):
        for site in part.sites:
            purpose = told.purpose(site, part.beside.get(site.item))
            for node in methods.get(site.item, ()):
                prompt = _prompt(site, node, join, purpose, refusals)
                key = (prompt.caller, *prompt.permissions)
                if prompt.owner != PLATFORM and (key not in found or _rank(prompt) < _rank(found[key])):
                    found[key] = prompt
    return tuple(sorted(found.values(), key=lambda each: (each.owner, each.caller, each.api, each.permissions)))


def _rank(prompt: PermissionPrompt) -> tuple[float, int]:
    return -prompt.confidence, _BEFORE.index(prompt.reach.before_consent)


def _prompt(site: PromptSite, node: int, join: Join, purpose: str | None, refusals: "_Refusals") -> PermissionPrompt:
    place = join.place(node, site.offset)
    reach, _ = join.reach(node, site.offset)
    on_refusal = refusals.of(site, node, reach.chain)
    return PermissionPrompt(
        permissions=site.permissions,
        api=site.api,
        caller=join.name_of(node),
        owner=join.owner_of(place.class_ or ""),
        place=place,
        reach=reach,
        purpose=purpose,
        on_refusal=on_refusal,
        grade=_grade(reach.before_consent, on_refusal),
        confidence=_SURE if site.sure else _BESIDE if site.permissions else _UNNAMED,
    )


def _grade(before: BeforeConsent, on_refusal: Sequence[OnRefusal]) -> PermissionGrade:
    """Return how far a request goes; to close the first screen ends the app."""
    early = before in _EARLY
    if OnRefusal.ENDS_APP in on_refusal or (early and OnRefusal.CLOSES_SCREEN in on_refusal):
        return PermissionGrade.REFUSAL_ENDS
    return PermissionGrade.REQUESTED_AT_LAUNCH if early else PermissionGrade.REQUESTED


class _Told:
    """What stands beside requests; the resources of a class are looked up once."""

    def __init__(self, texts_of: TextsOf) -> None:
        self._texts_of = texts_of
        self._resources: dict[bytes, tuple[str, ...]] = {}

    def purpose(self, site: PromptSite, beside: Beside | None) -> str | None:
        """Return the text that says what a permission is for: given to the call, beside it in code, or a resource."""
        given = (site.told,) if site.told else ()
        told = find_purpose((*given, *(beside.texts if beside else ())), site.permissions)
        if told or beside is None:
            return told
        if beside.class_ not in self._resources:
            texts = (text for number in beside.resources for text in self._texts_of(number))
            self._resources[beside.class_] = tuple(dict.fromkeys(texts))
        return find_purpose(self._resources[beside.class_], site.permissions)


class _Refusals:
    """The answers of a package by class, and the methods that end the app or close a screen."""

    def __init__(self, parts: Sequence[PartAsking], nodes: Sequence[Mapping[int, list[int]]], join: Join) -> None:
        self._join = join
        self._by_outer: dict[bytes, list[Answer]] = {}
        self._known: dict[Answer, tuple[OnRefusal, ...]] = {}
        self._ends: set[int] = set()
        self._closes: set[int] = set()
        for part, methods in zip(parts, nodes, strict=True):
            for answer in part.answers.answers:
                name = join.program.class_name(answer.class_)
                self._by_outer.setdefault(outermost(name), []).append(answer)
            self._ends.update(_nodes(part.answers.ends, methods))
            self._closes.update(_nodes(part.answers.closes, methods))

    def of(self, site: PromptSite, node: int, chain: Sequence[str]) -> tuple[OnRefusal, ...]:
        """Return what follows a refusal of this request, as far as the methods that get the answer tell."""
        if site.is_page:
            return ()
        graph = self._join.graph
        found: set[OnRefusal] = set()
        for answer in self._answers(site, node, chain):
            if answer not in self._known:
                self._known[answer] = tuple(self._marks(graph, answer))
            found.update(self._known[answer])
        return tuple(mark for mark in OnRefusal if mark in found)

    def _marks(self, graph: Graph, answer: Answer) -> Iterator[OnRefusal]:
        if answer.ends or lead_to(graph, answer, self._ends):
            yield OnRefusal.ENDS_APP
        if answer.closes or lead_to(graph, answer, self._closes):
            yield OnRefusal.CLOSES_SCREEN
        if answer.asks:
            yield OnRefusal.ASKS_AGAIN

    def _answers(self, site: PromptSite, node: int, chain: Sequence[str]) -> Iterator[Answer]:
        """Yield the answers to a request: of its class, those above it, its listeners, and the screens on its way."""
        program = self._join.program
        class_ = int(self._join.graph.methods.class_[node])
        classes = [class_, *program.ancestors(class_), *site.created]
        names = [program.class_name(each) for each in classes]
        names += [step.partition("->")[0].encode() for step in chain]
        for outer in dict.fromkeys(map(outermost, names)):
            yield from self._by_outer.get(outer, ())


def _nodes(items: Iterable[int], methods: Mapping[int, list[int]]) -> Iterator[int]:
    for item in items:
        yield from methods.get(item, ())
