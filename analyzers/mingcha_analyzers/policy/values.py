"""What a privacy policy says, as frozen values; the names are those of the JSON result.

All spans point into ``Document.text``. Ids: data items of ``data_items``, sections and elements of the
Appendix-D template, SDKs of the SDK base.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum

from mingcha_analyzers.policy.blocks import TextBlock
from mingcha_analyzers.values import Limit, Span

SURE_MATCH = 0.75
"""Score from which a name in a policy is taken for that of the SDK without a second look."""


class DocumentRole(StrEnum):
    """What one document of a policy is for."""

    MAIN = "main"
    SDK_LIST = "sdk_list"
    COLLECTED_LIST = "collected_list"
    MINORS = "minors"
    OTHER = "other"


class Action(StrEnum):
    """The act a claim speaks of (GB/T 35273 chapter 3)."""

    COLLECT = "collect"
    USE = "use"
    STORE = "store"
    SHARE = "share"
    ENTRUST = "entrust"
    TRANSFER = "transfer"
    DISCLOSE = "disclose"
    EXPORT = "export"
    DELETE = "delete"


class Polarity(StrEnum):
    """Whether a claim is made or denied; only ``denied`` is without exception."""

    AFFIRMED = "affirmed"
    DENIED = "denied"
    DENIED_EXCEPT = "denied_except"
    CONDITIONAL = "conditional"


class BusinessFunction(StrEnum):
    """Basic or extended business function (基本／扩展业务功能, Appendix C)."""

    BASIC = "basic"
    EXTENDED = "extended"


class RightKind(StrEnum):
    """Rights of the data subject (GB/T 35273 7.4 to 7.14)."""

    ACCESS = "access"
    CORRECT = "correct"
    DELETE = "delete"
    WITHDRAW_CONSENT = "withdraw_consent"
    CANCEL_ACCOUNT = "cancel_account"
    COPY = "copy"
    AUTOMATED_DECISION = "automated_decision"
    PERSONALISED_OPT_OUT = "personalised_opt_out"
    COMPLAINT = "complaint"


class Mechanism(StrEnum):
    """How a right is exercised; ``unspecified`` means that the text names the right and no way."""

    IN_APP_PATH = "in_app_path"
    EMAIL = "email"
    PHONE = "phone"
    FORM = "form"
    UNSPECIFIED = "unspecified"


class DayKind(StrEnum):
    """How the days of a response period are counted."""

    WORKING = "working"
    CALENDAR = "calendar"


class ContactKind(StrEnum):
    """Ways to reach the controller."""

    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"
    URL = "url"


@dataclass(frozen=True, slots=True)
class Document:
    """One text of a policy.

    ``text`` is, for txt and md, the decoded file without its byte-order mark, unchanged; for HTML, PDF and DOCX the
    visible text. ``source_lines`` gives for each line of ``text`` (0-based) its 1-based line in the source file; empty
    means that they are the same. ``pages``: where in ``text`` each page of a PDF file begins; empty for all other
    formats. ``blocks``: the text as headings, paragraphs, list items and table rows.
    """

    id: str
    role: DocumentRole
    path: str
    sha256: str
    text_sha256: str
    text: str
    language: str
    source_lines: tuple[int, ...] = ()
    marked: tuple[tuple[int, int], ...] | None = None
    """Ranges of ``text`` in bold or another conspicuous type, in order; None where the format cannot show it.
    Not part of the JSON result."""
    pages: tuple[int, ...] = ()
    blocks: tuple[TextBlock, ...] = ()

    def place(self, offset: int) -> tuple[int, int]:
        """Return the 1-based line and column of ``offset`` in the source file."""
        before = self.text.count("\n", 0, offset)
        column = offset - (self.text.rfind("\n", 0, offset) + 1) + 1
        if before < len(self.source_lines):
            return self.source_lines[before], column
        return before + 1, column

    def page(self, offset: int) -> int | None:
        """Return the 1-based page of the source on which ``offset`` stands; null where the format has no pages."""
        return max(1, bisect_right(self.pages, offset)) if self.pages else None


@dataclass(frozen=True, slots=True)
class Element:
    """One element of the Appendix-D template, looked for in one section; ``span`` is null when absent."""

    id: str
    present: bool
    span: Span | None


class TypedBy(StrEnum):
    """What told the type of a section; ``above``: the section it is part of, ``document``: what the whole text is."""

    HEADING = "heading"
    ABOVE = "above"
    BODY = "body"
    OPENING = "opening"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class SectionType:
    """A section of the template that a part of a document is: ``words`` told so, at ``span``.

    The words are those of the heading without numbers and words like 您 and 我们, or as written; both are null where
    the document as a whole told it.
    """

    type: str
    by: TypedBy
    words: str | None
    span: Span | None


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a document, from its heading to the next heading of any level.

    The sections of a document partition its text in order; ``span`` begins with the characters of ``heading``
    (null for the text before the first heading). ``type`` is a section id of the template (``D.5.rights``) or
    null; ``types`` says what told it and names the further sections that the same part is, if any, behind it.
    ``elements`` holds the elements of the section's own types, present or not, and elements of other types
    only where they are present: matter often stands in another section.
    """

    type: str | None
    heading: str | None
    span: Span
    elements: tuple[Element, ...]
    types: tuple[SectionType, ...] = ()

    def all_types(self) -> frozenset[str]:
        """Return the ids of all sections of the template that the part is."""
        return frozenset(told.type for told in self.types) | ({self.type} if self.type else set())


