"""Cells that follow each other in a row's order without a mark of where a row ends: which column each belongs to.

A cell may be missing, and may be broken over several tokens (lines, or words between blanks). The assignment with the
best score over the whole stream is taken; the table ends where its tokens fit no column any more.
"""

from collections.abc import Sequence
from itertools import groupby

from mingcha_analyzers.policy.claims.cell_looks import Look, Token, brackets, fit, joined, look_at
from mingcha_analyzers.policy.claims.fields import LONGEST_TITLE, Cell, Row

OUTSIDE = -1
MOST_OUTSIDE = 30
NEVER = -50.0
SKIPPED = 1.6
SKIPPED_UNKNOWN = 0.4


def read_stream(
    text: str, tokens: Sequence[Token], fields: Sequence[str | None], lang: str, *, lines: bool
) -> list[Row]:
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
            options += [(best[before] - skipped(fields, before + 1, column), before) for before in range(column)]
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
    best: Sequence[float],
    history: Sequence[list[int]],
    ends: Sequence[int],
    outside: float,
    fields: Sequence[str | None],
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
