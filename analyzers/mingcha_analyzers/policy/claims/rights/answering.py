"""Periods and conditions by right: its own before those stated for all."""

from collections.abc import Sequence

from mingcha_analyzers.policy.claims.rights.passages import Passage, Tier, says
from mingcha_analyzers.policy.claims.rights.terms import Period
from mingcha_analyzers.policy.values import ConditionKind, RightCondition, RightKind


class Answers:
    """What the passages say of answering requests."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        telling = [one for one in passages if one.period or one.conditions]
        self._own: dict[RightKind, list[Passage]] = {}
        for passage in telling:
            for kind in passage.kinds:
                self._own.setdefault(kind, []).append(passage)
        self._general = sorted(
            (one for one in telling if not one.kinds and speaks_of_requests(one)), key=lambda one: one.tier
        )

    def period(self, kind: RightKind, place: Passage) -> tuple[Period | None, bool]:
        """Return the period for a right that stands at ``place``, and whether it is one for all requests."""
        own = [one for one in self._own.get(kind, ()) if one.period and same_matter(one, place)]
        if own:
            nearest = min(own, key=lambda one: (one.index < place.index, abs(one.index - place.index)))
            return nearest.period, False
        general = next((one.period for one in self._general if one.period and serves(one, place)), None)
        return general, general is not None

    def conditions(self, kind: RightKind) -> tuple[RightCondition, ...]:
        """Return what is asked for, each condition once, its own before the general ones."""
        kept: dict[ConditionKind, RightCondition] = {}
        own = [one for one in self._own.get(kind, ()) if one.tier is Tier.RIGHTS]
        general = [one for one in self._general if one.tier is Tier.RIGHTS]
        for passages, for_all in ((own, False), (general, True)):
            for passage in passages:
                for name, place in passage.conditions:
                    kept.setdefault(name, RightCondition(name, for_all, passage.statement.span(*place)))
        return tuple(kept.values())


def speaks_of_requests(passage: Passage) -> bool:
    """Return whether the sentence is about requests of all kinds."""
    return passage.tier <= Tier.CONTACT and (passage.general or says("requests", passage.statement))


def same_matter(one: Passage, place: Passage) -> bool:
    """Return whether both stand in places of the same worth, so that a period there holds here."""
    return one.tier <= max(place.tier, Tier.CONTACT)


def serves(general: Passage, place: Passage) -> bool:
    """Return whether a general period holds at ``place``; that of the contact part for what is sent there."""
    return general.tier is Tier.RIGHTS or place.tier is Tier.CONTACT or bool(place.references)
