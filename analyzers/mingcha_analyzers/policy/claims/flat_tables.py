"""Tables that lost their markup: each cell stands on lines of its own, under heads that do so too.

Where the text keeps wider gaps between rows than between cells, these tell the rows, and a cell may hold several
lines or be missing; else every row has as many lines as there are heads.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from mingcha_analyzers.policy.claims.cell_streams import assign, read_stream
from mingcha_analyzers.policy.claims.fields import (
    FEWEST_HEADS,
    LONGEST_LABEL,
    LONGEST_TITLE,
    Cell,
    Row,
    is_sdk_head,
    name_columns,
    name_field,
)
from mingcha_analyzers.policy.claims.statement import fold
from mingcha_analyzers.policy.claims.words import load_words, spoken
from mingcha_analyzers.policy.layout import BlockKind, ReadDocument

MOST_COLUMNS = 12
MOST_HEAD_LINES = 30
MOST_TRIES = 3000
HEAD_WORDS = re.compile(
    r"(?i)sdk|api|第三方|合作|接入|共享|产品|插件|公司|机构|厂商|开发|提供|运营|序号|编号|平台|系统|名称|name|third|no\.|vendor|provider"
)
LINKED = re.compile(r"https?:|www\.")
SECTION = re.compile(r"[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]+[章条部]")
NUMBER = re.compile(r"[\d一二三四五六七八九十]{1,3}[.、]?")


@dataclass(frozen=True, slots=True)
class Piece:
    """A line, or the lines of one cell; ``gap``: line ends since the piece before."""

    start: int
    end: int
    gap: int


@dataclass(frozen=True, slots=True)
class Head:
    """Columns of a flattened table: their fields (null where unknown), the gaps between cells and between rows.

    ``after``: index of the first line below the head.
    """

    fields: tuple[str | None, ...]
    cell_gap: int
    row_gap: int
    after: int

    def parts(self, gap: int) -> bool:
        """Return whether ``gap`` parts two cells; real texts leave out a blank line here and there."""
        return gap >= self.cell_gap - (self.cell_gap > 2)


def find_flat_rows(document: ReadDocument) -> Iterator[Row]:
    """Yield the rows of the flattened tables of ``document`` whose heads are those of an SDK list."""
    text, lang = document.document.text, spoken(document.document.language)
    lines = tuple(find_pieces(document))
    place = tries = 0
    while place < len(lines) and tries < MOST_TRIES:
        likely = can_begin(text, lines, place)
        tries += likely
        head = read_head(text, lines, place, lang) if likely else None
        if head is None:
            place += 1
            continue
        if head.row_gap > head.cell_gap:
            rows, place = read_gapped(text, lines, head, lang)
        else:
            rows, place = read_even(text, lines, head, lang)
        yield from rows


def can_begin(text: str, lines: Sequence[Piece], place: int) -> bool:
    """Return whether a line can begin the head of a table; a cheap look that spares most lines the close one."""
    line = lines[place]
    if line.end - line.start > LONGEST_LABEL:
        return False
    near = lines[min(place + 2, len(lines) - 1)]
    return HEAD_WORDS.search(text, line.start, min(near.end, line.start + 2 * LONGEST_LABEL)) is not None


def find_pieces(document: ReadDocument) -> Iterator[Piece]:
    """Yield the lines of the running text that are not blank."""
    text, last = document.document.text, 0
    for block in document.blocks:
        if block.kind is BlockKind.TABLE_ROW:
            last = block.end
            continue
        for found in re.finditer(r"[^\n\r]*[^\s\u200b][^\n\r]*", text[block.start : block.end]):
            start, end = tighten(text, block.start + found.start(), block.start + found.end())
            yield Piece(start, end, text.count("\n", last, start))
            last = end


def tighten(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range without the blanks and marks at its ends."""
    part = text[start:end]
    left = len(part) - len(part.lstrip(" \t\u00a0\u3000*#|"))
    right = len(part.rstrip(" \t\u00a0\u3000\r\n;；|*"))
    return (start + left, start + right) if right > left else (start, start)


def read_head(text: str, lines: Sequence[Piece], place: int, lang: str) -> Head | None:
    """Return the columns whose heads begin at ``place``, if they are those of an SDK list."""
    near = lines[place : place + MOST_HEAD_LINES]
    # The widest gap that parts heads: within one (“SDK” / “名称”) lines stand closer.
    for gap in sorted({line.gap for line in near[1:]}, reverse=True):
        cells = merge(near, gap)
        if name_field(head_words(text, cells[0]), lang) is None:
            continue
        fields = heads_of(name_columns([head_words(text, cell) for cell in cells[:MOST_COLUMNS]], lang))
        known = [field for field in fields if field]
        if len(set(known)) >= FEWEST_HEADS and is_sdk_head(known):
            end = cells[len(fields) - 1].end
            after = place + sum(line.start < end for line in near)
            below = lines[after : after + MOST_HEAD_LINES]
            return Head(tuple(fields), max(gap, 1), row_gap(below, max(gap, 1)), after)
    return None


def row_gap(lines: Sequence[Piece], cell_gap: int) -> int:
    """Return the gap that parts the rows of ``lines``: the wider one met most; that of the cells where none is.

    Where cells stand several blank lines apart, both gaps vary by a line.
    """
    wide = cell_gap + 1 if cell_gap > 2 else cell_gap
    wider = Counter(line.gap for line in lines if line.gap > wide)
    if wider and cell_gap > 2:
        return wide + 1
    return min(wider, key=lambda gap: (-wider[gap], gap)) if wider else cell_gap


