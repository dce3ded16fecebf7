"""The shipped tables on hybrid code: ``data/*.yaml``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from mingcha_analyzers.app.values import HybridRead
from mingcha_corpora.records import read_yaml

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Framework:
    """A kind of code outside DEX; see frameworks.yaml."""

    kind: str
    read: HybridRead
    main: bool
    files: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class ScriptFact:
    """A call of a script that reads a data item; see script_facts.yaml. ``objects`` is null for any."""

    objects: frozenset[bytes] | None
    beside: bytes
    data_item: str


@dataclass(frozen=True, slots=True)
class ScriptFacts:
    """The facts by name, and one pattern that finds every name after a dot."""

    pattern: re.Pattern[bytes]
    by_name: Mapping[bytes, tuple[ScriptFact, ...]]


@cache
def load_frameworks() -> tuple[Framework, ...]:
    """Return the frameworks."""
    return tuple(
        Framework(row["kind"], HybridRead(row["read"]), row["main"], _names(row["files"]))
        for row in read_yaml("frameworks.yaml", _DATA)
    )


def _names(patterns: list[str]) -> re.Pattern[str]:
    escaped = (re.escape(pattern).replace(r"\*\*", ".*").replace(r"\*", "[^/]*") for pattern in patterns)
    return re.compile("|".join(escaped))


@cache
def load_forms() -> tuple[tuple[bytes, str], ...]:
    """Return how hidden scripts begin, with their kind."""
    return tuple((bytes.fromhex(str(row["begins"])), row["kind"]) for row in read_yaml("forms.yaml", _DATA))


@cache
def load_script_facts() -> ScriptFacts:
    """Return the facts on scripts."""
    by_name: dict[bytes, tuple[ScriptFact, ...]] = {}
    for row in read_yaml("script_facts.yaml", _DATA):
        objects = frozenset(name.encode() for name in row["objects"]) if row["objects"] else None
        fact = ScriptFact(objects, row.get("beside", "").encode(), row["item"])
        for name in row["names"]:
            by_name[name.encode()] = (*by_name.get(name.encode(), ()), fact)
    names = b"|".join(sorted(map(re.escape, by_name), reverse=True))
    return ScriptFacts(re.compile(rb"\.(" + names + rb")(?![\w$])"), MappingProxyType(by_name))
