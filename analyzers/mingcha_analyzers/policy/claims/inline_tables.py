"""Tables that lost their line ends: heads and cells follow each other on one long line, parted by blanks."""

import re
from collections.abc import Iterator, Sequence

from mingcha_analyzers.policy.claims.cell_looks import Token, find_tokens
from mingcha_analyzers.policy.claims.cell_streams import read_stream
from mingcha_analyzers.policy.claims.fields import (
    FEWEST_HEADS,
    LONGEST_LABEL,
    Row,
    is_sdk_head,
    name_columns,
    name_field,
)
from mingcha_analyzers.policy.claims.flat_tables import HEAD_WORDS, MOST_COLUMNS, heads_of
from mingcha_analyzers.policy.claims.words import spoken
from mingcha_analyzers.policy.layout import BlockKind, ReadDocument

LONG = 120
MOST_TRIES = 2000


def find_inline_rows(document: ReadDocument) -> Iterator[Row]:
    """Yield the rows of such tables of ``document``, if their heads are those of an SDK list."""
    text, lang = document.document.text, spoken(document.document.language)
    kept = [(block.start, block.end) for block in document.blocks if block.kind is BlockKind.TABLE_ROW]
    for line in re.finditer(rf"[^\n\r]{{{LONG},}}", text):
        if not any(start < line.end() and line.start() < end for start, end in kept):
            yield from read_line(text, line.start(), line.end(), lang)


def read_line(text: str, start: int, end: int, lang: str) -> Iterator[Row]:
    """Yield the rows of the tables of one line."""
    tokens = tuple(find_tokens(text, start, end))
    place = tries = 0
    while place < len(tokens) and tries < MOST_TRIES:
        likely = can_begin(text, tokens, place)
        tries += likely
        heads = read_heads(text, tokens, place, lang) if likely else []
        if not heads:
            place += 1
            continue
        place += len(heads)
        rows = read_stream(text, tokens[place:], heads, lang, lines=False)
        yield from rows
        last = rows[-1].end if rows else 0
        while place < len(tokens) and tokens[place][0] < last:
            place += 1


def can_begin(text: str, tokens: Sequence[Token], place: int) -> bool:
    """Return whether a token can be the first head; a cheap look that spares most tokens the close one."""
    start, end = tokens[place]
    return end - start <= LONGEST_LABEL and HEAD_WORDS.search(text, start, end) is not None


def read_heads(text: str, tokens: Sequence[Token], place: int, lang: str) -> list[str | None]:
    """Return the fields of the heads that begin at ``place``; nothing where they are not those of an SDK list."""
    if name_field(words_of(text, tokens[place]), lang) is None:
        return []
    near = tokens[place : place + MOST_COLUMNS]
    fields = heads_of(name_columns([words_of(text, token) for token in near], lang))
    known = [field for field in fields if field]
    return fields if len(set(known)) >= FEWEST_HEADS and is_sdk_head(known) else []


def words_of(text: str, token: Token) -> str:
    """Return the words of a token if they can be a head."""
    return text[slice(*token)] if token[1] - token[0] <= LONGEST_LABEL else ""
