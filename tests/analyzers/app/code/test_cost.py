"""What reading code may cost beside inflating it and beside androguard: ratios of CPU time, the least of several runs.

The limits are those at which a change must not pass; what the reader reaches stands in docs/performance.md.
"""

import time
import zipfile
import zlib
from collections.abc import Callable
from functools import cache

import pytest
from benchmarks.jobs import LARGEST_TIMES, SUM_TIMES, build, measure

from mingcha_analyzers.app.dex.reader import read_dex
from realfiles import real_apk

MB = 1 << 20
PACKAGE = "app-uiautomator"

pytestmark = pytest.mark.network


def least(work: Callable[[], object], runs: int = 7) -> float:
    """Return the least CPU seconds of several runs."""
    seconds = []
    for _ in range(runs):
        begin = time.process_time()
        work()
        seconds.append(time.process_time() - begin)
    return min(seconds)


@cache
def packed() -> bytes:
    """Return the compressed bytes of the package's only DEX."""
    with zipfile.ZipFile(real_apk(PACKAGE)) as apk:
        inflated = apk.read("classes.dex")
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(inflated) + packer.flush()


def inflate() -> bytes:
    return zlib.decompress(packed(), -15)


def scan() -> object:
    return read_dex(inflate())


def graph() -> object:
    return build([("classes.dex", inflate())])


def test_every_reference_costs_little_more_than_inflating() -> None:
    assert least(scan) <= 3.5 * least(inflate)


def test_the_merged_graph_costs_little_more_than_inflating() -> None:
    graph()
    assert least(graph) <= 6 * least(inflate)


def test_androguard_costs_many_times_as_much() -> None:
    pytest.importorskip("loguru").logger.disable("androguard")
    dex = pytest.importorskip("androguard.core.dex")
    analysis = pytest.importorskip("androguard.core.analysis.analysis")
    data = inflate()

    def analyse() -> None:
        found = analysis.Analysis(dex.DEX(data))
        found.create_xref()

    graph()
    theirs = least(analyse, runs=1)
    assert theirs >= 30 * least(scan)
    assert theirs >= 20 * least(graph)


def test_memory_follows_the_code() -> None:
    size = len(inflate()) / MB
    taken = measure(str(real_apk(PACKAGE)), ("observations",), 1)["observations"]["peak_mb"]
    assert taken <= 1.5 * (LARGEST_TIMES + SUM_TIMES) * size
