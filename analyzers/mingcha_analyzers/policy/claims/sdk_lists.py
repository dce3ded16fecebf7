"""SDK disclosures: rows of tables, labelled records and sentences about one SDK."""

from collections.abc import Mapping, Sequence

from mingcha_analyzers.policy.claims.fields import Cell, Row
from mingcha_analyzers.policy.claims.mentions import find_mentions
from mingcha_analyzers.policy.claims.records import find_rows
from mingcha_analyzers.policy.claims.sdk_prose import find_in_prose
from mingcha_analyzers.policy.claims.sdknames import Named, resolve
from mingcha_analyzers.policy.claims.sdknames.forms import core
from mingcha_analyzers.policy.claims.sentences import MARKER
from mingcha_analyzers.policy.claims.statement import Statement, fold
from mingcha_analyzers.policy.claims.words import pattern, spoken
from mingcha_analyzers.policy.layout import BlockKind, ReadDocument
from mingcha_analyzers.policy.values import SdkDisclosure
from mingcha_analyzers.values import Span


def find_listed(document: ReadDocument) -> tuple[SdkDisclosure, ...]:
    """Return the SDKs of the tables and records of ``document``."""
    return tuple(disclosure for row in find_rows(document) if (disclosure := disclose_row(document, row)).name)


def find_sdks(listed: Sequence[SdkDisclosure], statements: Sequence[Statement]) -> tuple[SdkDisclosure, ...]:
    """Return ``listed`` with the SDKs that running text names, in text order.

    A sentence on an SDK of the list is the same disclosure; what it says is a claim.
    """
    prose = [
        disclosure
        for disclosure in find_in_prose(statements)
        if not any(overlap(row.span, disclosure.span) or is_same(row, disclosure) for row in listed)
    ]
    return tuple(sorted([*listed, *prose], key=lambda found: found.span))


def overlap(one: Span, other: Span) -> bool:
    """Return whether two places share text: a list that lost its line ends is one sentence."""
    return one.doc == other.doc and one.start < other.end and other.start < one.end


def is_same(row: SdkDisclosure, sentence: SdkDisclosure) -> bool:
    """Return whether a sentence speaks of the SDK of a row: it may be that SDK, or the one name holds the other."""
    if row.match and sentence.match and set(row.match.ids) & set(sentence.match.ids):
        return True
    listed, named = core(row.name), core(sentence.name)
    return min(len(listed), len(named)) >= 2 and (listed in named or named in listed)


def disclose_row(document: ReadDocument, row: Row) -> SdkDisclosure:
    """Return the disclosure of one row or record."""
    text = document.document.text
    fields = {kind: clean(text[cell.start : cell.end]) for kind, cell in row.fields.items()}
    vendor = fields.get("vendor")
    named = fields.get("name") or vendor or ""
    marker = MARKER.match(named)
    name = named[marker.end() if marker else 0 :].strip(" :：")
    items, surface = find_data(document, row.fields)
    match = resolve(Named(name, vendor, fields.get("purpose"), find_link(fields)))
    return SdkDisclosure(
        name=name,
        sdk=match.only() if match else None,
        match=match,
        vendor=vendor,
        purpose=fields.get("purpose"),
        data_items=items,
        surface=surface,
        mode=fields.get("mode"),
        url=find_link(fields),
        span=Span(document.document.id, row.start, row.end),
    )


def clean(words: str) -> str | None:
    """Return the words of a cell on one line; null where they say there is nothing."""
    line = " ".join(words.replace("*", "").replace("\u200b", "").split()).strip(" ;；。,，、|")
    folded, _ = fold(line, blanks=False)
    return None if not line or pattern("sdk_lists", "nothing", "zh").search(folded) else line


def find_data(document: ReadDocument, fields: Mapping[str, Cell]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the data items and their words in the data and permission fields."""
    found: dict[str, str] = {}
    for kind in ("data", "permission"):
        cell = fields.get(kind)
        if cell:
            statement = read_cell(document, cell)
            for mention in find_mentions(statement, near_verb=True):
                found.setdefault(mention.item, statement.words(mention.start, mention.end))
    return tuple(found), tuple(found.values())


def read_cell(document: ReadDocument, cell: Cell) -> Statement:
    """Return the text of a cell as one statement."""
    lang = spoken(document.document.language)
    source = document.document.text[cell.start : cell.end]
    text, places = fold(source, blanks=lang == "en")
    return Statement(document.document.id, cell.start, source, text, places, lang, BlockKind.TABLE_ROW, None, "", 0)


def find_link(fields: Mapping[str, str | None]) -> str | None:
    """Return the first link of the record, from its link field or any other."""
    for value in (fields.get("url"), *fields.values()):
        found = pattern("sdk_lists", "link", "zh").search((value or "").lower())
        if found and value:
            return value[found.start() : found.end()]
    return None
