"""How the policy speaks of the SDKs found in a package: by name, by vendor, by kind or not at all."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from mingcha_analyzers.app.values import EvidenceKind, SdkFound
from mingcha_analyzers.policy.values import DocumentRole, SdkDisclosure
from mingcha_analyzers.values import Span
from mingcha_corpora.sdks import SdkRecord, load_sdk_base
from mingcha_rules.cues import load_cues
from mingcha_rules.facts import PAGES_UNREAD, Facts, code_hidden
from mingcha_rules.values import Disclosure, Level, Strength, Subject

_BLANKS = re.compile(r"\s+")
_CODE = frozenset(
    {
        EvidenceKind.CLASS_PREFIX,
        EvidenceKind.NATIVE_LIBRARY,
        EvidenceKind.FINGERPRINT,
        EvidenceKind.RELOCATED,
        EvidenceKind.JNI_NAME,
        EvidenceKind.ANNOTATION,
        EvidenceKind.STRING,
    }
)
_SUSPECTED = 0.7
_BELOW = 300
"""Characters after the name of an SDK in which labelled lines on it are looked for."""

_LEGAL_NAME = 6
"""Letters from which another name of a vendor is that of a company."""

LIST_NOT_SUPPLIED = "sdk_list_not_supplied"
_FEW_ROWS = 3
"""Below this many rows a list that the policy points to is taken to stand elsewhere."""


@dataclass(frozen=True, slots=True)
class SdkLevel:
    """How one collecting SDK is disclosed; ``missing``: what its rows leave out; ``brought``: what it brings in."""

    found: SdkFound
    record: SdkRecord
    brought: tuple[SdkFound, ...]
    level: Level
    strength: Strength | None
    missing: tuple[str, ...]
    spans: tuple[Span, ...]
    confidence: float


def judge_sdks(facts: Facts) -> tuple[SdkLevel, ...]:
    """Return the level of each collecting SDK that stands for itself, by id.

    A part that another found SDK brings in is judged with its bringer; a part that several SDKs carry proves none.
    """
    collecting = {item.id: item for item in facts.package.sdks if _collects(item.id)}
    levels = []
    for found in sorted(collecting.values(), key=lambda item: item.id):
        record = load_sdk_base().records[found.id]
        if record.embedded or any(bringer in collecting for bringer in found.brought_in_by):
            continue
        brought = tuple(item for item in facts.package.sdks if found.id in item.brought_in_by)
        levels.append(_judge(facts, found, record, brought))
    return tuple(levels)


def as_disclosures(levels: tuple[SdkLevel, ...]) -> tuple[Disclosure, ...]:
    """Return one disclosure for each SDK."""
    return tuple(
        Disclosure(
            subject=Subject.SDK,
            name=item.found.name,
            data_item=None,
            owner=f"sdk:{item.found.id}",
            level=item.level,
            strength=item.strength,
            facets=item.missing,
            claims=item.spans,
            observations=(),
            confidence=item.confidence,
        )
        for item in levels
    )


def rows_of(facts: Facts, record: SdkRecord) -> list[SdkDisclosure]:
    """Return the rows of SDK lists that speak of the SDK, or of a product of its vendor that brings it along."""
    kin = (record, *(base for base in _carriers(record) if base.vendor == record.vendor))
    return [row for row in facts.told.sdk_disclosures if any(_is_row_of(row, each) for each in kin)]


def _carriers(record: SdkRecord) -> Iterator[SdkRecord]:
    records = load_sdk_base().records
    return (records[name] for name in record.carried_by if name in records)


def open_rows_of(facts: Facts, record: SdkRecord) -> list[SdkDisclosure]:
    """Return the rows whose name can mean the SDK, and others as well (友盟+ for any SDK of that vendor)."""
    return [
        row
        for row in facts.told.sdk_disclosures
        if row.match is not None and not row.match.sure() and record.id in row.match.ids
    ]


def list_unseen(facts: Facts) -> str | None:
    """Return why the list of SDKs may stand where it was not read: unread pages, or a page that was not supplied."""
    policy = facts.told
    if facts.unread == PAGES_UNREAD:
        return PAGES_UNREAD
    if len(policy.sdk_disclosures) >= _FEW_ROWS:
        return None
    if any(document.role is DocumentRole.SDK_LIST for document in policy.documents):
        return None
    if any(re.search(pattern, facts.plain_text) for pattern in load_cues("sdks")["pointers"]):
        return LIST_NOT_SUPPLIED
    return None


def _collects(sdk: str) -> bool:
    record = load_sdk_base().records.get(sdk)
    return record is not None and record.collects_pi


def _judge(facts: Facts, found: SdkFound, record: SdkRecord, brought: tuple[SdkFound, ...]) -> SdkLevel:
    def level(
        value: Level, spans: list[Span], missing: tuple[str, ...] = (), strength: Strength | None = None
    ) -> SdkLevel:
        places = tuple(sorted(set(spans)))[:3]
        return SdkLevel(found, record, brought, value, strength, missing, places, _confidence(facts, found, record))

    if _own(facts, record):
        return level(Level.UNKNOWN, [], ("first_party",))
    # A row on the base that a vendor's product brings with it (友盟+SDK) speaks of the product.
    parts = [base for part in brought if (base := load_sdk_base().records[part.id]).vendor == record.vendor]
    rows = [row for kin in (record, *parts) for row in rows_of(facts, kin)]
    if rows:
        missing = _missing(rows)
        if "row" in missing and any(_detailed_below(facts, row) for row in rows):
            return level(Level.UNKNOWN, [row.span for row in rows], ("row_unread",))
        return level(Level.INCOMPLETE if missing else Level.CLEAR, [row.span for row in rows], missing)
    claims = [claim for claim in facts.told.claims if claim.sdk == found.id]
    open_rows = [] if claims else open_rows_of(facts, record)
    if open_rows:
        return _doubted(level, open_rows)
    if claims or _named_in_text(facts, record):
        return level(Level.INCOMPLETE, [claim.span for claim in claims], ("row",))
    return _vague(facts, record, level)


def _vague(facts: Facts, record: SdkRecord, level: Callable[..., SdkLevel]) -> SdkLevel:
    """Return the level of an SDK that the policy does not name, by what it says of its vendor and its kind."""
    vendor = list(_vendor_places(facts, record))
    if vendor:
        return level(Level.VAGUE, vendor, strength=Strength.PLAIN)
    kind = list(_kind_places(facts, record))
    if kind:
        return level(Level.VAGUE, kind, strength=Strength.MUST)
    if list_unseen(facts):
        return level(Level.UNKNOWN, [], ("list",))
    return level(Level.OMITTED, [])


def _doubted(level: Callable[..., SdkLevel], rows: list[SdkDisclosure]) -> SdkLevel:
    """Return the level of an SDK that rows may mean: what they leave out, else that they do not name it; never surer.

    A link alone is not missed of a row that may be another's.
    """
    spans, missing = [row.span for row in rows], tuple(facet for facet in _missing(rows) if facet != "link")
    found = level(Level.INCOMPLETE, spans, missing) if missing else level(Level.VAGUE, spans, strength=Strength.PLAIN)
    score = max(row.match.score for row in rows if row.match is not None)
    return replace(found, confidence=min(found.confidence, score))


def _confidence(facts: Facts, found: SdkFound, record: SdkRecord) -> float:
    """Return how sure the SDK itself is there.

    Kin SDKs share components and keys. Where the code can be seen, one without any code of its own is only suspected.
    """
    coded = any(sign.kind in _CODE for sign in found.evidence)
    if coded or not record.packages or code_hidden(facts.package):
        return found.confidence
    return min(found.confidence, _SUSPECTED)


def _own(facts: Facts, record: SdkRecord) -> bool:
    """Tell whether the SDK's vendor is the controller itself, so that it is no third party."""
    controller = _plain(facts.told.controller or "")
    return bool(controller) and any(form in controller for form in _vendor_forms(record))


