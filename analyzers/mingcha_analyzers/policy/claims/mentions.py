"""Where a statement names data items: the words of the lexicon, the longest first, never inside another word."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from mingcha_analyzers.policy.claims.segmentation import word_boundaries
from mingcha_analyzers.policy.claims.statement import Statement, fold
from mingcha_analyzers.policy.claims.words import pattern
from mingcha_corpora.lexicon import load_terms

LONGEST_BESIDE = 8
SHORT = 2  # Chinese forms up to this length are often halves of other words.


@dataclass(frozen=True, slots=True)
class Mention:
    """A data item named at ``start`` … ``end`` of the folded text of a statement."""

    item: str
    start: int
    end: int
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A form of the automaton: its item, length in folded letters, and whether it needs a verb of collection."""

    item: str
    length: int
    ambiguous: bool
    enumerated: bool = False


@cache
def load_automaton(lang: Literal["zh", "en"]) -> Any:
    """Return the automaton of all forms of ``lang``, folded as statements are."""
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for term in load_terms(lang):
        form, _ = fold(term.form, blanks=lang == "en")
        if form:
            automaton.add_word(form, Entry(term.item, len(form), term.ambiguous, term.enumerated))
    automaton.make_automaton()
    return automaton


def is_ascii_word(letter: str) -> bool:
    """Return whether ``letter`` continues a Latin word or a number."""
    return letter.isascii() and letter.isalnum()


def joins(statement: Statement, place: int) -> bool:
    """Return whether the letters around ``place`` belong to one Latin word."""
    text = statement.text
    if not 0 < place < len(text) or not statement.adjoining(place):
        return False
    return is_ascii_word(text[place - 1]) and is_ascii_word(text[place])


def find_forms(statement: Statement) -> Iterator[tuple[int, int, Entry]]:
    """Yield every form that stands free in ``statement``, overlapping ones too."""
    lang: Literal["zh", "en"] = "en" if statement.lang == "en" else "zh"
    text = statement.text
    for last, entry in load_automaton(lang).iter(text):
        start, end = last + 1 - entry.length, last + 1
        if lang == "en" and text[end : end + 1] == "s" and not joins(statement, end + 1):
            end += 1  # A plural the lexicon does not list.
        if not joins(statement, start) and not joins(statement, end):
            yield start, end, entry


def find_mentions(statement: Statement, *, near_verb: bool) -> tuple[Mention, ...]:
    """Return the data items ``statement`` names, in order and without overlap.

    ``near_verb``: a verb of collection stands in the statement or in its lead, or its place says as much (the data
    column of a table); ordinary words (位置, 文件) count only then.
    """
    kept: list[Mention] = []
    forms = sorted(find_forms(statement), key=lambda form: (form[0], -form[1]))
    masked = [found.span() for found in pattern("mentions", "not_data", statement.lang).finditer(statement.text)]
    for start, end, entry in forms:
        if kept and start < kept[-1].end:
            continue
        if entry.ambiguous and not near_verb:
            continue
        if any(left <= start and end <= right for left, right in masked):
            continue
        if entry.enumerated and not is_enumerated(statement, start, end):
            continue
        if is_doubtful(statement, start, end, entry) and not stands_free(statement, start, end):
            continue
        kept.append(Mention(entry.item, start, end, entry.ambiguous))
    return tuple(kept)


def is_enumerated(statement: Statement, start: int, end: int) -> bool:
    """Return whether the words stand between the marks of an enumeration."""
    before, after = statement.text[max(0, start - LONGEST_BESIDE) : start], statement.text[end : end + LONGEST_BESIDE]
    return (
        pattern("mentions", "listed_before", statement.lang).search(before) is not None
        or pattern("mentions", "listed_after", statement.lang).match(after) is not None
    )


def is_doubtful(statement: Statement, start: int, end: int, entry: Entry) -> bool:
    """Return whether the form needs the word boundaries of the text."""
    form = statement.text[start:end]
    return statement.lang != "en" and not form.isascii() and (entry.ambiguous or len(form) <= SHORT)


def stands_free(statement: Statement, start: int, end: int) -> bool:
    """Return whether ``start`` and ``end`` are word boundaries of the text around."""
    left = max(
        (place + 1 for place in range(max(0, start - 20), start) if not is_han(statement.text[place])),
        default=max(0, start - 20),
    )
    right = next(
        (place for place in range(end, min(len(statement.text), end + 20)) if not is_han(statement.text[place])),
        min(len(statement.text), end + 20),
    )
    boundaries = word_boundaries(statement.text[left:right])
    return start - left in boundaries and end - left in boundaries


def is_han(letter: str) -> bool:
    """Return whether ``letter`` is a Chinese character."""
    return "\u3400" <= letter <= "\u9fff"
