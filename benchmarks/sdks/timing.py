"""What naming SDKs costs in CPU time, beside the rest of the reading and beside a plain search by class names."""

import importlib
import io
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from unittest import mock

from benchmarks.sdks.matchers import Traits, find_hits
from mingcha_analyzers.app.reader import read_app
from mingcha_analyzers.values import SourceFile
from mingcha_corpora.sdks import load_sdk_base

# What naming SDKs is made of, each with what stands for it when it is left out.
_PARTS = {
    "mingcha_analyzers.app.reader.find_sdks": lambda *_, **__: (),
    "mingcha_analyzers.app.fingerprints.finder.load_fingerprints": lambda: (),
}
_DEX = re.compile(r"classes\d*\.dex")


@dataclass(frozen=True, slots=True)
class Times:
    """Least CPU seconds of some runs: all of the reading, without naming SDKs, and the peer (None: not installed)."""

    package: str
    megabytes: float
    all: float
    without: float
    peer: float | None


def measure_times(path: Path, runs: int) -> Times:
    """Return what reading a package costs; each kind of run in turn."""
    file = SourceFile(path.name, path.read_bytes())
    read_app(file)  # What a process loads once is no cost of one package.
    whole, without, peers = [], [], []
    for _ in range(runs):
        whole.append(_seconds(lambda: read_app(file)))
        with _not_naming():
            without.append(_seconds(lambda: read_app(file)))
        if find_spec("androguard") is not None:
            peers.append(_seconds(lambda: _search_names(file.data)))
    return Times(path.name, len(file.data) / 1e6, min(whole), min(without), min(peers, default=None))


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


@contextmanager
def _not_naming() -> Iterator[None]:
    with ExitStack() as stack:
        for name, instead in _PARTS.items():
            if find_spec(name.rpartition(".")[0]) is not None:
                stack.enter_context(mock.patch(name, instead))
        yield


def _search_names(data: bytes) -> object:
    """Look for signatures in androguard's class names, as the plain matchers do."""
    importlib.import_module("loguru").logger.disable("androguard")
    dex = importlib.import_module("androguard.core.dex")
    names: set[str] = set()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in filter(_DEX.fullmatch, archive.namelist()):
            names |= {name[1:-1].replace("/", ".") for name in dex.DEX(archive.read(entry)).get_classes_names()}
    return find_hits(load_sdk_base(), Traits(frozenset(names), frozenset(), frozenset()))
