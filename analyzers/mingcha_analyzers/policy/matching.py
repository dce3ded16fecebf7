"""Where the cues of a language stand in a text: one pass for all plain words, one for each pattern."""

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from mingcha_analyzers.policy.cuebook import Cue, load_cuebook
from mingcha_analyzers.policy.folding import fold_mapped

_GAP = {"zh": "[^\n。；;]{0,40}?", "en": "[^\n.;]{0,80}?"}


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue met in the text."""

    cue: Cue
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Matcher:
    automaton: Any
    patterns: tuple[tuple[Cue, re.Pattern[str]], ...]


def find_cues(text: str, language: str) -> list[Hit]:
    """Return every place where a cue stands, in text order."""
    matcher = _matcher(language)
    folded, places = fold_mapped(text, blanks=language != "zh")
    hits = [*_plain(matcher, folded, places, language), *_by_pattern(matcher, folded, places)]
    return sorted(hits, key=lambda hit: (hit.start, hit.end, hit.cue.element, hit.cue.words))


@cache
def _matcher(language: str) -> _Matcher:
    import ahocorasick

    words: dict[str, list[Cue]] = {}
    patterns = []
    for cue in load_cuebook(language).cues:
        if cue.regex:
            patterns.append((cue, re.compile(cue.words)))
        elif "…" in cue.words:
            parts = (re.escape(part) for part in cue.words.split("…"))
            patterns.append((cue, re.compile(_GAP[language].join(parts))))
        else:
            words.setdefault(cue.words, []).append(cue)
    automaton = ahocorasick.Automaton()
    for word, cues in words.items():
        automaton.add_word(word, (len(word), tuple(cues)))
    automaton.make_automaton()
    return _Matcher(automaton, tuple(patterns))


def _plain(matcher: _Matcher, folded: str, places: list[int] | None, language: str) -> Iterator[Hit]:
    for last, (length, cues) in matcher.automaton.iter(folded):
        start = last - length + 1
        if language != "zh" and _is_part_of_word(folded, start, last + 1):
            continue
        place = _place(places, start, last + 1)
        yield from (Hit(cue, *place) for cue in cues)


def _is_part_of_word(text: str, start: int, end: int) -> bool:
    before = start > 0 and text[start - 1].isalpha() and text[start].isalpha()
    return before or (text[end : end + 1].isalpha() and text[end - 1].isalpha() and text[end] != "s")


def _by_pattern(matcher: _Matcher, folded: str, places: list[int] | None) -> Iterator[Hit]:
    for cue, pattern in matcher.patterns:
        for match in pattern.finditer(folded):
            if match.end() > match.start():
                yield Hit(cue, *_place(places, match.start(), match.end()))


def _place(places: list[int] | None, start: int, end: int) -> tuple[int, int]:
    return (start, end) if places is None else (places[start], places[end - 1] + 1)


def index_at(starts: list[int], offset: int) -> int:
    """Return the number of the last start that is not behind ``offset``."""
    return bisect.bisect_right(starts, offset) - 1
