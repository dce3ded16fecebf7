"""The rows of checks by hand have the form that tests/review/README.md gives."""

import json
from collections import Counter
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*.jsonl"))


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_rows_are_whole(path: Path) -> None:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert rows
    for row in rows:
        assert row.keys() == {"input", "fact", "subject", "place", "verdict", "reason"}
        assert row["verdict"] in {"right", "wrong", "doubtful"}
        assert all(str(value).strip() for value in row.values())
    counts = Counter(row["verdict"] for row in rows)
    assert counts.total() == len(rows)
