"""Ways that are given by pointing at another part: “第十章的联系方式”, “如何联系我们”, “上述方式”."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from mingcha_analyzers.policy.claims.rights.kinds import heading_kinds
from mingcha_analyzers.policy.claims.rights.parts import Parts
from mingcha_analyzers.policy.claims.rights.ways import Way, find_ways, group_span
from mingcha_analyzers.policy.claims.statement import Statement
from mingcha_analyzers.policy.claims.words import pattern
from mingcha_analyzers.policy.values import Contact, ContactKind, Mechanism, RightKind

CONTACT_SECTION = "D.9.contact"
MECHANISMS = {ContactKind.EMAIL: Mechanism.EMAIL, ContactKind.PHONE: Mechanism.PHONE, ContactKind.URL: Mechanism.FORM}


class Target(StrEnum):
    """What a reference points at."""

    CHAPTER = "chapter"
    TITLE = "title"
    POLICY = "policy"
    AHEAD = "ahead"
    ABOVE = "above"
    LIKEWISE = "likewise"


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference in ``Statement.text[start:end]``; ``only``: the ways it picks of those given there, empty for all."""

    target: Target
    words: str
    only: frozenset[Mechanism]
    start: int
    end: int


def find_references(statement: Statement) -> Iterator[Reference]:
    """Yield what the sentence points at; the same words count once."""
    taken = 0
    for target in Target:
        hit = pattern("right_ways", target.value, statement.lang).search(statement.text)
        if hit is None or (target is Target.POLICY and taken):
            continue
        taken += 1
        yield Reference(target, _group(hit, "n") or _group(hit, "title"), _only(hit, statement.lang), *hit.span())


def _group(hit: re.Match[str], name: str) -> str:
    span = group_span(hit, name)
    return hit.string[slice(*span)] if span else ""


def _only(hit: re.Match[str], lang: str) -> frozenset[Mechanism]:
    rest = hit.group() + _group(hit, "rest")
    found = {
        mechanism
        for mechanism in (Mechanism.EMAIL, Mechanism.PHONE)
        if pattern("right_ways", f"only_{mechanism}", lang).search(rest)
    }
    return frozenset(found)


class Directory:
    """The contacts of a policy by the part they stand in."""

    def __init__(
        self, statements: Sequence[Statement], parts: Mapping[str, Parts], contacts: Sequence[Contact]
    ) -> None:
        self._statements = statements
        self._parts = parts
        self._listed = contacts

    def contacts(self) -> tuple[Way, ...]:
        """Return the ways of the part on contact, one of each kind."""
        return one_each(self._contacts)

    def resolve(self, reference: Reference, statement: Statement) -> tuple[Way, ...]:
        """Return the ways the reference leads to, one of each kind; the policy's contacts if its part has none."""
        place = self._place(reference, statement)
        found = self._inside(statement.doc, *place) if place else ()
        return one_each(way for way in found or self._contacts if not reference.only or way.mechanism in reference.only)

    def _place(self, reference: Reference, statement: Statement) -> tuple[int, int] | None:
        parts = self._parts[statement.doc]
        if reference.target is Target.AHEAD:
            return statement.end, parts.end_of(statement.start)
        if reference.target is Target.CHAPTER:
            return parts.numbered(reference.words)
        return parts.titled(reference.words) if reference.target is Target.TITLE and reference.words else None

    def _inside(self, doc: str, start: int, end: int) -> tuple[Way, ...]:
        inside = (one for one in self._statements if one.doc == doc and start <= one.start < end)
        return tuple(way for one in inside for way in given_ways(one))

    @cached_property
    def _contacts(self) -> tuple[Way, ...]:
        """The ways of the sections on contact, else the contacts found anywhere."""
        inside = (one for one in self._statements if one.section == CONTACT_SECTION)
        found = tuple(way for one in inside for way in given_ways(one))
        return found or tuple(
            Way(MECHANISMS[one.kind], None, one.span, 0, 0) for one in self._listed if one.kind in MECHANISMS
        )


def one_each(ways: Iterable[Way]) -> tuple[Way, ...]:
    """Return the first way of each kind."""
    first: dict[Mechanism, Way] = {}
    for way in ways:
        first.setdefault(way.mechanism, way)
    return tuple(first.values())


def given_ways(statement: Statement) -> Iterator[Way]:
    """Yield the ways whose address or menu stands in ``statement``; those of authorities are none."""
    if not pattern("rights", "authorities", statement.lang).search(statement.text):
        yield from (way for way in find_ways(statement) if way.value)


def likewise_kinds(reference: Reference, lang: str) -> frozenset[RightKind]:
    """Return the rights whose ways serve another one, too."""
    return heading_kinds(reference.words, lang) if reference.target is Target.LIKEWISE else frozenset()
