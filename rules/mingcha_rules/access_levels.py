"""How the policy speaks of the data that code reads, for each item and each owner of the code."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from mingcha_analyzers.app.values import BeforeConsent, Observation, Stage
from mingcha_analyzers.policy.values import Action, Claim, Polarity, SdkDisclosure
from mingcha_analyzers.values import Span
from mingcha_corpora.permissions import load_permissions
from mingcha_corpora.sdks import load_sdk_base
from mingcha_corpora.taxonomy import DataItem, NameMatch, load_taxonomy
from mingcha_rules import sdk_levels
from mingcha_rules.facts import Facts
from mingcha_rules.sdk_levels import SdkLevel
from mingcha_rules.values import Disclosure, Level, Severity, Strength, Subject

_WEAK = 0.5
"""Confidence below which an observation stands in the table only."""

_UNOWNED = 0.6
_UNREACHED = 0.5
_DENIED_EXCEPT = 0.5
_SPOKEN_OF = 0.6
_SHORT_ROW = 0.7
_BROADER = frozenset({NameMatch.BROADER, NameMatch.PART})
_FAULTS = frozenset({Level.OMITTED, Level.INCORRECT, Level.VAGUE})


@dataclass(frozen=True, slots=True)
class Access:
    """One data item that one owner's code reads; ``seen``: indexes of the observations, the clearest first."""

    owner: str
    item: str
    seen: tuple[int, ...]
    facets: tuple[str, ...]
    reached: bool
    before_consent: bool
    confidence: float

    @property
    def own(self) -> bool:
        """Tell whether the app answers for the code itself."""
        return not self.owner.startswith("sdk:")


@dataclass(frozen=True, slots=True)
class AccessLevel:
    """How one access is disclosed; ``said``: the items under which the policy denies or paraphrases it."""

    access: Access
    level: Level
    strength: Strength | None
    said: tuple[str, ...]
    spans: tuple[Span, ...]
    confidence: float

    @property
    def faulty(self) -> bool:
        """Tell whether the level makes a finding of the access."""
        record = load_taxonomy().items[self.access.item]
        if record.personal_information == "no" and self.level is not Level.INCORRECT:
            return False
        return self.level in _FAULTS and self.strength is not Strength.ADVICE and self.confidence >= _WEAK


def find_accesses(facts: Facts) -> tuple[Access, ...]:
    """Return what the code of each owner reads, by owner and item; the platform's own code is nobody's access."""
    grouped: dict[tuple[str, str], list[int]] = {}
    items = load_taxonomy().items
    for index, seen in enumerate(facts.package.observations):
        # A call that no longer answers at the app's target level still answers on older devices: it counts.
        if seen.data_item in items and seen.owner != "platform":
            grouped.setdefault((seen.owner, str(seen.data_item)), []).append(index)
    return tuple(_access(facts, *key, grouped[key]) for key in sorted(grouped))


def judge_accesses(facts: Facts) -> tuple[AccessLevel, ...]:
    """Return the level of each access, by owner and item."""
    told = _Told.of(facts)
    sdks = {level.found.id: level for level in facts.once(sdk_levels.judge_sdks)}
    # The controller's own claims say the same of an item, whichever of its code reads it.
    own: dict[str, AccessLevel] = {}
    levels = []
    for access in facts.once(find_accesses):
        if not access.own:
            levels.append(_judge(facts, told, sdks, access))
            continue
        if access.item not in own:
            own[access.item] = _judge(facts, told, sdks, replace(access, confidence=1.0))
        model = own[access.item]
        levels.append(replace(model, access=access, confidence=min(model.confidence, access.confidence)))
    return tuple(levels)


def folded_items(facts: Facts) -> frozenset[str]:
    """Return the items whose reading by the app's own code is a finding; milder findings on them fall away."""
    return frozenset(
        item.access.item
        for item in facts.once(judge_accesses)
        if item.access.own and item.access.reached and item.faulty
    )


def folded_words(facts: Facts) -> frozenset[str]:
    """Return the broad words of the policy that stand in a finding on an access."""
    return frozenset(said for item in _own_faults(facts) if item.level is Level.VAGUE for said in item.said)


def _own_faults(facts: Facts) -> tuple[AccessLevel, ...]:
    levels = facts.once(judge_accesses)
    return tuple(item for item in levels if item.access.own and item.access.reached and item.faulty)


