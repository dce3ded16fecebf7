"""Rows of lists: table rows under a header, and records whose fields bear labels, one a line or all on one line."""

import re
from collections.abc import Iterator, Mapping, Sequence

from mingcha_analyzers.policy.claims.fields import (
    FEWEST_HEADS,
    Cell,
    Row,
    is_sdk_head,
    name_columns,
)
from mingcha_analyzers.policy.claims.flat_tables import find_flat_rows
from mingcha_analyzers.policy.claims.inline_tables import find_inline_rows
from mingcha_analyzers.policy.claims.labelled_lines import OTHER, Line, cut_line
from mingcha_analyzers.policy.claims.run_on_tables import find_run_on_rows
from mingcha_analyzers.policy.claims.sdknames import is_sdk_name
from mingcha_analyzers.policy.claims.spaced_tables import find_spaced_rows
from mingcha_analyzers.policy.claims.statement import fold
from mingcha_analyzers.policy.claims.words import spoken
from mingcha_analyzers.policy.layout import Block, BlockKind, ReadDocument
from mingcha_analyzers.policy.values import DocumentRole

MOST_LOOSE = 5
MOST_FIELDS = 24


def find_rows(document: ReadDocument) -> tuple[Row, ...]:
    """Return the rows of SDK lists in ``document``, in text order."""
    flat = (
        *find_flat_rows(document),
        *find_spaced_rows(document),
        *find_run_on_rows(document),
        *find_inline_rows(document),
    )
    labelled = (
        row for row in find_labelled(document) if not any(row.start < one.end and one.start < row.end for one in flat)
    )
    return tuple(sorted((*find_table_rows(document), *labelled, *flat), key=lambda row: (row.start, row.end)))


def find_table_rows(document: ReadDocument) -> Iterator[Row]:
    """Yield the rows of tables whose header names an SDK or company and one field more."""
    lang, text = spoken(document.document.language), document.document.text
    for rows in tables_of(document):
        heads = name_columns([text[start:end] for start, end in rows[0].cells], lang)
        if is_sdk_head(heads) and "sdk" in context_words(document, rows):
            yield from read_rows(heads, rows[1:])


def tables_of(document: ReadDocument) -> tuple[tuple[Block, ...], ...]:
    """Return the rows of each table of ``document``, in text order."""
    tables: dict[int, list[Block]] = {}
    for block in document.blocks:
        if block.kind is BlockKind.TABLE_ROW and block.table is not None and block.cells:
            tables.setdefault(block.table, []).append(block)
    return tuple(tuple(rows) for rows in tables.values())


def context_words(document: ReadDocument, rows: Sequence[Block]) -> str:
    """Return the folded words of a table and of its surroundings."""
    text = document.document.text
    return fold(text[max(0, rows[0].start - 400) : rows[-1].end], blanks=False)[0]


def read_rows(heads: Sequence[str | None], rows: Sequence[Block]) -> Iterator[Row]:
    """Yield one row a block, its cells under ``heads``."""
    for block in rows:
        fields: dict[str, Cell] = {}
        for head, (start, end) in zip(heads, block.cells, strict=False):
            if head and head != "number" and end > start:
                fields.setdefault(head, Cell(start, end))
        if "name" in fields or "vendor" in fields:
            yield Row(fields, block.start, block.end)


def find_labelled(document: ReadDocument) -> Iterator[Row]:
    """Yield the labelled records; a record ends at a heading and where one of its labels returns.

    A line without a label before the first label of a record is its title and names the SDK; other lines without
    one carry on the value above them.
    """
    text = document.document.text
    record: list[Line] = []
    loose: list[Line] = []
    for line in find_lines(document):
        if (line.heading or line.opens) and line.field in (None, OTHER):
            yield from close_record(document, carry_on(record, loose))
            record, loose = [], [line][: line.field is None]
        elif line.field is None:
            loose.append(line)
        elif line.field != OTHER:
            if begins(text, record, loose, line):
                title = loose.pop() if loose and loose[-1].titles(text) else None
                yield from close_record(document, carry_on(record, loose))
                record = [Line("name", title.start, title.start, title.end)] if title else []
            else:
                record = carry_on(record, loose)
            record.append(line)
            loose = []
        else:
            record, loose = carry_on(record, loose), []
    yield from close_record(document, carry_on(record, loose[:1]))


def begins(text: str, record: Sequence[Line], loose: Sequence[Line], line: Line) -> bool:
    """Return whether a new record begins with ``line``."""
    if not record or len(loose) > MOST_LOOSE or len(record) >= MOST_FIELDS:
        return True
    label = label_of(text, line)
    return any(label == label_of(text, part) for part in record if part.label < part.start)


def label_of(text: str, line: Line) -> str:
    """Return the words of the label of ``line``."""
    return text[line.label : line.start].strip(" \t:：*")


def carry_on(record: list[Line], loose: Sequence[Line]) -> list[Line]:
    """Return ``record`` with its last value reaching over the lines below it."""
    if not record or not loose or len(loose) > MOST_LOOSE:
        return record
    last = record[-1]
    return [*record[:-1], Line(last.field, last.label, last.start, loose[-1].end)]


def close_record(document: ReadDocument, record: Sequence[Line]) -> Iterator[Row]:
    """Yield the record if it names something and says what for, which data or where to read more."""
    text = document.document.text
    fields: dict[str, Cell] = {}
    titled = bool(record) and record[0].label == record[0].start
    for part in record:
        field, cell = part.field or OTHER, Cell(part.start, part.end)
        if field == "name" and field in fields:
            if titled and fields[field].start == record[0].start and "公司" not in text[part.start : part.end]:
                fields[field], titled = cell, False  # “SDK名称：…” under the title of a group.
            else:
                field = "vendor"  # “第三方名称：…公司” under the title of the SDK.
        if field == "url" and "隐私" in text[part.label : part.start]:
            fields[field] = cell
        fields.setdefault(field, cell)
    if "name" not in fields or not set(fields) & {"data", "purpose", "permission", "url"}:
        return
    if not titled or names_sdk(document, fields):
        yield Row(fields, record[0].label, max(part.end for part in record))


def names_sdk(document: ReadDocument, fields: Mapping[str, Cell]) -> bool:
    """Return whether a title line names an SDK and no function of the app or part of the policy."""
    cell = fields["name"]
    name = document.document.text[cell.start : cell.end]
    quoted = document.document.text[: cell.start].endswith(("SDK“", 'SDK"', "SDK「"), max(0, cell.start - 4))
    if quoted or "sdk" in fold(name, blanks=False)[0] or is_sdk_name(name):
        return True
    if "vendor" in fields and set(fields) & {"data", "purpose", "mode"}:
        return True
    return document.document.role is DocumentRole.SDK_LIST and len(fields) >= FEWEST_HEADS


def find_lines(document: ReadDocument) -> Iterator[Line]:
    """Yield the lines of the running text, cut where a label begins within one."""
    lang, text = spoken(document.document.language), document.document.text
    for block in document.blocks:
        if block.kind is BlockKind.TABLE_ROW:
            continue
        heading = block.kind is BlockKind.HEADING
        for found in re.finditer(r"[^\n\r]+", text[block.start : block.end]):
            if found.group().strip():
                yield from cut_line(text, block.start + found.start(), block.start + found.end(), lang, heading)
