import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from click.testing import Result as Run

from mingcha import supervisor
from mingcha.batch.journal import Journal
from mingcha.batch.plan import plan_rows
from mingcha.main import cli
from mingcha_corpora.errors import UnreadableInputError, UsageError

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture
def apps(tmp_path: Path) -> Path:
    folder = tmp_path / "apps"
    folder.mkdir()
    shutil.copy(SAMPLES / "apps/careful.apk", folder / "a.apk")
    shutil.copy(SAMPLES / "policies/careful.zh.html", folder / "a.html")
    shutil.copy(SAMPLES / "apps/careless.apk", folder / "b.apk")
    (folder / "c.apk").write_bytes(b"no zip")
    return folder


def _batch(source: Path, out: Path, *args: str) -> Run:
    words = ["batch", str(source), "--out", str(out), "--lang", "en", "--as-of", "2026-01-31", "--workers", "2"]
    return CliRunner().invoke(cli, [*words, *args])


def _rows(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "results.jsonl").read_text("utf-8").splitlines()]


def _statuses(out: Path) -> list[str]:
    return [row["status"] for row in _rows(out)]


def test_every_row_is_accounted_for_and_a_second_run_skips_all(apps: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = _batch(apps, out)
    assert first.exit_code == 0, first.stderr
    assert _statuses(out) == ["ok", "ok", "unreadable"]
    for row in _rows(out)[:2]:
        assert json.loads((out / row["result"]).read_text("utf-8"))["schema_version"] == "1.0"
    before = (out / "results.jsonl").read_bytes()
    second = _batch(apps, out)
    assert "3 kept" in second.stderr
    assert (out / "results.jsonl").read_bytes() == before
    assert not (out / ".work").exists()


def test_results_that_were_lost_or_damaged_are_made_again(apps: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    _batch(apps, out)
    first, second, _ = _rows(out)
    whole = (out / second["result"]).read_bytes()
    (out / first["result"]).unlink()
    (out / second["result"]).write_bytes(whole[:100])
    assert "1 kept" in _batch(apps, out).stderr
    assert (out / second["result"]).read_bytes() == whole


def test_another_day_or_another_file_is_another_result(apps: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    _batch(apps, out)
    (apps / "a.html").write_text("<p>隐私政策</p><p>我们收集您的手机号码。</p>", "utf-8")
    assert "2 kept" in _batch(apps, out).stderr
    assert "0 kept" in _batch(apps, out, "--as-of", "2026-02-01").stderr


def test_ends_with_the_status_asked_for(apps: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert _batch(apps, out, "--fail-on", "low").exit_code == 1
    assert _batch(apps, out, "--strict").exit_code == 3


@pytest.mark.parametrize(
    ("body", "args", "status"),
    [
        pytest.param("import os\ndef run(r): os.kill(os.getpid(), 9)", [], "crash", id="killed"),
        pytest.param("def run(r): return 1 / 0", [], "crash", id="a bug of ours"),
        pytest.param("import time\ndef run(r): time.sleep(60)", ["--timeout", "1"], "timeout", id="hangs"),
        pytest.param("def run(r): return bytearray(1 << 32)", ["--memory", "512"], "oom", id="memory bomb"),
    ],
)
def test_a_bad_end_is_a_row_and_is_done_again_only_when_asked(
    monkeypatch: pytest.MonkeyPatch, apps: Path, tmp_path: Path, body: str, args: list[str], status: str
) -> None:
    (apps / "b.apk").unlink()
    (apps / "c.apk").unlink()
    out, stub = tmp_path / "out", tmp_path / "stub.py"
    stub.write_text(f"import mingcha._worker as worker\n{body}\nworker.run = run\nworker.main()\n", "utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(supervisor, "WORKER", (sys.executable, "-P", str(stub)))
        assert _batch(apps, out, *args).exit_code == 0
    assert _statuses(out) == [status]
    assert "1 kept" in _batch(apps, out).stderr
    assert "0 kept" in _batch(apps, out, "--retry", "timeout,oom,crash").stderr
    assert _statuses(out) == ["ok"]


def test_a_batch_that_was_killed_goes_on_where_it_was(apps: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for number in range(6):
        shutil.copy(apps / "b.apk", apps / f"d{number}.apk")
    command = [sys.executable, "-m", "mingcha", "batch", str(apps), "--out", str(out), "--as-of", "2026-01-31"]
    running = subprocess.Popen([*command, "--workers", "1", "-q"])
    journal = out / "journal.jsonl"
    for _ in range(200):
        if journal.exists() and b'"ok"' in journal.read_bytes():
            break
        time.sleep(0.05)
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    with journal.open("ab") as file:
        file.write(b'{"key": "cut o')  # A line that the kill cut off.
    done = _batch(apps, out)
    assert done.exit_code == 0
    assert "0 kept" not in done.stderr
    assert _statuses(out) == ["ok", "ok", "unreadable"] + ["ok"] * 6


def test_two_batches_do_not_write_to_one_folder(apps: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "results").mkdir(parents=True)
    with Journal(out / "journal.jsonl"):
        done = _batch(apps, out)
    assert done.exit_code == 2
    assert "another batch" in done.stderr


def test_an_unknown_status_to_retry_is_wrong_usage(apps: Path, tmp_path: Path) -> None:
    assert _batch(apps, tmp_path / "out", "--retry", "lost").exit_code == 2


def test_a_list_names_apps_and_policies(apps: Path) -> None:
    source = apps / "list.csv"
    source.write_text('\ufeffapp,policy\n# a comment\na.apk\ta.html\tsdk.txt\n\n"b.apk", b.md\nnone.apk\n', "utf-8")
    rows = plan_rows(str(source), None)
    named = [(Path(row.app).name, [Path(path).name for path in row.policies]) for row in rows]
    assert named == [("a.apk", ["a.html", "sdk.txt"]), ("b.apk", ["b.md"]), ("none.apk", [])]
    assert Path(rows[0].app).parent == apps


def test_a_folder_of_policies_is_read_by_name(apps: Path, tmp_path: Path) -> None:
    policies = tmp_path / "policies"
    (policies / "b").mkdir(parents=True)
    for name in ("a.md", "b/main.txt", "b/sdk.html", "b/note.pdf"):
        (policies / name).write_text("x", "utf-8")
    named = [[Path(path).name for path in row.policies] for row in plan_rows(str(apps), str(policies))]
    assert named == [["a.md"], ["main.txt", "sdk.html"], []]


def test_a_folder_is_searched_for_packages_of_every_kind(tmp_path: Path) -> None:
    names = ["a.APK", "b.xapk", "c.apks", "d.apkm", "e.aab", "f.hap", "g.app"]
    for name in [*names, "h.zip", "i.txt", "j.obb"]:
        (tmp_path / name).write_bytes(b"x")
    assert [Path(row.app).name for row in plan_rows(str(tmp_path), None)] == names


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param(b"# nothing\n", "batch_nothing", id="no row"),
        pytest.param("应用.apk\n".encode("gb18030"), "batch_list_row", id="not UTF-8"),
        pytest.param(b",policy.txt\n", "batch_list_row", id="no package"),
        pytest.param(b'"a.apk\n', "batch_list_row", id="open quote"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused(tmp_path: Path, text: bytes, code: str) -> None:
    source = tmp_path / "list.txt"
    source.write_bytes(text)
    with pytest.raises(UnreadableInputError) as caught:
        plan_rows(str(source), None)
    assert caught.value.code == code


def test_a_locked_journal_is_free_again_after_its_owner(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal.jsonl"), pytest.raises(UsageError), Journal(tmp_path / "journal.jsonl"):
        pass
    with Journal(tmp_path / "journal.jsonl") as journal:
        assert journal.outcomes == {}
