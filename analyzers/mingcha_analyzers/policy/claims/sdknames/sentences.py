"""SDKs that running text names: the aliases of the base that stand free in a sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from mingcha_analyzers.policy.claims.mentions import is_ascii_word, joins
from mingcha_analyzers.policy.claims.sdknames.directory import TRUSTED, load_directory, telling_names
from mingcha_analyzers.policy.claims.sdknames.forms import plain
from mingcha_analyzers.policy.claims.sdknames.kinds import is_general, load_houses
from mingcha_analyzers.policy.claims.statement import Statement, fold
from mingcha_analyzers.policy.claims.words import pattern
from mingcha_corpora.sdks import SdkBase, load_sdk_base

SHORTEST_LATIN = 3  # Shorter names (UT, GMS) are looked for in lists only.
NEAR = 12
LONGEST_NAME = 40
ENUMERATION = re.compile(r"[、,，;；。/]")
QUOTED = ("sdk“", 'sdk"', "sdk「")


@dataclass(frozen=True, slots=True)
class SdkName:
    """A name of an SDK at ``start`` … ``end`` of the folded text; ``words`` as written.

    ``sdk`` is null where the name leaves open which of a vendor's SDKs is meant (友盟SDK).
    """

    sdk: str | None
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Alias:
    """One name of the automaton: its record, its length, and whether it counts only beside the word SDK."""

    sdk: str | None
    length: int
    weak: bool


def load_aliases() -> Any:
    """Return the automaton of names for sentences."""
    return _load(load_sdk_base())


@cache
def _load(base: SdkBase) -> Any:
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for name, alias in _aliases(base):
        automaton.add_word(name, alias)
    automaton.make_automaton()
    return automaton


def _aliases(base: SdkBase) -> Iterator[tuple[str, Alias]]:
    whole = load_directory().whole
    for house in sorted(load_houses(in_lists=False)):
        yield house, Alias(None, len(house), weak=True)
    for record in sorted(base.records.values(), key=lambda record: record.id):
        if record.tier not in TRUSTED:
            continue
        weak = {fold(name, blanks=False)[0] for name in record.weak_aliases}
        for name in telling_names(record):
            folded = fold(name, blanks=False)[0]
            # A name that several records bear is told by the row, not here.
            if len(folded) >= 2 and whole.get(plain(name), ())[:1] == (record.id,):
                yield folded, Alias(record.id, len(folded), folded in weak or is_plain(folded))


def is_plain(name: str) -> bool:
    """Return whether ``name`` is too short or too ordinary to be an SDK without the word SDK beside it."""
    return (name.isascii() and len(name) <= SHORTEST_LATIN) or is_general(name)


def find_sdk_names(statement: Statement) -> tuple[SdkName, ...]:
    """Return the SDKs ``statement`` names, the longest names first where they overlap.

    Weak names (微信, 高德) count only beside “SDK” or a package name.
    """
    text = statement.text.replace(" ", "\x00") if statement.lang == "en" else statement.text
    found = sorted(find_aliases(statement, text), key=lambda name: (name.start, -name.end))
    kept: list[SdkName] = []
    for name in found:
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
    return tuple(kept)


def find_aliases(statement: Statement, text: str) -> Iterator[SdkName]:
    """Yield every alias that stands free in ``statement``."""
    links = [found.span() for found in pattern("sdk_lists", "link", "zh").finditer(text)]
    for last, alias in load_aliases().iter(text):
        start, end = last + 1 - alias.length, last + 1
        if (
            any(left <= start < right for left, right in links)
            or joins(statement, start)
            or (joins(statement, end) and not text.startswith("sdk", end))
        ):
            continue
        if alias.sdk is None and not (text.startswith(("sdk", "+sdk"), end) or text.endswith(QUOTED, 0, start)):
            continue
        if alias.weak and not beside_sdk(text, start, end):
            continue
        yield SdkName(alias.sdk, start, end, statement.words(start, end))


def beside_sdk(text: str, start: int, end: int) -> bool:
    """Return whether the word SDK or a package name stands next to ``start`` … ``end``."""
    after = text[end : end + NEAR]
    if text[start:end].isascii():
        after = ENUMERATION.split(after)[0]  # “Cookie、Beacon、Proxy和SDK” names kinds of technique.
    return "sdk" in after or "sdk" in text[max(0, start - 4) : end] or re.match(r"\(?(?:com|cn)\.", after) is not None


def longest_within(name: str) -> str | None:
    """Return the record of the longest alias within a levelled ``name``; an ordinary word must begin it."""
    best: tuple[int, str] | None = None
    for last, alias in load_aliases().iter(name):
        start = last + 1 - alias.length
        free = not (start and is_ascii_word(name[start]) and is_ascii_word(name[start - 1]))
        free = free and not (last + 1 < len(name) and is_ascii_word(name[last]) and is_ascii_word(name[last + 1]))
        if free and alias.sdk and not (alias.weak and start) and (best is None or alias.length > best[0]):
            best = alias.length, alias.sdk
    return best[1] if best else None


def name_at_start(text: str) -> int:
    """Return how many letters of ``text`` the longest name takes that it begins with; 0 where there is none."""
    best = 0
    for last, alias in load_aliases().iter(fold(text[:LONGEST_NAME], blanks=True)[0]):
        if last + 1 == alias.length:
            best = alias.length
    return best
