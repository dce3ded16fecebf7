"""What a check hands to the engine: a gap it saw, or the reason why it could not look."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from mingcha_analyzers.values import Span
from mingcha_rules.values import AppEvidence, Severity, Words


class Ceiling(StrEnum):
    """The gravest verdict the findings of a card may give to its clauses; a ``note`` touches no clause."""

    FAIL = "fail"
    REVIEW = "review"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class PartKey:
    """One separable part of a gap: ``key`` makes its fingerprint, ``data_item`` is null for other parts."""

    key: str
    data_item: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One place where two sides part ways, not yet worded.

    ``params`` fill the braces of the card's words; a tuple is printed as an enumeration. ``severity`` and
    ``ceiling`` replace those of the card where the case is milder or graver than usual; ``clauses`` are those of the
    card's clauses that this case bears on, null for all.
    """

    subject: str
    params: Mapping[str, Words | tuple[Words, ...]] = field(default_factory=dict)
    owner: str = "app"
    responsible: tuple[str, ...] = ("operator",)
    confidence: float = 0.9
    severity: Severity | None = None
    ceiling: Ceiling | None = None
    clauses: tuple[str, ...] | None = None
    data_items: tuple[str, ...] = ()
    parts: tuple[PartKey, ...] = (PartKey("whole"),)
    policy: tuple[Span, ...] = ()
    app: tuple[AppEvidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Exempt:
    """The clauses do not apply to this case; ``reason`` is a key of ``words/reasons.yaml``."""

    reason: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Blind:
    """The check could not look; ``reason`` is a key of ``words/reasons.yaml``."""

    reason: str
