"""One row of a batch: its key, its analysis in a child process, its result file and its outcome."""

import hashlib
import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from mingcha.batch.journal import Outcome, Status
from mingcha.batch.plan import Row
from mingcha.codec import decode_result
from mingcha.exit_status import is_incomplete
from mingcha.messages import WorkerBugError
from mingcha.pipeline import Request, regular_size, shown_path
from mingcha.result import Result, ToolInfo
from mingcha.supervisor import answer
from mingcha_corpora.errors import MingchaError, UnreadableInputError

RESULTS = "results"
KEY_DIGITS = 12
MAX_STEM = 60
_CHUNK = 1 << 20
_UNSAFE = re.compile(r"[^\w.-]+")
_STATUS_OF = {"limit_time": Status.TIMEOUT, "limit_memory": Status.OOM}


def key_of(row: Row, request: Request, tool: ToolInfo) -> str:
    """Return what a row's result depends on, as one hash: contents and names of inputs, versions, options."""
    inputs = [[shown_path(path), _digest(path)] for path in (row.app, *row.policies, *request.sdk_base)]
    choice = {"standards": request.standards, "as_of": request.as_of, "embedded": request.embedded}
    text = json.dumps([inputs, asdict(tool), choice], sort_keys=True)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def size_of(row: Row) -> int:
    """Return the size of a row's package, 0 where it cannot be read."""
    try:
        return regular_size(row.app)
    except UnreadableInputError:
        return 0


def is_done(outcome: Outcome | None, out: Path, retry: frozenset[Status]) -> bool:
    """Return whether a row needs no work: it ended before, and its result still stands."""
    if outcome is None or outcome.status in retry:
        return False
    if outcome.status is not Status.OK:
        return True
    try:
        data = (out / str(outcome.result)).read_bytes()
    except OSError:
        return False
    return hashlib.sha256(data).hexdigest() == outcome.sha256


def run_row(key: str, request: Request, out: Path, scratch: Path, on_start: Callable[[int], None]) -> Outcome:
    """Return how the analysis of one row ended; its result is on disk by then."""
    try:
        data = answer(request, scratch=scratch, on_start=on_start)
        result = decode_result(data, shown_path(str(request.app)))
    except WorkerBugError as error:
        return Outcome(key, Status.CRASH, None, None, {"code": "internal_bug", "params": {"fault": str(error)}}, None)
    except MingchaError as error:
        return Outcome(key, _status(error), None, None, {"code": error.code, "params": error.params}, None)
    name = f"{RESULTS}/{_stem(str(request.app))}-{key[:KEY_DIGITS]}.json"
    _save(out / name, data)
    return Outcome(key, Status.OK, name, hashlib.sha256(data).hexdigest(), None, _figures(result))


def summary_line(row: Row, outcome: Outcome) -> Mapping[str, Any]:
    """Return a row of the summary: what was asked for and what came of it."""
    return {
        "app": shown_path(row.app),
        "policies": [shown_path(path) for path in row.policies],
        "status": outcome.status.value,
        "result": outcome.result,
        "error": outcome.error,
        "figures": outcome.figures,
        "key": outcome.key,
    }


def _status(error: MingchaError) -> Status:
    if isinstance(error, UnreadableInputError):
        return Status.UNREADABLE
    return _STATUS_OF.get(error.code, Status.CRASH)


def _figures(result: Result) -> dict[str, Any]:
    worst = result.assessment.worst()
    return {
        "package_name": result.app.package_name if result.app is not None else None,
        "version_name": result.app.version_name if result.app is not None else None,
        "findings": result.assessment.summary.findings,
        "verdicts": result.assessment.summary.verdicts,
        "worst": worst.value if worst is not None else None,
        "incomplete": is_incomplete(result),
    }


def _stem(path: str) -> str:
    return _UNSAFE.sub("_", shown_path(Path(path).stem))[:MAX_STEM] or "app"


def _save(path: Path, data: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _digest(path: str) -> str:
    try:
        regular_size(path)
        digest = hashlib.sha256()
        with Path(path).open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
        return digest.hexdigest()
    except (UnreadableInputError, OSError) as error:
        return f"unreadable {error.code if isinstance(error, UnreadableInputError) else error.errno}"
