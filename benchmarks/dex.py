"""What reading code costs beside inflating it, and beside androguard and LIEF; and every reference, for outside checks.

    python -m benchmarks.dex refs APK OUT.jsonl     every reference found, one JSON object a line
    python -m benchmarks.dex compare APK            side by side on one package
    python -m benchmarks.dex table APK...           ratios for several packages
    python -m benchmarks.dex curve APK...           cost by size, the packages' DEX files one after the other

Each figure is the least of several runs, each in a process of its own, all jobs in turn. Only the work is timed (CPU
seconds), not imports; memory is the process's peak less what it had before the work. Ratios count, not seconds.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

Dexes = list[tuple[str, bytes]]
PEERS = ("androguard", "lief")
OURS = ("inflate", "scan", "graph", "observations")
MB = 1 << 20


def read_dexes(apk: str) -> Dexes:
    """Return the DEX files of a package."""
    with zipfile.ZipFile(apk) as archive:
        names = (name for name in archive.namelist() if name.startswith("classes") and name.endswith(".dex"))
        return [(name, archive.read(name)) for name in sorted(names, key=lambda name: (len(name), name))]


def inflate(apk: str) -> object:
    return read_dexes(apk)


def scan(apk: str) -> object:
    from mingcha_analyzers.app.dex.reader import find_headers, read_dex

    return sum(read_dex(data, at).instructions for _, data in read_dexes(apk) for at in find_headers(data))


def graph(apk: str) -> object:
    import numpy as np

    from mingcha_analyzers.app.code.calls import collect_calls
    from mingcha_analyzers.app.code.graph import build_graph
    from mingcha_analyzers.app.code.program import read_program
    from mingcha_analyzers.app.dex.reader import read_dex

    program = read_program(read_dexes(apk))
    starters = np.zeros(len(program.names.names), np.bool_)
    parts, base, targets = [], 0, 0
    for number, part in enumerate(program.parts):
        parts.append(collect_calls(program, number, read_dex(part.data, part.at), base, targets, starters))
        base += len(parts[-1].nodes.class_)
        targets += len(part.method_class)
    return build_graph(program, parts, (), (), lambda _: False)


def observations(apk: str) -> object:
    from mingcha_analyzers.app.archive import open_archive
    from mingcha_analyzers.app.code import find_observations
    from mingcha_analyzers.app.manifest import read_manifest
    from mingcha_analyzers.app.resources.table import open_table
    from mingcha_analyzers.values import SourceFile
    from mingcha_corpora.sdks import load_sdk_base

    archive = open_archive(SourceFile(apk, Path(apk).read_bytes()))
    manifest = read_manifest(archive, open_table(archive), apk)
    base = load_sdk_base()
    begin = time.process_time()
    found = find_observations(
        read_dexes(apk),
        package_name=manifest.package_name,
        components=manifest.components,
        target_sdk=manifest.target_sdk,
        sdk_base=base,
    )
    # The manifest and the SDK base are other parts' cost.
    return Timed(time.process_time() - begin, found)


class Timed:
    """A result with the time of the part that counts."""

    def __init__(self, seconds: float, value: object) -> None:
        self.seconds = seconds
        self.value = value


def androguard(apk: str) -> object:
    import importlib

    importlib.import_module("loguru").logger.disable("androguard")
    return importlib.import_module("androguard.misc").AnalyzeAPK(apk)


def lief(apk: str) -> object:
    import importlib

    module = importlib.import_module("lief")
    parsed = [module.DEX.parse(list(data)) for _, data in read_dexes(apk)]
    return [method.name for dex in parsed for method in dex.methods]


JOBS: dict[str, Callable[[str], object]] = {
    "inflate": inflate,
    "scan": scan,
    "graph": graph,
    "observations": observations,
    "androguard": androguard,
    "lief": lief,
}
_MODULES = {
    "inflate": (),
    "scan": ("mingcha_analyzers.app.dex.reader",),
    "graph": ("mingcha_analyzers.app.code",),
    "observations": ("mingcha_analyzers.app.code", "mingcha_analyzers.app.manifest"),
    "androguard": ("androguard.misc",),
    "lief": ("lief",),
}


def run_job(name: str, apk: str) -> None:
    """Do one job in this process and print its CPU seconds and memory."""
    import importlib

    for module in _MODULES[name]:
        importlib.import_module(module)
    bare = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin = time.process_time()
    result = JOBS[name](apk)
    seconds = result.seconds if isinstance(result, Timed) else time.process_time() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"seconds": seconds, "peak_mb": (peak - bare) / 1024}))


def measure(apk: str, jobs: Sequence[str], runs: int) -> dict[str, dict[str, float]]:
    """Return the least CPU seconds and memory of each job; a job that fails (a peer not installed) is left out."""
    best: dict[str, dict[str, float]] = {}
    for _ in range(runs):
        for job in jobs:
            words = [sys.executable, "-m", "benchmarks.dex", "job", job, apk]
            # numpy's algebra library waits for work in threads of its own, and that waiting would be counted.
            alone = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
            done = subprocess.run(words, capture_output=True, text=True, check=False, env=alone)
            if done.returncode:
                continue
            figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
            known = best.setdefault(job, figures)
            best[job] = {key: min(known[key], figures[key]) for key in figures}
    return best


def compare(apk: str, runs: int, slow_runs: int) -> None:
    """Print our jobs and the peers on one package."""
    best = measure(apk, OURS, runs) | measure(apk, PEERS, slow_runs)
    size = sum(len(data) for _, data in read_dexes(apk))
    print(f"{Path(apk).name}: {size / MB:.1f} MB of DEX, minimum of {runs} runs (peers {slow_runs}).\n")
    print("| work | CPU ms | × inflate | MB above start |\n| --- | --- | --- | --- |")
    for job, figures in best.items():
        ratio = figures["seconds"] / best["inflate"]["seconds"]
        print(f"| {job} | {figures['seconds'] * 1000:.0f} | {ratio:.1f} | {figures['peak_mb']:.0f} |")
    for peer in PEERS:
        if peer in best:
            ratios = (f"{job} {best[peer]['seconds'] / best[job]['seconds']:.1f}" for job in ("scan", "graph"))
            print(f"\n{peer} / ours: {', '.join(ratios)}")


def table(apks: Sequence[str], runs: int) -> None:
    """Print ratios to inflating for several packages."""
    print("| package | DEX MB | inflate ms | scan | graph | observations | MB above start |\n" + "| --- " * 7 + "|")
    for apk in apks:
        best = measure(apk, OURS, runs)
        size = sum(len(data) for _, data in read_dexes(apk)) / MB
        base = best["inflate"]["seconds"]
        ratios = " | ".join(f"{best[job]['seconds'] / base:.2f}" for job in OURS[1:])
        peak = best["observations"]["peak_mb"]
        print(f"| {Path(apk).name} | {size:.1f} | {base * 1000:.0f} | {ratios} | {peak:.0f} |")


def curve(apks: Sequence[str]) -> None:
    """Print what scan and graph cost as the packages' DEX files are added one after the other."""
    from mingcha_analyzers.app.code import find_observations
    from mingcha_corpora.sdks import load_sdk_base

    base = load_sdk_base()
    dexes: Dexes = []
    print("| DEX MB | CPU ms | ms for each MB |\n| --- | --- | --- |")
    for apk in apks:
        dexes += [(f"{len(dexes)}-{name}", data) for name, data in read_dexes(apk)]
        size = sum(len(data) for _, data in dexes) / MB
        begin = time.process_time()
        find_observations(dexes, package_name="none.none", components=(), target_sdk=30, sdk_base=base)
        seconds = time.process_time() - begin
        print(f"| {size:.1f} | {seconds * 1000:.0f} | {seconds * 1000 / size:.0f} |")


