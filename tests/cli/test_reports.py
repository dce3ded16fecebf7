import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from mingcha.codec import encode_result
from mingcha.main import cli
from mingcha.render.numbering import number_findings, reference_words
from mingcha.render.sarif import file_uri, render_sarif
from mingcha.render.terminal import render_terminal
from mingcha.result import Result
from mingcha_rules.values import Severity

Golden = Callable[[str, str], None]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [60, 120])
def test_the_terminal_report_is_as_reviewed(result: Result, golden: Golden, lang: str, width: int) -> None:
    golden(f"terminal/{lang}-{width}.txt", render_terminal(result, lang, width=width))


@pytest.mark.parametrize("width", [10, 60, 73, 100, 200, 500])
def test_no_line_is_wider_than_the_page(result: Result, width: int) -> None:
    for lang in ("zh", "en"):
        lines = render_terminal(result, lang, width=width).splitlines()
        assert max(cell_len(line) for line in lines) <= max(60, min(200, width))


def test_untrusted_text_cannot_steer_the_terminal(result: Result) -> None:
    for color in (False, True):
        text = render_terminal(result, "zh", color=color)
        assert "\u202e" not in text
        assert "\x07" not in text
        assert "\x1b[31m\\u202e" not in text
    assert "\x1b" not in render_terminal(result, "zh")
    assert "[bold red]点此[/]\\x1b[31m\\u202e倒" in render_terminal(result, "zh", width=200)


def test_a_long_quotation_is_cut(result: Result) -> None:
    assert len(render_terminal(result, "zh", width=100)) < 6000


def test_a_report_of_one_side_says_what_was_not_given(result: Result) -> None:
    assert "未提供隐私政策" in render_terminal(replace(result, policy=None), "zh")
    assert "no package was given" in render_terminal(replace(result, app=None), "en")


def test_no_finding_is_not_called_a_pass(result: Result) -> None:
    empty = replace(result, assessment=replace(result.assessment, findings=()))
    assert "这不表示全部条款符合" in render_terminal(empty, "zh")


def test_findings_are_numbered_by_severity(result: Result) -> None:
    numbers = number_findings(result.assessment.findings)
    in_order = sorted(result.assessment.findings, key=lambda finding: numbers[finding.fingerprint])
    assert [finding.severity for finding in in_order] == [Severity.HIGH, Severity.MEDIUM, Severity.LOW]


@pytest.mark.parametrize(
    ("numbers", "words"), [([], ""), ([3], "[3]"), ([4, 1, 2, 3], "[1-4]"), ([1, 3, 4, 9], "[1, 3-4, 9]")]
)
def test_references_are_short(numbers: list[int], words: str) -> None:
    assert reference_words(numbers) == words


def _sarif(result: Result, **options: Any) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(render_sarif(result, "en", **options))
    return log


def test_sarif_holds_one_run_and_one_result_a_finding(result: Result) -> None:
    log = _sarif(result)
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    run = log["runs"][0]
    assert len(run["results"]) == len(result.assessment.findings)
    assert run["automationDetails"]["id"] == "mingcha/com.example.demo/"
    assert run["columnKind"] == "unicodeCodePoints"


def test_every_sarif_result_has_what_hosts_refuse_to_do_without(result: Result) -> None:
    run = _sarif(result)["runs"][0]
    for entry, finding in zip(run["results"], result.assessment.findings, strict=True):
        assert run["tool"]["driver"]["rules"][entry["ruleIndex"]]["id"] == entry["ruleId"]
        assert entry["message"]["text"].strip()
        assert entry["level"] == {"high": "error", "medium": "warning", "low": "note"}[finding.severity.value]
        assert entry["partialFingerprints"] == {"mingchaFindingHash/v1": finding.fingerprint}
        assert len(entry["locations"]) == 1
        physical = entry["locations"][0]["physicalLocation"]
        assert physical["region"]["startLine"] >= 1
        uri = physical["artifactLocation"]["uri"]
        assert uri.isascii()
        assert not uri.startswith("/")
        assert ".." not in uri


def test_sarif_shows_the_sentence_in_the_policy(result: Result) -> None:
    physical = _sarif(result)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"]["uri"] == "policies/%E9%9A%90%E7%A7%81%20%E6%94%BF%E7%AD%96.txt"
    region = physical["region"]
    assert region["startLine"] == 3
    assert "snippet" in region


