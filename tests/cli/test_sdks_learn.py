"""``mingcha sdks learn``: writes a fingerprint, adds versions to it, and refuses what it cannot learn from."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from click.testing import Result as Run

from mingcha.main import cli
from mingcha_corpora.fingerprints import parse_fingerprint
from mingcha_corpora.sdks import RecordFile

BEACON = Path(__file__).parents[1] / "analyzers/app/fingerprints/beacon"
RECORD = """\
sdks:
- id: example-beacon
  name: Example Beacon
  category: analytics
  collects_pi: true
  tier: curated
  packages: [com.example.beacon]
  sources: [house list]
"""


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mingcha.sdk_layers.user_folder", lambda: tmp_path / "own")
    monkeypatch.setattr("mingcha.commands.sdks.learn.user_folder", lambda: tmp_path / "own")


@pytest.fixture
def base(tmp_path: Path) -> Path:
    path = tmp_path / "mine.yaml"
    path.write_text(RECORD, "utf-8")
    return path


def _learn(path: Path, *args: str | Path, lang: str = "en") -> Run:
    words = ["sdks", "learn", str(path), "--id", "example-beacon", *map(str, args), "--lang", lang]
    return CliRunner().invoke(cli, words)


def test_a_fingerprint_is_written_and_said(base: Path, tmp_path: Path) -> None:
    out = tmp_path / "beacon.json"
    run = _learn(BEACON / "beacon.jar", "--sdk-base", base, "--sdk-version", "1.4", "--out", out)
    assert run.exit_code == 0
    assert f"wrote {out}" in run.stderr
    learnt = parse_fingerprint(RecordFile("x", out.read_bytes()))
    assert (learnt.id, [(each.version, each.source, each.classes) for each in learnt.versions]) == (
        "example-beacon",
        [("1.4", "file:beacon.jar", 4)],
    )
    assert "beacon_" not in out.read_text("utf-8")  # Hashes only.


def test_by_default_it_stands_in_the_users_folder_and_versions_are_added(base: Path, tmp_path: Path) -> None:
    out = tmp_path / "own/fingerprints/example-beacon.json"
    assert _learn(BEACON / "beacon.jar", "--sdk-base", base, "--sdk-version", "1.4").exit_code == 0
    assert _learn(BEACON / "plain.dex", "--sdk-base", base, "--sdk-version", "1.5").exit_code == 0
    assert [each["version"] for each in json.loads(out.read_text("utf-8"))["versions"]] == ["1.4", "1.5"]


def test_a_folder_of_classes_teaches_the_same(base: Path, tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(BEACON / "beacon.jar") as archive:
        archive.extractall(tmp_path / "classes")
    one, other = tmp_path / "1.json", tmp_path / "2.json"
    _learn(BEACON / "beacon.jar", "--sdk-base", base, "--out", one)
    _learn(tmp_path / "classes", "--sdk-base", base, "--out", other)
    assert json.loads(one.read_text("utf-8"))["own"] == json.loads(other.read_text("utf-8"))["own"]


def test_it_is_said_in_chinese(base: Path, tmp_path: Path) -> None:
    run = _learn(BEACON / "beacon.jar", "--sdk-base", base, "--out", tmp_path / "x.json", lang="zh")
    assert "已写入" in run.stderr


@pytest.mark.parametrize(
    ("name", "data", "status", "said"),
    [
        pytest.param("x.txt", b"no archive", 3, "x.txt", id="no archive"),
        pytest.param("x.jar", None, 3, "x.jar", id="missing"),
        pytest.param(
            "x.class", b"\xca\xfe\xba\xbe\0\0\0\x34", 3, "could not be read, and only 0 features", id="a damaged class"
        ),
        pytest.param(
            "x.dex", b"dex\n035\0" + bytes(10), 3, "could not be read, and only 0 features", id="a damaged DEX"
        ),
    ],
)
def test_what_cannot_be_learnt_from_is_refused(
    base: Path, tmp_path: Path, name: str, data: bytes | None, status: int, said: str
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    run = _learn(path, "--sdk-base", base, "--out", tmp_path / "out.json")
    assert (run.exit_code, said in run.stderr) == (status, True), run.stderr
    assert not (tmp_path / "out.json").exists()


def test_an_empty_folder_is_refused(base: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert _learn(tmp_path / "empty", "--sdk-base", base).exit_code == 3


def test_an_sdk_that_is_in_no_base_is_refused(tmp_path: Path) -> None:
    run = _learn(BEACON / "beacon.jar", "--out", tmp_path / "x.json")
    assert (run.exit_code, "example-beacon" in run.stderr) == (2, True)


def test_the_file_of_another_sdk_is_left_alone(base: Path, tmp_path: Path) -> None:
    out = tmp_path / "x.json"
    _learn(BEACON / "beacon.jar", "--sdk-base", base, "--out", out)
    out.write_text(out.read_text("utf-8").replace("example-beacon", "other"), "utf-8")
    before = out.read_bytes()
    assert _learn(BEACON / "beacon.jar", "--sdk-base", base, "--out", out).exit_code == 2
    assert out.read_bytes() == before
