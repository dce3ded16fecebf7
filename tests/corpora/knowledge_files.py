"""Where the shipped knowledge lies and how the tests read it."""

import json
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).parents[2]
DATA = CHECKOUT / "corpora" / "mingcha_corpora" / "data"
WORDS = CHECKOUT / "corpora" / "mingcha_corpora" / "words"
SHARED = CHECKOUT.parent / "shared"
JSON_LINES = sorted(path.relative_to(DATA).as_posix() for path in DATA.rglob("*.jsonl"))

Record = dict[str, Any]


def records(name: str) -> list[Record]:
    """Return the records of a JSON-lines file below ``data/``."""
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def ids(name: str) -> set[str]:
    """Return the ids of a JSON-lines file."""
    return {record["id"] for record in records(name)}
