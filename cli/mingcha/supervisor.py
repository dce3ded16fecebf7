"""Runs one analysis in a child process under limits of time and memory, so that no input can take the tool down.

The request goes to the child's stdin, the answer comes back as a file in a temporary folder of its own.
"""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from mingcha.messages import ERROR_FILE, RESULT_FILE, decode_error, encode_request
from mingcha.pipeline import MEGABYTE, Request, policy_size, regular_size, shown_path
from mingcha.result import Result
from mingcha_corpora.errors import LimitExceededError

# -P: the folder the user stands in must not be able to shadow our modules.
WORKER = (sys.executable, "-P", "-m", "mingcha._worker")
BASE_SECONDS = 60.0
SECONDS_PER_MEGABYTE = 2.0
# Numeric libraries reserve memory for each thread of each core, which the limit would count.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def seconds_for(request: Request) -> float:
    """Return how long the request may take: as asked, else by the size of its inputs.

    Raises:
        UnreadableInputError: an input is missing, no ordinary file or empty.
    """
    paths = [*([request.app] if request.app is not None else []), *request.extra_dex]
    size = sum(regular_size(path) for path in paths) + sum(policy_size(path) for path in request.policies)
    if request.limits.seconds is not None:
        return request.limits.seconds
    return BASE_SECONDS + SECONDS_PER_MEGABYTE * size / MEGABYTE


def run_limited(request: Request) -> Result:
    """Return the result of the request, worked out in a child process.

    Raises:
        MingchaError: an input cannot be read, or the analysis needs more than its limits.
        WorkerBugError: the worker met a bug of ours.
    """
    from mingcha.codec import decode_result

    return decode_result(answer(request), _first_input(request))


def answer(request: Request, *, scratch: Path | None = None, on_start: Callable[[int], None] | None = None) -> bytes:
    """Return the result of the request as the JSON that the child process wrote; raises as ``run_limited``.

    ``scratch`` is the folder for the child's own folder (default: the system's); ``on_start`` is told its process id.
    """
    seconds = seconds_for(request)
    request = replace(request, limits=replace(request.limits, seconds=seconds))
    with tempfile.TemporaryDirectory(prefix="mingcha-", dir=scratch, ignore_cleanup_errors=True) as folder:
        # The child must find the folder wherever it stands.
        place = str(Path(folder).absolute())
        status = _run_worker(encode_request(request, place), seconds, on_start)
        return _read_answer(request, Path(folder), status)


def _run_worker(line: bytes, seconds: float, on_start: Callable[[int], None] | None) -> int | None:
    """Return the exit status of the child, None when it was stopped for taking too long."""
    child = subprocess.Popen(
        WORKER,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=_environment(os.environ),
        start_new_session=os.name == "posix",
    )
    try:
        if on_start is not None:
            on_start(child.pid)
        _tell(child, line)
        return child.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        _stop(child)


def _tell(child: "subprocess.Popen[bytes]", line: bytes) -> None:
    assert child.stdin is not None
    with contextlib.suppress(BrokenPipeError):  # It died at once; its exit status says so.
        # The pipe stays open: the child ends itself when it closes.
        child.stdin.write(line)
        child.stdin.flush()


def _stop(child: "subprocess.Popen[bytes]") -> None:
    """End the child and whatever it started."""
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError, PermissionError):  # All gone.
            os.killpg(child.pid, signal.SIGKILL)
    else:
        child.kill()
    child.wait()
    if child.stdin is not None:
        with contextlib.suppress(OSError):  # Unsent bytes to a dead child.
            child.stdin.close()


def _environment(base: Mapping[str, str]) -> dict[str, str]:
    return {**base, **ONE_THREAD}


def _read_answer(request: Request, folder: Path, status: int | None) -> bytes:
    result, error = folder / RESULT_FILE, folder / ERROR_FILE
    if result.is_file():
        return result.read_bytes()
    if error.is_file():
        raise decode_error(error.read_bytes())
    path = _first_input(request)
    if status is None or status == -getattr(signal, "SIGXCPU", 0):
        raise LimitExceededError("limit_time", path=path, limit=f"{request.limits.seconds:.0f} s")
    raise LimitExceededError("worker_died", path=path, fault=_status_words(status))


def _first_input(request: Request) -> str:
    return shown_path(request.app if request.app is not None else request.policies[0])


def _status_words(status: int) -> str:
    if status >= 0:
        return f"exit {status}"
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"signal {-status}"