def _with_page(result: Result) -> Result:
    findings = tuple(
        replace(finding, policy_evidence=tuple(replace(item, page=7) for item in finding.policy_evidence))
        for finding in result.assessment.findings
    )
    return replace(result, assessment=replace(result.assessment, findings=findings))


def test_a_place_in_a_pdf_is_shown_with_its_page(result: Result) -> None:
    paged = _with_page(result)
    assert "第7页" in render_terminal(paged, "zh")
    assert ", page 7" in render_terminal(paged, "en")
    location = _sarif(paged)["runs"][0]["results"][0]["locations"][0]
    assert (location["message"]["text"], location["properties"]["page"]) == ("page 7", 7)


def test_sarif_names_methods_without_lines(result: Result) -> None:
    logical = _sarif(result)["runs"][0]["results"][0]["locations"][0]["logicalLocations"]
    name = "com.example.Main.read(Landroid/content/Context;)V"
    assert logical == [{"kind": "function", "fullyQualifiedName": name}]


def test_sarif_anchors_findings_without_a_place_in_the_policy(result: Result) -> None:
    def anchor(**options: Any) -> str:
        location = _sarif(result, **options)["runs"][0]["results"][2]["locations"][0]
        uri: str = location["physicalLocation"]["artifactLocation"]["uri"]
        return uri

    assert anchor().startswith("policies/")
    assert anchor(anchor="app/build.gradle") == "app/build.gradle"
    assert anchor(anchor="/home/a/project/app/build.gradle", base="/home/a/project") == "app/build.gradle"


def test_sarif_tells_suppressions_with_their_reason(result: Result) -> None:
    entry = _sarif(result)["runs"][0]["results"][1]
    assert entry["suppressions"] == [{"kind": "external", "status": "accepted", "justification": "已说明 (张三)"}]


def test_sarif_rules_bear_help_and_clauses(result: Result) -> None:
    for rule in _sarif(result)["runs"][0]["tool"]["driver"]["rules"]:
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        assert rule["shortDescription"]["text"]
        assert 0 < len(rule["properties"]["tags"]) <= 10


@pytest.mark.parametrize(
    ("path", "base", "uri"),
    [
        ("a/b.txt", "", "a/b.txt"),
        ("./a/b c.txt", "", "a/b%20c.txt"),
        ("../up/b.txt", "", "b.txt"),
        ("/w/a/b.txt", "/w", "a/b.txt"),
        ("/elsewhere/b.txt", "/w", "b.txt"),
        ("C:\\w\\a\\b.txt", "C:/w", "a/b.txt"),
        ("D:\\x\\b.txt", "C:/w", "b.txt"),
        ("a\\b.txt", "", "a/b.txt"),
        ("/", "", "unknown"),
    ],
)
def test_sarif_paths_are_what_hosts_want(path: str, base: str, uri: str) -> None:
    assert file_uri(path, base) == uri


@pytest.fixture
def saved(result: Result, tmp_path: Path) -> Path:
    path = tmp_path / "r.json"
    path.write_bytes(encode_result(result))
    return path


def test_a_saved_result_is_rendered_again(saved: Path, result: Result) -> None:
    done = CliRunner().invoke(cli, ["report", str(saved), "-f", "json"])
    assert done.exit_code == 0
    assert done.stdout.encode() == saved.read_bytes()
    assert "com.example.demo" in CliRunner().invoke(cli, ["report", str(saved), "--lang", "en"]).stdout


def test_several_formats_go_to_files(saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli, ["report", "r.json", "-f", "text", "-f", "sarif", "-o", ".", "-f", "json=copy.json"])
    assert done.exit_code == 0, done.stderr
    assert done.stdout == ""
    assert {path.name for path in tmp_path.iterdir()} == {"r.json", "copy.json", "r.txt", "r.sarif"}


def test_quiet_says_nothing(saved: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["report", str(saved), "-q", "-f", f"sarif={tmp_path / 'x.sarif'}"])
    assert (done.exit_code, done.output) == (0, "")


def test_an_output_that_cannot_be_written_is_told(saved: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["report", str(saved), "-o", str(tmp_path / "no/such/folder.txt"), "--lang", "en"])
    assert done.exit_code == 2
    assert "cannot be written" in done.stderr