def severity_of(item: str, level: Level) -> Severity:
    """Return how grave it is that code reads the item under that level."""
    record = load_taxonomy().items[item]
    if level is Level.INCORRECT:
        return Severity.HIGH
    if record.personal_information != "yes":
        return Severity.LOW
    if level is Level.VAGUE:
        return Severity.MEDIUM if record.must_name else Severity.LOW
    return Severity.HIGH if record.must_name or record.sensitive == "yes" else Severity.MEDIUM


def as_disclosures(levels: tuple[AccessLevel, ...]) -> tuple[Disclosure, ...]:
    """Return one disclosure for each access."""
    return tuple(
        Disclosure(
            subject=Subject.ACCESS,
            name=level.access.item,
            data_item=level.access.item,
            owner=level.access.owner,
            level=level.level,
            strength=level.strength,
            facets=level.access.facets,
            claims=level.spans,
            observations=level.access.seen,
            confidence=level.confidence,
        )
        for level in levels
    )


def _access(facts: Facts, owner: str, item: str, indexes: list[int]) -> Access:
    rows = facts.package.observations
    ranked = tuple(sorted(indexes, key=lambda index: (_rank(rows[index]), index)))
    reached = any(rows[index].stage is not Stage.PRESENT for index in ranked)
    confidence = max(
        rows[index].confidence for index in ranked if not reached or rows[index].stage is not Stage.PRESENT
    )
    if owner.startswith("unknown:"):
        confidence = min(confidence, _UNOWNED)
    return Access(
        owner=owner,
        item=item,
        seen=ranked,
        facets=tuple(sorted({facet for index in ranked for facet in rows[index].facets})),
        reached=reached,
        before_consent=any(_early(rows[index]) for index in ranked),
        confidence=confidence if reached else min(confidence, _UNREACHED),
    )


def _early(seen: Observation) -> bool:
    return seen.reach.before_consent is BeforeConsent.YES and seen.confidence >= _WEAK


def _rank(seen: Observation) -> tuple[bool, bool, float]:
    return seen.stage is Stage.PRESENT, not _early(seen), -seen.confidence


@dataclass(frozen=True, slots=True)
class _Told:
    """The controller's own claims by data item; claims that name an SDK speak for that SDK alone."""

    claimed: Mapping[str, list[Claim]]
    denied: Mapping[str, list[Claim]]
    excepted: Mapping[str, list[Claim]]
    of_sdks: frozenset[str]

    @staticmethod
    def of(facts: Facts) -> "_Told":
        """Return the claims of a policy."""
        own = [claim for claim in facts.told.claims if claim.sdk is None and claim.action is Action.COLLECT]
        excepted = [claim for claim in own if claim.polarity is Polarity.DENIED_EXCEPT]
        theirs = {item for row in facts.told.sdk_disclosures for item in row.data_items}
        theirs |= {item for claim in facts.told.claims if claim.sdk for item in claim.data_items}
        return _Told(
            _by_item(claim for claim in (*facts.collected, *facts.given) if claim.sdk is None),
            _by_item(claim for claim in facts.denied if claim.sdk is None),
            _by_item(excepted),
            frozenset(theirs),
        )


