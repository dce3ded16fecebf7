"""Where the statements of a document begin and end, and which sentence introduces a list.

Chinese is cut at 。！？； and line ends, English by spaCy's rule-based sentence splitter, loaded for English
documents only.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from mingcha_analyzers.policy.claims.statement import Statement, fold
from mingcha_analyzers.policy.claims.words import pattern, spoken
from mingcha_analyzers.policy.layout import Block, BlockKind, ReadDocument

if TYPE_CHECKING:
    from spacy.language import Language

NESTED = frozenset({"paren", "half", "deep", "ring", "letter", "digit", "bullet"})  # Never that of chapters.
LONGEST = 4000  # A sentence of hostile length is cut, so that no finder works on an endless line.
ENDS = frozenset("。！？!?；;\n\r\u2028\u2029\x0b\x0c\x85")
OPENING = frozenset("（(【[“")
CLOSING = frozenset("）)】]”")
EXCEPTED = re.compile(r"(?:情形|情况)除外[,。]?$")  # Introduces the items below it, not the sentence after it.
INLINE = re.compile(r"\((\d{1,2})\)")
MARKER = re.compile(
    r"[\s*#>|]*(?:(?P<paren>[(（]\s*(?:\d{1,3}|[a-z]|[一二三四五六七八九十]{1,3}|[ivx]{1,4})\s*[)）])"
    r"|(?P<half>(?:\d{1,3}|[a-z])[)）])|(?P<deep>\d{1,2}(?:\.\d{1,2}){1,3}(?!\d))"
    r"|(?P<digit>\d{1,3}\s*(?:\\?\.(?!\d)|、|．))|(?P<ring>[①-⑳❶-❿])|(?P<han>[一二三四五六七八九十]{1,3}、)"
    r"|(?P<letter>[a-zA-Z][.、．](?!\w))|(?P<bullet>[-+·•●○■◆▪‣–—*]\s*(?=\S)))"
)


@cache
def load_splitter() -> "Language":
    """Return spaCy's tokenizer and sentence splitter for English; needs no model."""
    import spacy

    splitter = spacy.blank("en")
    splitter.add_pipe("sentencizer")
    return splitter


