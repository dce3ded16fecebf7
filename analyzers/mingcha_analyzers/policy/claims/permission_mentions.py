"""Which Android permissions the policy speaks of, by constant name or by the words for them."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from mingcha_analyzers.policy.claims.circumstances import find_purpose
from mingcha_analyzers.policy.claims.fields import name_field
from mingcha_analyzers.policy.claims.mentions import joins
from mingcha_analyzers.policy.claims.records import tables_of
from mingcha_analyzers.policy.claims.statement import Statement, fold
from mingcha_analyzers.policy.claims.words import pattern, spoken
from mingcha_analyzers.policy.layout import BlockKind, ReadDocument
from mingcha_analyzers.policy.values import PermissionMention
from mingcha_corpora.permissions import load_permissions

CONSTANT = re.compile(r"(?:android\.permission\.)?(?<![a-z0-9_])([a-z]{2,}(?:_[a-z0-9]+){1,8})(?![a-z0-9_])")
PREFIX = "android.permission."
NEAR = 4  # 存储权限, 存储的权限; farther off the word is about something else.


@cache
def load_phrases(lang: str) -> Any:
    """Return the automaton of phrase → (permissions, length, whether the phrase itself says permission)."""
    import ahocorasick

    owners: dict[str, set[str]] = {}
    for fact in load_permissions().values():
        phrases = (*fact.zh_phrases, *fact.zh_words) if lang == "zh" else fact.en_phrases
        for phrase in phrases:
            folded, _ = fold(phrase, blanks=lang == "en")
            if len(folded) > 1:
                owners.setdefault(folded, set()).add(fact.name)
    automaton = ahocorasick.Automaton()
    for phrase, names in owners.items():
        sure = pattern("permissions", "word", lang).search(phrase) is not None
        automaton.add_word(phrase, (tuple(sorted(names)), len(phrase), sure))
    automaton.make_automaton()
    return automaton


@cache
def load_constants() -> dict[str, str]:
    """Return last label in lower case → full permission name."""
    return {name.rpartition(".")[2].lower(): name for name in load_permissions()}


def permission_cells(document: ReadDocument) -> Iterator[tuple[str, int, int]]:
    """Yield the cells under a column head that says permission; there a bare word (存储) names one."""
    lang, text = spoken(document.document.language), document.document.text
    for rows in tables_of(document):
        heads = [name_field(text[start:end], lang) for start, end in rows[0].cells]
        for row in rows[1:]:
            for head, (start, end) in zip(heads, row.cells, strict=False):
                if head == "permission" and end > start:
                    yield document.document.id, start, end


def find_permissions(
    statements: Sequence[Statement], documents: Sequence[ReadDocument] = ()
) -> Iterator[PermissionMention]:
    """Yield the permissions named, in text order, each once a statement."""
    cells = frozenset(cell for document in documents for cell in permission_cells(document))
    for index, statement in enumerate(statements):
        named: dict[str, tuple[int, int]] = {}
        for start, end, names in sorted(
            (*find_constants(statement), *find_phrases(statement, listed=is_in(statement, cells)))
        ):
            for name in names:
                named.setdefault(name, (start, end))
        if named:
            purpose = find_purpose(statement) or row_purpose(statements, index)
            for name, (start, end) in named.items():
                yield PermissionMention(name, statement.words(start, end), purpose, statement.span(start, end))


def find_constants(statement: Statement) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield the permissions written as constants (READ_PHONE_STATE)."""
    for found in CONSTANT.finditer(statement.text):
        name = load_constants().get(found.group(1))
        if name:
            yield found.start(), found.end(), (name,)


def is_in(statement: Statement, cells: frozenset[tuple[str, int, int]]) -> bool:
    """Return whether the statement is a cell of a permission column."""
    return (statement.doc, statement.start, statement.end) in cells


def find_phrases(statement: Statement, *, listed: bool) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield the permissions named in words, the longest phrase first; a plain word needs “权限” near it."""
    lang = "en" if statement.lang == "en" else "zh"
    hits = sorted(
        (last + 1 - length, -last - 1, names, sure)
        for last, (names, length, sure) in load_phrases(lang).iter(statement.text)
    )
    reached = 0
    for start, negative_end, names, sure in hits:
        end = -negative_end
        if start < reached or joins(statement, start) or joins(statement, end):
            continue
        if sure or listed or says_permission(statement, start, end):
            reached = end
            yield start, end, names


def says_permission(statement: Statement, start: int, end: int) -> bool:
    """Return whether the words beside ``start`` … ``end``, or those that introduce the list, speak of a permission."""
    words = pattern("permissions", "word", statement.lang)
    if words.search(statement.text, end, min(len(statement.text), end + NEAR)):
        return True
    return statement.lead is not None and words.search(statement.lead.text) is not None


def row_purpose(statements: Sequence[Statement], index: int) -> str | None:
    """Return the purpose given beside the permission: the next cell of its row, or the next sentence of its block."""
    statement = statements[index]
    for other in statements[index + 1 : index + 4]:
        if other.block != statement.block:
            break
        purpose = find_purpose(other)
        if purpose:
            return purpose
        if statement.kind is BlockKind.TABLE_ROW and len(other.text) >= 6:
            return other.words(0, len(other.text))
    return None
