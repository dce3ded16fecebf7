"""The pieces of work that are timed on the code of a package, ours and the peers', each in a process of its own.

Only the work counts: CPU seconds (user and system, children included) without imports and without the knowledge that a
worker loads once. Memory is the peak less what the process held before the work.
"""

import contextlib
import ctypes
import importlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path

from benchmarks.references import read_dexes, stream_dexes
from mingcha.supervisor import ONE_THREAD

ROOT = Path(__file__).resolve().parents[1]
SMALL = ROOT / "samples" / "apps" / "careless.apk"
OURS = ("inflate", "scan", "graph", "observations")
COMMAND = "mingcha app"
PEERS = ("lief", "dexdump", "androguard")
MB = 1 << 20
# Memory may be so many times the largest DEX file and the sum of all.
LARGEST_TIMES, SUM_TIMES = 6, 1

Work = Callable[[], object]
Figures = dict[str, float]


def inflate(apk: str) -> Work:
    return lambda: read_dexes(apk)


def scan(apk: str) -> Work:
    from mingcha_analyzers.app.dex.reader import find_headers, read_dex

    return lambda: sum(read_dex(data, at).instructions for _, data in read_dexes(apk) for at in find_headers(data))


def graph(apk: str) -> Work:
    # The tables of callbacks and entry points are loaded once.
    build(read_dexes(str(SMALL)))
    return lambda: build(stream_dexes(apk))


def build(dexes: Iterable[tuple[str, bytes]]) -> object:
    """Return the call graph of DEX files, without entry points."""
    import numpy as np

    from mingcha_analyzers.app.code.building import build_graph
    from mingcha_analyzers.app.code.calls import collect_calls
    from mingcha_analyzers.app.code.handlers import find_handlers
    from mingcha_analyzers.app.code.program import read_program
    from mingcha_analyzers.app.dex.reader import read_dex

    program = read_program(dexes)
    starters = np.zeros(len(program.names.names), np.bool_)
    parts, base, targets = [], 0, 0
    for number, part in enumerate(program.parts):
        dex = read_dex(part.data, part.at)
        parts.append(collect_calls(program, number, dex, find_handlers(dex), base, targets, starters))
        del dex
        base += len(parts[-1].nodes.class_)
        targets += len(part.method_class)
    return build_graph(program, parts, (), (), lambda _: False)


def observations(apk: str) -> Work:
    from mingcha_analyzers.app.code import find_observations
    from mingcha_analyzers.app.code.owners import Owners
    from mingcha_analyzers.app.reader import read_app
    from mingcha_analyzers.values import SourceFile
    from mingcha_corpora.sdks import load_sdk_base

    # A worker's knowledge is loaded by its first package; the manifest is another part's cost.
    read_app(SourceFile(SMALL.name, SMALL.read_bytes()))
    app = read_app(SourceFile(apk, Path(apk).read_bytes()))
    return lambda: find_observations(
        stream_dexes(apk),
        owners=Owners(app.package_name, app.components, load_sdk_base()),
        components=app.components,
        target_sdk=app.target_sdk,
    )


def lief(apk: str) -> Work:
    module = importlib.import_module("lief")
    dexes = [list(data) for _, data in read_dexes(apk)]

    def parse() -> object:
        # What it gives out is gone with the file it is of.
        files = [module.DEX.parse(dex) for dex in dexes]
        return [method.name for file in files for method in file.methods]

    return parse


def dexdump(apk: str) -> Work:
    folder = Path(tempfile.mkdtemp(prefix="mingcha-bench-"))
    for name, data in read_dexes(apk):
        (folder / name).write_bytes(data)
    files = sorted(str(path) for path in folder.iterdir())

    def dump() -> None:
        try:
            subprocess.run(["dexdump", "-d", *files], stdout=subprocess.DEVNULL, check=True)
        finally:
            shutil.rmtree(folder)

    return dump


def androguard(apk: str) -> Work:
    importlib.import_module("loguru").logger.disable("androguard")
    module = importlib.import_module("androguard.misc")
    return lambda: module.AnalyzeAPK(apk)


JOBS: dict[str, Callable[[str], Work]] = {
    "inflate": inflate,
    "scan": scan,
    "graph": graph,
    "observations": observations,
    "lief": lief,
    "dexdump": dexdump,
    "androguard": androguard,
}


def missing_peers() -> list[str]:
    """Return the peers that are not installed here."""
    absent = [peer for peer in ("lief", "androguard") if find_spec(peer) is None]
    return absent + (["dexdump"] if shutil.which("dexdump") is None else [])


def run_job(name: str, apk: str) -> None:
    """Do one job in this process and print its CPU seconds and memory."""
    work = JOBS[name](apk)
    before, held = cpu_seconds(), start_of_peak()
    work()
    print(json.dumps({"seconds": cpu_seconds() - before, "peak_mb": peak() - held}))


def cpu_seconds() -> float:
    """Return the CPU seconds of this process and of its children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + used.ru_utime + used.ru_stime


def start_of_peak() -> float:
    """Set the peak of memory back to what is held now, where the system can, and return it in MB."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return peak()


def peak() -> float:
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def run_command(apk: str) -> Figures:
    """Return the CPU seconds of the whole command on a package, its child process included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    words = [sys.executable, "-m", "mingcha", "app", apk, "-f", "json"]
    subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, env=environment())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {"seconds": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime}


def environment() -> dict[str, str]:
    """Return the environment of a timed process: the worker's, and modules compiled once and not at every start."""
    # numpy's algebra library waits for work in threads of its own, and that waiting would be counted.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, **ONE_THREAD}


def measure(apk: str, jobs: Sequence[str], runs: int) -> dict[str, Figures]:
    """Return the least CPU seconds and memory of each job, all jobs in turn in each run; one that fails is left out."""
    best: dict[str, Figures] = {}
    for _ in range(runs):
        for job in jobs:
            figures = run_command(apk) if job == COMMAND else _measure_once(job, apk)
            if figures:
                known = best.setdefault(job, figures)
                best[job] = {key: min(known[key], figures[key]) for key in figures}
    return best


def _measure_once(job: str, apk: str) -> Figures:
    words = [sys.executable, "-m", "benchmarks.dex", "job", job, apk]
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=environment(), cwd=ROOT)
    if done.returncode:
        return {}
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures
