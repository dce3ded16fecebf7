"""Fetches, builds, measures and writes the tables.

    python -m benchmarks.sdks names [--apps FOLDER --truth TRUTH.jsonl] [--write]
    python -m benchmarks.sdks shrunk [--write]
    python -m benchmarks.sdks time [--write] PACKAGE...

``--write`` puts the tables into docs/accuracy.md. The first run fetches and builds what later ones take from the cache.
"""

import argparse
import sys
from pathlib import Path

from benchmarks.sdks.building import Shrinking
from benchmarks.sdks.cases import make_alone, make_mixed, read_real, read_store_like
from benchmarks.sdks.evaluating import Outcome, collectors, evaluate
from benchmarks.sdks.tables import name_tables, shrunk_tables, time_table, write_section
from benchmarks.sdks.timing import measure_times
from benchmarks.sdks.tools import open_batch


def main() -> None:
    """Run one part of the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parts = parser.add_subparsers(dest="part", required=True)
    names = parts.add_parser("names", help="archives alone and mixed, real packages, store-like packages")
    names.add_argument("--apps", type=Path, help="folder of store-like packages, ID.apk")
    names.add_argument("--truth", type=Path, help="their truth, one JSON record a line")
    shrunk = parts.add_parser("shrunk", help="archives shrunk and renamed")
    shrunk.add_argument("--by", nargs="+", type=Shrinking, default=list(Shrinking))
    time = parts.add_parser("time", help="what naming SDKs costs")
    time.add_argument("packages", nargs="+", type=Path)
    time.add_argument("--runs", type=int, default=5)
    for each in (names, shrunk, time):
        each.add_argument("--write", action="store_true", help="put the tables into docs/accuracy.md")
    options = parser.parse_args()
    if options.part == "names":
        text = measure_names(options.apps, options.truth)
    elif options.part == "shrunk":
        text = measure_shrunk(options.by)
    else:
        text = time_table(measure_times(path, options.runs) for path in options.packages)
    sys.stdout.write(text)
    if options.write:
        write_section(options.part, text)


def measure_names(apps: Path | None, truth: Path | None) -> str:
    """Return how well SDKs are named where nothing was renamed."""
    outcomes: dict[str, Outcome] = {}
    with open_batch() as batch:
        outcomes["archives alone"] = evaluate(make_alone(batch))
        outcomes["made apps, 1 to 12 archives each"] = evaluate(make_mixed(batch))
    outcomes["real packages"] = evaluate(read_real())
    if apps is not None and truth is not None:
        outcomes["store-like packages, SDKs with personal data"] = evaluate(
            read_store_like(apps, truth), only=collectors()
        )
    return name_tables(outcomes)


def measure_shrunk(tools: list[Shrinking]) -> str:
    """Return how well SDKs are named where shrinkers renamed all of their classes."""
    from benchmarks.sdks.shrunk import evaluate_shrunk, find_strays

    with open_batch() as batch:
        outcomes = evaluate_shrunk(batch, tools)
    return shrunk_tables(outcomes) + find_strays()


if __name__ == "__main__":
    main()
