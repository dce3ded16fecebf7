"""SDK disclosures: rows of tables, labelled records and sentences about one SDK."""

from collections.abc import Iterator, Mapping, Sequence

from mingcha_analyzers.policy.claims.circumstances import find_purpose, find_words
from mingcha_analyzers.policy.claims.fields import Cell, Row
from mingcha_analyzers.policy.claims.mentions import find_mentions
from mingcha_analyzers.policy.claims.records import find_rows
from mingcha_analyzers.policy.claims.sdknames import Named, SdkName, find_sdk_names, resolve
from mingcha_analyzers.policy.claims.sentences import MARKER
from mingcha_analyzers.policy.claims.statement import Statement, fold
from mingcha_analyzers.policy.claims.verbs import find_verbs
from mingcha_analyzers.policy.claims.words import pattern, spoken
from mingcha_analyzers.policy.layout import BlockKind, ReadDocument
from mingcha_analyzers.policy.values import Action, SdkDisclosure
from mingcha_analyzers.values import Span


def find_listed(document: ReadDocument) -> tuple[SdkDisclosure, ...]:
    """Return the SDKs of the tables and records of ``document``."""
    return tuple(disclosure for row in find_rows(document) if (disclosure := disclose_row(document, row)).name)


def find_sdks(listed: Sequence[SdkDisclosure], statements: Sequence[Statement]) -> tuple[SdkDisclosure, ...]:
    """Return ``listed`` with the SDKs that running text names, in text order.

    A sentence on an SDK of the list counts if it says more than its name.
    """
    known = {sdk for row in listed if row.match for sdk in row.match.ids}
    prose = [
        disclosure
        for disclosure in disclose_prose(statements)
        if not any(overlap(row.span, disclosure.span) for row in listed)
        and (tells(disclosure) or disclosure.sdk not in known)
    ]
    return tuple(sorted([*listed, *prose], key=lambda found: (found.span, found.name)))


def overlap(one: Span, other: Span) -> bool:
    """Return whether two places share text: a list that lost its line ends is one sentence."""
    return one.doc == other.doc and one.start < other.end and other.start < one.end


def tells(disclosure: SdkDisclosure) -> bool:
    """Return whether a sentence says more of an SDK than its name, which the list says as well."""
    return bool(disclosure.data_items or disclosure.vendor or disclosure.url)


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


def disclose_prose(statements: Sequence[Statement]) -> Iterator[SdkDisclosure]:
    """Yield the SDKs that running text says something of; several sentences on one SDK are several disclosures."""
    for statement in statements:
        if statement.kind is BlockKind.TABLE_ROW:
            continue
        provided = tuple(disclose_provided(statement))
        yield from provided
        names = () if provided else find_sdk_names(statement)
        if names and is_about_sdk(statement, names[0]):
            for name in first_of_each(names):
                yield disclose_sentence(statement, name)


def disclose_provided(statement: Statement) -> Iterator[SdkDisclosure]:
    """Yield the SDK that a sentence says is provided by a company."""
    found = pattern("sdk_lists", "provided", statement.lang).search(statement.text)
    if found is None:
        return
    (start, end), vendor = found.span("name"), statement.words(*found.span("vendor"))
    match = resolve(Named(statement.words(start, end), vendor, find_purpose(statement)))
    if match:
        yield disclose_sentence(statement, SdkName(match.only(), start, end, statement.words(start, end)))


def first_of_each(names: Sequence[SdkName]) -> tuple[SdkName, ...]:
    """Return the first name of each SDK."""
    return tuple({name.sdk or name.words: name for name in reversed(names)}.values())[::-1]


def is_about_sdk(statement: Statement, name: SdkName) -> bool:
    """Return whether the sentence is about the SDK: it says SDK, or that the SDK collects or is given data."""
    verbs = {verb.action for verb in find_verbs(statement)}
    return "sdk" in statement.text or bool(verbs & {Action.COLLECT, Action.SHARE})


def disclose_sentence(statement: Statement, name: SdkName) -> SdkDisclosure:
    """Return what the sentence says of the SDK it names."""
    mentions = {mention.item: mention for mention in reversed(find_mentions(statement, near_verb=True))}
    ordered = sorted(mentions.values(), key=lambda mention: mention.start)
    link = pattern("sdk_lists", "link", statement.lang).search(statement.text)
    vendor, purpose = find_vendor(statement), find_purpose(statement)
    match = resolve(Named(name.words, vendor, purpose))
    return SdkDisclosure(
        name=name.words,
        sdk=name.sdk,
        match=match,
        vendor=vendor,
        purpose=purpose,
        data_items=tuple(mention.item for mention in ordered),
        surface=tuple(statement.words(mention.start, mention.end) for mention in ordered),
        mode=find_words(statement, "mode"),
        url=statement.words(*link.span()) if link else None,
        span=statement.span(),
    )


def find_vendor(statement: Statement) -> str | None:
    """Return the registered company the sentence names."""
    found = pattern("sdk_lists", "company", statement.lang).search(statement.text)
    return statement.words(*found.span()) if found else None