def split_chinese(text: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences of ``text``; an end inside brackets does not count, a line end always does."""
    start = depth = 0
    for place, letter in enumerate(text):
        if letter in OPENING:
            depth += 1
        elif letter in CLOSING:
            depth = max(0, depth - 1)
        elif letter in "\n\r":
            depth = 0
        if (letter in ENDS and depth == 0) or place - start >= LONGEST:
            yield start, place + 1
            start, depth = place + 1, 0
    yield start, len(text)


def split_english(text: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences of ``text``, line by line."""
    for line in re.finditer(r"[^\n\r]+", text):
        for first in range(line.start(), line.end(), LONGEST):
            part = text[first : min(first + LONGEST, line.end())]
            for sentence in load_splitter()(part).sents:
                yield first + sentence.start_char, first + sentence.end_char


def marker_style(text: str) -> str | None:
    """Return the kind of list marker that ``text`` begins with; lists nest by change of kind."""
    found = MARKER.match(text)
    return found.lastgroup if found else None


@dataclass(slots=True)
class OpenList:
    """A sentence that introduces a list, with the markers of its block, of the item it stands in, and of its items."""

    style: str | None
    within: str | None
    lead: Statement
    items: str | None = None

    def ends_with(self, style: str | None) -> bool:
        """Return whether an item marked so belongs to an outer list."""
        return style is not None and style != self.items and style in (self.style, self.within)


class Leads:
    """The introducing sentences in force while the blocks of a document are read in order."""

    def __init__(self) -> None:
        self._open: list[OpenList] = []
        self._fresh = False
        self._last: str | None = None

    def enter(self, block: Block, text: str) -> Statement | None:
        """Return the sentence that introduces ``block``, after closing the lists it does not belong to."""
        style = marker_style(text)
        if self._fresh and self._open[-1].items is None and style != self._open[-1].style:
            self._open[-1].items = style
        if block.kind is BlockKind.HEADING:
            self._close_at_heading(style)
            self._fresh = bool(self._open)
            self._last = None
        else:
            self._close_at_item(block, style, text)
            self._fresh = False
        self._last = style or self._last
        return self._open[-1].lead if self._open else None

    def leave(self, block: Block, text: str, last: Statement) -> None:
        """Open a list if ``last``, the last statement of ``block``, introduces one."""
        if block.kind is not BlockKind.TABLE_ROW and introduces(last):
            self._open.append(OpenList(marker_style(text), self._last, last))
            self._fresh = True

    def _close_at_item(self, block: Block, style: str | None, text: str) -> None:
        """Close the lists that an unmarked paragraph or an item of an outer list ends."""
        if style is None and block.kind is not BlockKind.LIST_ITEM:
            excepted = bool(self._open) and EXCEPTED.search(self._open[-1].lead.text)
            if excepted or (not self._fresh and not is_labelled(text)):
                self._open.clear()
            return
        while self._open and self._open[-1].ends_with(style):
            self._open.pop()

    def _close_at_heading(self, style: str | None) -> None:
        """Close all lists but those that the heading is an item of (“2.1 设备信息” below “我们会收集：”)."""
        while self._open and not (style in NESTED and self._open[-1].items == style and gathers(self._open[-1].lead)):
            self._open.pop()


def gathers(lead: Statement) -> bool:
    """Return whether ``lead`` introduces what is collected, not the chapters of the policy."""
    return pattern("context", "gathers", lead.lang).search(lead.text) is not None


def follows(previous: Statement, statement: Statement) -> bool:
    """Return whether nothing parts the two: no heading, no table."""
    if statement.kind is BlockKind.HEADING and not introduces(statement):
        return False
    kinds = {previous.kind, statement.kind}
    return statement.block - previous.block <= 1 and BlockKind.TABLE_ROW not in kinds


def hangs(previous: Statement) -> bool:
    """Return whether a line breaks off within its sentence, as lines of a fixed width do."""
    return pattern("context", "hangs", previous.lang).search(previous.text) is not None


def find_antecedent(previous: Statement, statement: Statement) -> Statement | None:
    """Return the sentence that introduces ``statement``: its own lead, or the one it refers back to or goes on with."""
    if hangs(previous) or (statement.lead is None and refers_back(statement)):
        return previous
    number = INLINE.match(statement.text)
    if number and int(number[1]) > 1:
        before = f"({int(number[1]) - 1})"
        if before in previous.text[1:]:
            return previous
        if previous.text.startswith(before) and previous.lead and "(1)" in previous.lead.text[1:]:
            return previous.lead
    return statement.lead


def refers_back(statement: Statement) -> bool:
    """Return whether the sentence only says what the data of the one before is (“这些信息包括…”)."""
    return pattern("context", "refers_back", statement.lang).match(statement.text) is not None


def is_labelled(text: str) -> bool:
    """Return whether ``text`` is of the form “设备信息：…”."""
    return re.match(r"\s*[^\s，。；,;:：]{2,14}[:：]\s*\S", text) is not None


def introduces(statement: Statement) -> bool:
    """Return whether a list must follow."""
    return pattern("context", "introduces", statement.lang).search(statement.text) is not None


def cut_block(document: ReadDocument, block: Block) -> Iterator[tuple[int, int]]:
    """Yield the sentences of one block as offsets into the document; each cell of a table row is cut by itself."""
    text = document.document.text
    split = split_english if spoken(document.document.language) == "en" else split_chinese
    parts = (
        sorted(set(block.cells)) if block.kind is BlockKind.TABLE_ROW and block.cells else [(block.start, block.end)]
    )
    for first, last in parts:
        for start, end in split(text[first:last]):
            written = text[first + start : first + end]
            left = len(written) - len(written.lstrip())
            right = len(written.rstrip())
            if right > left:
                yield first + start + left, first + start + right


def find_statements(document: ReadDocument) -> tuple[Statement, ...]:
    """Return the statements of ``document`` in text order."""
    leads = Leads()
    found: list[Statement] = []
    for number, block in enumerate(document.blocks):
        text = document.document.text[block.start : block.end]
        lead = leads.enter(block, text)
        statements = tuple(state_block(document, number, lead, found[-1] if found else None))
        found.extend(statements)
        if statements:
            leads.leave(block, text, statements[-1])
    return tuple(found)


def state_block(
    document: ReadDocument, number: int, lead: Statement | None, previous: Statement | None
) -> Iterator[Statement]:
    """Yield the statements of the block ``number``; one that refers back is introduced by the ``previous`` one."""
    block = document.blocks[number]
    lang = spoken(document.document.language)
    section = document.sections[block.section] if block.section < len(document.sections) else None
    for start, end in cut_block(document, block):
        source = document.document.text[start:end]
        folded, places = fold(source, blanks=lang == "en")
        if not folded:
            continue
        statement = Statement(
            doc=document.document.id,
            start=start,
            source=source,
            text=folded,
            places=places,
            lang=lang,
            kind=block.kind,
            section=section.type if section else None,
            heading=(section.heading or "") if section else "",
            block=number,
            lead=lead,
        )
        if previous and follows(previous, statement):
            statement = replace(statement, lead=find_antecedent(previous, statement))
        previous = statement
        yield statement
        if introduces(statement) and not EXCEPTED.search(statement.text):
            lead = statement
