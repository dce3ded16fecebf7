"""The clauses of both standards and the texts around them, loaded once as immutable values."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from mingcha_corpora.errors import KnowledgeError
from mingcha_rules.values import StandardUsed, Verdict, Words

DEFAULT_STANDARDS = ("gbt35273-2019d", "mps-2018d")

_FULL = frozenset({"full_text", "via_2019d", "quoted_in_policies", "article"})
"""How a mapping must have been checked for its letter to be printed."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause; ``kind``: term, heading or item; ``static_can``: the verdicts static analysis may give."""

    id: str
    kind: str
    title: Words
    requirement: Words
    modality: str
    evidence: tuple[str, ...]
    decidable: str
    static_can: frozenset[Verdict]
    needs_attestation: bool
    device_test: bool
    cannot_decide: str
    template_elements: tuple[str, ...]
    maps_to: Mapping[str, tuple[str, ...]]
    maps_verified: Mapping[str, str]
    note: str | None
    note_2020: str | None

    @property
    def standard(self) -> str:
        """Return the id of the standard the clause belongs to."""
        return self.id.partition(":")[0]

    @property
    def parent(self) -> str:
        """Return the id of the clause above; it need not exist."""
        return self.id.rpartition(".")[0]

    def counterparts(self) -> tuple[str, ...]:
        """Return the clauses in force that answer to this one.

        A mapping that was only recalled keeps its clause number and loses its letter.
        """
        found = [f"gbt35273-2020:{self._shown(ref)}" for ref in self.maps_to.get("gbt35273_2020", ())]
        found += [f"pipl:{article}" for article in self.maps_to.get("pipl", ())]
        return tuple(dict.fromkeys(found))

    def _shown(self, ref: str) -> str:
        if self.maps_verified.get("gbt35273_2020") in _FULL:
            return ref
        return ".".join(ref.split(".")[:2])


def read_rows(name: str) -> tuple[Mapping[str, Any], ...]:
    """Return the records of one JSONL file of the catalogue."""
    file = f"{name}.jsonl"
    text = files(__name__).joinpath(file).read_text(encoding="utf-8")
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        try:
            rows.append(json.loads(line))
        except ValueError as fault:
            place = f"rules/catalogue/{file}"
            raise KnowledgeError("knowledge_damaged", path=place, line=str(number), fault=str(fault)) from fault
    return tuple(rows)


@cache
def load_clauses() -> Mapping[str, Clause]:
    """Return every clause by id, in the order of the catalogue."""
    return MappingProxyType({row["id"]: _clause(row) for row in read_rows("clauses")})


@cache
def load_standards() -> Mapping[str, StandardUsed]:
    """Return every text that a finding may cite, by id."""
    return MappingProxyType({row["id"]: _standard(row) for row in read_rows("standards")})


@cache
def load_children() -> Mapping[str, tuple[str, ...]]:
    """Return the direct sub-clauses of every clause that has some."""
    clauses = load_clauses()
    below: dict[str, list[str]] = {}
    for clause in clauses.values():
        if clause.parent in clauses:
            below.setdefault(clause.parent, []).append(clause.id)
    return MappingProxyType({key: tuple(value) for key, value in below.items()})


@cache
def load_ids(name: str) -> frozenset[str]:
    """Return the ids of one file of the catalogue: ``severity``, ``scenes``, ``related_rules``, ``netdata``."""
    return frozenset(row["id"] for row in read_rows(name))


def _clause(row: Mapping[str, Any]) -> Clause:
    return Clause(
        id=row["id"],
        kind=row["kind"],
        title=Words(row["title_zh"], row["title_en"]),
        requirement=Words(row["requirement_zh"], row["requirement_en"]),
        modality=row["modality"],
        evidence=tuple(row["evidence"]),
        decidable=row["decidable"],
        static_can=frozenset(Verdict(item) for item in row["static_can"]),
        needs_attestation=row["needs_attestation"],
        device_test=row["device_test"],
        cannot_decide=row["cannot_decide"],
        template_elements=tuple(row.get("template_elements", ())),
        maps_to=MappingProxyType({key: tuple(map(str, refs)) for key, refs in row["maps_to"].items()}),
        maps_verified=MappingProxyType(dict(row["maps_verified"])),
        note=row.get("note"),
        note_2020=row.get("note_2020"),
    )


_STATUS_EN = {
    "in_force": "in force",
    "superseded": "superseded",
    "superseded_draft": "draft for comment, superseded",
    "practice": "practice of test laboratories, no official text",
}


def _standard(row: Mapping[str, Any]) -> StandardUsed:
    return StandardUsed(
        id=row["id"],
        title=Words(row["zh"], row["en"]),
        number=row["number"],
        status=row["status"],
        status_words=Words(row["status_zh"], _STATUS_EN[row["status"]]),
        in_force=row["in_force_since"],
        replaced_by=row["replaced_by"],
    )
