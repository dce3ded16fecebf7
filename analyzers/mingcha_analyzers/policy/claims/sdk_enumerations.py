"""SDKs that a sentence enumerates: 第三方推送SDK为：…、…, and …、…等第三方SDK.

A name that the base does not know counts beside others that it does.
"""

import re
from collections.abc import Iterator

from mingcha_analyzers.policy.claims.sdknames import SdkName, is_sdk_name, resolve
from mingcha_analyzers.policy.claims.sdknames.resolving import Named
from mingcha_analyzers.policy.claims.statement import Statement
from mingcha_analyzers.policy.claims.words import pattern

LONGEST_NAME = 18
LONGEST_LIST = 400
ENDS = frozenset("。;；!！?？")
CLAUSE = frozenset("。;；,，:：")
LETTERS = re.compile(r"[^\W\d_]{2}|[^\W\d_]\d")

Piece = tuple[int, int]


def find_enumerated(statement: Statement) -> tuple[SdkName, ...]:
    """Return the names of the enumerations of SDKs in the sentence."""
    text = statement.text
    if "sdk" not in text:
        return ()
    found: list[SdkName] = []
    for intro in pattern("sdk_prose", "listing", statement.lang).finditer(text):
        found += accept(statement, tuple(pieces_after(statement, intro.end())))
    for closing in pattern("sdk_prose", "listed", statement.lang).finditer(text):
        found += accept(statement, tuple(pieces_before(statement, closing.start())))
    return tuple(found)


def accept(statement: Statement, pieces: tuple[Piece, ...]) -> Iterator[SdkName]:
    """Yield the pieces as names if they are several and at least half of them name SDKs."""
    known = [is_sdk_name(statement.words(*piece)) for piece in pieces]
    if len(pieces) < 2 or sum(known) * 2 < len(pieces):
        return
    for start, end in pieces:
        words = statement.words(start, end)
        match = resolve(Named(words))
        yield SdkName(match.only() if match else None, start, end, words)


def can_name(statement: Statement, piece: Piece) -> bool:
    """Return whether a piece of an enumeration can be a name: short, of letters, and no general word."""
    words = statement.text[slice(*piece)]
    if not 0 < len(words) <= LONGEST_NAME or not LETTERS.search(words):
        return False
    return pattern("sdk_prose", "general", statement.lang).search(words.removesuffix("sdk")) is None


def pieces_after(statement: Statement, start: int) -> Iterator[Piece]:
    """Yield the names from ``start`` on, up to the words that are none."""
    text = statement.text
    end = next((at for at in range(start, min(len(text), start + LONGEST_LIST)) if text[at] in ENDS), len(text))
    end = min(end, start + LONGEST_LIST)
    for first, last in parts(statement, start, end, comma=True):
        if pattern("sdk_prose", "rest", statement.lang).match(text[first:last]):
            return
        piece = trim(text, first, last)
        if not can_name(statement, piece):
            return
        yield piece


def pieces_before(statement: Statement, end: int) -> Iterator[Piece]:
    """Yield the names that end at ``end``, back to the beginning of the clause."""
    text = statement.text
    start = next((at + 1 for at in range(end - 1, max(-1, end - LONGEST_LIST), -1) if text[at] in CLAUSE), 0)
    pieces = list(parts(statement, start, end, comma=False))
    if len(pieces) < 2:
        return
    first, last = pieces[0]
    leading = pattern("sdk_prose", "before", statement.lang).match(text[first:last])
    pieces[0] = first + (leading.end() if leading else 0), last
    whole = [trim(text, *piece) for piece in pieces]
    if text.startswith("sdk", end):
        whole[-1] = whole[-1][0], end + len("sdk")
    yield from (piece for piece in whole if can_name(statement, piece))


def parts(statement: Statement, start: int, end: int, *, comma: bool) -> Iterator[Piece]:
    """Yield what the marks of an enumeration part; ``comma``: commas part as well."""
    text = statement.text
    for found in pattern("sdk_prose", "between", statement.lang).finditer(text, start, end):
        yield from by_comma(text, start, found.start(), comma=comma)
        start = found.end()
    yield from by_comma(text, start, end, comma=comma)


def by_comma(text: str, start: int, end: int, *, comma: bool) -> Iterator[Piece]:
    """Yield the range, or its parts between commas."""
    for at in range(start, end) if comma else ():
        if text[at] in ",，":
            yield start, at
            start = at + 1
    yield start, end


def trim(text: str, start: int, end: int) -> Piece:
    """Return the range without quotation marks, the company before a name, and the words 等 and 等等 behind it."""
    if (company := text.rfind("公司的", start, end)) >= 0:
        start = company + len("公司的")
    while start < end and text[start] in '“"「《（( ':
        start += 1
    while start < end and text[end - 1] in '”"」》 等)）':
        end -= 1
    return start, end