def _is_row_of(row: SdkDisclosure, record: SdkRecord) -> bool:
    if row.match is not None:
        return row.match.sure() and record.id in row.match.ids
    name = _plain(row.name)
    return any(_plain(form) in name for form in _names(record) if len(form) > 1)


def _missing(rows: list[SdkDisclosure]) -> tuple[str, ...]:
    """Return what all rows of one SDK together leave out."""
    there = {
        "company": any(row.vendor for row in rows),
        "purpose": any(row.purpose for row in rows),
        "data": any(row.data_items or row.surface for row in rows),
        "link": any(row.url for row in rows),
    }
    missing = tuple(facet for facet, given in there.items() if not given)
    # A row with none of these is a sentence that names the SDK in passing.
    return ("row",) if {"company", "data", "link"} <= set(missing) else missing


def _detailed_below(facts: Facts, row: SdkDisclosure) -> bool:
    """Tell whether labelled lines on the SDK follow its name, which the reader did not take for its row."""
    text = facts.told.document(row.span.doc).text
    below = _plain(text[row.span.end : row.span.end + _BELOW])
    return sum(cue in below for cue in load_cues("sdks")["details"]) > 1


def _named_in_text(facts: Facts, record: SdkRecord) -> bool:
    """Tell whether a name of the SDK that is no ordinary word stands in the text, or one of its packages."""
    if any(_word(prefix).search(facts.lower_text) for prefix in record.packages if prefix.count(".") > 0):
        return True
    weak = {_plain(form) for form in record.weak_aliases}
    for form in _names(record):
        plain = _plain(form)
        if len(plain) > 1 and plain not in weak and _word(form).search(facts.lower_text):
            return True
    return any(f"{form}sdk" in facts.plain_text for form in weak if form)


