"""What surrounds a practice: its purpose, condition, recipient and business function, as written."""

import re
from collections.abc import Iterator, Sequence

from mingcha_analyzers.policy.claims.statement import Statement
from mingcha_analyzers.policy.claims.words import pattern
from mingcha_analyzers.policy.layout import OutlineNode, ReadDocument
from mingcha_analyzers.policy.values import BusinessFunction

LONGEST_PURPOSE = 160
EDGES = " ,，。;；:：、.()（）"


def find_words(statement: Statement, key: str, start: int = 0) -> str | None:
    """Return the words of the first pattern of ``key``; a group in the pattern narrows them."""
    found = pattern("circumstances", key, statement.lang).search(statement.text, start)
    if found is None:
        return None
    group = next((index for index in range(1, found.re.groups + 1) if found.group(index)), 0)
    first, last = found.span(group)
    words = statement.words(first, min(last, first + LONGEST_PURPOSE)).strip(EDGES)
    return words or None


def find_purpose(statement: Statement) -> str | None:
    """Return the purpose stated in the sentence or in the sentence that introduces it."""
    own = find_words(statement, "purpose")
    if own:
        return own
    return next((words for lead in statement.leads() if (words := find_words(lead, "purpose"))), None)


def find_condition(statement: Statement) -> str | None:
    """Return the circumstances the practice is tied to (在您…时, 经您同意)."""
    own = find_words(statement, "condition")
    if own:
        return own
    return next((words for lead in statement.leads() if (words := find_words(lead, "condition"))), None)


def find_recipient(statement: Statement) -> str | None:
    """Return who is given the data."""
    return find_words(statement, "recipient")


def function_ranges(document: ReadDocument) -> tuple[tuple[int, int, BusinessFunction], ...]:
    """Return the parts of ``document`` that stand under a heading of a basic or extended function."""
    lang = "en" if document.document.language.startswith("en") else "zh"
    return tuple(walk_headings(document.document.text, document.outline, lang))


def walk_headings(text: str, nodes: Sequence[OutlineNode], lang: str) -> Iterator[tuple[int, int, BusinessFunction]]:
    """Yield the ranges, outer ones first."""
    waiting = list(reversed(nodes))
    while waiting:
        node = waiting.pop()
        kind = name_function(
            re.sub(r"\s", "" if lang == "zh" else " ", text[node.start : node.heading_end]).lower(), lang
        )
        if kind:
            yield node.start, node.end, kind
        waiting.extend(reversed(node.children))


def name_function(text: str, lang: str) -> BusinessFunction | None:
    """Return the business function ``text`` speaks of; null when it names both or none."""
    found = [kind for kind in BusinessFunction if pattern("circumstances", kind.value, lang).search(text)]
    return found[0] if len(found) == 1 else None


def find_function(statement: Statement, ranges: Sequence[tuple[int, int, BusinessFunction]]) -> BusinessFunction | None:
    """Return the business function of the sentence, or else of the innermost heading above it."""
    own = name_function(statement.text, statement.lang)
    if own:
        return own
    return next((kind for start, end, kind in reversed(ranges) if start <= statement.start < end), None)
