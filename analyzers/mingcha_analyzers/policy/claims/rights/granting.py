"""Rights from passages: each with its ways, those of a reference, or those given for all rights."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mingcha_analyzers.policy.claims.rights.answering import Answers
from mingcha_analyzers.policy.claims.rights.kinds import strong
from mingcha_analyzers.policy.claims.rights.passages import Kinds, Passage, Tier, says
from mingcha_analyzers.policy.claims.rights.references import Directory, Target, likewise_kinds
from mingcha_analyzers.policy.claims.rights.ways import Way
from mingcha_analyzers.policy.claims.words import pattern
from mingcha_analyzers.policy.values import Given, Mechanism, Right, RightKind

NEAR = 8  # Sentences back in which “the way above” is looked for.
STEP = 2  # Sentences between two steps of one menu at most.
PATHS = 4  # Menu paths kept of each right; a policy may name one for each kind of data.


@dataclass(frozen=True, slots=True)
class Offer:
    """One way to one right; ``way`` is None where the passage names the right alone."""

    passage: Passage
    way: Way | None
    given: Given
    tier: Tier


@dataclass(slots=True)
class Offers:
    """What has been found so far, by right; ``general``: ways for all."""

    by_kind: dict[RightKind, list[Offer]] = field(default_factory=dict)
    general: list[Offer] = field(default_factory=list)

    def add(self, kind: RightKind, offer: Offer) -> None:
        """Keep ``offer`` for ``kind``."""
        self.by_kind.setdefault(kind, []).append(offer)

    def before(self, passage: Passage) -> list[Way]:
        """Return the last way given shortly before ``passage``."""
        near = [
            offer
            for found in self.by_kind.values()
            for offer in found
            if offer.way is not None and offer.tier is passage.tier and 0 < passage.index - offer.passage.index <= NEAR
        ]
        last = max(near, key=lambda offer: offer.passage.index, default=None)
        return [last.way] if last is not None and last.way is not None else []

    def sectioned(self) -> bool:
        """Return whether the policy has a part on rights."""
        return any(offer.tier is Tier.RIGHTS for found in self.by_kind.values() for offer in found)

    def ways_of(self, kinds: Kinds) -> list[Way]:
        """Return the ways that the passages on ``kinds`` give."""
        found = (offer.way for kind in kinds for offer in self.by_kind.get(kind, ()) if offer.given is Given.OWN)
        return [way for way in found if way is not None]


def grant(passages: Sequence[Passage], directory: Directory) -> tuple[Right, ...]:
    """Return the rights in text order, each once for each way."""
    offers = Offers()
    for passage in passages:
        collect(passage, offers, directory)
    answers = Answers(passages)
    rights = [right for kind in RightKind for right in settle(kind, offers, answers)]
    return tuple(sorted(rights, key=lambda right: (right.span, right.kind, right.mechanism)))


def collect(passage: Passage, offers: Offers, directory: Directory) -> None:
    """Add what one passage offers."""
    ways = [*own_ways(passage), *pointed_ways(passage, offers, directory)]
    if passage.general:
        offers.general += [Offer(passage, way, Given.GENERAL, passage.tier) for way, _, _ in ways]
        return
    for kind in passage.kinds:
        if not holds(passage, kind):
            continue
        tier = tier_of(passage, kind)
        mine = [(way, given) for way, given, place in ways if belongs(passage, kind, place)]
        for way, given in mine:
            offers.add(kind, Offer(passage, way, given, tier))
        if not mine and names_only(passage, kind):
            offers.add(kind, Offer(passage, None, Given.OWN, tier))


def own_ways(passage: Passage) -> Iterator[tuple[Way, Given, int]]:
    """Yield the ways that stand in the sentence and where; places merely named need words that lead there."""
    pointed = [(one.start, one.end) for one in passage.references]
    for way in passage.ways:
        inside = any(start <= way.start < end for start, end in pointed)
        if way.value or ((passage.granted or passage.tier is Tier.RIGHTS) and not inside):
            yield way, Given.OWN, way.start


def pointed_ways(passage: Passage, offers: Offers, directory: Directory) -> Iterator[tuple[Way, Given, int]]:
    """Yield the ways that the sentence points at, and where it does so."""
    menus = [(way.start, way.end) for way in passage.ways if way.path]
    for reference in passage.references:
        if any(start < reference.end and reference.start < end for start, end in menus):
            continue  # “联系我们” as an entry of a menu.
        if reference.target is Target.ABOVE:
            found = [] if passage.ways else offers.before(passage)
        elif reference.target is Target.LIKEWISE:
            found = offers.ways_of(likewise_kinds(reference, passage.statement.lang) - passage.kinds)
        else:
            found = list(directory.resolve(reference, passage.statement))
        yield from ((way, Given.REFERENCE, reference.start) for way in found)
    asked = RightKind.COMPLAINT in passage.kinds and passage.granted and names_service(passage)
    if asked and passage.tier is Tier.CONTACT and not passage.leads_somewhere():
        yield from ((way, Given.REFERENCE, 0) for way in directory.contacts())


def holds(passage: Passage, kind: RightKind) -> bool:
    """Return whether the sentence gives the right to the user, in words fit for the place it stands in."""
    if kind is RightKind.COMPLAINT:
        return complains(passage)
    if passage.tier is Tier.RIGHTS:
        return passage.granted or passage.leads_somewhere()
    if passage.tier is Tier.CONTACT:
        return passage.granted
    menu = passage.granted and any(way.path and way.value for way in passage.ways)
    lead = passage.statement.lead
    if not passage.own:
        return menu and lead is not None and says("bestowed", lead)
    return menu or says("bestowed", passage.statement)


def complains(passage: Passage) -> bool:
    """Return whether the user complains to the company; to an authority is no way of the company's."""
    statement = passage.statement
    if says("authorities", statement) and not any(way.value for way in passage.ways):
        return False
    sent = passage.references or any(way.value for way in passage.ways)
    if passage.tier > Tier.CONTACT and not sent and not (says("bestowed", statement) and names_service(passage)):
        return False
    return not passage.own or says("complains", statement)


