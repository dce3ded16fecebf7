"""Which template elements, in-app facts and words stand for which right of the data subject."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from mingcha_corpora.records import read_yaml


@dataclass(frozen=True, slots=True)
class RightsMap:
    """One table for every place where rights are spoken of; kinds are ``RightKind`` values.

    ``of_element``: template element id → kind, None where the element is about no single right. ``of_ui_fact``:
    id of a right in ``ui_facts`` → its first kind or None; ``ui_facts_of``: kind → all facts that bear on it.
    ``cues_zh`` and ``cues_en``: kind → words that name the right in a policy.
    """

    of_element: Mapping[str, str | None]
    of_ui_fact: Mapping[str, str | None]
    ui_facts_of: Mapping[str, tuple[str, ...]]
    cues_zh: Mapping[str, tuple[str, ...]]
    cues_en: Mapping[str, tuple[str, ...]]


@cache
def load_rights() -> RightsMap:
    """Return the table ``rights.yaml``."""
    table = read_yaml("rights.yaml")
    kinds = {entry["kind"]: entry for entry in table["rights"]}
    element: dict[str, str | None] = dict.fromkeys(table["no_right"]["elements"])
    fact: dict[str, str | None] = dict.fromkeys(table["no_right"]["ui_facts"])
    for kind, entry in kinds.items():
        element.update(dict.fromkeys(entry["elements"], kind))
        # A fact that bears on two rights (edit profile) keeps the first one of the file.
        fact.update({name: fact.get(name) or kind for name in entry["ui_facts"]})
    return RightsMap(
        MappingProxyType(element),
        MappingProxyType(fact),
        MappingProxyType({kind: tuple(entry["ui_facts"]) for kind, entry in kinds.items()}),
        MappingProxyType({kind: tuple(entry["zh"]) for kind, entry in kinds.items()}),
        MappingProxyType({kind: tuple(entry["en"]) for kind, entry in kinds.items()}),
    )
