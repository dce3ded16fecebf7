"""Which SDK a name in a policy means: aliases of the SDK base, found in sentences and looked up for list rows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from mingcha_analyzers.policy.claims.mentions import is_ascii_word, joins
from mingcha_analyzers.policy.claims.statement import Statement, fold
from mingcha_analyzers.policy.claims.words import pattern
from mingcha_corpora.sdks import SdkRecord, load_sdk_base

SHORTEST_LATIN = 3  # Shorter names (UT, GMS) are looked for in lists only.
NEAR = 12
# Records taken over from library lists have names that are ordinary words; they count only in SDK lists.
TRUSTED = frozenset({"curated"})


@dataclass(frozen=True, slots=True)
class SdkName:
    """A name of an SDK at ``start`` … ``end`` of the folded text; ``words`` as written."""

    sdk: str
    start: int
    end: int
    words: str


def normalise(name: str) -> str:
    """Return ``name`` folded, without brackets, suffixes such as SDK and ornaments."""
    folded, _ = fold(name, blanks=False)
    folded = re.sub(r"\(.*?\)|\[.*?\]|【.*?】|[®™《》“”\"']", "", folded).strip("·•-—_:,.;、。")
    previous = None
    while folded != previous:
        previous = folded
        shorter = pattern("sdk_lists", "suffix", "zh").sub("", folded)
        folded = shorter or folded
    return folded


@cache
def load_index() -> dict[str, str]:
    """Return normalised name → record id; names that several records share are left out."""
    owners: dict[str, set[str]] = {}
    for record in load_sdk_base().records.values():
        for name in spellings(record):
            owners.setdefault(name, set()).add(record.id)
    return {name: settle(ids) for name, ids in owners.items() if settle(ids)}


def spellings(record: SdkRecord) -> set[str]:
    """Return the normalised names of ``record``."""
    names = (record.name, record.name_zh, *record.aliases, *record.weak_aliases)
    return {short for name in names if (short := normalise(name))}


def settle(ids: set[str]) -> str:
    """Return the one record meant: the only one, or the only curated one; else nothing."""
    if len(ids) == 1:
        return next(iter(ids))
    records = load_sdk_base().records
    curated = sorted(sdk for sdk in ids if records[sdk].tier in TRUSTED)
    return curated[0] if len(curated) == 1 else ""


@cache
def load_vendors() -> dict[str, str]:
    """Return normalised vendor → record id, only for vendors with one record that collects data."""
    owners: dict[str, set[str]] = {}
    for record in load_sdk_base().records.values():
        for vendor in (record.vendor, record.vendor_zh):
            if vendor:
                owners.setdefault(normalise(vendor), set()).add(record.id)
    return {vendor: next(iter(ids)) for vendor, ids in owners.items() if len(ids) == 1}


@cache
def load_vendor_names() -> frozenset[str]:
    """Return the normalised names of all companies that make SDKs."""
    records = load_sdk_base().records.values()
    return frozenset(normalise(record.vendor_zh) for record in records if record.vendor_zh)


@cache
def load_aliases() -> Any:
    """Return the automaton of alias → (record id, length, weak) for sentences."""
    import ahocorasick

    automaton = ahocorasick.Automaton()
    index = load_index()
    for record in sorted(load_sdk_base().records.values(), key=lambda record: record.id):
        if record.tier not in TRUSTED:
            continue
        weak = {fold(name, blanks=False)[0] for name in record.weak_aliases}
        for name in (record.name, record.name_zh, *record.aliases, *record.weak_aliases):
            folded = fold(name, blanks=False)[0]
            if len(folded) >= 2 and index.get(normalise(name)) == record.id:
                automaton.add_word(folded, (record.id, len(folded), folded in weak or is_plain(folded)))
    automaton.make_automaton()
    return automaton


def is_plain(name: str) -> bool:
    """Return whether ``name`` is too short or too ordinary to be an SDK without the word SDK beside it."""
    return name.isascii() and len(name) <= SHORTEST_LATIN


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
    for last, (sdk, length, weak) in load_aliases().iter(text):
        start, end = last + 1 - length, last + 1
        if joins(statement, start) or (joins(statement, end) and not text.startswith("sdk", end)):
            continue
        if weak and not beside_sdk(text, start, end):
            continue
        yield SdkName(sdk, start, end, statement.words(start, end))


def beside_sdk(text: str, start: int, end: int) -> bool:
    """Return whether the word SDK or a package name stands next to ``start`` … ``end``."""
    after = text[end : end + NEAR]
    return "sdk" in after or "sdk" in text[max(0, start - 4) : end] or re.match(r"\(?(?:com|cn)\.", after) is not None


def resolve_name(name: str, vendor: str | None = None) -> str | None:
    """Return the record a row of an SDK list means, by its name, a package name in it, or its vendor."""
    base = load_sdk_base()
    folded, _ = fold(name, blanks=False)
    package = pattern("sdk_lists", "package", "zh").search(folded)
    if package and (owner := base.owner_of(package.group())):
        return owner
    index = load_index()
    for part in (folded, *re.split(r"[()/|、,]", folded)):
        if owner := index.get(normalise(part)):
            return owner
    if owner := longest_alias(normalise(name)):
        return owner
    return load_vendors().get(normalise(vendor)) if vendor else None


def longest_alias(name: str) -> str | None:
    """Return the record of the longest alias within ``name``; an ordinary word must stand at its beginning."""
    best: tuple[int, str] | None = None
    for last, (sdk, length, weak) in load_aliases().iter(name):
        start = last + 1 - length
        free = not (start and is_ascii_word(name[start]) and is_ascii_word(name[start - 1]))
        free = free and not (last + 1 < len(name) and is_ascii_word(name[last]) and is_ascii_word(name[last + 1]))
        if free and not (weak and start) and (best is None or length > best[0]):
            best = length, sdk
    return best[1] if best else None
