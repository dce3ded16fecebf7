"""Security facts of one kind, one gap for each owner of the code or component; one for all SDKs together.

Parameter: ``facts``, ids of security facts. How grave a gap is follows from the record of its gravest fact: never
graver than the card, as a weakness shows no harm done; a step milder where the sign is unsure, and never more than
advice for the code of an SDK, which the operator did not write.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mingcha_analyzers.app.values import SecurityFact
from mingcha_corpora.facts import SecurityFactRecord, load_security_facts
from mingcha_rules.card import Card
from mingcha_rules.checks.evidence import owner_words
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Blind, Gap, PartKey
from mingcha_rules.values import AppEvidence, Severity, Words
from mingcha_rules.verdicts import SURE
from mingcha_rules.words import load_words

_UNSURE = 0.6
"""Confidence below which a fact is at most advice."""
_SHOWN = 8
_SHOWN_DETAILS = 2
_SHOWN_SDKS = 5
_SDKS = "sdk"
"""Owner of what is told of several SDKs at once: the operator has to ask each of them the same."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A fact of one owner with its record and how grave it is."""

    fact: SecurityFact
    record: SecurityFactRecord
    severity: Severity


def check(facts: Facts, card: Card) -> Iterator[Gap | Blind]:
    """Yield one gap for each owner with one of the facts, and one for all SDKs."""
    if facts.package.security is None:
        yield Blind("security_not_analysed")
        return
    records = facts.once(_records)
    wanted = frozenset(card.params["facts"])
    grouped: dict[str, list[_Seen]] = {}
    for fact in facts.package.security:
        if fact.id in wanted:
            grouped.setdefault(_SDKS if fact.owner.startswith("sdk:") else fact.owner, []).append(
                _Seen(fact, records[fact.id], _severity(fact, records[fact.id].severity, card))
            )
    for owner in sorted(grouped):
        yield _gap(facts, card, owner, grouped[owner])


def _records(_: Facts) -> dict[str, SecurityFactRecord]:
    return {record.id: record for record in load_security_facts()}


def _severity(fact: SecurityFact, said: str, card: Card) -> Severity:
    """Return how grave one fact is."""
    if said in (Severity.LOW, "info") or fact.owner.startswith("sdk:") or fact.confidence < _UNSURE:
        return Severity.LOW
    sure = said == Severity.HIGH and fact.confidence >= SURE and fact.owner == "app"
    return card.severity if sure else min(card.severity, Severity.MEDIUM, key=lambda each: each.rank)


def _gap(facts: Facts, card: Card, owner: str, seen: Sequence[_Seen]) -> Gap:
    ordered = sorted(seen, key=lambda each: (-each.severity.rank, -each.fact.confidence))
    kinds = {each.fact.id: each.record for each in ordered}
    sdks = tuple(sorted({each.fact.owner for each in seen})) if owner == _SDKS else ()
    return Gap(
        subject=f"security:{card.name}",
        params={
            "who": _who(facts, sdks) if sdks else owner_words(facts.package, owner),
            "seen": tuple(
                _seen_words(record, [each.fact for each in ordered if each.fact.id == id_])
                for id_, record in kinds.items()
            ),
        },
        owner=owner,
        responsible=("operator", *sdks),
        confidence=ordered[0].fact.confidence,
        severity=ordered[0].severity,
        parts=tuple(map(PartKey, sorted({_part(each.fact) for each in seen}))),
        app=tuple(_evidence(each.fact) for each in _each_owner_first(ordered)[:_SHOWN]),
    )


def _who(facts: Facts, sdks: Sequence[str]) -> Words:
    """Return the names of SDKs, the first few and how many there are."""
    names = [owner_words(facts.package, sdk) for sdk in sdks]
    shown = names[:_SHOWN_SDKS]
    listed = Words("、".join(name.zh for name in shown), ", ".join(name.en for name in shown))
    if len(names) == len(shown):
        return listed
    words = load_words("gaps")["sdks"]
    return Words(words.zh.format(first=listed.zh, n=len(names)), words.en.format(first=listed.en, n=len(names)))


def _part(fact: SecurityFact) -> str:
    return f"{fact.owner} {fact.id}" if fact.owner.startswith("sdk:") else fact.id


def _each_owner_first(seen: Sequence[_Seen]) -> list[_Seen]:
    """Return facts with the first of each owner before any owner's second."""
    turns: Counter[str] = Counter()
    ranked = []
    for each in seen:
        ranked.append((turns[each.fact.owner], each))
        turns[each.fact.owner] += 1
    return [each for _, each in sorted(ranked, key=lambda pair: pair[0])]


def _seen_words(record: SecurityFactRecord, facts: Sequence[SecurityFact]) -> Words:
    """Return the title of a fact with what shows it first and how often."""
    details = tuple(dict.fromkeys(filter(None, map(_shown, facts))))[:_SHOWN_DETAILS]
    if not details:
        return Words(record.title_zh, record.title)
    words = load_words("gaps")["places" if len(facts) > len(details) else "place"]
    first = Words("、".join(details), ", ".join(details))
    return Words(
        words.zh.format(title=record.title_zh, first=first.zh, n=len(facts)),
        words.en.format(title=record.title, first=first.en, n=len(facts)),
    )


def _shown(fact: SecurityFact) -> str | None:
    """Return what shows a fact: its detail, else the place in short."""
    place = fact.place
    if fact.detail is not None and (place is None or place.method is not None):
        return fact.detail
    if place is None or place.class_ is None:
        return fact.detail
    short = place.class_.rpartition(".")[2]
    return f"{short}.{place.method}" if place.method else short


def _evidence(fact: SecurityFact) -> AppEvidence:
    place = fact.place
    where = f"{place.class_}.{place.method}" if place and place.method else (place.class_ if place else None)
    value = " · ".join(part for part in (fact.detail, where) if part) or fact.id
    return AppEvidence("security", value, fact.file, fact.place if place and place.method else None)
