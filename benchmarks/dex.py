"""What reading code costs beside inflating it and beside peers; every reference, and whether it is androguard's.

    python -m benchmarks.dex table APK...           ratios for several packages, with memory
    python -m benchmarks.dex compare APK            side by side with LIEF, dexdump and androguard on one package
    python -m benchmarks.dex curve APK...           cost by size, the packages' DEX files one after the other
    python -m benchmarks.dex equal APK...           whether references equal androguard's, and what that leaves out
    python -m benchmarks.dex refs APK OUT.jsonl     every reference found, one JSON object a line
    python -m benchmarks.dex big OUT.apk            a package of 60 MB of DEX, put together from the tests' packages

Each figure is the least of several runs, each in a process of its own, all jobs in turn. Ratios count, not seconds.
"""

import argparse
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.jobs import COMMAND, LARGEST_TIMES, MB, OURS, PEERS, SUM_TIMES, measure, missing_peers, run_job
from benchmarks.references import Dexes, read_dexes, write_references

# By name in tests/real_packages.yaml; the first one gives manifest, resources and libraries.
BIG = ("yosemite", "pocoservice", "apidemos", "uiautomator2-server", "appium-settings", "app-uiautomator")
# The command may cost so many times the inflating of its DEX files, and so many seconds.
COMMAND_TIMES, COMMAND_SECONDS = 8, 1.0


def compare(apk: str, runs: int, slow_runs: int) -> None:
    """Print our jobs and the peers on one package."""
    for peer in missing_peers():
        print(f"{peer}: not installed, left out\n")
    best = measure(apk, (*OURS, COMMAND, "lief"), runs) | measure(apk, ("dexdump", "androguard"), slow_runs)
    size = sum(len(data) for _, data in read_dexes(apk))
    print(f"{Path(apk).name}: {size / MB:.1f} MB of DEX, minimum of {runs} runs (dexdump, androguard: {slow_runs}).\n")
    print("| work | CPU ms | × inflate | MB above start |\n| --- | --- | --- | --- |")
    for job, figures in best.items():
        ratio = figures["seconds"] / best["inflate"]["seconds"]
        memory = f"{figures['peak_mb']:.0f}" if "peak_mb" in figures else ""
        print(f"| {job} | {figures['seconds'] * 1000:.0f} | {ratio:.1f} | {memory} |")
    for peer in (peer for peer in PEERS if peer in best):
        ratios = (f"{job} {best[peer]['seconds'] / best[job]['seconds']:.1f}" for job in ("scan", "graph"))
        print(f"\n{peer} / ours: {', '.join(ratios)}")


def table(apks: Sequence[str], runs: int) -> None:
    """Print ratios to inflating for several packages, and time and memory beside what they may be."""
    head = ("package", "DEX MB", "inflate ms", *OURS[1:], "MB above start", "may be", "command s", "may be ")
    print(f"| {' | '.join(head)} |\n{'| --- ' * len(head)}|")
    for apk in apks:
        best = measure(apk, (*OURS, COMMAND), runs)
        sizes = [len(data) / MB for _, data in read_dexes(apk)]
        base = best["inflate"]["seconds"]
        row = [Path(apk).stem[:12], f"{sum(sizes):.1f}", f"{base * 1000:.0f}"]
        row += [f"{best[job]['seconds'] / base:.1f} ×" for job in OURS[1:]]
        row += [f"{best['observations']['peak_mb']:.0f}", f"{LARGEST_TIMES * max(sizes) + SUM_TIMES * sum(sizes):.0f}"]
        row += [f"{best[COMMAND]['seconds']:.2f}", f"{COMMAND_TIMES * base + COMMAND_SECONDS:.2f}"]
        print(f"| {' | '.join(row)} |", flush=True)


def curve(apks: Sequence[str], runs: int) -> None:
    """Print what the whole code stage costs as the packages' DEX files are added one after the other."""
    from mingcha_analyzers.app.code import find_observations
    from mingcha_analyzers.app.code.owners import Owners
    from mingcha_corpora.sdks import load_sdk_base

    base = load_sdk_base()
    dexes: Dexes = []
    print("| DEX MB | classes | CPU ms | ms for each MB |\n| --- | --- | --- | --- |")
    for apk in apks:
        dexes += [(f"{len(dexes)}-{name}", data) for name, data in read_dexes(apk)]
        size = sum(len(data) for _, data in dexes) / MB
        seconds = []
        for _ in range(runs):
            begin = time.process_time()
            found = find_observations(dexes, owners=Owners("none.none", (), base), components=(), target_sdk=30)
            seconds.append(time.process_time() - begin)
        least = min(seconds) * 1000
        print(f"| {size:.1f} | {len(found.classes)} | {least:.0f} | {least / size:.1f} |", flush=True)


def equal(apks: Sequence[str]) -> None:
    """Print for each package how its references compare with androguard's, all DEX files together."""
    from benchmarks.equality import compare_dex

    print("| package | DEX | methods | instructions | references | androguard's alone | ours alone | left out |")
    print("| --- " * 8 + "|")
    for apk in apks:
        found = [compare_dex(data) for _, data in read_dexes(apk)]
        names = ("methods", "instructions", "references", "missing", "extra")
        row = [sum(getattr(each, name) for each in found) for name in names]
        left_out = sum((each.left_out for each in found[1:]), found[0].left_out)
        words = ", ".join(f"{name} {count}" for name, count in sorted(left_out.items()))
        figures = " | ".join(f"{number:,}" for number in row)
        print(f"| {Path(apk).stem[:12]} | {len(found)} | {figures} | {words} |", flush=True)


def big(out: str) -> None:
    """Write a package of the first one's entries and the DEX files of all, for work at the size of large apps."""
    import sys

    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
    from realfiles import real_apk

    paths = [str(real_apk(name)) for name in BIG]
    dexes = [data for path in paths for _, data in read_dexes(path)]
    with zipfile.ZipFile(paths[0]) as first, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in first.infolist():
            if not entry.filename.startswith("META-INF/") and not entry.filename.endswith(".dex"):
                target.writestr(entry, first.read(entry))
        for number, data in enumerate(dexes, 1):
            target.writestr(f"classes{number if number > 1 else ''}.dex", data)


def main() -> None:
    """Do what the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", choices=("table", "compare", "curve", "equal", "refs", "big", "job"))
    parser.add_argument("words", nargs="+", metavar="APK")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--slow-runs", type=int, default=1, help="runs of the peers that take minutes")
    options = parser.parse_args()
    works = {
        "table": lambda: table(options.words, options.runs),
        "compare": lambda: compare(options.words[0], options.runs, options.slow_runs),
        "curve": lambda: curve(options.words, options.runs),
        "equal": lambda: equal(options.words),
        "refs": lambda: write_references(*options.words),
        "big": lambda: big(options.words[0]),
        "job": lambda: run_job(*options.words),
    }
    works[options.work]()


if __name__ == "__main__":
    main()
