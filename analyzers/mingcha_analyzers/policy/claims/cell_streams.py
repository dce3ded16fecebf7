"""Cells that follow each other in a row's order without a mark of where a row ends: which column each belongs to.

A cell may be missing, and may be broken over several tokens (lines, or words between blanks). The assignment with the
best score over the whole stream is taken; the table ends where its tokens fit no column any more.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from mingcha_analyzers.policy.claims.fields import LONGEST_TITLE, Cell, Row, name_field
from mingcha_analyzers.policy.claims.mentions import load_automaton
from mingcha_analyzers.policy.claims.sdknames import is_sdk_name, is_vendor
from mingcha_analyzers.policy.claims.statement import fold
from mingcha_analyzers.policy.claims.words import pattern

Token = tuple[int, int]

OUTSIDE = -1
MOST_OUTSIDE = 30
NEVER = -50.0
SKIPPED = 1.6
SKIPPED_UNKNOWN = 0.4
NEXT_LINE = 2.6
NEXT_WORD = 2.2
BESIDE_LATIN = 0.7
WITHIN = 0.1
FAR = 300
SHORTEST_NAME = 2
TELLING_HEADS = ("name", "vendor", "url")  # Words for data, purposes and versions may be cells as well.
LINK = re.compile(r"https?:|www\.|[\w-]+(?:\.[\w-]+)*\.(?:com|cn|net|org|io)(?:/|$)", re.IGNORECASE)
COMPANY = re.compile(r"(?:公司|集团|开发者|Inc\.?|Ltd\.?|LLC)[)）。.]?$")
NUMBER = re.compile(r"\d{1,3}[.、．]?")
JOINS_BEFORE = frozenset("，、；;,/(（:：+&-和及")
JOINS_AFTER = frozenset("，、；;,/)）(（:：+&。.")


@dataclass(frozen=True, slots=True)
class Look:
    """What a token looks like."""

    linked: bool
    company: bool
    house: bool
    number: bool
    named: bool
    title: bool
    data: bool
    nothing: bool
    purpose: bool
    head: bool
    sentence: bool
    short: bool


def read_stream(text: str, tokens: Sequence[Token], fields: Sequence[str | None], lang: str, *, lines: bool) -> list[Row]:
    """Return the rows that ``tokens`` make up under the columns ``fields``; ``lines``: each token is a line."""
    columns = assign(text, tokens, fields, lang, lines=lines)
    rows = []
    for _, held in groupby(zip(columns, tokens, strict=False), key=lambda pair: pair[0][0]):
        cells = [(column, token) for (_, column), token in held]
        if row := make_row(text, cells, fields):
            rows.append(row)
    return rows


def make_row(text: str, cells: Sequence[tuple[int, Token]], fields: Sequence[str | None]) -> Row | None:
    """Return the row of tokens with their columns; null where it has no name or nothing but one."""
    found: dict[str, Cell] = {}
    for column, held in groupby(cells, key=lambda cell: cell[0]):
        tokens = [token for _, token in held]
        field = fields[column]
        if field and field != "number":
            found.setdefault(field, Cell(tokens[0][0], tokens[-1][1]))
    named = found.get("name") or found.get("vendor")
    if named is None or len(found) < 2 or named.end - named.start > LONGEST_TITLE:
        return None
    return Row(found, cells[0][1][0], cells[-1][1][1])


def assign(
    text: str, tokens: Sequence[Token], fields: Sequence[str | None], lang: str, *, lines: bool
) -> list[tuple[int, int]]:
    """Return the row and column of each token, up to where the table ends."""
    inside = brackets(text, tokens)
    first = [column for column, field in enumerate(fields) if field != "number"][:1]
    begins = sorted({0, *first})
    best: list[float] = [NEVER] * len(fields)
    history: list[list[int]] = []
    outside, left = 0.0, 0
    ends: list[int] = []  # The column that was left for the outside at each token; OUTSIDE where it was left before.
    for index, token in enumerate(tokens):
        look = look_at(text[slice(*token)], lang)
        glue = joined(text, tokens, index, inside, lines=lines)
        scores, steps = advance(best, fields, look, glue, begins, start=index == 0)
        top = max(range(len(fields)), key=lambda column: best[column]) if index else OUTSIDE
        entered = index > 0 and best[top] - leave(fields, top) > outside
        ends.append(top if entered else OUTSIDE)
        if entered:
            outside, left = best[top] - leave(fields, top), index
        best = scores
        history.append(steps)
        if index - left > MOST_OUTSIDE and max(best) < outside:
            break
    return trace(best, history, ends, outside, fields)


def advance(
    best: Sequence[float], fields: Sequence[str | None], look: Look, glue: float, begins: Sequence[int], *, start: bool
) -> tuple[list[float], list[int]]:
    """Return the best score of each column for the next token, and the column before it (minus two less: a new row)."""
    scores, steps = [], []
    closed = [best[column] - leave(fields, column) for column in range(len(fields))]
    last = max(range(len(fields)), key=lambda column: closed[column])
    for column, field in enumerate(fields):
        options: list[tuple[float, int]] = []
        if start:
            options = [(0.0 if column in begins else NEVER, column)]
        else:
            options.append((best[column] - glue, column))
            options += [
                (best[before] - skipped(fields, before + 1, column), before) for before in range(column)
            ]
            if column in begins:
                options.append((closed[last] - skipped(fields, 0, column), -2 - last))
        score, step = max(options)
        scores.append(max(score, NEVER) + fit(field, look, first=step != column or start))
        steps.append(step)
    return scores, steps


def skipped(fields: Sequence[str | None], start: int, end: int) -> float:
    """Return what it costs to leave the columns from ``start`` to ``end`` empty."""
    return sum(SKIPPED if field and field != "number" else SKIPPED_UNKNOWN for field in fields[start:end])


def leave(fields: Sequence[str | None], column: int) -> float:
    """Return what it costs to end a row at ``column``."""
    return skipped(fields, column + 1, len(fields))


def trace(
    best: Sequence[float], history: Sequence[list[int]], ends: Sequence[int], outside: float, fields: Sequence[str | None]
) -> list[tuple[int, int]]:
    """Return the row and column of each token of the best assignment."""
    if not history:
        return []
    column = max(range(len(fields)), key=lambda each: best[each] - leave(fields, each))
    index = len(history) - 1
    if best[column] - leave(fields, column) <= outside:
        while index >= 0 and ends[index] == OUTSIDE:
            index -= 1
        if index < 0:
            return []
        column, index = ends[index], index - 1
    path: list[tuple[int, bool]] = []
    while index >= 0:
        step = history[index][column]
        path.append((column, step < 0 or index == 0))
        column = -2 - step if step < 0 else step
        index -= 1
    rows, row = [], -1
    for column, begun in reversed(path):
        row += begun
        rows.append((row, column))
    return rows


def look_at(words: str, lang: str) -> Look:
    """Return what a token looks like."""
    folded, _ = fold(words, blanks=False)
    title = len(folded) <= LONGEST_TITLE and pattern("sdk_lists", "untitled", "zh").search(folded) is None
    return Look(
        linked=LINK.match(words) is not None,
        company=COMPANY.search(words) is not None,
        house=title and is_vendor(words),
        number=NUMBER.fullmatch(words) is not None,
        named=title and (folded.endswith("sdk") or is_sdk_name(words)),
        title=title,
        data=next(load_automaton("en" if lang == "en" else "zh").iter(folded), None) is not None,
        nothing=pattern("sdk_lists", "nothing", "zh").search(folded) is not None,
        purpose=pattern("sdk_lists", "purposeful", "zh").search(folded) is not None,
        head=folded != "sdk" and name_field(words, lang) in TELLING_HEADS,
        sentence=pattern("sdk_lists", "speech", "zh").search(folded) is not None,
        short=len(folded) < SHORTEST_NAME,
    )


def fit(field: str | None, look: Look, *, first: bool) -> float:
    """Return how well a token fits under a head; ``first``: it begins the cell."""
    if look.head:
        return -12.0
    if look.sentence and field != "purpose":
        return -5.0
    if field == "url":
        return 4.0 if look.linked else -3.0
    if look.linked or (field == "number") != look.number:
        return -4.0
    return FITS.get(field or "", fit_other)(look, first)


def fit_number(look: Look, first: bool) -> float:
    """Return how well a number fits."""
    return 3.0 if look.number and first else -4.0


def fit_name(look: Look, first: bool) -> float:
    """Return how well a token fits as a name."""
    if look.company or not look.title or look.nothing:
        return -3.0
    if not first:
        return 0.3
    if look.named:
        return 3.0
    return -1.5 if look.data or look.purpose or look.short else 0.2


def fit_vendor(look: Look, first: bool) -> float:
    """Return how well a token fits as a company."""
    if look.company:
        return 3.0
    if look.house:
        return 1.5
    return 0.3 if look.nothing else (-2.0 if look.named or look.data else -0.8)


def fit_data(look: Look, first: bool) -> float:
    """Return how well a token fits as data or permissions."""
    if look.company:
        return -3.0
    return 1.6 if look.data else (1.2 if look.nothing else 0.2)


def fit_other(look: Look, first: bool) -> float:
    """Return how well a token fits under the other heads."""
    if look.company or (look.named and first):
        return -1.5
    return 1.2 if look.purpose else (0.2 if look.data else 0.5)


FITS = {"number": fit_number, "name": fit_name, "vendor": fit_vendor, "data": fit_data, "permission": fit_data}


def joined(text: str, tokens: Sequence[Token], index: int, inside: Sequence[bool], *, lines: bool) -> float:
    """Return what it costs to take a token for more of the cell before it."""
    if index == 0:
        return NEVER
    if inside[index]:
        return WITHIN
    before, after = text[tokens[index - 1][1] - 1], text[tokens[index][0]]
    if before in JOINS_BEFORE or after in JOINS_AFTER or text[tokens[index][0] : tokens[index][0] + 3].lower() == "sdk":
        return WITHIN
    if not lines and (before.isascii() or after.isascii()):
        return BESIDE_LATIN
    return NEXT_LINE if lines else NEXT_WORD


def brackets(text: str, tokens: Sequence[Token]) -> list[bool]:
    """Return for each token whether it begins inside brackets that were opened in the tokens before it."""
    inside, opened = [], []
    for start, end in tokens:
        while opened and start - opened[0] > FAR:
            opened.pop(0)
        inside.append(bool(opened) and closes(text, start))
        for place in range(start, end):
            if text[place] in "（(【[":
                opened.append(place)
            elif text[place] in "）)】]" and opened:
                opened.pop()
    return inside


def closes(text: str, start: int) -> bool:
    """Return whether a bracket that was opened before ``start`` closes soon."""
    depth = 0
    for found in re.finditer(r"[（(【\[）)】\]]", text[start : start + FAR]):
        depth += 1 if found.group() in "（(【[" else -1
        if depth < 0:
            return True
    return False


def find_tokens(text: str, start: int, end: int) -> Iterator[Token]:
    """Yield the words between blanks."""
    for found in re.finditer(r"[^\s\u00a0\u3000|]+", text[start:end]):
        yield start + found.start(), start + found.end()
