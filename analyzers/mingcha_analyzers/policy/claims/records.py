"""Rows of lists: table rows under a header, and records whose fields bear labels, one a line or all on one line."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mingcha_analyzers.policy.claims.statement import fold
from mingcha_analyzers.policy.claims.words import load_words, spoken
from mingcha_analyzers.policy.layout import Block, BlockKind, ReadDocument

FIELDS = ("number", "url", "name", "vendor", "data", "permission", "mode", "purpose")
LABEL = re.compile(r"[ \t]*(?P<label>[^\n:：;；，,。|]{1,24})[ \t]*[:：][ \t]*")
LONGEST_LABEL = 24


@dataclass(frozen=True, slots=True)
class Cell:
    """Where the value of a field stands in the document."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a list: field → place of its value."""

    fields: Mapping[str, Cell]
    start: int
    end: int


@lru_cache(maxsize=4096)
def name_field(label: str, lang: str) -> str | None:
    """Return which field a column head or label stands for."""
    folded, _ = fold(label, blanks=lang == "en")
    folded = re.sub(r"^(?:\d{1,2}[.、)]|[①-⑳]|[-·•●(]|\(\d{1,2}\))+", "", folded).strip(" *#|:·•-")
    if not folded or len(folded) > LONGEST_LABEL:
        return None
    words = load_words("sdk_lists")
    for field in FIELDS:
        if any(re.fullmatch(word, folded) for word in words[field].get(lang, ())):
            return field
    return None


def find_rows(document: ReadDocument) -> tuple[Row, ...]:
    """Return the rows of SDK lists in ``document``, in text order."""
    return tuple(sorted((*find_table_rows(document), *find_labelled(document)), key=lambda row: (row.start, row.end)))


def find_table_rows(document: ReadDocument) -> Iterator[Row]:
    """Yield the rows of tables whose header names an SDK or company and one field more."""
    lang, text = spoken(document.document.language), document.document.text
    tables: dict[int, list[Block]] = {}
    for block in document.blocks:
        if block.kind is BlockKind.TABLE_ROW and block.table is not None and block.cells:
            tables.setdefault(block.table, []).append(block)
    for rows in tables.values():
        heads = [name_field(text[start:end], lang) for start, end in rows[0].cells]
        if is_sdk_head(heads) and "sdk" in context_words(document, rows):
            yield from read_rows(heads, rows[1:])


def context_words(document: ReadDocument, rows: Sequence[Block]) -> str:
    """Return the folded words of a table and of its surroundings."""
    text = document.document.text
    return fold(text[max(0, rows[0].start - 400) : rows[-1].end], blanks=False)[0]


def is_sdk_head(heads: Sequence[str | None]) -> bool:
    """Return whether the column heads are those of an SDK list."""
    named = set(heads) - {None, "number"}
    return bool(named & {"name", "vendor"}) and len(named) >= 2


def read_rows(heads: Sequence[str | None], rows: Sequence[Block]) -> Iterator[Row]:
    """Yield one row a block, its cells under ``heads``."""
    for block in rows:
        fields: dict[str, Cell] = {}
        for head, (start, end) in zip(heads, block.cells, strict=False):
            if head and head != "number" and end > start:
                fields.setdefault(head, Cell(start, end))
        if "name" in fields or "vendor" in fields:
            yield Row(fields, block.start, block.end)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled value: ``start`` is where the label begins."""

    field: str
    start: int
    cell: Cell


def find_labelled(document: ReadDocument) -> Iterator[Row]:
    """Yield the labelled records; a record ends where its first label returns."""
    record: list[Labelled] = []
    for labelled in find_labels(document):
        far = record and labelled.start - record[-1].cell.end > 200
        if record and (far or labelled.field in {part.field for part in record}):
            yield from close_record(record)
            record = []
        record.append(labelled)
    yield from close_record(record)


def close_record(record: Sequence[Labelled]) -> Iterator[Row]:
    """Yield the record if it names an SDK or company and says at least one thing more."""
    fields = {part.field: part.cell for part in record}
    if "name" in fields and len(fields) >= 2:
        yield Row(fields, record[0].start, max(part.cell.end for part in record))


def find_labels(document: ReadDocument) -> Iterator[Labelled]:
    """Yield the labelled values of the running text; a value without words on its line goes on below."""
    lang, text = spoken(document.document.language), document.document.text
    for block in document.blocks:
        if block.kind is BlockKind.TABLE_ROW:
            continue
        place = block.start
        for part in re.split(r"(?<=[\n;；。\t])", text[block.start : block.end]):
            found = LABEL.match(part)
            field = name_field(found["label"], lang) if found else None
            if found and field and field != "number":
                start, end = place + found.end(), place + len(part.rstrip(" \n\r\t;；"))
                yield Labelled(field, place + found.start("label"), Cell(start, max(start, end)))
            place += len(part)
