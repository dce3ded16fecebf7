"""Builds read documents from lines, without the layout reader."""

import hashlib
import re

from mingcha_analyzers.policy.layout import Block, BlockKind, ReadDocument
from mingcha_analyzers.policy.values import Document, DocumentRole, Section
from mingcha_analyzers.values import Span

HEADING = re.compile(r"^#+ ")
ITEM = re.compile(r"^(?:[-•]|\d+[.、)]|[(（]\d+[)）]) ?")


def document(
    text: str,
    *,
    language: str = "zh",
    section: str | None = None,
    marked: tuple[tuple[int, int], ...] | None = None,
) -> ReadDocument:
    """Return ``text`` as one section: "# …" lines are headings, numbered lines list items, "a | b" lines table rows."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    blocks = tuple(blocks_of(text))
    return ReadDocument(
        Document("doc1", DocumentRole.MAIN, "policy.txt", digest, digest, text, language, marked=marked),
        blocks,
        (),
        (Section(section, None, Span("doc1", 0, len(text)), ()),),
    )


def blocks_of(text: str) -> list[Block]:
    found: list[Block] = []
    place, table, inside = 0, 0, False
    for line in text.split("\n"):
        end = place + len(line)
        if " | " in line:
            table += not inside
            found.append(row(line, place, table, header=not inside))
            inside = True
        elif line.strip():
            inside = False
            kind = BlockKind.HEADING if HEADING.match(line) else BlockKind.PARAGRAPH
            found.append(Block(BlockKind.LIST_ITEM if ITEM.match(line) else kind, place, end, 0))
        place = end + 1
    return found


def row(line: str, place: int, table: int, *, header: bool) -> Block:
    cells, start = [], place
    for cell in line.split(" | "):
        cells.append((start, start + len(cell)))
        start += len(cell) + 3
    return Block(BlockKind.TABLE_ROW, place, place + len(line), 0, table, tuple(cells), header)
