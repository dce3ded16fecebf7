"""The words of headings: what a heading may look like, and which template section its words name."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from mingcha_analyzers.policy import cuebook
from mingcha_analyzers.policy.folding import fold

_JUNK = re.compile(r"[\W_]+")
_LONGEST_EN = 14
_SHORT_EN = 6
_SHORTEST = 4
_WHOLE = 3
_COMMON = re.compile("个人敏感信息|敏感个人信息|个人信息|敏感信息|信息|数据|资料|用户|personal|information|data")
_LETTER = re.compile(r"[^\W\d_]")
_SMALL = re.compile(
    r"\b(?:a|an|and|as|at|by|do|for|from|how|if|in|is|of|on|or|our|the|to|via|we|what|when|why|with|you|your)\b"
)


@dataclass(frozen=True, slots=True)
class Naming:
    """A template section that a heading names: how well (0 to 1) and by which words.

    ``places``: those of the words in the normalised heading that no other section would name as well.
    """

    section: str
    score: float
    words: str
    places: frozenset[int]


@dataclass(frozen=True)
class Headings:
    """Heading words of one language."""

    chinese: bool
    cues: Mapping[str, Sequence[str]]
    patterns: Mapping[str, re.Pattern[str]]
    dropped: re.Pattern[str]
    titles: re.Pattern[str]
    openings: re.Pattern[str]
    labels: re.Pattern[str]
    sentences: re.Pattern[str]

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

    def is_label(self, words: str) -> bool:
        """Tell whether the words are a label with its value, or the label of a field or column of a list."""
        return self.labels.search("".join(fold(words).split())) is not None

    def is_sentence(self, words: str) -> bool:
        """Tell whether the words are the beginning of a sentence or stop in the middle of one."""
        return self.sentences.search(fold(words)) is not None

    @cached_property
    def _known(self) -> Mapping[str, str]:
        """Return the section of each cue, without those of which only an ordinary word is left (关于我们)."""
        pairs = ((cue, section) for section, cues in self.cues.items() for cue in cues)
        return {self.normalise(cue): section for cue, section in pairs if not self._is_cut(cue)}

    @cached_property
    def _whole(self) -> Mapping[str, str]:
        pairs = ((cue, section) for section, cues in self.cues.items() for cue in cues)
        return {_JUNK.sub("", fold(cue)): section for cue, section in pairs if self._is_cut(cue)}

    def _is_cut(self, cue: str) -> bool:
        return len(self.normalise(cue)) < _WHOLE and self.normalise(cue) != _JUNK.sub("", fold(cue))

    def is_known(self, words: str) -> bool:
        """Tell whether the words are a heading of the template, give or take a word."""
        return self.normalise(words) in self._known or _JUNK.sub("", fold(words)) in self._whole

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

    def name(self, heading: str) -> tuple[Naming, ...]:
        """Return the template sections that ``heading`` names, the best first."""
        key = self.normalise(heading)
        if not key:
            return ()
        best: dict[str, Naming] = {}
        for found in (*self._by_cue(key, heading), *self._by_pattern(key)):
            known = best.get(found.section)
            if known is None or found.score > known.score:
                best[found.section] = found
        return tuple(sorted(best.values(), key=lambda one: (one.score, one.section), reverse=True))

    def _by_cue(self, key: str, heading: str) -> Iterator[Naming]:
        raw = _JUNK.sub("", fold(heading))
        for cue, section in self._known.items():
            at = key.find(cue)
            if cue and at >= 0:
                yield Naming(section, 0.4 + 0.6 * len(cue) / len(key), cue, _own(key, at, at + len(cue)))
        for cue, section in self._whole.items():
            if cue in raw:
                # Such a cue stands in no place of the key, hence beside every other.
                yield Naming(section, 0.4 + 0.6 * len(cue) / len(raw), cue, frozenset({-len(cue)}))

    def _by_pattern(self, key: str) -> Iterator[Naming]:
        for section, pattern in self.patterns.items():
            matches = list(pattern.finditer(key))
            found = sum(len(match.group()) for match in matches)
            if found:
                places = frozenset[int]().union(*(_own(key, *_named(match)) for match in matches))
                words = key[min(match.start() for match in matches) : max(match.end() for match in matches)]
                yield Naming(section, 0.35 + 0.6 * min(1, found / len(key)), words, places)


def _named(match: re.Match[str]) -> tuple[int, int]:
    """Return the place of the group of a match that names the section, if the pattern has one."""
    group = match.lastindex or 0
    return match.start(group), match.end(group)


def _own(key: str, start: int, end: int) -> frozenset[int]:
    """Return the places of a cue that are its own: every section speaks of personal information."""
    common = {place for match in _COMMON.finditer(key) for place in range(*match.span())}
    return frozenset(range(start, end)) - common


@cache
def load_headings(language: str) -> Headings:
    """Return the heading words of ``zh`` or ``en``."""
    book = cuebook.load_cuebook(language)
    return Headings(
        chinese=language == "zh",
        cues=book.heading_cues,
        patterns=book.heading_patterns,
        dropped=book.dropped,
        titles=book.titles,
        openings=book.openings,
        labels=book.labels,
        sentences=book.sentences,
    )
