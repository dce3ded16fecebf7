"""The words of headings: what a heading may look like, and which template section its words name."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from mingcha_analyzers.policy import cuebook
from mingcha_analyzers.policy.folding import fold

_JUNK = re.compile(r"[\W_]+")
_LONGEST_EN = 14
_SHORT_EN = 6
_SHORTEST = 4
_LETTER = re.compile(r"[^\W\d_]")
_SMALL = re.compile(
    r"\b(?:a|an|and|as|at|by|do|for|from|how|if|in|is|of|on|or|our|the|to|via|we|what|when|why|with|you|your)\b"
)


@dataclass(frozen=True)
class Headings:
    """Heading words of one language."""

    chinese: bool
    cues: Mapping[str, Sequence[str]]
    patterns: Mapping[str, re.Pattern[str]]
    dropped: re.Pattern[str]
    titles: re.Pattern[str]
    openings: re.Pattern[str]

    def normalise(self, heading: str) -> str:
        """Return the heading without blanks, marks and the words for you and us."""
        words = fold(heading)
        if self.chinese:
            return self.dropped.sub("", _JUNK.sub("", words))
        return " ".join(_JUNK.sub(" ", self.dropped.sub(" ", words)).split())

    def is_title(self, words: str) -> bool:
        """Tell whether ``words`` may be a heading at all: a phrase, for English a short one in title case."""
        if not _LETTER.search(words) or words.count("_") > 3 or words.count("”") > words.count("“"):
            return False
        if self.chinese and any("\u4e00" <= char <= "\u9fff" for char in words):
            return True
        length = len(words.split())
        if not words[:1].isupper() or length > _LONGEST_EN:
            return False
        content = [word for word in _SMALL.sub(" ", words).split() if word[:1].isalpha()]
        capital = sum(word[0].isupper() for word in content)
        return length <= _SHORT_EN or 0 < len(content) <= capital * 2

    def is_document_title(self, words: str) -> bool:
        """Tell whether the words name the document as a whole."""
        return self.titles.search(fold(words)) is not None

    @cached_property
    def _known(self) -> Mapping[str, str]:
        return {self.normalise(cue): section for section, cues in self.cues.items() for cue in cues}

    def is_known(self, words: str) -> bool:
        """Tell whether the words are a heading of the template, give or take a word."""
        key = self.normalise(words)
        return key in self._known

    def known_prefix(self, words: str) -> int:
        """Return how many characters at the start of ``words`` are a heading of the template."""
        folded = fold(words)
        spelled = max((len(cue) for cue in self._spelled if folded.startswith(cue)), default=0)
        best, length = "", 0
        for size in range(2, len(words) + 1):
            key = self.normalise(words[:size])
            if len(key) > len(best) and key in self._known:
                best, length = key, size
        return max(spelled, length)

    @cached_property
    def _spelled(self) -> frozenset[str]:
        return frozenset(fold(cue) for cues in self.cues.values() for cue in cues)

    def sentence_start(self, words: str) -> int:
        """Return where, behind a heading without a mark, the first sentence begins (0: not told)."""
        match = self.openings.search(words)
        return match.start() if match and match.start() >= _SHORTEST else 0

    def score(self, heading: str) -> dict[str, float]:
        """Return for each template section how well ``heading`` names it (0 to 1)."""
        key = self.normalise(heading)
        scores: dict[str, float] = {}
        if not key:
            return scores
        for cue, section in self._known.items():
            if cue and cue in key:
                scores[section] = max(scores.get(section, 0), 0.4 + 0.6 * len(cue) / len(key))
        for section, pattern in self.patterns.items():
            found = sum(len(match.group()) for match in pattern.finditer(key))
            if found:
                scores[section] = max(scores.get(section, 0), 0.35 + 0.6 * min(1, found / len(key)))
        return scores


@cache
def load_headings(language: str) -> Headings:
    """Return the heading words of ``zh`` or ``en``."""
    book = cuebook.load_cuebook(language)
    return Headings(
        language == "zh", book.heading_cues, book.heading_patterns, book.dropped, book.titles, book.openings
    )
