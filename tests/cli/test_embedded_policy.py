"""``--policy auto``: the policy inside the package is used, recorded, or its lack is a plain error."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from analyzers.app.arscfile import Block, resource_table
from analyzers.app.packages import package
from mingcha.main import cli

POLICY = Path(__file__).parents[2] / "samples" / "policies" / "careful.zh.html"
URL = "https://a.example/privacy.html"


@pytest.fixture
def with_policy(tmp_path: Path) -> Path:
    path = tmp_path / "app.apk"
    path.write_bytes(package(more={"assets/privacy.html": POLICY.read_bytes()}))
    return path


@pytest.fixture
def without_policy(tmp_path: Path) -> Path:
    path = tmp_path / "bare.apk"
    path.write_bytes(package(more={"resources.arsc": resource_table(Block("string", {"p": URL}))}))
    return path


def check(path: Path, *more: str) -> Result:
    return CliRunner().invoke(cli, ["check", str(path), "-f", "json", "--fail-on", "never", *more])


def test_the_embedded_policy_is_an_input_like_any_other(with_policy: Path) -> None:
    result = json.loads(check(with_policy, "--policy", "auto").stdout)
    inputs = [(entry["role"], entry["path"], entry["size"]) for entry in result["inputs"]]
    place = f"{with_policy}!/assets/privacy.html"
    assert inputs[1] == ("policy", place, POLICY.stat().st_size)
    assert [document["path"] for document in result["policy"]["documents"]] == [place]


def test_the_same_result_as_with_the_file(with_policy: Path) -> None:
    inside = json.loads(check(with_policy, "--policy", "auto").stdout)
    outside = json.loads(check(with_policy, "--policy", str(POLICY)).stdout)
    assert inside["assessment"]["clauses"] == outside["assessment"]["clauses"]


def test_no_embedded_policy_is_an_error_that_names_what_was_seen(without_policy: Path) -> None:
    outcome = check(without_policy, "--policy", "auto", "--lang", "en")
    assert outcome.exit_code == 3
    assert URL in outcome.stderr
    assert "Nothing is fetched" in outcome.stderr


def test_a_batch_goes_on_without_one(with_policy: Path, without_policy: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = ["batch", str(tmp_path), "--out", str(out), "--policy", "auto", "--workers", "1"]
    assert CliRunner().invoke(cli, words).exit_code == 0
    results = [json.loads(path.read_text("utf-8")) for path in sorted(out.glob("results/*.json"))]
    assert [len(result["inputs"]) for result in results] == [2, 1]
