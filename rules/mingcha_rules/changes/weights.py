"""How a change weighs: its rank, what it calls for and the clauses that say so (``weights.yaml``)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mingcha_corpora.errors import KnowledgeError
from mingcha_corpora.records import read_yaml
from mingcha_rules.changes.values import Aspect, ChangeKind, Duty

_FILE = "weights.yaml"


@dataclass(frozen=True, slots=True)
class Weight:
    """One row of the file; ``rank`` 0 is the gravest."""

    rank: int
    grave: bool
    duty: Duty
    clauses: tuple[str, ...]


@cache
def load_weights() -> Mapping[tuple[Aspect, ChangeKind], Weight]:
    """Return the weight of each kind of change of each aspect.

    Raises:
        KnowledgeError: a row is damaged.
    """
    weights: dict[tuple[Aspect, ChangeKind], Weight] = {}
    try:
        for rank, row in enumerate(read_yaml(_FILE, Path(__file__).parent)):
            kinds = list(ChangeKind) if row["kind"] is None else [ChangeKind(row["kind"])]
            weight = Weight(rank, row["grave"], Duty(row["duty"]), tuple(row["clauses"]))
            weights |= {(Aspect(row["aspect"]), kind): weight for kind in kinds}
    except (KeyError, TypeError, ValueError) as fault:
        raise KnowledgeError("knowledge_damaged", path=f"rules/changes/{_FILE}", line="1", fault=str(fault)) from fault
    return weights
