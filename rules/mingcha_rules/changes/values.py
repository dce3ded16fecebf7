"""One difference between two versions of a policy, as a frozen value; the names are those of the JSON result."""

from dataclasses import dataclass
from enum import StrEnum

from mingcha_rules.values import PolicyEvidence


class Aspect(StrEnum):
    """What of a policy a change is about."""

    RIGHT = "right"
    RECIPIENT = "recipient"
    SDK = "sdk"
    COLLECTED = "collected"
    DENIED = "denied"
    PURPOSE = "purpose"
    PERMISSION = "permission"
    RETENTION = "retention"
    REGION = "region"
    MINORS = "minors"
    CONTACT = "contact"
    CONTROLLER = "controller"
    DATE = "date"
    SECTION = "section"


class ChangeKind(StrEnum):
    """What became of it in the new version."""

    ADDED = "added"
    DROPPED = "dropped"
    CHANGED = "changed"


class Duty(StrEnum):
    """What the change calls for: new consent (purpose, manner or kinds of data), or to tell again (5.6 f)."""

    CONSENT = "consent"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What a field lost and gained; values are ids where the field holds ids, else the words of the policy."""

    field: str
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One matter that only one version has, or that both have with other details.

    ``subject``: an id (data item, right, SDK, permission, section of the template) or the folded words; ``name``: the
    words of the policy where there are any. ``fields``: the details, of a matter that is added or dropped all of
    them. ``grave``: the reader should see it first. ``old`` and ``new``: the places in each version.
    """

    aspect: Aspect
    kind: ChangeKind
    subject: str
    name: str
    fields: tuple[FieldChange, ...]
    duty: Duty
    grave: bool
    clauses: tuple[str, ...]
    old: tuple[PolicyEvidence, ...]
    new: tuple[PolicyEvidence, ...]
