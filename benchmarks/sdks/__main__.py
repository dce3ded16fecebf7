"""Fetches, builds, measures and writes the tables.

    python -m benchmarks.sdks build
    python -m benchmarks.sdks names [--apps FOLDER --truth TRUTH.jsonl] [--write]
    python -m benchmarks.sdks shrunk [--write]
    python -m benchmarks.sdks time PACKAGE...

``--write`` puts the tables into docs/accuracy.md.
"""

import argparse
import sys
from pathlib import Path

from benchmarks.sdks.cases import make_alone, make_mixed, read_real, read_store_like
from benchmarks.sdks.evaluating import Outcome, collectors, evaluate
from benchmarks.sdks.tables import name_tables, write_section
from benchmarks.sdks.tools import open_batch


def main() -> None:
    """Run one part of the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parts = parser.add_subparsers(dest="part", required=True)
    names = parts.add_parser("names", help="archives alone and mixed, real packages, store-like packages")
    names.add_argument("--apps", type=Path, help="folder of store-like packages, ID.apk")
    names.add_argument("--truth", type=Path, help="their truth, one JSON record a line")
    names.add_argument("--write", action="store_true")
    options = parser.parse_args()
    measure_names(options.apps, options.truth, write=options.write)


def measure_names(apps: Path | None, truth: Path | None, *, write: bool) -> None:
    """Print how well SDKs are named where nothing was renamed."""
    outcomes: dict[str, Outcome] = {}
    with open_batch() as batch:
        outcomes["archives alone"] = evaluate(make_alone(batch))
        outcomes["made apps, 1 to 12 archives each"] = evaluate(make_mixed(batch))
    outcomes["real packages"] = evaluate(read_real())
    if apps is not None and truth is not None:
        outcomes["store-like packages, SDKs with personal data"] = evaluate(
            read_store_like(apps, truth), only=collectors()
        )
    text = name_tables(outcomes)
    sys.stdout.write(text)
    if write:
        write_section("names", text)


if __name__ == "__main__":
    main()