@cache
def _word(form: str) -> re.Pattern[str]:
    """Return a pattern for ``form``: blanks may differ, letters and digits may not touch its Latin ends."""
    body = r"\s*".join(re.escape(word) for word in form.lower().split())
    return re.compile(rf"(?<![a-z0-9_.]){body}(?![a-z0-9_])" if form.isascii() else body)


def _vendor_places(facts: Facts, record: SdkRecord) -> Iterator[Span]:
    """Yield the places where a recipient or another product of the same vendor is named."""
    forms = _vendor_forms(record)
    records = load_sdk_base().records
    for row in facts.told.sdk_disclosures:
        other = records.get(row.sdk or "")
        named = _plain(f"{row.name} {row.vendor or ''}")
        same = other is not None and bool(record.vendor) and other.vendor == record.vendor
        if same or any(form in named for form in forms):
            yield row.span
    for claim in facts.given:
        if any(form in _plain(claim.recipient or "") for form in forms):
            yield claim.span


def _kind_places(facts: Facts, record: SdkRecord) -> Iterator[Span]:
    """Yield the places that name only the kind of the SDK (推送服务商)."""
    pattern = _kind_pattern(record.category)
    if pattern is None:
        return
    for row in facts.told.sdk_disclosures:
        if row.sdk is None and pattern.fullmatch(_plain(row.name)):
            yield row.span
    for claim in facts.given:
        if claim.sdk is None and pattern.fullmatch(_plain(claim.recipient or "")):
            yield claim.span


@cache
def _kind_pattern(category: str) -> re.Pattern[str] | None:
    cues = load_cues("sdks")
    if category not in cues["kinds"]:
        return None
    before, kinds, after = (
        "|".join(sorted(map(re.escape, words), key=len, reverse=True))
        for words in (cues["before"], cues["kinds"][category], cues["after"])
    )
    return re.compile(rf"(?:{before})*的?(?:{kinds})(?:{after})*")


def _vendor_forms(record: SdkRecord) -> tuple[str, ...]:
    brands = load_cues("sdks")["brands"].get(record.vendor, [])
    # Short other names (移动, 新浪) stand in the names of companies that are no kin.
    legal = (name for name in record.vendor_aliases if len(name) >= _LEGAL_NAME)
    forms = (record.vendor, record.vendor_zh, *legal, *brands)
    return tuple(dict.fromkeys(plain for plain in map(_plain, forms) if len(plain) > 1))


def _names(record: SdkRecord) -> tuple[str, ...]:
    names = (record.name, record.name_zh, *record.aliases)
    return tuple(dict.fromkeys(name for name in names if name))


def _plain(text: str) -> str:
    return _BLANKS.sub("", text).lower()