def names_only(passage: Passage, kind: RightKind) -> bool:
    """Return whether the right counts without a way: named by the sentence and granted."""
    if kind is RightKind.COMPLAINT:
        return passage.own and names_service(passage)
    return passage.own and passage.granted and kind in strong(passage.named)


def names_service(passage: Passage) -> bool:
    """Return whether the sentence sends the user to the company without saying how."""
    statement = passage.statement
    return pattern("right_ways", "service", statement.lang).search(statement.text) is not None


def tier_of(passage: Passage, kind: RightKind) -> Tier:
    """Return the tier of the place, the last where only a permission is spoken of."""
    weak = kind not in strong(passage.named) and any(one.kind is kind for one in passage.named)
    return (
        max(passage.tier, Tier.ASIDE) if weak and passage.own and kind is RightKind.WITHDRAW_CONSENT else passage.tier
    )


def belongs(passage: Passage, kind: RightKind, place: int) -> bool:
    """Return whether the way at ``place`` is one to this right, not to the other right of its clause alone."""
    clauses = {clause_of(passage, one.start) for one in passage.named if one.kind is kind}
    here = clause_of(passage, place)
    others = {clause_of(passage, one.start) for one in passage.named if one.kind is not kind}
    if not clauses or not passage.own or here not in others or here in clauses:
        return True
    places = (*(way.start for way in passage.ways), *(one.start for one in passage.references))
    ways = {clause_of(passage, start) for start in places}
    return min(clauses) < here and not clauses & ways


def clause_of(passage: Passage, place: int) -> int:
    """Return the number of the clause in which ``place`` stands."""
    text = passage.statement.text
    return text.count(",", 0, place) + text.count(";", 0, place)


def bare(kind: RightKind, found: Sequence[Offer], offers: Offers) -> list[Offer]:
    """Return the best place that names the right; outside an existing section on rights it takes more words."""
    best = min(found, key=lambda offer: (offer.tier, offer.passage.index), default=None)
    if best is None:
        return []
    settled = best.tier >= Tier.ELSEWHERE and offers.sectioned() and kind is not RightKind.PERSONALISED_OPT_OUT
    return [] if settled and not says("entitled", best.passage.statement) else [best]


def settle(kind: RightKind, offers: Offers, answers: Answers) -> Iterator[Right]:
    """Yield the right once for each way of the best places; the general ways where it has none."""
    found = offers.by_kind.get(kind, [])
    ways = [offer for offer in found if offer.way is not None]
    first = [offer for offer in ways if offer.tier is not Tier.ASIDE]
    inside = [offer for offer in found if offer.tier is Tier.RIGHTS]
    if inside and not any(offer.way for offer in inside):
        first = [offer for offer in first if offer.tier <= Tier.CONTACT or (offer.way and offer.way.value)]
    if not first and all(offer.tier is Tier.ASIDE for offer in found):
        first = ways
    if not first and found and kind is not RightKind.COMPLAINT:
        place = min(found, key=lambda offer: (offer.tier, offer.passage.index)).passage
        first = [Offer(place, offer.way, Given.GENERAL, offer.tier) for offer in offers.general]
    for offer in distinct(first) or bare(kind, found, offers):
        yield state(kind, offer, answers)


def distinct(offers: Sequence[Offer]) -> list[Offer]:
    """Return one offer of each mechanism, of menus one of each path, those of the right itself first."""
    order = list(Given)
    ranked = sorted(first_steps(offers), key=lambda offer: (order.index(offer.given), offer.tier, offer.passage.index))
    kept: dict[tuple[Mechanism, str | None], Offer] = {}
    for offer in ranked:
        if offer.way is not None:
            kept.setdefault((offer.way.mechanism, offer.way.path), offer)
    menus = [offer for (mechanism, path), offer in kept.items() if mechanism is Mechanism.IN_APP_PATH and path]
    if menus:
        kept.pop((Mechanism.IN_APP_PATH, None), None)
    dropped = set(map(id, menus[PATHS:]))
    return [offer for offer in kept.values() if id(offer) not in dropped]


def first_steps(offers: Sequence[Offer]) -> Iterator[Offer]:
    """Yield the offers without the places that are the next steps from one just named (“2. 点击“设置””)."""
    last = -STEP - 1
    for offer in sorted(offers, key=lambda offer: offer.passage.index):
        step = offer.way is not None and offer.way.mechanism is Mechanism.IN_APP_PATH and not offer.way.value
        if not (step and offer.given is Given.OWN and 0 < offer.passage.index - last <= STEP):
            yield offer
        if step:
            last = offer.passage.index


def state(kind: RightKind, offer: Offer, answers: Answers) -> Right:
    """Return the right as the result has it."""
    period, general = answers.period(kind, offer.passage)
    return Right(
        kind=kind,
        mechanism=offer.way.mechanism if offer.way else Mechanism.UNSPECIFIED,
        path=offer.way.path if offer.way else None,
        days=period.days if period else None,
        day_kind=period.kind if period else None,
        span=offer.passage.statement.span(),
        given=offer.given,
        way=offer.way.span if offer.way else None,
        days_general=general,
        conditions=answers.conditions(kind),
    )