@dataclass(frozen=True, slots=True)
class Claim:
    """One practice the policy states. ``data_items`` and ``surface`` run in parallel: item id and its words.

    ``emphasis``: the words stand in conspicuous type; null where the format cannot show it.
    """

    action: Action
    data_items: tuple[str, ...]
    surface: tuple[str, ...]
    polarity: Polarity
    purpose: str | None
    function: BusinessFunction | None
    recipient: str | None
    sdk: str | None
    condition: str | None
    emphasis: bool | None
    span: Span


class MatchedBy(StrEnum):
    """What told which SDK a name means."""

    EXACT = "exact"
    WITHIN = "within"
    PACKAGE = "package"
    VENDOR = "vendor"
    FUZZY = "fuzzy"
    HOST = "host"


@dataclass(frozen=True, slots=True)
class SdkMatch:
    """The SDKs that a name can mean: their ids, how sure it is that it means one of them (0 … 1), and what told so.

    Several ids are alternatives, unless the score is that of a name which belongs to all of them (微信支付).
    """

    ids: tuple[str, ...]
    score: float
    how: MatchedBy

    def sure(self) -> bool:
        """Return whether the name leaves no doubt about its SDKs."""
        return self.score >= SURE_MATCH

    def only(self) -> str | None:
        """Return the one SDK that is surely meant."""
        return self.ids[0] if len(self.ids) == 1 and self.sure() else None


@dataclass(frozen=True, slots=True)
class SdkDisclosure:
    """One SDK the policy names. ``sdk``: id in the SDK base; null when the name is not known there or means several.

    ``name`` as written; ``surface``: the words of its data; ``mode``: how it collects or is given data, as written.
    ``match``: the SDKs it can mean, null when none is known.
    """

    name: str
    sdk: str | None
    match: SdkMatch | None
    vendor: str | None
    purpose: str | None
    data_items: tuple[str, ...]
    surface: tuple[str, ...]
    mode: str | None
    url: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class PermissionMention:
    """A system permission the policy speaks of; ``name`` is the full Android name."""

    name: str
    surface: str
    purpose: str | None
    span: Span


class Given(StrEnum):
    """Where a right has its way from: its own passage, a reference there to another part, or words for all rights."""

    OWN = "own"
    REFERENCE = "reference"
    GENERAL = "general"


class ConditionKind(StrEnum):
    """What is asked of the user before a right is granted."""

    IDENTITY = "identity"
    DOCUMENTS = "documents"
    SETTLEMENT = "settlement"
    ACCOUNT_STATE = "account_state"


@dataclass(frozen=True, slots=True)
class RightCondition:
    """Proof of identity, papers, settled debts or an account in order; ``general``: asked for every right."""

    kind: ConditionKind
    general: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Right:
    """A right with one way to exercise it; ``path`` as written (我的-设置-账号安全-注销账号), ``days`` to respond.

    ``given``: whose way it is; ``way``: the words that give it, null when there is none. ``days_general``: the period
    is stated for all requests, not for this right.
    """

    kind: RightKind
    mechanism: Mechanism
    path: str | None
    days: int | None
    day_kind: DayKind | None
    span: Span
    given: Given = Given.OWN
    way: Span | None = None
    days_general: bool = False
    conditions: tuple[RightCondition, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to reach the controller."""

    kind: ContactKind
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Retention:
    """How long data is kept: ``period`` as written, ``item`` a data-item id or null for all."""

    period: str
    item: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class StorageRegion:
    """Where data is stored: ``region`` is ``mainland_china``, ``abroad`` or ``both``."""

    region: str
    span: Span


@dataclass(frozen=True, slots=True)
class CrossBorder:
    """What is said about providing data abroad (8.8)."""

    polarity: Polarity
    span: Span


@dataclass(frozen=True, slots=True)
class Minors:
    """What is said about minors: the age named and whether a guardian's consent is asked (5.5 c)."""

    age: int | None
    guardian_consent: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Summary:
    """The summary in front of the policy (5.6 c)."""

    span: Span


@dataclass(frozen=True, slots=True)
class Dates:
    """ISO dates (``2024-05-01``) of last update and of effect, with their places; null when not stated."""

    updated: str | None
    effective: str | None
    updated_span: Span | None = None
    effective_span: Span | None = None


class ContradictionKind(StrEnum):
    """What is denied and said: the same item, a wider word than the item declared, or that data is given to others."""

    SAME_ITEM = "same_item"
    BROADER_DENIED = "broader_denied"
    SHARING = "sharing"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two places of the policy that cannot both hold: the denial and what is declared."""

    kind: ContradictionKind
    a: Span
    b: Span


@dataclass(frozen=True, slots=True)
class Policy:
    """All documents of one policy, read as one; ``limits`` is what of them could not be read."""

    documents: tuple[Document, ...]
    title: str | None = None
    controller: str | None = None
    dates: Dates = field(default_factory=lambda: Dates(None, None))
    sections: tuple[Section, ...] = ()
    claims: tuple[Claim, ...] = ()
    sdk_disclosures: tuple[SdkDisclosure, ...] = ()
    permissions: tuple[PermissionMention, ...] = ()
    rights: tuple[Right, ...] = ()
    contacts: tuple[Contact, ...] = ()
    retention: tuple[Retention, ...] = ()
    storage_region: StorageRegion | None = None
    cross_border: CrossBorder | None = None
    minors: Minors | None = None
    summary: Summary | None = None
    contradictions: tuple[Contradiction, ...] = ()
    limits: tuple[Limit, ...] = ()

    def document(self, doc: str) -> Document:
        """Return the document with the id ``doc``."""
        return next(item for item in self.documents if item.id == doc)

    def quote(self, span: Span) -> str:
        """Return the characters that ``span`` covers."""
        return self.document(span.doc).text[span.start : span.end]
