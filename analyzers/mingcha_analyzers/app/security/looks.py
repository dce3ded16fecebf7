"""The looks of the security facts: what is searched for, read from the records and made ready once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from mingcha_analyzers.app.dex.names import Member
from mingcha_analyzers.app.values import Place
from mingcha_corpora.facts import load_security_facts
from mingcha_corpora.records import read_yaml

_DATA = Path(__file__).parent / "data"
USUAL_CONFIDENCE = 0.9


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """One look of a fact: ``kind`` of evidence and what that kind reads; ``when``: see ``conditions``.

    ``where``: parts of a package in which the fact is looked for.
    """

    fact: str
    kind: str
    where: tuple[str, ...]
    params: Mapping[str, Any]
    when: Mapping[str, Any]
    confidence: float

    def pattern(self, name: str) -> re.Pattern[str] | None:
        """Return a regular expression among the parameters, for texts that are not of a DEX."""
        value = self.params.get(name)
        return None if value is None else re.compile(value)


@dataclass(frozen=True, slots=True)
class Sign:
    """One place that shows a fact, if the conditions of its look hold; the fields are those of ``SecurityFact``."""

    look: Look
    owner: str
    file: str | None
    place: Place | None
    detail: str | None
    confidence: float


@cache
def load_looks() -> Mapping[str, tuple[Look, ...]]:
    """Return the looks by kind of evidence, in the order of the facts."""
    found: dict[str, list[Look]] = {}
    for record in load_security_facts():
        for row in record.looks:
            look = Look(
                fact=record.id,
                kind=row["in"],
                where=record.where,
                params=row,
                when=row.get("when", {}),
                confidence=float(row.get("confidence", USUAL_CONFIDENCE)),
            )
            found.setdefault(look.kind, []).append(look)
    return MappingProxyType({kind: tuple(looks) for kind, looks in found.items()})


@cache
def load_passing() -> Mapping[Member, int]:
    """Return the methods that hand on one of their arguments, with its place."""
    table: Mapping[str, int] = read_yaml("passing.yaml", _DATA)
    return MappingProxyType({member_of(name)[0]: place for name, place in table.items()})


def member_of(anchor: str) -> tuple[Member, str]:
    """Return class and name of ``Lclass;->name(descriptor)``, and the descriptor, empty where none is given."""
    class_, _, rest = anchor.partition("->")
    name, parenthesis, descriptor = rest.partition("(")
    return (class_.encode(), name.encode()), parenthesis + descriptor
