"""Tables of what the app itself collects: one claim a row, its purpose from the purpose column."""

from collections.abc import Iterator, Sequence

from mingcha_analyzers.policy.claims.actors import Scene
from mingcha_analyzers.policy.claims.circumstances import function_ranges, name_function
from mingcha_analyzers.policy.claims.fields import Cell, name_field
from mingcha_analyzers.policy.claims.mentions import find_mentions
from mingcha_analyzers.policy.claims.records import tables_of
from mingcha_analyzers.policy.claims.sdk_lists import clean, read_cell
from mingcha_analyzers.policy.claims.words import pattern, spoken
from mingcha_analyzers.policy.layout import Block, ReadDocument
from mingcha_analyzers.policy.values import Action, BusinessFunction, Claim, Polarity
from mingcha_analyzers.values import Span

DEFINITIONS = "D.x.definitions"
Ranges = Sequence[tuple[int, int, BusinessFunction]]


def find_collected(document: ReadDocument, scene: Scene) -> Iterator[Claim]:
    """Yield the claims of the tables of ``document`` that name data and its purpose, but not others'."""
    lang, text = spoken(document.document.language), document.document.text
    ranges = function_ranges(document)
    for rows in tables_of(document):
        heads = [name_field(text[start:end], lang) for start, end in rows[0].cells]
        if not is_collected_head(heads) or document.sections[rows[0].section].type == DEFINITIONS:
            continue
        for row in rows[1:]:
            claim = claim_row(document, heads, row, ranges)
            if claim and not scene.covers(row.start):
                yield claim


def is_collected_head(heads: Sequence[str | None]) -> bool:
    """Return whether the columns name data and what it is for, and no other company."""
    return "data" in heads and bool({"purpose", "permission"} & set(heads)) and "vendor" not in heads


def claim_row(document: ReadDocument, heads: Sequence[str | None], row: Block, ranges: Ranges) -> Claim | None:
    """Return the claim of one row; null where it names no data item."""
    text = document.document.text
    cells = [(head, Cell(*place)) for head, place in zip(heads, row.cells, strict=False) if place[1] > place[0]]
    found: dict[str, tuple[str, int, int]] = {}
    for head, cell in cells:
        if head != "data":
            continue
        statement = read_cell(document, cell)
        if pattern("sdk_lists", "not_collected", statement.lang).search(statement.text):
            return None
        for mention in find_mentions(statement, near_verb=True):
            place = statement.span(mention.start, mention.end)
            found.setdefault(mention.item, (statement.words(mention.start, mention.end), place.start, place.end))
    if not found:
        return None
    purposes = [words for head, cell in cells if head == "purpose" and (words := clean(text[cell.start : cell.end]))]
    return Claim(
        action=Action.COLLECT,
        data_items=tuple(found),
        surface=tuple(words for words, _, _ in found.values()),
        polarity=Polarity.AFFIRMED,
        purpose="；".join(dict.fromkeys(purposes)) or None,
        function=row_function(document, row, ranges),
        recipient=None,
        sdk=None,
        condition=None,
        emphasis=is_marked(document, [(start, end) for _, start, end in found.values()]),
        span=Span(document.document.id, row.start, row.end),
    )


def row_function(document: ReadDocument, row: Block, ranges: Ranges) -> BusinessFunction | None:
    """Return the business function the row names, or else the innermost heading above it."""
    own = name_function(document.document.text[row.start : row.end].lower(), spoken(document.document.language))
    return own or next((kind for start, end, kind in reversed(ranges) if start <= row.start < end), None)


def is_marked(document: ReadDocument, places: Sequence[tuple[int, int]]) -> bool | None:
    """Return whether any place stands in conspicuous type; null where the format cannot show it."""
    marked = document.document.marked
    if marked is None:
        return None
    return any(start < right and left < end for left, right in places for start, end in marked)
