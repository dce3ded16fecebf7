"""What the checks ask about a policy and an app, gathered once before they run."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from mingcha_analyzers.app.values import App
from mingcha_analyzers.policy.values import Action, Claim, ContactKind, DocumentRole, Polarity, Policy
from mingcha_analyzers.values import Span
from mingcha_corpora.rights import load_rights
from mingcha_rules.cues import load_cues

_T = TypeVar("_T")
_BLANKS = re.compile(r"\s+")

CLAIMED = frozenset({Polarity.AFFIRMED, Polarity.CONDITIONAL})
EXPORT_TOLD = "fact.export"
"""Stands among the elements when the policy says that data may go abroad."""

_NEAR = 80
"""Characters around a place in which a purpose is looked for."""

_CODE_STAGES = frozenset({"code", "dex"})
_CODE_ELSEWHERE = ("hybrid", "later_code")
"""Stages whose limits say that code of the app stands where it is not read."""
_PAGES = "policy_pages"
"""Stage of the limits that name pages of the policy without readable text."""
PAGES_UNREAD = "policy_pages_unread"
_ACCESSES = "code_accesses"
# Dumped code was analysed in place of what a packer hides; whether it is all of it, nobody can tell.
_DUMPED = "packed_dumped"

GATHERED = frozenset({Action.COLLECT, Action.USE, Action.STORE})
GIVEN = frozenset({Action.SHARE, Action.ENTRUST, Action.TRANSFER})


@dataclass(frozen=True)
class Facts:
    """A policy and an app as the checks see them; either may be missing. ``as_of`` is the ISO date of today."""

    policy: Policy | None
    app: App | None
    as_of: str
    _kept: dict[object, Any] = field(default_factory=dict, repr=False, compare=False)

    def once(self, judge: Callable[["Facts"], _T]) -> _T:
        """Return what ``judge`` makes of these facts; several cards ask for it, and it is worked out once."""
        if judge not in self._kept:
            self._kept[judge] = judge(self)
        kept: _T = self._kept[judge]
        return kept

    @property
    def told(self) -> Policy:
        """Return the policy; only for cards that need one."""
        assert self.policy is not None
        return self.policy

    @property
    def package(self) -> App:
        """Return the app; only for cards that need one."""
        assert self.app is not None
        return self.app

    @cached_property
    def present(self) -> Mapping[str, Span | None]:
        """Return the template elements found anywhere in the policy, with their place where it is known.

        Matter often stands in another section than its own, and facts such as a contact prove their element.
        """
        found: dict[str, Span | None] = {}
        for section in self.told.sections:
            for element in section.elements:
                if element.present and found.get(element.id) is None:
                    found[element.id] = element.span
        for name, span in _proved(self.told):
            found.setdefault(name, span)
        return found

    @property
    def whole(self) -> bool:
        """Tell whether the main text of the policy is there and was read, so that what it lacks can be told."""
        return self.unread is None

    @property
    def unread(self) -> str | None:
        """Return why the silence of the policy proves nothing, null if it does."""
        if any(limit.stage == _PAGES for limit in self.told.limits):
            return PAGES_UNREAD
        if not any(document.role is DocumentRole.MAIN for document in self.told.documents):
            return "main_text_not_supplied"
        return None

    @cached_property
    def section_types(self) -> frozenset[str]:
        """Return the types of the sections the policy has."""
        return frozenset[str]().union(*(section.all_types() for section in self.told.sections))

    @cached_property
    def plain_text(self) -> str:
        """Return all texts of the policy in lower case without blanks, for looking up Chinese words."""
        return "\n".join(_BLANKS.sub("", document.text).lower() for document in self.told.documents)

    @cached_property
    def lower_text(self) -> str:
        """Return all texts of the policy in lower case."""
        return "\n".join(document.text.lower() for document in self.told.documents)

    @cached_property
    def collected(self) -> tuple[Claim, ...]:
        """Return the claims that something is collected, used or stored."""
        return tuple(claim for claim in self.told.claims if claim.action in GATHERED and claim.polarity in CLAIMED)

    @cached_property
    def denied(self) -> tuple[Claim, ...]:
        """Return the claims that something is not collected, without exception."""
        return tuple(
            claim for claim in self.told.claims if claim.action is Action.COLLECT and claim.polarity is Polarity.DENIED
        )

    @cached_property
    def given(self) -> tuple[Claim, ...]:
        """Return the claims that something is shared, entrusted or transferred."""
        return tuple(claim for claim in self.told.claims if claim.action in GIVEN and claim.polarity in CLAIMED)

    def explains(self, span: Span) -> bool:
        """Tell whether the line around ``span`` speaks of a purpose or function, near the place."""
        return self.near(span, load_cues("purposes")["near"])

    def near(self, span: Span, cues: Iterable[str]) -> bool:
        """Tell whether one of the words stands near ``span``, in the same line."""
        text = self.told.document(span.doc).text
        start = max(text.rfind("\n", 0, span.start) + 1, span.start - _NEAR)
        end = text.find("\n", span.end)
        near = text[start : min(len(text) if end < 0 else end, span.end + _NEAR)].lower()
        return any(cue in near for cue in cues)

    def says(self, phrase: str) -> bool:
        """Tell whether the policy holds the words, blanks and case aside."""
        return _BLANKS.sub("", phrase).lower() in self.plain_text


def code_hidden(app: App) -> str | None:
    """Return why the code of the package was not seen in full, null if it was."""
    if app.harmony is not None:
        return "harmony"
    if app.packer is not None and app.packer.hides_code:
        return _DUMPED if any(limit.reason == _DUMPED for limit in app.limits) else "packed"
    if any(limit.stage in _CODE_STAGES for limit in app.limits):
        return "code_incomplete"
    stages = {limit.stage for limit in app.limits}
    return next((stage for stage in _CODE_ELSEWHERE if stage in stages), None)


def names_shortened(app: App) -> bool:
    """Tell whether an SDK may be in the package without the names by which it is known."""
    return app.renaming is not None and app.renaming.renamed


def accesses_unseen(app: App) -> bool:
    """Tell whether the code was not searched for what it reads."""
    return not app.observations and any(limit.stage == _ACCESSES for limit in app.limits)


def _proved(policy: Policy) -> Iterator[tuple[str, Span | None]]:
    """Yield the elements that typed facts of the policy prove."""
    if policy.controller:
        yield "ctrl.name", None
    if policy.dates.updated:
        yield "scope.update_date", None
    if policy.dates.effective:
        yield "scope.effective_date", None
    if policy.summary:
        yield "sum.key_points", policy.summary.span
    yield from _proved_by_contacts(policy)
    yield from _proved_by_storage(policy)
    yield from _proved_by_claims(policy)
    for right in policy.rights:
        if right.days is not None:
            yield "right.response", right.days_span or right.span
    kinds = {right.kind.value: right.span for right in policy.rights}
    for element, kind in load_rights().of_element.items():
        if kind in kinds:
            yield element, kinds[kind]


def _proved_by_contacts(policy: Policy) -> Iterator[tuple[str, Span | None]]:
    for contact in policy.contacts:
        yield "contact.channel", contact.span
        if contact.kind is ContactKind.ADDRESS:
            yield "ctrl.office_address", contact.span


def _proved_by_storage(policy: Policy) -> Iterator[tuple[str, Span | None]]:
    for retention in policy.retention:
        yield "store.term", retention.span
    if policy.storage_region:
        yield "store.place", policy.storage_region.span
        if policy.storage_region.region == "mainland_china":
            yield "cb.local", policy.storage_region.span
    if policy.cross_border:
        denied = policy.cross_border.polarity is Polarity.DENIED
        yield "cb.local" if denied else "cb.abroad", policy.cross_border.span
        if not denied:
            yield EXPORT_TOLD, policy.cross_border.span
    if policy.minors:
        yield "child.age", policy.minors.span
        if policy.minors.guardian_consent:
            yield "child.guardian", policy.minors.span


def _proved_by_claims(policy: Policy) -> Iterator[tuple[str, Span | None]]:
    for claim in policy.claims:
        if claim.action is Action.COLLECT:
            yield "collect.types", claim.span
        if claim.purpose:
            yield "collect.purpose", claim.span
        if claim.action is Action.SHARE:
            yield "share.share", claim.span
        if claim.action is Action.TRANSFER:
            yield "share.transfer", claim.span
        if claim.action is Action.DISCLOSE:
            yield "share.disclose", claim.span
    for row in policy.sdk_disclosures:
        yield "share.sdk_list", row.span
        yield "share.share", row.span
    for mention in policy.permissions:
        yield "collect.permissions", mention.span
