import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from click.testing import Result as Run

from mingcha.extra_dex import find_extra_dex
from mingcha.main import cli
from mingcha_corpora.errors import UnreadableInputError

SAMPLE = Path(__file__).parents[2] / "samples/apps/careless.apk"
POLICY = Path(__file__).parents[2] / "samples/policies/careful.zh.html"


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """Return a package without its code, with a packer's library, and the code in a folder ``dump`` beside it."""
    path = tmp_path / "packed.apk"
    (tmp_path / "dump/sub").mkdir(parents=True)
    with zipfile.ZipFile(SAMPLE) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            if name == "classes.dex":
                (tmp_path / "dump/sub/0x7b_dump").write_bytes(source.read(name))
            else:
                target.writestr(name, source.read(name))
        target.writestr("lib/armeabi-v7a/libjiagu.so", b"")
    (tmp_path / "dump/notes.txt").write_text("dumped on 2026-01-01", "utf-8")
    (tmp_path / "dump/base.vdex").write_bytes(b"vdex027\0" + bytes(100))
    return path


def _app(*args: str) -> Run:
    return CliRunner().invoke(cli, ["app", *args, "--lang", "en", "--as-of", "2026-01-31"])


def _clauses(result: Any) -> dict[str, str]:
    return {row["id"]: row["reason"] for row in result["assessment"]["clauses"] if row["verdict"] == "unknown"}


def test_dumped_files_are_inputs_with_their_hashes(packed: Path, tmp_path: Path) -> None:
    done = _app(str(packed), "--extra-dex", str(tmp_path / "dump"), "-f", "json", "--fail-on", "never")
    assert done.exit_code == 0, done.stderr
    result = json.loads(done.stdout)
    dumped = tmp_path / "dump/sub/0x7b_dump"
    digest = hashlib.sha256(dumped.read_bytes()).hexdigest()
    rows = {row["path"]: (row["role"], row["sha256"]) for row in result["inputs"]}
    assert rows[str(dumped)] == ("extra_dex", digest)
    assert [role for role, _ in rows.values()] == ["app", "extra_dex", "extra_dex"]
    assert {each["place"]["dex"] for each in result["app"]["observations"] if each["place"]["dex"]} == {str(dumped)}
    assert {"extra_dex", "packed_dumped"} <= set(result["assessment"]["summary"]["not_analysed"])


def test_dumped_code_leaves_open_what_the_package_alone_leaves_open(packed: Path, tmp_path: Path) -> None:
    words = ["check", str(packed), "--policy", str(POLICY), "-f", "json", "--as-of", "2026-01-31"]
    alone = json.loads(CliRunner().invoke(cli, words).stdout)
    dumped = json.loads(CliRunner().invoke(cli, [*words, "--extra-dex", str(tmp_path / "dump")]).stdout)
    hidden = {ref for ref, reason in _clauses(alone).items() if reason == "packed"}
    assert hidden
    assert {reason for ref, reason in _clauses(dumped).items() if ref in hidden} <= {"packed_dumped"}
    fired = {finding["rule_id"] for finding in dumped["assessment"]["findings"]}
    assert {"MC604"} <= fired - {finding["rule_id"] for finding in alone["assessment"]["findings"]}


@pytest.mark.parametrize("in_process", [[], ["--in-process"]])
def test_check_takes_them_too_and_the_report_says_so(packed: Path, tmp_path: Path, in_process: list[str]) -> None:
    words = ["check", str(packed), "--policy", str(POLICY), "--extra-dex", str(tmp_path / "dump"), "--lang", "en"]
    done = CliRunner().invoke(cli, [*words, *in_process])
    assert done.exit_code == 1, done.stderr
    assert "what was analysed is dumped code" in done.stdout
    assert "Dumped files" in done.stdout
    assert "a VDEX file; extract the DEX files from it" in done.stdout


def test_a_folder_gives_its_files_in_order_and_each_once(packed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "dump"
    named = [str(folder / "base.vdex"), str(folder / "sub/0x7b_dump")]
    assert list(find_extra_dex([str(folder), named[1], "none.dex"])) == [*named, "none.dex"]


def test_a_folder_without_dumped_code_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x", "utf-8")
    with pytest.raises(UnreadableInputError) as caught:
        find_extra_dex([str(tmp_path)])
    assert caught.value.code == "extra_dex_nothing"


@pytest.mark.parametrize(
    ("args", "status", "told"),
    [
        pytest.param([str(SAMPLE), "--extra-dex", "none.dex"], 3, "none.dex: no such file", id="missing file"),
        pytest.param([str(SAMPLE), str(SAMPLE), "--extra-dex", "a.dex"], 2, "several packages", id="several packages"),
    ],
)
def test_wrong_use_is_said(args: list[str], status: int, told: str) -> None:
    done = _app(*args)
    assert done.exit_code == status
    assert told in done.stderr
