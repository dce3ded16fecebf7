"""Reads the source drafts and this folder's own tables, and writes data files."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

Record = dict[str, Any]

HERE = Path(__file__).parent
DATA = HERE.parent / "mingcha_corpora" / "data"


class Source:
    """The folder with ``standards/`` and ``data/`` given on the command line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def standard(self, name: str) -> list[Record]:
        """Return the records of ``standards/<name>.yaml``."""
        records: list[Record] = read_yaml(self.folder / "standards" / f"{name}.yaml")
        return records

    def records(self, name: str) -> list[Record]:
        """Return the records of ``data/<name>.jsonl``."""
        text = (self.folder / "data" / f"{name}.jsonl").read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]

    def table(self, name: str) -> Record:
        """Return the mapping in ``data/<name>.yaml``."""
        table: Record = read_yaml(self.folder / "data" / f"{name}.yaml")
        return table


def read_yaml(path: Path) -> Any:
    """Return what a YAML file holds."""
    return yaml.load(path.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def own_table(name: str) -> Any:
    """Return the table ``<name>.yaml`` of this folder."""
    return read_yaml(HERE / f"{name}.yaml")


def write_records(name: str, records: Iterable[Record], key: str = "id", to: Path = DATA) -> int:
    """Write ``records`` as JSON lines sorted by ``key`` and return their number."""
    ordered = sorted(records, key=lambda record: str(record[key]))
    lines = [json.dumps(record, ensure_ascii=False, separators=(", ", ": ")) + "\n" for record in ordered]
    path = to / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(lines), encoding="utf-8", newline="\n")
    return len(lines)
