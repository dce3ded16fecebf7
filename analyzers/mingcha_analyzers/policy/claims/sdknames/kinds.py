"""What a name says of the kind of an SDK, and whether it says anything beyond that."""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from mingcha_analyzers.policy.claims.sdknames.forms import core, plain
from mingcha_corpora.records import read_yaml

_DATA = Path(__file__).parents[1] / "data"


@cache
def load_kinds() -> Mapping[str, str]:
    """Return word in its plain form → category of the SDK base."""
    kinds: dict[str, list[str]] = read_yaml("sdk_kinds.yaml", _DATA)["kinds"]
    return MappingProxyType({plain(word): category for category, words in kinds.items() for word in words})


@cache
def load_houses(*, in_lists: bool = True) -> frozenset[str]:
    """Return the bare names that leave open which SDK of a vendor is meant, as plain forms.

    ``in_lists``: with those that are ordinary words and count only as the name of a row.
    """
    data = read_yaml("sdk_kinds.yaml", _DATA)
    return frozenset(plain(str(name)) for name in data["houses"] + (data["houses_in_lists"] if in_lists else []))


@cache
def _kind_words() -> re.Pattern[str]:
    return _any_of(load_kinds())


@cache
def _empty_words() -> re.Pattern[str]:
    return _any_of(plain(str(word)) for word in read_yaml("sdk_kinds.yaml", _DATA)["fillers"])


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    longest = sorted(words, key=lambda word: (-len(word), word))
    # Latin words stand free: “im” is not in “image”.
    bound = (rf"(?<![a-z]){re.escape(word)}(?![a-z])" if word.isascii() else re.escape(word) for word in longest)
    return re.compile("|".join(bound))


@lru_cache(maxsize=4096)
def kind_words(text: str) -> Mapping[str, str]:
    """Return the words in ``text`` that say what an SDK does, with their categories, in text order."""
    return {found.group(): load_kinds()[found.group()] for found in _kind_words().finditer(plain(text))}


def kinds_of(text: str) -> frozenset[str]:
    """Return the categories that ``text`` speaks of."""
    return frozenset(kind_words(text).values())


@lru_cache(maxsize=8192)
def is_general(text: str) -> bool:
    """Return whether ``text`` says no more than the kind of an SDK (一键登录, 统计分析SDK), or nothing at all."""
    return any(not _empty_words().sub("", _kind_words().sub("", form)) for form in (plain(text), core(text)))
