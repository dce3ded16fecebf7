"""Write the clause catalogue of ``mingcha_rules`` from the standards drafts.

Usage: ``python rules/build_catalogue.py --source DIR`` where DIR holds ``clauses.yaml`` and its siblings. Keeps what
rules and reports need and drops what only helped to write them (cues, check ideas, counts).
"""

import argparse
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parent / "mingcha_rules" / "catalogue"

CLAUSE_FIELDS = (
    "id",
    "kind",
    "title_zh",
    "title_en",
    "requirement_zh",
    "requirement_en",
    "modality",
    "evidence",
    "decidable",
    "static_can",
    "needs_attestation",
    "device_test",
    "cannot_decide",
    "template_elements",
    "maps_to",
    "maps_verified",
    "note",
    "note_2020",
)
KEPT: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "clauses": ("clauses.yaml", CLAUSE_FIELDS),
    "standards": (
        "standards.yaml",
        ("id", "zh", "en", "number", "status", "status_zh", "in_force_since", "replaced_by", "profile", "verified"),
    ),
    "severity": ("severity.yaml", ("id", "record", "zh", "en", "severity", "source", "clauses", "static_can")),
    "scenes": (
        "miit164_scenes.yaml",
        ("id", "miit_item", "zh", "en", "how", "static_can", "clauses", "appid_2019", "message_pattern_zh"),
    ),
    "related_rules": ("related_rules.yaml", ("id", "zh", "en", "evidence", "clauses", "verified")),
    "netdata": (
        "netdata_2025.yaml",
        ("id", "article", "place", "title_zh", "title_en", "requirement_zh", "requirement_en", "clauses", "pipl"),
    ),
}


def read_records(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of a one-record-a-line YAML file; each line is a dash and a JSON object."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("- "):
            yield json.loads(line[2:])


def build(source: Path, target: Path) -> None:
    """Write one JSONL file for each entry of ``KEPT``, in the order of the source."""
    for name, (file, fields) in KEPT.items():
        rows = [{key: record[key] for key in fields if key in record} for record in read_records(source / file)]
        lines = [json.dumps(row, ensure_ascii=False, separators=(", ", ": ")) for row in rows]
        (target / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, required=True, help="folder with clauses.yaml and its siblings")
    build(parser.parse_args().source, TARGET)


if __name__ == "__main__":
    main()
