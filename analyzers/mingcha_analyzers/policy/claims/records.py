"""Rows of lists: table rows under a header, and records whose fields bear labels, one a line or all on one line."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mingcha_analyzers.policy.claims.fields import (
    FEWEST_HEADS,
    LONGEST_TITLE,
    Cell,
    Row,
    is_sdk_head,
    name_columns,
    name_field,
)
from mingcha_analyzers.policy.claims.flat_tables import find_flat_rows, tighten
from mingcha_analyzers.policy.claims.inline_tables import find_inline_rows
from mingcha_analyzers.policy.claims.run_on_tables import find_run_on_rows
from mingcha_analyzers.policy.claims.sdknames import is_sdk_name
from mingcha_analyzers.policy.claims.spaced_tables import find_spaced_rows
from mingcha_analyzers.policy.claims.statement import fold
from mingcha_analyzers.policy.claims.words import load_words, spoken
from mingcha_analyzers.policy.layout import Block, BlockKind, ReadDocument
from mingcha_analyzers.policy.values import DocumentRole

# A label that is none of a list's (“共享类型：内嵌SDK”): the line is neither a title nor more of the value above.
FOREIGN = re.compile(r"[\s*#·•●-]*(?:[(（]\w{1,2}[)）])?[^\s:：，,。；;()（）]{2,14}[:：][ \t*]*[^\s*]")
OTHER = "other"
LABEL = re.compile(r"(?:^|(?<=[\s;；。,，|*]))(?P<label>[^\s:：;；，,。|]{1,24})[ \t]*[:：][ \t]*", re.MULTILINE)
# A name after its number within a line of several records: “(2) 支付宝；用于…；数据类型：…”.
NUMBERED = re.compile(
    r"(?:[(（]\d{1,2}[)）]|\d{1,2}[)）]|[①-⑳])[ \t\u00a0]*[“\"]?(?P<name>[^\s:：;；，,。“”\"]{2,30})[”\"]?"
    r"(?=[ \t\u00a0]{2,}|[；;]|包含)"
)
MOST_LOOSE = 5
LONGEST_LINE = 240
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


@dataclass(frozen=True, slots=True)
class Line:
    """A line or labelled part of one; ``start`` … ``end`` is its value.

    ``field`` is null where it bears no label and ``OTHER`` where the label is none of a list's.
    """

    field: str | None
    label: int
    start: int
    end: int
    heading: bool = False

    def titles(self, text: str) -> bool:
        """Return whether the line can name what the labelled lines below describe."""
        folded, _ = fold(text[self.start : min(self.end, self.start + LONGEST_LINE)], blanks=False)
        # Package names in brackets may make a title long.
        if self.field is not None or not 1 < len(re.sub(r"\([^()]*\)", "", folded)) <= LONGEST_TITLE:
            return False
        return re.search("|".join(load_words("sdk_lists")["untitled"]["zh"]), folded) is None


def find_labelled(document: ReadDocument) -> Iterator[Row]:
    """Yield the labelled records; a record ends at a heading and where one of its labels returns.

    A line without a label before the first label of a record is its title and names the SDK; other lines without
    one carry on the value above them.
    """
    text = document.document.text
    record: list[Line] = []
    loose: list[Line] = []
    for line in find_lines(document):
        if line.heading and line.field in (None, OTHER):
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
    label = text[line.label : line.start]
    return any(text.startswith(label, part.label) for part in record if part.label < part.start)


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
    name = document.document.text[fields["name"].start : fields["name"].end]
    if "sdk" in fold(name, blanks=False)[0] or is_sdk_name(name):
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


def cut_line(text: str, start: int, end: int, lang: str, heading: bool) -> Iterator[Line]:
    """Yield the labelled parts of one line, or the line itself."""
    labels: list[tuple[int, int, str | None]] = [
        (found.start("label"), found.end(), field)
        for found in LABEL.finditer(text, start, end)
        if (field := name_field(found["label"], lang)) and field != "number"
    ]
    if len(labels) > 1:
        named = [(*found.span("name"), None) for found in NUMBERED.finditer(text, start, end)]
        labels = sorted((*labels, *named), key=lambda part: part[0])
    first = labels[0][0] if labels else end
    # Words before a label on its own line are no title.
    if not labels and text[start:first].strip(" \t#*0123456789.、)）(（-·•"):
        field = OTHER if FOREIGN.match(text, start, first) else None
        yield Line(field, start, *tighten(text, start, first), heading)
    for index, (label, value, field) in enumerate(labels):
        last = labels[index + 1][0] if index + 1 < len(labels) else end
        yield Line(field, label, *(tighten(text, value, last) if field else (label, value)))
