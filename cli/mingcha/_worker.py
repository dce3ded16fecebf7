"""The child process of one analysis: ``python -m mingcha._worker``.

Reads one request from stdin, sets its own limits of memory and processor time, and leaves a result or an error as a
file in the folder that the request names. It ends when its supervisor does.
"""

import gc
import os
import sys
import threading
from pathlib import Path

from mingcha.messages import ERROR_FILE, RESULT_FILE, decode_request, encode_error
from mingcha.pipeline import MEGABYTE, Limits, Request, run, shown_path
from mingcha_corpora.errors import LimitExceededError

ORPHANED = 75
CPU_GRACE = 5
# Knowledge is thousands of objects that stay: to look through them for cycles again and again costs a tenth of a run.
ALLOCATIONS = 100_000


def main() -> None:
    """Do the one request on stdin."""
    gc.set_threshold(ALLOCATIONS)
    request, folder = decode_request(_read_line())
    threading.Thread(target=_end_with_supervisor, daemon=True).start()
    _set_limits(request.limits)
    try:
        _answer(request, Path(folder))
    except MemoryError:
        _leave(Path(folder), ERROR_FILE, encode_error(_out_of_memory(request)))
    except Exception as error:  # Leaves this process as JSON; the supervisor raises it again.
        _leave(Path(folder), ERROR_FILE, encode_error(error))


def _answer(request: Request, folder: Path) -> None:
    from mingcha.codec import encode_result

    _leave(folder, RESULT_FILE, encode_result(run(request)))


def _leave(folder: Path, name: str, data: bytes) -> None:
    part = folder / f"{name}.part"
    part.write_bytes(data)
    part.replace(folder / name)


def _read_line() -> bytes:
    # Byte by byte from the descriptor: a buffered reader would hold a lock when the thread below outlives us.
    line = bytearray()
    while (byte := os.read(0, 1)) not in (b"", b"\n"):
        line += byte
    return bytes(line)


def _end_with_supervisor() -> None:
    while os.read(0, 4096):
        pass
    os._exit(ORPHANED)


def _set_limits(limits: Limits) -> None:
    try:
        import resource
    except ImportError:  # Windows: the supervisor's wall clock alone stands guard.
        return
    if limits.memory:
        _lower(resource.RLIMIT_AS, limits.memory)
    if limits.seconds is not None:
        _lower(resource.RLIMIT_CPU, int(limits.seconds) + CPU_GRACE)
    _lower(resource.RLIMIT_CORE, 0)


def _lower(kind: int, value: int) -> None:
    import contextlib
    import resource

    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    with contextlib.suppress(ValueError, OSError):  # macOS refuses some; the wall clock still stands.
        resource.setrlimit(kind, (value, value))


def _out_of_memory(request: Request) -> LimitExceededError:
    path = request.app if request.app is not None else request.policies[0]
    limit = f"{request.limits.memory // MEGABYTE} MB"
    return LimitExceededError("limit_memory", path=shown_path(path), limit=limit)


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    # Past this point only interpreter clean-up of large values: the answer is on disk.
    os._exit(0)
