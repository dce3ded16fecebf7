"""What was judged: verdicts of clauses, disclosures and findings; the names are those of the JSON result."""

from dataclasses import dataclass
from enum import StrEnum

from mingcha_analyzers.app.values import Place
from mingcha_analyzers.values import Span


class Severity(StrEnum):
    """How grave a finding is: high would be named in a public notice, medium must be mended, low is advice."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """3 for high, 2 for medium, 1 for low."""
        return {"high": 3, "medium": 2, "low": 1}[self.value]


class Verdict(StrEnum):
    """The answer to one clause."""

    PASS = "pass"
    FAIL = "fail"
    REVIEW = "review"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    ATTESTED = "attested"


class Level(StrEnum):
    """How well a subject is disclosed (data_items.README: 已明示 … 未明示)."""

    CLEAR = "clear"
    INCOMPLETE = "incomplete"
    VAGUE = "vague"
    AMBIGUOUS = "ambiguous"
    INCORRECT = "incorrect"
    OMITTED = "omitted"
    UNKNOWN = "unknown"


class Strength(StrEnum):
    """How grave a vague disclosure is."""

    MUST = "must"
    PLAIN = "plain"
    ADVICE = "advice"


class Subject(StrEnum):
    """What a disclosure is about."""

    ACCESS = "access"
    SDK = "sdk"
    PERMISSION = "permission"
    ENDPOINT = "endpoint"
    RECIPIENT = "recipient"


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages."""

    zh: str
    en: str

    def in_(self, lang: str) -> str:
        """Return the Chinese text for ``zh``, the English one for anything else."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class PolicyEvidence:
    """A place in the policy; ``line`` and ``column`` are 1-based, in the source file.

    For PDF and DOCX they are those of the document's text; ``page`` is the page of a PDF.
    """

    quote: str
    span: Span
    line: int
    column: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class AppEvidence:
    """A sign in the package: ``kind`` as in SDK evidence or ``permission``; ``file`` is the entry of the package."""

    kind: str
    value: str
    file: str | None
    place: Place | None


@dataclass(frozen=True, slots=True)
class Part:
    """One data item (or null: the whole subject) of a finding; a baseline stores its fingerprint."""

    data_item: str | None
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Suppression:
    """Why a finding is set aside; it is still counted."""

    reason: str
    approver: str | None
    expires: str | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where policy and app, or policy and clause, part ways.

    ``subject`` is what the finding is about (``element:right.copy``, ``sdk:jpush``, ``permission:…``); rule id, owner
    and subject make the ``fingerprint``. ``responsible``: who answers, ``operator`` first, then ``sdk:<id>``.
    """

    rule_id: str
    severity: Severity
    confidence: float
    clauses: tuple[str, ...]
    counterparts: tuple[str, ...]
    scene: str | None
    appid: str | None
    owner: str
    responsible: tuple[str, ...]
    subject: str
    data_items: tuple[str, ...]
    params: dict[str, str]
    message: Words
    remedy: Words
    parts: tuple[Part, ...]
    policy_evidence: tuple[PolicyEvidence, ...]
    app_evidence: tuple[AppEvidence, ...]
    fingerprint: str
    suppressed: Suppression | None


@dataclass(frozen=True, slots=True)
class ClauseVerdict:
    """The verdict on one clause; ``reason`` is a word key, ``findings`` are fingerprints."""

    id: str
    verdict: Verdict
    reason: str | None
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Disclosure:
    """How one subject by one owner is disclosed; ``claims`` are places in the policy, ``observations`` indexes."""

    subject: Subject
    name: str
    data_item: str | None
    owner: str
    level: Level
    strength: Strength | None
    facets: tuple[str, ...]
    claims: tuple[Span, ...]
    observations: tuple[int, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class StandardUsed:
    """A standard the assessment was made against, with its status on the day."""

    id: str
    title: Words
    number: str
    status: str
    status_words: Words
    in_force: str | None
    replaced_by: str | None


@dataclass(frozen=True, slots=True)
class AssessmentSummary:
    """Counts for the head of a report; ``not_analysed`` are word keys of what could not be seen."""

    findings: dict[str, int]
    verdicts: dict[str, int]
    suppressed: int
    not_analysed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """The judgement of one app and its policy."""

    standards: tuple[StandardUsed, ...]
    clauses: tuple[ClauseVerdict, ...]
    disclosures: tuple[Disclosure, ...]
    findings: tuple[Finding, ...]
    summary: AssessmentSummary

    def worst(self) -> Severity | None:
        """Return the highest severity among the findings that are not suppressed."""
        open_ = [item.severity for item in self.findings if item.suppressed is None]
        return max(open_, key=lambda severity: severity.rank, default=None)