def _by_item(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    grouped: dict[str, list[Claim]] = {}
    for claim in claims:
        for item in claim.data_items:
            grouped.setdefault(item, []).append(claim)
    return grouped


def _judge(facts: Facts, told: _Told, sdks: Mapping[str, SdkLevel], access: Access) -> AccessLevel:
    if not facts.whole:
        return AccessLevel(access, Level.UNKNOWN, None, (), (), access.confidence)
    if access.own:
        return _judge_own(facts, told, access)
    level = sdks.get(_standing_for(facts, access.owner.removeprefix("sdk:"), sdks))
    if level is not None and "first_party" in level.missing:
        return _judge_own(facts, told, access)
    return _judge_sdk(facts, level, access)


def _standing_for(facts: Facts, sdk: str, sdks: Mapping[str, SdkLevel]) -> str:
    """Return the SDK itself, or the one that brings it in and is judged for it."""
    if sdk in sdks:
        return sdk
    return next((key for key, level in sdks.items() if any(part.id == sdk for part in level.brought)), sdk)


def _judge_own(facts: Facts, told: _Told, access: Access) -> AccessLevel:
    def result(
        level: Level,
        sure: float,
        claims: Mapping[str, list[Claim]] | None = None,
        said: Iterable[str] = (),
        strength: Strength | None = None,
    ) -> AccessLevel:
        words = tuple(sorted(said))
        spans = [claim.span for word in words for claim in (claims or {}).get(word, ())]
        return AccessLevel(access, level, strength, words, _places(spans), min(sure, access.confidence))

    item = load_taxonomy().items[access.item]
    found = {word: _match(word, item.id) for word in told.claimed}
    named = [word for word, match in found.items() if match is NameMatch.NAMED]
    accepted = [word for word, match in found.items() if match is NameMatch.ACCEPTED]
    denied = [word for word in told.denied if load_taxonomy().denies(word, item.id)]
    if denied:
        level = Level.AMBIGUOUS if named or accepted else Level.INCORRECT
        return result(level, 0.6 if named or accepted else 0.85, told.denied, denied)
    if named:
        explained = _explained(facts, told, named)
        return result(Level.CLEAR if explained else Level.INCOMPLETE, 0.85, told.claimed, named)
    if accepted:
        level, strength = (
            (Level.VAGUE, Strength.ADVICE) if _explained(facts, told, accepted) else (Level.INCOMPLETE, None)
        )
        return result(level, 0.7, told.claimed, accepted, strength)
    excepted = [word for word in told.excepted if load_taxonomy().denies(word, item.id)]
    if excepted:
        return result(Level.INCORRECT, _DENIED_EXCEPT, told.excepted, excepted)
    if _permission_told(facts, item):
        return result(Level.VAGUE, 0.7, strength=Strength.ADVICE)
    broader = [word for word, match in found.items() if match in _BROADER]
    if broader:
        strength = Strength.MUST if item.must_name else Strength.PLAIN
        return result(Level.VAGUE, 0.8, told.claimed, broader, strength)
    spoken = item.id not in told.of_sdks and any(map(facts.says, (*item.forms_zh, *item.forms_en)))
    return result(Level.OMITTED, _SPOKEN_OF if spoken else 0.85)


def _explained(facts: Facts, told: _Told, words: list[str]) -> bool:
    return any(claim.purpose or facts.explains(claim.span) for word in words for claim in told.claimed[word])


def _permission_told(facts: Facts, item: DataItem) -> bool:
    """Tell whether a permission for the item stands there with its purpose; for device numbers that is not enough."""
    if item.must_name and not item.accepted_as:
        return False
    records = load_permissions()
    return any(
        mention.purpose and mention.name in records and item.id in records[mention.name].data_items
        for mention in facts.told.permissions
    )


def _judge_sdk(facts: Facts, sdk: SdkLevel | None, access: Access) -> AccessLevel:
    """Return the level by the SDK's own rows; one that is not disclosed at all is a finding of its own elsewhere."""

    def result(level: Level, sure: float, said: Iterable[str] = (), strength: Strength | None = None) -> AccessLevel:
        spans = sdk.spans if sdk else ()
        return AccessLevel(access, level, strength, tuple(sorted(said)), spans, min(sure, access.confidence))

    if sdk is None or sdk.level not in (Level.CLEAR, Level.INCOMPLETE):
        return result(Level.UNKNOWN, access.confidence)
    rows = sdk_levels.rows_of(facts, load_sdk_base().records[sdk.found.id])
    claims = [claim for claim in facts.told.claims if claim.sdk == sdk.found.id]
    said: list[SdkDisclosure | Claim] = [*rows, *claims]
    items = {item for each in said for item in each.data_items}
    found = {word: _match(word, access.item) for word in items}
    if not items:
        return result(Level.UNKNOWN, access.confidence)
    named = [word for word, match in found.items() if match is NameMatch.NAMED]
    if named:
        purpose = any(each.purpose for each in said)
        return result(Level.CLEAR if purpose else Level.INCOMPLETE, 0.85, named)
    accepted = [word for word, match in found.items() if match is NameMatch.ACCEPTED]
    if accepted:
        return result(Level.VAGUE, 0.7, accepted, Strength.ADVICE)
    broader = [word for word, match in found.items() if match in _BROADER]
    if broader:
        must = load_taxonomy().items[access.item].must_name
        return result(Level.VAGUE, 0.7, broader, Strength.MUST if must else Strength.PLAIN)
    return result(Level.OMITTED, 0.85 if len(items) > 1 else _SHORT_ROW)


@cache
def _match(claimed: str, observed: str) -> NameMatch:
    return load_taxonomy().match(claimed, observed)


def _places(spans: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(sorted(set(spans)))[:3]
