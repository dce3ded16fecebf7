"""What stored flags are called and what their names say: consent, something else, or nothing that is understood."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

from mingcha_analyzers.app.code.tables import members_of
from mingcha_analyzers.app.dex.names import Member
from mingcha_corpora.records import read_yaml

_DATA = Path(__file__).parent / "data"
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_KEY = re.compile(r"[\w.\-$:/ ]{1,60}")


class About(Enum):
    """What the name of a flag speaks of."""

    CONSENT = "consent"
    OTHER = "other"
    UNCLEAR = "unclear"
    # No flag: the action that a component was started with.
    ACTION = "action"


@dataclass(frozen=True, slots=True)
class Flag:
    """A flag that a branch asks: its key, or the method or field that gives it."""

    name: str
    about: About


@dataclass(frozen=True, slots=True)
class FlagWords:
    """Calls that give stored values, and the words of their names; see flags.yaml."""

    stored_flags: frozenset[Member]
    stored_objects: frozenset[Member]
    stored_numbers: frozenset[Member]
    stored_texts: frozenset[Member]
    result_tests: frozenset[Member]
    intent_actions: frozenset[Member]
    consent: tuple[str, ...]
    perhaps: tuple[str, ...]
    other: frozenset[str]

    def judge(self, names: Iterable[str]) -> About:
        """Return what names speak of together."""
        known = [name for name in names if _KEY.fullmatch(name)]
        plain = [name.lower().replace("_", "") for name in known]
        if any(part in name for name in plain for part in self.consent):
            return About.CONSENT
        words = {word.lower() for name in known for word in _WORD.findall(name)}
        perhaps = any(part in name for name in plain for part in self.perhaps)
        return About.OTHER if words & self.other and not perhaps else About.UNCLEAR


@cache
def load_flag_words() -> FlagWords:
    """Return the calls and words."""
    table: Mapping[str, list[str]] = read_yaml("flags.yaml", _DATA)
    return FlagWords(
        stored_flags=members_of(table["stored_flags"]),
        stored_objects=members_of(table["stored_objects"]),
        stored_numbers=members_of(table["stored_numbers"]),
        stored_texts=members_of(table["stored_texts"]),
        result_tests=members_of(table["result_tests"]),
        intent_actions=members_of(table["intent_actions"]),
        consent=tuple(table["consent"]),
        perhaps=tuple(table["perhaps"]),
        other=frozenset(table["other"]),
    )
