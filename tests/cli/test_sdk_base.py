"""SDK records of the user reach every stage: result, report, batch and what makes results comparable."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from click.testing import Result as Run

from mingcha.main import cli

SAMPLE = Path(__file__).parents[2] / "samples/apps/careless.apk"
MINE = """\
sdks:
- id: jpush
  name: House Push
  category: push
  collects_pi: true
  tier: curated
  packages: [cn.jpush]
  sources: [house list]
"""


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/a.yaml").write_text(MINE, "utf-8")
    (tmp_path / "mine/notes.txt").write_text("no records", "utf-8")
    return tmp_path / "mine"


def _run(*args: str) -> Run:
    dated = [] if args[0] == "doctor" else ["--as-of", "2026-01-31"]
    return CliRunner().invoke(cli, [*args, "--lang", "en", *dated])


def _app(*args: str) -> Any:
    done = _run("app", str(SAMPLE), "-f", "json", "--fail-on", "never", *args)
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def test_a_layer_names_the_sdk_and_is_an_input(mine: Path) -> None:
    result = _app("--sdk-base", str(mine))
    names = {sdk["id"]: sdk["name"] for sdk in result["app"]["sdks"]}
    assert names["jpush"] == "House Push"
    digest = hashlib.sha256(MINE.encode()).hexdigest()
    rows = [(row["role"], row["path"], row["sha256"]) for row in result["inputs"] if row["role"] == "sdk_base"]
    assert rows == [("sdk_base", str(mine / "a.yaml"), digest)]
    assert result["tool"]["knowledge_version"] != _app()["tool"]["knowledge_version"]


def test_the_users_own_folder_is_laid_over_first(mine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "b.yaml").write_text(MINE.replace("House", "Own"), "utf-8")
    monkeypatch.setattr("mingcha.sdk_layers.user_folder", lambda: own)
    assert [sdk["name"] for sdk in _app()["app"]["sdks"] if sdk["id"] == "jpush"] == ["Own Push"]
    both = _app("--sdk-base", str(mine))
    assert [sdk["name"] for sdk in both["app"]["sdks"] if sdk["id"] == "jpush"] == ["House Push"]


def test_the_report_shows_the_layer(mine: Path) -> None:
    shown = _run("app", str(SAMPLE), "--sdk-base", str(mine / "a.yaml"), "--fail-on", "never").stdout
    assert "SDK records added" in shown
    assert "House Push" in shown


@pytest.mark.parametrize("command", ["check", "app", "policy", "batch"])
def test_a_faulty_layer_is_one_sentence_with_file_and_line(command: str, mine: Path, tmp_path: Path) -> None:
    (mine / "a.yaml").write_text(MINE.replace("category: push", "category: pushing"), "utf-8")
    out = ["--out", str(tmp_path / "out")] if command == "batch" else []
    done = _run(command, str(SAMPLE), "--sdk-base", str(mine), *out)
    assert done.exit_code == 3
    assert "a.yaml: line 4, record jpush: category cannot be pushing" in done.stderr


def test_a_folder_without_records_is_told(tmp_path: Path) -> None:
    done = _run("app", str(SAMPLE), "--sdk-base", str(tmp_path))
    assert done.exit_code == 3
    assert "--sdk-base" in done.stderr


def test_an_edited_layer_makes_a_batch_do_its_rows_again(mine: Path, tmp_path: Path) -> None:
    apps, out = tmp_path / "apps", tmp_path / "out"
    apps.mkdir()
    (apps / "a.apk").write_bytes(SAMPLE.read_bytes())
    args = ["batch", str(apps), "--out", str(out), "--workers", "1", "--sdk-base", str(mine)]
    assert _run(*args).exit_code == 0
    assert "1 kept" in _run(*args).stderr
    (mine / "a.yaml").write_text(MINE.replace("House", "Other"), "utf-8")
    assert "0 kept" in _run(*args).stderr
    row = json.loads((out / "results.jsonl").read_text("utf-8"))
    sdks = json.loads((out / row["result"]).read_text("utf-8"))["app"]["sdks"]
    assert "Other Push" in [sdk["name"] for sdk in sdks]


def test_doctor_says_where_own_records_lie_and_what_is_wrong_with_them(
    mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mingcha.sdk_layers.user_folder", lambda: mine)
    assert f"own SDK records: ok 1 ({mine})" in _run("doctor").stdout
    (mine / "a.yaml").write_text("sdks: 3", "utf-8")
    assert "sdk_not_array" in _run("doctor").stdout
