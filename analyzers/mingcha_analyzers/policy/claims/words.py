"""The words and patterns of the claim finders, read from the YAML files beside this module.

Each file maps a key to its patterns in Chinese and English. A pattern is a regular expression over folded text
(``statement.fold``): Chinese without blanks, English with single blanks, both in lower case and half width.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from mingcha_corpora.records import read_yaml

_DATA = Path(__file__).parent / "data"

Patterns = Mapping[str, Mapping[str, tuple[str, ...]]]
NOTHING = r"(?!)"


@cache
def load_words(name: str) -> Patterns:
    """Return key → language → patterns of ``data/<name>.yaml``."""
    loaded: dict[str, dict[str, list[str]]] = read_yaml(f"{name}.yaml", _DATA)
    return MappingProxyType(
        {
            key: MappingProxyType({lang: tuple(str(word) for word in words or ()) for lang, words in by_lang.items()})
            for key, by_lang in loaded.items()
        }
    )


def spoken(lang: str) -> str:
    """Return the language of the word lists for a document of language ``lang``: ``en`` or ``zh``."""
    return "en" if lang.startswith("en") else "zh"


@cache
def pattern(name: str, key: str, lang: str) -> re.Pattern[str]:
    """Return one expression for all words under ``key``; it matches nothing where the language has no words."""
    words = load_words(name)[key].get(lang, ())
    return re.compile("|".join(f"(?:{word})" for word in words) or NOTHING)
