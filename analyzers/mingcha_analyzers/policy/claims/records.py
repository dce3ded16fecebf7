"""Rows of lists: table rows under a header, and records whose fields bear labels, one a line or all on one line."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mingcha_analyzers.policy.claims.sdknames import is_sdk_name
from mingcha_analyzers.policy.claims.statement import fold
from mingcha_analyzers.policy.claims.words import load_words, spoken
from mingcha_analyzers.policy.layout import Block, BlockKind, ReadDocument
from mingcha_analyzers.policy.values import DocumentRole

# A label that is none of a list's (“共享类型：内嵌SDK”): the line is neither a title nor more of the value above.
FOREIGN = re.compile(r"[\s*#·•●-]*(?:[(（]\w{1,2}[)）])?[^\s:：，,。；;()（）]{2,14}[:：][ \t*]*[^\s*]")
OTHER = "other"
FIELDS = ("number", "url", "name", "vendor", "data", "permission", "mode", "purpose")
LABEL = re.compile(r"(?:^|(?<=[\s;；。,，|*]))(?P<label>[^\s:：;；，,。|]{1,24})[ \t]*[:：][ \t]*", re.MULTILINE)
LONGEST_TITLE = 48
MOST_LOOSE = 5
MOST_FIELDS = 24
FEWEST_HEADS = 3
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
    return tuple(
        sorted(
            (*find_table_rows(document), *find_labelled(document), *find_vertical(document)),
            key=lambda row: (row.start, row.end),
        )
    )


def find_table_rows(document: ReadDocument) -> Iterator[Row]:
    """Yield the rows of tables whose header names an SDK or company and one field more."""
    lang, text = spoken(document.document.language), document.document.text
    for rows in tables_of(document):
        heads = [name_field(text[start:end], lang) for start, end in rows[0].cells]
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
        if self.field is not None or not 1 < self.end - self.start <= LONGEST_TITLE:
            return False
        folded, _ = fold(text[self.start : self.end], blanks=False)
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
    labels = [
        (found.start("label"), found.end(), field)
        for found in LABEL.finditer(text, start, end)
        if (field := name_field(found["label"], lang)) and field != "number"
    ]
    first = labels[0][0] if labels else end
    # Words before a label on its own line are no title.
    if not labels and text[start:first].strip(" \t#*0123456789.、)）(（-·•"):
        field = OTHER if FOREIGN.match(text, start, first) else None
        yield Line(field, start, *tighten(text, start, first), heading)
    for index, (label, value, field) in enumerate(labels):
        last = labels[index + 1][0] if index + 1 < len(labels) else end
        yield Line(field, label, *tighten(text, value, last))


def tighten(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range without the blanks and marks at its ends."""
    part = text[start:end]
    left = len(part) - len(part.lstrip(" \t*#|"))
    right = len(part.rstrip(" \t\r\n;；|*"))
    return (start + left, start + right) if right > left else (start, start)


def find_vertical(document: ReadDocument) -> Iterator[Row]:
    """Yield the rows of a flattened table: column heads on lines of their own, then the cells in the same order."""
    lang = spoken(document.document.language)
    lines = [line for line in find_lines(document) if line.field is None]
    text = document.document.text
    place = 0
    while place < len(lines):
        heads: list[str] = []
        while place + len(heads) < len(lines) and (head := head_of(text, lines[place + len(heads)], lang)):
            heads.append(head)
        if len(heads) < FEWEST_HEADS or len(set(heads)) < FEWEST_HEADS or not is_sdk_head(heads):
            place += max(1, len(heads))
            continue
        place += len(heads)
        while place + len(heads) <= len(lines):
            row = read_vertical(text, heads, lines[place : place + len(heads)])
            if row is None:
                break
            yield row
            place += len(heads)


def head_of(text: str, line: Line, lang: str) -> str | None:
    """Return the field a line names as a column head."""
    words = text[line.start : line.end]
    return name_field(words, lang) if len(words) <= LONGEST_LABEL else None


def read_vertical(text: str, heads: Sequence[str], lines: Sequence[Line]) -> Row | None:
    """Return one row of a flattened table; null where its lines do not fit the columns."""
    fields = {head: Cell(line.start, line.end) for head, line in zip(heads, lines, strict=True) if head != "number"}
    name = fields.get("name") or fields.get("vendor")
    if name is None or name.end - name.start > LONGEST_TITLE:
        return None
    link = fields.get("url")
    linked = [line for line in lines if text.startswith(("http", "www."), line.start)]
    if linked and (link is None or linked[0].start != link.start):
        return None
    return Row(fields, lines[0].start, lines[-1].end)
