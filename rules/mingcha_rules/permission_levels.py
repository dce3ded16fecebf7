"""How the policy speaks of the dangerous permissions a package declares, family by family."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from mingcha_analyzers.app.values import PermissionRequest
from mingcha_analyzers.policy.values import Claim, PermissionMention
from mingcha_analyzers.values import Span
from mingcha_corpora.permissions import PermissionFact, load_permissions
from mingcha_corpora.taxonomy import NameMatch, load_taxonomy
from mingcha_rules.cues import load_cues
from mingcha_rules.facts import Facts
from mingcha_rules.values import Disclosure, Level, Strength, Subject, Words

_PREFIX = "android.permission-group."
_NAMED = frozenset({NameMatch.NAMED, NameMatch.ACCEPTED})


@dataclass(frozen=True, slots=True)
class Family:
    """A family of permissions that a policy speaks of with one word; ``mild``: its silence is advice only.

    ``aside``: data that its members reach only on the way or with more than the permission.
    """

    id: str
    words: Words
    mild: bool
    aside: frozenset[str]


@dataclass(frozen=True, slots=True)
class FamilyLevel:
    """How one family of declared permissions is disclosed; ``items``: the data its members guard.

    ``said``: the items under which the policy denies the data or speaks of it in broader words.
    """

    family: Family
    requests: tuple[PermissionRequest, ...]
    items: tuple[str, ...]
    said: tuple[str, ...]
    level: Level
    strength: Strength | None
    spans: tuple[Span, ...]
    confidence: float


def judge_permissions(facts: Facts) -> tuple[FamilyLevel, ...]:
    """Return the level of each family of dangerous permissions in the manifest, by family id."""
    grouped: dict[str, list[PermissionRequest]] = {}
    for request in facts.package.permissions:
        family = family_of(request.name)
        if family is not None and request.name not in load_cues("permissions")["apart"]:
            grouped.setdefault(family.id, []).append(request)
    return tuple(_judge(facts, _families()[key], grouped[key]) for key in sorted(grouped))


def family_of(name: str) -> Family | None:
    """Return the family of a dangerous permission, null for every other one."""
    fact = load_permissions().get(name)
    if fact is None or fact.kind != "dangerous" or fact.group is None:
        return None
    if name in _by_name():
        return _by_name()[name]
    return _by_group().get(fact.group.removeprefix(_PREFIX))


def as_disclosures(levels: tuple[FamilyLevel, ...]) -> tuple[Disclosure, ...]:
    """Return one disclosure for each declared permission of the families."""
    return tuple(
        Disclosure(
            subject=Subject.PERMISSION,
            name=request.name,
            data_item=None,
            owner="app",
            level=family.level,
            strength=family.strength,
            facets=(),
            claims=family.spans,
            observations=(),
            confidence=family.confidence,
        )
        for family in levels
        for request in sorted(family.requests, key=lambda item: item.name)
    )


def permission_words(name: str) -> Words:
    """Return how a permission is written in messages: its Chinese name and its constant."""
    fact = load_permissions().get(name)
    short = name.rpartition(".")[2]
    return Words(f"{short}（{fact.zh_name}）" if fact and fact.zh_name else short, short)


def item_words(item: str) -> Words:
    """Return the names of a data item."""
    record = load_taxonomy().items[item]
    return Words(record.zh, record.en)


@cache
def _families() -> Mapping[str, Family]:
    rows = load_cues("permissions")["families"]
    return {
        key: Family(key, Words(row["zh"], row["en"]), row.get("mild", False), frozenset(row.get("aside", ())))
        for key, row in rows.items()
    }


@cache
def _by_name() -> Mapping[str, Family]:
    rows = load_cues("permissions")["families"]
    return {name: _families()[key] for key, row in rows.items() for name in row.get("permissions", ())}


@cache
def _by_group() -> Mapping[str, Family]:
    rows = load_cues("permissions")["families"]
    return {group: _families()[key] for key, row in rows.items() for group in row["groups"]}


def _judge(facts: Facts, family: Family, requests: list[PermissionRequest]) -> FamilyLevel:
    records = [load_permissions()[request.name] for request in requests]
    items = tuple(dict.fromkeys(item for record in records for item in record.data_items if item not in family.aside))
    mentions = [mention for mention in facts.told.permissions if family_of(mention.name) == family]
    level, spans, confidence = _level(facts, mentions, items, records)
    strength = _strength(items) if level is Level.VAGUE else None
    return FamilyLevel(family, tuple(requests), items, _said(facts, level, items), level, strength, spans, confidence)


def _said(facts: Facts, level: Level, items: tuple[str, ...]) -> tuple[str, ...]:
    """Return the items of the policy that decide a denied or a vague level."""
    taxonomy = load_taxonomy()
    if level is Level.INCORRECT:
        claims = [claim for claim in facts.denied if _denies(claim, items)]
        return _items(claims, lambda said: any(taxonomy.denies(said, item) for item in items))
    if level is Level.VAGUE:
        return _items(facts.collected, lambda said: _best_of(said, items) is NameMatch.BROADER)
    return ()


def _items(claims: Iterable[Claim], wanted: Callable[[str], bool]) -> tuple[str, ...]:
    return tuple(sorted({said for claim in claims for said in claim.data_items if wanted(said)}))


def _level(
    facts: Facts, mentions: list[PermissionMention], items: tuple[str, ...], records: list[PermissionFact]
) -> tuple[Level, tuple[Span, ...], float]:
    """Return level, places in the policy and confidence; the best of several statements wins."""
    naming = [claim for claim in facts.collected if _best(claim, items) in _NAMED]
    spans = _places([mention.span for mention in mentions] + [claim.span for claim in naming])
    denied = [claim for claim in facts.denied if _denies(claim, items)]
    if any(mention.purpose for mention in mentions):
        return Level.CLEAR, spans, 0.9
    if denied and naming:
        return Level.AMBIGUOUS, _places([claim.span for claim in denied]) + spans, 0.6
    if denied:
        return Level.INCORRECT, _places([claim.span for claim in denied]), 0.7
    if any(claim.purpose for claim in naming) or any(map(facts.explains, spans)):
        return Level.CLEAR, spans, 0.8
    if spans:
        return Level.INCOMPLETE, spans, 0.7
    if _spoken_of(facts, records):
        return Level.UNKNOWN, (), 0.5
    broader = [claim.span for claim in facts.collected if _best(claim, items) is NameMatch.BROADER]
    if broader:
        return Level.VAGUE, _places(broader), 0.7
    return Level.OMITTED, (), 0.85


def _spoken_of(facts: Facts, records: list[PermissionFact]) -> bool:
    """Tell whether the text holds the permission's constant or one of its usual words."""
    return any(
        record.name.rpartition(".")[2].lower() in facts.lower_text or any(map(facts.says, record.zh_phrases))
        for record in records
    )


def _best(claim: Claim, items: tuple[str, ...]) -> NameMatch:
    return _first({_best_of(said, items) for said in claim.data_items})


def _best_of(said: str, items: tuple[str, ...]) -> NameMatch:
    taxonomy = load_taxonomy()
    return _first({taxonomy.match(said, item) for item in items})


def _first(found: set[NameMatch]) -> NameMatch:
    for match in (NameMatch.NAMED, NameMatch.ACCEPTED, NameMatch.BROADER, NameMatch.PART):
        if match in found:
            return match
    return NameMatch.NONE


def _denies(claim: Claim, items: tuple[str, ...]) -> bool:
    taxonomy = load_taxonomy()
    return any(taxonomy.denies(said, item) for said in claim.data_items for item in items)


def _strength(items: tuple[str, ...]) -> Strength:
    taxonomy = load_taxonomy()
    return Strength.MUST if any(taxonomy.items[item].must_name for item in items) else Strength.PLAIN


def _places(spans: list[Span]) -> tuple[Span, ...]:
    return tuple(sorted(set(spans)))[:3]
