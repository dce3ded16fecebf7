"""How one policy document is laid out: blocks, outline and sections; what the claim finders work on.

Offsets are code points into ``Document.text``, ``end`` exclusive.
"""

from dataclasses import dataclass

from mingcha_analyzers.policy.blocks import BlockKind
from mingcha_analyzers.policy.values import Document, Section
from mingcha_analyzers.values import Limit

__all__ = ["Block", "BlockKind", "Link", "OutlineNode", "ReadDocument"]


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item or table row, in text order and without overlap.

    ``table``: number of the table within the document (null outside tables); ``cells``: (start, end) of each cell,
    a cell under a row span repeats the place of the cell that covers it; ``header``: the row names the columns.
    ``section``: index into ``ReadDocument.sections``.
    """

    kind: BlockKind
    start: int
    end: int
    section: int
    table: int | None = None
    cells: tuple[tuple[int, int], ...] = ()
    header: bool = False


@dataclass(frozen=True, slots=True)
class OutlineNode:
    """A heading and all that stands below it: children lie inside ``start`` … ``end`` of their parent.

    ``heading_end`` is where the heading's own characters end; ``number`` the numbering as written (``（一）``), if any.
    """

    start: int
    heading_end: int
    end: int
    number: str | None
    children: tuple["OutlineNode", ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Words of the text that lead to ``target``, an address as written."""

    words: str
    target: str


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """One document with its layout; ``sections`` partition ``document.text`` in order.

    ``limits``: what of its file could not be read; ``links``: where its words lead.
    """

    document: Document
    blocks: tuple[Block, ...]
    outline: tuple[OutlineNode, ...]
    sections: tuple[Section, ...]
    limits: tuple[Limit, ...] = ()
    links: tuple[Link, ...] = ()
