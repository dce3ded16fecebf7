"""Whose right each sentence speaks of: its own words, the list or sentence it goes on with, or the heading above."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from mingcha_analyzers.policy.claims.rights.kinds import Named, heading_kinds, is_ours, named_kinds, strong
from mingcha_analyzers.policy.claims.rights.parts import Parts
from mingcha_analyzers.policy.claims.rights.references import Reference, find_references
from mingcha_analyzers.policy.claims.rights.terms import Period, find_conditions, find_period
from mingcha_analyzers.policy.claims.rights.ways import Way, app_names, find_ways
from mingcha_analyzers.policy.claims.sentences import marker_style
from mingcha_analyzers.policy.claims.statement import Statement
from mingcha_analyzers.policy.claims.words import pattern
from mingcha_analyzers.policy.layout import BlockKind
from mingcha_analyzers.policy.values import ConditionKind, RightKind

Kinds = frozenset[RightKind]
NOBODY: Kinds = frozenset()
COMPLAINTS: Kinds = frozenset({RightKind.COMPLAINT})  # All that the heading of a part on contact can be about.
SHORT_LINE = {"zh": 24, "en": 48}  # Letters of a line that can stand for a heading.


class Tier(IntEnum):
    """How well the place fits; what stands in a worse place counts only where nothing better is found."""

    RIGHTS = 0
    CONTACT = 1
    ELSEWHERE = 2
    ASIDE = 3


TIERS = {"D.5.rights": Tier.RIGHTS, "D.9.contact": Tier.CONTACT, "D.0.controller": Tier.CONTACT}
TIERS |= {"D.6.children": Tier.ASIDE, "D.2.cookie": Tier.ASIDE}


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence with the rights it speaks of. ``own``: it names them itself; ``general``: it is about all rights."""

    statement: Statement
    index: int
    tier: Tier
    kinds: Kinds
    own: bool
    general: bool
    granted: bool
    named: tuple[Named, ...]
    ways: tuple[Way, ...]
    references: tuple[Reference, ...]
    period: Period | None
    conditions: tuple[tuple[ConditionKind, tuple[int, int]], ...]

    def leads_somewhere(self) -> bool:
        """Return whether the sentence gives or points at a way."""
        return bool(self.ways or self.references)


def says(key: str, statement: Statement, text: str | None = None) -> bool:
    """Return whether the words ``key`` stand in the statement, or in ``text`` of its language."""
    found = pattern("rights", key, statement.lang).search(statement.text if text is None else text)
    return found is not None


def find_passages(statements: Sequence[Statement], parts: Mapping[str, Parts]) -> Iterator[Passage]:
    """Yield the sentences that have to do with a right, in text order."""
    reader: _Reader | None = None
    names = app_names(statements)
    for index, statement in enumerate(statements):
        if statement.kind is BlockKind.HEADING:
            reader = None
            continue
        if reader is None or not reader.covers(statement):
            reader = _Reader(statement, tuple(parts[statement.doc].headings(statement.start)), names)
        passage = reader.read(index, statement)
        if passage is not None:
            yield passage


