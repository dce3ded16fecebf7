"""How a change weighs: its rank, what it calls for and the clauses that say so (``weights.yaml``)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from mingcha_corpora.errors import KnowledgeError
from mingcha_corpora.records import read_yaml
from mingcha_rules.changes.values import Aspect, ChangeKind, Duty, FieldChange

_FILE = "weights.yaml"


@dataclass(frozen=True, slots=True)
class Weight:
    """One row of the file; ``rank`` 0 is the gravest. ``gains`` and ``loses`` name fields, null for any change."""

    rank: int
    aspect: Aspect
    kind: ChangeKind | None
    gains: str | None
    loses: str | None
    grave: bool
    duty: Duty
    clauses: tuple[str, ...]

    def fits(self, aspect: Aspect, kind: ChangeKind, fields: Sequence[FieldChange]) -> bool:
        """Tell whether the row speaks of such a change."""
        if aspect is not self.aspect or self.kind not in (None, kind):
            return False
        gained = self.gains is None or any(item.field == self.gains and item.new for item in fields)
        lost = self.loses is None or any(item.field == self.loses and item.old for item in fields)
        return gained and lost


@cache
def load_weights() -> tuple[Weight, ...]:
    """Return the rows, the gravest first.

    Raises:
        KnowledgeError: a row is damaged.
    """
    try:
        return tuple(_weight(rank, row) for rank, row in enumerate(read_yaml(_FILE, Path(__file__).parent)))
    except (KeyError, TypeError, ValueError) as fault:
        raise KnowledgeError("knowledge_damaged", path=f"rules/changes/{_FILE}", line="1", fault=str(fault)) from fault


def weigh(aspect: Aspect, kind: ChangeKind, fields: Sequence[FieldChange]) -> Weight:
    """Return the weight of a change."""
    return next(row for row in load_weights() if row.fits(aspect, kind, fields))


def _weight(rank: int, row: dict[str, Any]) -> Weight:
    return Weight(
        rank=rank,
        aspect=Aspect(row["aspect"]),
        kind=None if row["kind"] is None else ChangeKind(row["kind"]),
        gains=row.get("gains"),
        loses=row.get("loses"),
        grave=row["grave"],
        duty=Duty(row["duty"]),
        clauses=tuple(row["clauses"]),
    )
