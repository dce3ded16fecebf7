"""One document's text brought into blocks, outline and sections."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mingcha_analyzers.policy.blocks import Cell, TextBlock
from mingcha_analyzers.policy.elements import find_elements
from mingcha_analyzers.policy.flattened import cut
from mingcha_analyzers.policy.formats.lines import Line
from mingcha_analyzers.policy.headings import load_headings
from mingcha_analyzers.policy.layout import Block, BlockKind, OutlineNode, ReadDocument
from mingcha_analyzers.policy.matching import index_at
from mingcha_analyzers.policy.numbering import read_number
from mingcha_analyzers.policy.outline import find_outline
from mingcha_analyzers.policy.roles import home_section
from mingcha_analyzers.policy.sections import Part, Stretch, part_sections
from mingcha_analyzers.policy.values import Document, Section
from mingcha_analyzers.values import Span


def lay_out(document: Document, source: tuple[Line, ...]) -> ReadDocument:
    """Return ``document`` with its blocks, outline and sections."""
    text, language = document.text, document.language
    headings = load_headings(language)
    lines = cut(text, source)
    outline = find_outline(text, lines, headings)
    stretch = Stretch(document.id, 0, len(text), home_section(document.role))
    parts = part_sections(text, outline.nodes, headings, stretch)
    elements = find_elements(document.id, text, language, parts, lines, outline.contents)
    sections = tuple(
        Section(
            part.type,
            text[part.start : part.heading_end] or None,
            Span(document.id, part.start, part.end),
            found,
            part.types,
        )
        for part, found in zip(parts, elements, strict=True)
    )
    blocks = tuple(_blocks(text, lines, parts))
    document = replace(document, blocks=tuple(_shown(blocks, outline.nodes)))
    return ReadDocument(document, blocks, outline.nodes, sections)


def _shown(blocks: Sequence[Block], outline: Sequence[OutlineNode]) -> Iterator[TextBlock]:
    """Yield the blocks as a result holds them, headings with their level in the outline."""
    levels: dict[int, int] = {}
    stack = [(node, 1) for node in outline]
    while stack:
        node, level = stack.pop()
        levels[node.start] = level
        stack += [(child, level + 1) for child in node.children]
    for block in blocks:
        cells = tuple(Cell(start, end) for start, end in block.cells)
        depth = levels.get(block.start) if block.kind is BlockKind.HEADING else None
        yield TextBlock(block.kind, block.start, block.end, depth, block.table, block.header, cells)


def _blocks(text: str, lines: Sequence[Line], parts: Sequence[Part]) -> list[Block]:
    """Return the blocks: a heading and the words that follow it on its line are two."""
    starts = [part.start for part in parts]
    blocks = []
    for line in lines:
        at = index_at(starts, max(line.start, line.end - 1))
        part = parts[at]
        start = line.start
        if line.start <= part.start < line.end and part.heading_end > part.start:
            blocks.append(Block(BlockKind.HEADING, part.start, part.heading_end, at))
            start = part.heading_end
            while start < line.end and text[start] in " \t\u00a0\u3000：:。*_":
                start += 1
        if start < line.end:
            blocks.append(_block(text, line, start, at))
    return blocks


def _block(text: str, line: Line, start: int, section: int) -> Block:
    kind = line.kind
    if kind is BlockKind.PARAGRAPH and read_number(text, start, line.end) is not None:
        kind = BlockKind.LIST_ITEM
    return Block(kind, start, line.end, section, line.table, line.cells, line.header)
