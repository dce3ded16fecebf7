"""What a batch has done so far: an append-only file that outlives every way of being stopped.

Each line is one event. A line cut off by a kill is passed over when the journal is read again.
"""

import json
import os
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from mingcha.pipeline import shown_path
from mingcha_corpora.errors import UsageError


class Status(StrEnum):
    """How a row ended."""

    OK = "ok"
    UNREADABLE = "unreadable"
    TIMEOUT = "timeout"
    OOM = "oom"
    CRASH = "crash"


STARTED = "running"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one row ended; ``result`` is its file below the output folder, ``sha256`` that file's hash."""

    key: str
    status: Status
    result: str | None
    sha256: str | None
    error: dict[str, Any] | None
    figures: dict[str, Any] | None


class Journal:
    """The journal of one output folder, locked against a second batch while it is open."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writing = threading.Lock()
        self._file: IO[bytes] | None = None
        self.outcomes: dict[str, Outcome] = {}

    def __enter__(self) -> "Journal":
        self._file = self._path.open("ab+")
        try:
            _lock(self._file)
        except OSError:
            self._file.close()
            raise UsageError("batch_busy", path=shown_path(str(self._path.parent))) from None
        self._load(self._file)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def start(self, key: str) -> None:
        """Note that a row has begun."""
        self._append({"key": key, "status": STARTED})

    def end(self, outcome: Outcome) -> None:
        """Note how a row ended."""
        self._append(asdict(outcome))
        self.outcomes[outcome.key] = outcome

    def _append(self, event: Mapping[str, Any]) -> None:
        assert self._file is not None
        line = json.dumps(event, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
        with self._writing:
            self._file.write(line)
            self._file.flush()
            os.fsync(self._file.fileno())

    def _load(self, file: IO[bytes]) -> None:
        file.seek(0)
        data = file.read()
        for line in data.splitlines():
            outcome = _parse(line)
            if outcome is not None:
                self.outcomes[outcome.key] = outcome
        if data and not data.endswith(b"\n"):
            file.write(b"\n")  # End the line that a kill cut off.


def _parse(line: bytes) -> Outcome | None:
    try:
        event = json.loads(line)
        return Outcome(**event | {"status": Status(event["status"])})
    except (ValueError, TypeError, KeyError):
        return None  # A start, or a line that a kill cut off.


def _lock(file: IO[bytes]) -> None:
    """Take the file for this process alone; the system gives it back however the process ends."""
    try:
        import fcntl
    except ImportError:
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        return
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
