"""What one version of a policy states, keyed so that two versions can be laid side by side.

Keys and values are folded (case, width, blanks, traditional characters, numbering), so that text which moved, was
renumbered or set differently is the same.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from mingcha_analyzers.policy.folding import fold
from mingcha_analyzers.policy.numbering import read_number
from mingcha_analyzers.policy.values import Claim, Mechanism, Polarity, Policy, Right, SdkDisclosure
from mingcha_analyzers.values import Span
from mingcha_rules.changes.values import Aspect
from mingcha_rules.facts import CLAIMED, GATHERED, GIVEN

Key = tuple[Aspect, str]
_JUNK = re.compile(r"[\W_]+")
_SENT = frozenset({*GIVEN, "disclose", "export"})
_MAX_PLACES = 20


@dataclass(slots=True)
class Stated:
    """One matter of a policy: its name, each field's values (folded → as written), and its places."""

    name: str
    fields: dict[str, dict[str, str]] = field(default_factory=dict)
    places: list[Span] = field(default_factory=list)

    def add(self, name: str, values: Iterable[str | None], *, words: bool = False) -> None:
        """Add values of a field; ``words``: they are free text and compared in folded form."""
        held = self.fields.setdefault(name, {})
        for value in values:
            if value:
                held.setdefault(fold_words(value) if words else value, value)


class Statements:
    """Collects what a policy states."""

    def __init__(self) -> None:
        self.found: dict[Key, Stated] = {}

    def at(self, aspect: Aspect, subject: str, name: str, place: Span | None) -> Stated:
        """Return the matter of that key, with one more place."""
        stated = self.found.setdefault((aspect, subject), Stated(name))
        if place is not None and len(stated.places) < _MAX_PLACES and place not in stated.places:
            stated.places.append(place)
        return stated


def fold_words(text: str) -> str:
    """Return free text without what does not change its sense: blanks, marks, case, width, traditional characters."""
    return _JUNK.sub("", fold(text))


def gather_statements(policy: Policy) -> Mapping[Key, Stated]:
    """Return everything that two versions are compared by."""
    into = Statements()
    for claim in policy.claims:
        _add_claim(into, claim)
    for row in policy.sdk_disclosures:
        _add_sdk(into, row)
    for kind, rights in _by_kind(policy.rights):
        _add_rights(into, kind, rights)
    _add_mentions(into, policy)
    _add_single(into, policy)
    for section in policy.sections:
        heading = _unnumbered(section.heading or "")
        for subject in sorted(section.all_types()) or [fold_words(heading)]:
            if subject:
                into.at(Aspect.SECTION, subject, heading, section.span)
    return into.found


def _add_claim(into: Statements, claim: Claim) -> None:
    if claim.polarity is Polarity.DENIED:
        for item in claim.data_items or ("",):
            into.at(Aspect.DENIED, f"{claim.action.value}:{item}", "", claim.span)
    if claim.polarity not in CLAIMED:
        return
    if claim.action in _SENT and (claim.recipient or claim.sdk):
        subject = claim.sdk or fold_words(claim.recipient or "")
        if subject:
            stated = into.at(Aspect.RECIPIENT, subject, claim.recipient or claim.sdk or "", claim.span)
            stated.add("action", [claim.action.value])
            stated.add("data_items", claim.data_items)
    if claim.action in GATHERED and claim.sdk is None and claim.recipient is None:
        _add_own(into, claim)


def _add_own(into: Statements, claim: Claim) -> None:
    """Add what the controller itself gathers; storing alone names no new item, and use is a purpose."""
    if claim.action == "collect":
        for item, written in zip(claim.data_items, claim.surface, strict=False):
            into.at(Aspect.COLLECTED, item, written, claim.span)
    if claim.purpose and (subject := fold_words(claim.purpose)):
        into.at(Aspect.PURPOSE, subject, claim.purpose, claim.span).add("data_items", claim.data_items)


def _add_sdk(into: Statements, row: SdkDisclosure) -> None:
    subject = row.sdk or fold_words(row.name)
    if not subject:
        return
    stated = into.at(Aspect.SDK, subject, row.name, row.span)
    stated.add("data_items", row.data_items)
    for name, value in (("vendor", row.vendor), ("purpose", row.purpose), ("mode", row.mode), ("url", row.url)):
        stated.add(name, [value], words=True)


def _by_kind(rights: Iterable[Right]) -> Iterator[tuple[str, list[Right]]]:
    kinds: dict[str, list[Right]] = {}
    for right in rights:
        kinds.setdefault(right.kind.value, []).append(right)
    yield from kinds.items()


def _add_rights(into: Statements, kind: str, rights: list[Right]) -> None:
    """Add a right with its ways; where one is named, that another sentence names none says nothing."""
    for right in rights:
        stated = into.at(Aspect.RIGHT, kind, "", right.span)
        if right.mechanism is not Mechanism.UNSPECIFIED:
            stated.add("way", [right.mechanism.value])
        stated.add("path", [right.path], words=True)
        if right.days is not None:
            stated.add("response", [f"{right.days} {right.day_kind or ''}".strip()])


def _add_mentions(into: Statements, policy: Policy) -> None:
    for mention in policy.permissions:
        stated = into.at(Aspect.PERMISSION, mention.name, mention.surface, mention.span)
        stated.add("purpose", [mention.purpose], words=True)
    for contact in policy.contacts:
        into.at(Aspect.CONTACT, contact.kind.value, "", contact.span).add("value", [contact.value], words=True)
    for retention in policy.retention:
        stated = into.at(Aspect.RETENTION, retention.item or "", "", retention.span)
        stated.add("period", [retention.period], words=True)


def _add_single(into: Statements, policy: Policy) -> None:
    if policy.storage_region is not None:
        region = policy.storage_region
        into.at(Aspect.REGION, "storage", "", region.span).add("region", [region.region])
    if policy.cross_border is not None:
        abroad = policy.cross_border
        into.at(Aspect.REGION, "cross_border", "", abroad.span).add("polarity", [abroad.polarity.value])
    if policy.minors is not None:
        minors = into.at(Aspect.MINORS, "minors", "", policy.minors.span)
        minors.add("age", [None if policy.minors.age is None else str(policy.minors.age)])
        minors.add("guardian_consent", ["yes" if policy.minors.guardian_consent else "no"])
    if policy.controller:
        into.at(Aspect.CONTROLLER, "controller", "", None).add("name", [policy.controller], words=True)
    for name, day in (("updated", policy.dates.updated), ("effective", policy.dates.effective)):
        if day:
            into.at(Aspect.DATE, name, "", None).add("value", [day])


def _unnumbered(heading: str) -> str:
    number = read_number(heading, 0, len(heading))
    return heading[number.rest if number is not None else 0 :].strip()