def refs(apk: str, out: str) -> None:
    """Write every reference of a package's code, one JSON object a line."""
    with Path(out).open("w", encoding="utf-8") as file:
        for name, data in read_dexes(apk):
            for row in _reference_rows(name, data):
                file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _reference_rows(name: str, data: bytes) -> Iterator[dict[str, Any]]:
    from mingcha_analyzers.app.code.program import read_program
    from mingcha_analyzers.app.dex.opcodes import KIND_NAMES
    from mingcha_analyzers.app.dex.reader import read_dex

    for part in read_program([(name, data)]).parts:
        dex = read_dex(data, part.at)
        methods: dict[int, list[int]] = {}
        for method, item in zip(dex.definitions.method.tolist(), dex.definitions.item.tolist(), strict=True):
            methods.setdefault(item, []).append(method)
        names = _Names(part)
        found = dex.references
        columns = (found.opcode, found.kind, found.item, found.offset, found.index)
        for opcode, kind, item, offset, index in zip(*(column.tolist() for column in columns), strict=True):
            for method in methods.get(item, ()):
                yield {
                    "dex": name,
                    "caller": names.method(method),
                    "offset": offset,
                    "opcode": opcode,
                    "kind": KIND_NAMES[kind],
                    "index": index,
                    "target": names.target(kind, index),
                }


class _Names:
    """Names of what references of one DEX point to, as smali writes them."""

    def __init__(self, part: Any) -> None:
        self._part = part
        self._methods: dict[int, str] = {}

    def method(self, index: int) -> str:
        if index not in self._methods:
            from mingcha_analyzers.app.code.queries import descriptor_of

            row = self._part.pools.methods[index]
            descriptor = descriptor_of(self._part, int(row["kind"]))
            self._methods[index] = f"{self._type(int(row['class']))}->{self._text(int(row['name']))}{descriptor}"
        return self._methods[index]

    def target(self, kind: int, index: int) -> str | None:
        from mingcha_analyzers.app.code.queries import descriptor_of
        from mingcha_analyzers.app.dex import opcodes

        if kind == opcodes.METHOD:
            return self.method(index)
        if kind == opcodes.STRING:
            return self._text(index)
        if kind in (opcodes.FIELD_GET, opcodes.FIELD_PUT):
            row = self._part.pools.fields[index]
            return f"{self._type(int(row['class']))}->{self._text(int(row['name']))}:{self._type(int(row['kind']))}"
        if opcodes.is_type_kind(kind):
            return self._type(index)
        return descriptor_of(self._part, index) if kind == opcodes.PROTO else None

    def _text(self, index: int) -> str:
        return str(self._part.strings.text(index))

    def _type(self, index: int) -> str:
        return self._text(int(self._part.pools.types[index])) if index < len(self._part.pools.types) else "?"


def main() -> None:
    """Do what the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", choices=("refs", "compare", "table", "curve", "job"))
    parser.add_argument("words", nargs="+", metavar="APK")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--slow-runs", type=int, default=1, help="runs of the peers, which take minutes")
    options = parser.parse_args()
    if options.work == "refs":
        refs(*options.words)
    elif options.work == "compare":
        compare(options.words[0], options.runs, options.slow_runs)
    elif options.work == "table":
        table(options.words, options.runs)
    elif options.work == "curve":
        curve(options.words)
    else:
        run_job(*options.words)


if __name__ == "__main__":
    main()
