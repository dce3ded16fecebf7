"""The shipped table of calls that have the system ask the user for permissions: ``data/prompts.yaml``."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from mingcha_analyzers.app.dex.names import Member
from mingcha_corpora.records import read_yaml

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class PromptCall:
    """How one method asks: ``purpose``: its other text says why; ``needs_name``: it asks for other things, too."""

    purpose: bool
    needs_name: bool


@dataclass(frozen=True, slots=True)
class PromptTable:
    """What asks for permissions; see prompts.yaml."""

    calls: Mapping[Member, PromptCall]
    libraries: tuple[bytes, ...]
    settings_pages: Mapping[bytes, str]
    groups: Mapping[bytes, tuple[str, ...]]


@cache
def read_prompt_table() -> Mapping[str, Any]:
    """Return prompts.yaml, of which each module takes its part."""
    table: Mapping[str, Any] = read_yaml("prompts.yaml", _DATA)
    return table


@cache
def load_prompts() -> PromptTable:
    """Return the table of calls that ask for permissions."""
    table = read_prompt_table()
    calls = {
        (row["class"].encode(), name.encode()): PromptCall(row.get("purpose", False), row.get("needs_name", False))
        for row in table["calls"]
        for name in row["names"]
    }
    return PromptTable(
        calls=MappingProxyType(calls),
        # Libraries that ask on their caller's behalf; what they are given at run time is not seen.
        libraries=tuple(sorted({class_.rpartition(b"/")[0] + b"/" for class_, _ in calls} | {b"Landroidx/"})),
        settings_pages={action.encode(): name for action, name in table["settings_pages"].items()},
        groups={word.encode(): tuple(names) for word, names in table["groups"].items()},
    )