class _Reader:
    """Reads the sentences under one heading; what was said last decides what the next one is about."""

    def __init__(self, statement: Statement, headings: Sequence[str], names: frozenset[str]) -> None:
        self._names = names
        self._place = (statement.doc, statement.section, statement.heading)
        self._tier = TIERS.get(statement.section or "", Tier.ELSEWHERE)
        own = self._tier is Tier.RIGHTS
        fit = frozenset(RightKind) if own else COMPLAINTS if self._tier is Tier.CONTACT else NOBODY
        kinds = (heading_kinds(heading, statement.lang) & fit for heading in headings or (statement.heading,))
        self._topic: Kinds = next((found for found in kinds if found), NOBODY)
        heading = next(iter(headings), statement.heading)
        self._general = own and not self._topic and says("general_heading", statement, heading)
        self._pending: tuple[Kinds, bool] = (NOBODY, False)
        self._carried: tuple[int, Kinds] = (-1, NOBODY)

    def covers(self, statement: Statement) -> bool:
        """Return whether ``statement`` stands under the same heading."""
        return self._place == (statement.doc, statement.section, statement.heading)

    def read(self, index: int, statement: Statement) -> Passage | None:
        """Return what the next sentence says of rights, None if nothing."""
        if statement.kind is BlockKind.TABLE_ROW and self._tier is not Tier.RIGHTS:
            return None
        if self._tier is Tier.RIGHTS and self._is_title(statement):
            return None
        named = named_kinds(statement)
        ways = tuple(way for way in find_ways(statement) if way.value or self._is_place(statement, way))
        references = tuple(one for one in find_references(statement) if not is_ours(statement, one.start))
        if is_circumstance(statement) and not (ways or references):
            return None
        outside, period = outside_menus(named, ways), find_period(statement)
        kinds, own = self._kinds(statement, outside)
        general = self._speaks_for_all(statement, own=own and bool(strong(outside)), answers=period is not None)
        if general:
            kinds = NOBODY
        self._remember(statement, kinds, own=own, general=general)
        return Passage(
            statement=statement,
            index=index,
            tier=self._tier_of(statement),
            kinds=kinds,
            own=own,
            general=general,
            granted=is_granted(statement),
            named=outside,
            ways=ways,
            references=references,
            period=period,
            conditions=tuple(find_conditions(statement)),
        )

    def _is_place(self, statement: Statement, way: Way) -> bool:
        return (way.path or "").lower() not in self._names and not is_ours(statement, way.start)

    def _is_title(self, statement: Statement) -> bool:
        """Take a short line without an end for the heading of what follows; return whether it is one."""
        text = statement.text
        if len(text) > SHORT_LINE[statement.lang] or text[-1] in "。;,:." or says("granted", statement):
            return False
        if says("general_heading", statement) and not says("general", statement):
            self._topic, self._general = NOBODY, True
            return True
        kinds = heading_kinds(text, statement.lang)
        if not kinds or find_ways(statement) or is_circumstance(statement):
            return False
        self._topic, self._general = kinds, False
        return True

    def _kinds(self, statement: Statement, named: tuple[Named, ...]) -> tuple[Kinds, bool]:
        """Return the rights the sentence is about, and whether it says so itself."""
        own = strong(named)
        weak = frozenset(one.kind for one in named)
        entries = weak & {RightKind.DELETE}
        if own == COMPLAINTS and RightKind.AUTOMATED_DECISION in self._context(statement):
            return own | {RightKind.AUTOMATED_DECISION}, True  # An objection is the way to that right (7.12).
        if own:
            return own | entries | (self._topic if says("failing", statement) else NOBODY), True
        if says("mishaps", statement):
            return NOBODY, False
        context = self._context(statement)
        return (context | entries, bool(entries)) if context else (weak, True)

    def _context(self, statement: Statement) -> Kinds:
        for lead in statement.leads():
            if not is_circumstance(statement):
                found = strong(named_kinds(lead))
                if found:
                    return found
        block, carried = self._carried
        if block == statement.block and carried and marker_style(statement.source) is None:
            return carried
        return NOBODY if says("questions", statement) else self._pending[0] or self._topic

    def _speaks_for_all(self, statement: Statement, *, own: bool, answers: bool) -> bool:
        if own or self._tier > Tier.CONTACT:
            return False
        if answers and not self._topic and self._tier is Tier.RIGHTS and says("requests", statement):
            return True
        if self._pending[1] or says("general", statement):
            return True
        return self._general and says("requests", statement) and not says("questions", statement)

    def _remember(self, statement: Statement, kinds: Kinds, *, own: bool, general: bool) -> None:
        if own and kinds and is_granted(statement):
            self._carried = (statement.block, kinds)
            self._pending = (NOBODY, False)
        if (kinds or general) and pattern("right_ways", "below", statement.lang).search(statement.text):
            self._pending = (kinds, general)

    def _tier_of(self, statement: Statement) -> Tier:
        return Tier.ASIDE if says("others", statement) else self._tier


def outside_menus(named: tuple[Named, ...], ways: Sequence[Way]) -> tuple[Named, ...]:
    """Return what is named beside the menu paths; all, where only they name a right (“我的-设置-注销账号”)."""
    menus = [(way.start, way.end) for way in ways if way.path and way.value]
    free = tuple(one for one in named if not any(start <= one.start < end for start, end in menus))
    return free if strong(free) else named


def is_circumstance(statement: Statement) -> bool:
    """Return whether the statement is one of the cases in which a right holds (“在以下情形中，您可以…：”)."""
    return statement.lead is not None and says("circumstances", statement, statement.lead.text)


def is_granted(statement: Statement) -> bool:
    """Return whether the sentence, or one that introduces it, gives the user something to do."""
    return says("granted", statement) or any(says("granted", lead) for lead in statement.leads())
