import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mingcha import supervisor
from mingcha.messages import WorkerBugError, decode_error, encode_error, encode_request
from mingcha.pipeline import MEGABYTE, Limits, Request
from mingcha.supervisor import run_limited, seconds_for
from mingcha_corpora.errors import KnowledgeError, LimitExceededError, MingchaError, UnreadableInputError, UsageError

# The child's own main, with a reader in place of the real one.
STUB = "import mingcha._worker as worker\n{body}\nworker.run = run\nworker.main()\n"


def _stub(monkeypatch: pytest.MonkeyPatch, folder: Path, body: str) -> None:
    script = folder / "stub.py"
    script.write_text(STUB.format(body=body), "utf-8")
    monkeypatch.setattr(supervisor, "WORKER", (sys.executable, "-P", str(script)))


def _request(policy: Path, **limits: float) -> Request:
    return Request(None, (str(policy),), "2026-01-31", limits=Limits(**limits))  # type: ignore[arg-type]


def test_a_policy_is_read_in_a_child(policy_file: Path) -> None:
    assert run_limited(_request(policy_file)).policy is not None


def test_a_child_that_hangs_is_ended_in_time(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, policy_file: Path
) -> None:
    _stub(monkeypatch, tmp_path, "import time\ndef run(request): time.sleep(60)")
    begun = time.monotonic()
    with pytest.raises(LimitExceededError) as caught:
        run_limited(_request(policy_file, seconds=1))
    assert caught.value.code == "limit_time"
    assert time.monotonic() - begun < 10


def test_what_a_child_started_ends_with_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, policy_file: Path) -> None:
    note = tmp_path / "pid"
    body = (
        "import subprocess, sys, time\n"
        "def run(request):\n"
        "    child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"    open({str(note)!r}, 'w').write(str(child.pid))\n"
        "    time.sleep(60)"
    )
    _stub(monkeypatch, tmp_path, body)
    with pytest.raises(LimitExceededError):
        run_limited(_request(policy_file, seconds=2))
    assert _is_gone(int(note.read_text()))


def test_a_memory_bomb_is_a_limit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, policy_file: Path) -> None:
    _stub(monkeypatch, tmp_path, "def run(request): return [bytearray(1 << 20) for _ in range(4096)]")
    with pytest.raises(LimitExceededError) as caught:
        run_limited(_request(policy_file, memory=512 * MEGABYTE))
    assert caught.value.code == "limit_memory"
    assert caught.value.params["limit"] == "512 MB"


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        pytest.param("import os\ndef run(request): os.kill(os.getpid(), 9)", "SIGKILL", id="kill -9"),
        pytest.param("import os\ndef run(request): os.kill(os.getpid(), 11)", "SIGSEGV", id="segmentation fault"),
        pytest.param("import os\ndef run(request): os._exit(5)", "exit 5", id="sudden exit"),
    ],
)
def test_a_child_that_dies_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, policy_file: Path, body: str, fault: str
) -> None:
    _stub(monkeypatch, tmp_path, body)
    with pytest.raises(LimitExceededError) as caught:
        run_limited(_request(policy_file))
    assert caught.value.code == "worker_died"
    assert caught.value.params == {"path": str(policy_file), "fault": fault}


def test_a_bug_in_the_child_is_a_bug_with_its_traceback(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, policy_file: Path
) -> None:
    _stub(monkeypatch, tmp_path, "def run(request): return {}['lost']")
    with pytest.raises(WorkerBugError, match="KeyError: 'lost'") as caught:
        run_limited(_request(policy_file))
    assert "in run" in caught.value.details


def test_a_child_ends_when_its_supervisor_is_killed(tmp_path: Path, policy_file: Path) -> None:
    script = tmp_path / "stub.py"
    script.write_text(STUB.format(body="import time\ndef run(request): time.sleep(60)"), "utf-8")
    child = subprocess.Popen([sys.executable, "-P", str(script)], stdin=subprocess.PIPE)
    assert child.stdin is not None
    child.stdin.write(encode_request(_request(policy_file), str(tmp_path)))
    child.stdin.close()  # What the system does to the pipe of a killed supervisor.
    assert child.wait(timeout=15) == 75


def test_a_folder_of_the_user_cannot_shadow_our_modules(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, policy_file: Path
) -> None:
    (tmp_path / "mingcha").mkdir()
    (tmp_path / "json.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    assert run_limited(_request(policy_file)).policy is not None


def test_time_grows_with_the_inputs(tmp_path: Path) -> None:
    app = tmp_path / "a.apk"
    app.write_bytes(b"x" * (3 * MEGABYTE))
    assert seconds_for(Request(str(app), (), "2026-01-31")) == 66
    assert seconds_for(Request(str(app), (), "2026-01-31", limits=Limits(seconds=5))) == 5


@pytest.mark.parametrize(
    "error",
    [
        UnreadableInputError("file_empty", path="x"),
        UsageError("standard_unknown", path="x", standard="y", known="z"),
        LimitExceededError("limit_memory", path="x", limit="1 MB"),
        KnowledgeError("knowledge_damaged", path="x", line="1", fault="y"),
    ],
)
def test_errors_cross_the_border_between_processes(error: MingchaError) -> None:
    back = decode_error(encode_error(error))
    assert type(back) is type(error)
    assert isinstance(back, MingchaError)
    assert (back.code, back.params) == (error.code, error.params)


def _is_gone(process: int) -> bool:
    for _ in range(50):
        try:
            os.kill(process, 0)
            if Path(f"/proc/{process}/stat").read_text().split()[2] == "Z":
                return True  # Ended; its parent has not asked yet.
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.1)
    os.kill(process, signal.SIGKILL)
    return False
