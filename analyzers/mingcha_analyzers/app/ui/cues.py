"""Which in-app facts a text bears on: the cues of ``ui_facts``, looked for in one pass.

English words count only as whole words; a text that merely looks alike (``not_cues``) counts for nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any

from mingcha_analyzers.app.ui.values import UiRole
from mingcha_corpora.facts import UiFact, load_ui_facts
from mingcha_corpora.records import read_yaml

DATA = Path(__file__).parent / "data"

CLOSE_ACCOUNT, RECOMMENDATION, POLICY = "UI-R01", "UI-R03", "UI-R06"
PROMPT, IMPLIED, RATIONALE = "UI-C01", "UI-C02", "UI-C04"
# Longer texts are documents: they speak of rights without being the way to them.
MAX_TEXT = 240
# Each is held against each other; a text made to hold more says nothing.
_MAX_HITS = 40
# Of so many texts the cues are kept: buttons say the same all over.
_MAX_KNOWN = 20_000
# A button says its cue and hardly more; 同意 inside a sentence is none.
_MAX_MORE = 3
_MAX_MORE_LATIN = 4
_BUTTONS = {
    UiRole.AGREE: "zh_agree",
    UiRole.REFUSE: "zh_refuse",
    UiRole.BASIC_MODE: "zh_basic_mode",
    UiRole.WEAK_BUTTON: "weak_buttons_zh",
}


@dataclass(frozen=True, slots=True)
class Cue:
    """What a piece of text stands for; without a role it takes back what overlaps it."""

    fact: str
    role: UiRole | None
    strong: bool
    words: str


@dataclass(frozen=True, slots=True)
class _Hit:
    cue: Cue
    start: int
    end: int


class Cues:
    """The cues of all facts."""

    def __init__(self, cues: Iterator[Cue]) -> None:
        import ahocorasick

        words: dict[str, list[Cue]] = {}
        for cue in cues:
            words.setdefault(cue.words.lower(), []).append(cue)
        self._automaton: Any = ahocorasick.Automaton()
        for word, group in words.items():
            self._automaton.add_word(word, (len(word), tuple(group)))
        self._automaton.make_automaton()
        self._known: dict[str, list[Cue]] = {}

    def may_hold(self, text: str) -> bool:
        """Return whether a text is short enough and holds the letters of any cue."""
        return len(text) <= MAX_TEXT and next(self._automaton.iter(text.lower()), None) is not None

    def find(self, text: str) -> list[Cue]:
        """Return the cues of a text, each fact and role once, the surest first."""
        if len(text) > MAX_TEXT:
            return []
        found = self._known.get(text)
        if found is None:
            found = self._find(text)
            if len(self._known) < _MAX_KNOWN:
                self._known[text] = found
        return found

    def _find(self, text: str) -> list[Cue]:
        hits = list(islice(self._hits(text.lower()), _MAX_HITS))
        kept = [hit for hit in hits if hit.cue.role is not None and not any(_displaces(other, hit) for other in hits)]
        found: dict[tuple[str, UiRole | None], Cue] = {}
        for hit in sorted(kept, key=lambda hit: (not hit.cue.strong, hit.start)):
            if not _is_button(hit.cue) or _fills(hit.cue.words, text):
                found.setdefault((hit.cue.fact, hit.cue.role), hit.cue)
        about_permission = any(hit.cue.fact == RATIONALE for hit in hits)
        return [*found.values(), *(_rationale(text) if about_permission else ())]

    def _hits(self, text: str) -> Iterator[_Hit]:
        for last, (length, cues) in self._automaton.iter(text):
            start = last - length + 1
            if not _splits_word(text, start, last + 1):
                yield from (_Hit(cue, start, last + 1) for cue in cues)


def _is_button(cue: Cue) -> bool:
    return cue.fact == PROMPT or cue.role is UiRole.ACCOUNT


def _rationale(text: str) -> Iterator[Cue]:
    """Yield why a permission is wanted, if a text about one speaks of a purpose."""
    lowered = text.lower()
    purposes = [word for word in load_ui_words()["rationale"]["purpose"] if word in lowered]
    yield from (Cue(RATIONALE, UiRole.RATIONALE, True, word) for word in purposes[:1])


def _fills(words: str, text: str) -> bool:
    return len(text) - len(words) <= (_MAX_MORE_LATIN if text.isascii() else _MAX_MORE)


def _displaces(other: _Hit, hit: _Hit) -> bool:
    """Return whether a hit is no hit beside another: 同意 in 不同意 or 撤回同意, or what a look-alike covers."""
    if other is hit or not (other.start < hit.end and hit.start < other.end):
        return False
    same = other.cue.fact == hit.cue.fact and hit.cue.role is not UiRole.ACCOUNT
    longer = other.end - other.start > hit.end - hit.start
    return (same and other.cue.role is None) or (longer and (same or hit.cue.role in _BUTTONS))


def _splits_word(text: str, start: int, end: int) -> bool:
    before = start > 0 and _is_latin(text[start - 1]) and _is_latin(text[start])
    return before or (end < len(text) and _is_latin(text[end]) and _is_latin(text[end - 1]))


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()


@cache
def load_ui_words() -> Mapping[str, Any]:
    """Return words.yaml."""
    table: Mapping[str, Any] = read_yaml("words.yaml", DATA)
    return MappingProxyType(dict(table))


@cache
def load_cues() -> Cues:
    """Return the cues of the knowledge."""
    return Cues(cue for fact in load_ui_facts() for cue in _cues_of(fact))


def _cues_of(fact: UiFact) -> Iterator[Cue]:
    if fact.id == PROMPT:
        yield from _prompt_cues(fact)
        return
    if fact.id == RATIONALE:
        yield from (Cue(fact.id, None, False, words) for words in load_ui_words()["rationale"]["about"])
        return
    role = _role_of(fact)
    if role is None:
        return
    hints = load_ui_words()["recommendation_only"] if fact.id == RECOMMENDATION else ()
    yield from (Cue(fact.id, role, words not in hints, words) for words in (*fact.zh, *fact.en))
    yield from (Cue(fact.id, role, False, words) for words in (*fact.weak_zh, *fact.weak_en))
    more = load_ui_words()["more_cues"].get(fact.id, ())
    yield from (Cue(fact.id, role, True, words) for words in more)
    yield from (Cue(fact.id, None, False, words) for words in fact.not_cues)
    if fact.id == CLOSE_ACCOUNT:
        yield from (Cue(fact.id, UiRole.ACCOUNT, True, words) for words in load_ui_words()["accounts"])


def _role_of(fact: UiFact) -> UiRole | None:
    if fact.id == IMPLIED:
        return UiRole.IMPLIED
    return {"right": UiRole.ENTRY, "sensitive_input": UiRole.INPUT}.get(fact.section)


def _prompt_cues(fact: UiFact) -> Iterator[Cue]:
    yield from (Cue(fact.id, UiRole.TITLE, True, words) for words in fact.more["zh_title"])
    more = load_ui_words()["buttons"]
    yield from (Cue(fact.id, None, False, words) for words in load_ui_words()["look_alikes"][PROMPT])
    for role, key in _BUTTONS.items():
        name = "weak" if role is UiRole.WEAK_BUTTON else role.value
        yield from (Cue(fact.id, role, True, words) for words in (*fact.more[key], *more[name]))