def heads_of(fields: Sequence[str | None]) -> list[str | None]:
    """Return the heads that stand together at the beginning: at most one unknown between two known."""
    if not fields or fields[0] is None:
        return []
    last = 0
    for index, (one, other) in enumerate(pairwise(fields)):
        if one is None and other is None:
            break
        last = index + 1 if other is not None else last
    return list(fields[: last + 1])


def head_words(text: str, cell: Piece) -> str:
    """Return the words of a cell on one line, if they can be a head; nothing else."""
    words = "".join(text[cell.start : cell.end].split())
    return words if len(words) <= LONGEST_LABEL else ""


def merge(lines: Sequence[Piece], gap: int) -> list[Piece]:
    """Return ``lines`` with those joined that stand closer than ``gap``."""
    cells: list[Piece] = []
    for line in lines:
        if cells and line.gap < gap:
            cells[-1] = Piece(cells[-1].start, line.end, cells[-1].gap)
        else:
            cells.append(line)
    return cells


def read_gapped(text: str, lines: Sequence[Piece], head: Head, lang: str) -> tuple[list[Row], int]:
    """Return the rows below ``head``, which wider gaps part, and the index of the first line after them."""
    rows: list[Row] = []
    place = head.after
    while place < len(lines):
        end = row_end(text, lines, place, head)
        row = align(text, merge(lines[place:end], head.cell_gap - (head.cell_gap > 2)), head, lang)
        if row is None:
            break
        rows.append(row)
        place = end
    return rows, max(place, head.after)


def row_end(text: str, lines: Sequence[Piece], place: int, head: Head) -> int:
    """Return the index after the last line of the row at ``place``.

    A wider gap ends it, unless it is that of an empty cell, or the link follows that the row still lacks.
    """
    cells, linked, end = 1, False, place + 1
    while end < len(lines):
        gap, link = lines[end].gap, LINKED.match(text, lines[end].start) is not None
        empty = gap > head.row_gap and head.cell_gap > 1 and gap >= 2 * head.cell_gap - 1
        lacks = link and not linked and "url" in head.fields
        cells += head.parts(gap) + empty
        if gap >= head.row_gap and not ((empty or lacks) and cells <= len(head.fields)):
            break
        linked |= link
        end += 1
    return end


def align(text: str, cells: Sequence[Piece], head: Head, lang: str) -> Row | None:
    """Return the row whose cells stand in the order of the columns, some of which may be missing.

    Null where it is none: no name, a sentence for a name, or nothing but the name.
    """
    columns = columns_of(text, cells, head.fields, lang)
    fields: dict[str, Cell] = {}
    for cell, column in zip(cells, columns, strict=True):
        field = head.fields[column]
        if field and field in fields and columns.count(column) > 1:
            fields[field] = Cell(fields[field].start, cell.end)
        if field == "name" and field in fields and "公司" in text[cell.start : cell.end]:
            field = "vendor"
        if field and field != "number":
            fields.setdefault(field, Cell(cell.start, cell.end))
    named = fields.get("name") or fields.get("vendor")
    if named is None or len(fields) < 2 or not is_title(text[named.start : named.end]):
        return None
    return Row(fields, cells[0].start, cells[-1].end)


def is_title(words: str) -> bool:
    """Return whether ``words`` can be a name."""
    folded, _ = fold(words, blanks=False)
    untitled = re.search("|".join(load_words("sdk_lists")["untitled"]["zh"]), folded)
    return len(folded) <= LONGEST_TITLE and untitled is None and not SECTION.match(folded)


def columns_of(text: str, cells: Sequence[Piece], fields: Sequence[str | None], lang: str) -> list[int]:
    """Return the column of each cell: in order, so that links and companies stand under the heads of such."""
    if len(cells) > len(fields):  # One of them is broken over lines.
        assigned = assign(text, [(cell.start, cell.end) for cell in cells], fields, lang, lines=True)
        if len(assigned) == len(cells) and {row for row, _ in assigned} == {0}:
            return [column for _, column in assigned]
    if len(cells) >= len(fields):
        return [min(index, len(fields) - 1) for index in range(len(cells))]
    best: list[tuple[int, list[int]]] = [(0, [])]
    # best[n]: the score and columns of the first n cells, over the columns seen so far.
    for column, field in enumerate(fields):
        longer = [
            (score + fits(text[cells[count].start : cells[count].end], field), [*columns, column])
            for count, (score, columns) in enumerate(best)
            if count < len(cells)
        ]
        grown = [best[0]]
        for count, option in enumerate(longer, 1):
            kept = best[count] if count < len(best) else None
            grown.append(option if kept is None or option[0] > kept[0] else kept)
        best = grown
    return best[-1][1]


def fits(words: str, field: str | None) -> int:
    """Return how well a cell fits under a head: links and companies are told by their looks."""
    linked, company = LINKED.match(words) is not None, re.search(r"公司$|^无$", words.strip()) is not None
    if field == "url":
        return 4 if linked else -4
    if field == "vendor":
        return 3 if company else 0
    if field == "number":
        return 3 if NUMBER.fullmatch(words.strip()) else -4
    return 1 if not linked and not company else -1


def read_even(text: str, lines: Sequence[Piece], head: Head, lang: str) -> tuple[list[Row], int]:
    """Return the rows below ``head``, whose cells no gap tells from rows, and the index after them."""
    below = lines[head.after :]
    rows = read_stream(text, [(line.start, line.end) for line in below], head.fields, lang, lines=True)
    last = rows[-1].end if rows else 0
    return rows, head.after + sum(line.start < last for line in below)
