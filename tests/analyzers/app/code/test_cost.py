"""What reading code may cost beside inflating it and beside androguard: ratios of CPU time, the least of several runs.

The limits are those at which a change must not pass; what the reader reaches stands in docs/performance.md.
"""

import time
import zipfile
from collections.abc import Callable

import pytest
from benchmarks.jobs import LARGEST_TIMES, SUM_TIMES, build, measure

from mingcha_analyzers.app.dex.reader import read_dex
from realfiles import real_apk

MB = 1 << 20
PACKAGE = "app-uiautomator"
RUNS = 25

pytestmark = pytest.mark.network


def seconds_of(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


def costs_at_most(times: float, work: Callable[[], object], other: Callable[[], object]) -> bool:
    """Return whether one work costs at most so many times the other, both at their best; noise only adds."""
    best, base = float("inf"), float("inf")
    for _ in range(RUNS):
        best, base = min(best, seconds_of(work)), min(base, seconds_of(other))
        if best <= times * base:
            return True
    return False


def inflate() -> bytes:
    """Return the package's only DEX, as every reader of a package gets it."""
    with zipfile.ZipFile(real_apk(PACKAGE)) as apk:
        return apk.read("classes.dex")


def scan() -> object:
    return read_dex(inflate())


def graph() -> object:
    return build([("classes.dex", inflate())])


def test_every_reference_costs_little_more_than_inflating() -> None:
    assert costs_at_most(3.5, scan, inflate)


def test_the_merged_graph_costs_little_more_than_inflating() -> None:
    assert costs_at_most(6, graph, inflate)


def test_androguard_costs_many_times_as_much() -> None:
    pytest.importorskip("loguru").logger.disable("androguard")
    dex = pytest.importorskip("androguard.core.dex")
    analysis = pytest.importorskip("androguard.core.analysis.analysis")
    data = inflate()

    def analyse() -> None:
        found = analysis.Analysis(dex.DEX(data))
        found.create_xref()

    theirs = seconds_of(analyse)
    assert min(seconds_of(scan) for _ in range(RUNS)) <= theirs / 30
    assert min(seconds_of(graph) for _ in range(RUNS)) <= theirs / 20


def test_memory_follows_the_code() -> None:
    size = len(inflate()) / MB
    taken = measure(str(real_apk(PACKAGE)), ("observations",), 1)["observations"]["peak_mb"]
    assert taken <= 1.5 * (LARGEST_TIMES + SUM_TIMES) * size
