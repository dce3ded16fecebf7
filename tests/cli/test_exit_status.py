from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from click.testing import Result as Run

from mingcha.commands import options
from mingcha.exit_status import gravest, status_of
from mingcha.main import cli
from mingcha.messages import WorkerBugError
from mingcha.result import Result
from mingcha_analyzers.values import Limit
from mingcha_corpora.errors import KnowledgeError, LimitExceededError, MingchaError, UnreadableInputError
from mingcha_rules.values import Severity

Answer = Callable[[object], Result]


def _with_worst(result: Result, worst: Severity | None) -> Result:
    findings = tuple(
        replace(finding, severity=worst) for finding in result.assessment.findings[:1] if worst is not None
    )
    return replace(result, assessment=replace(result.assessment, findings=findings))


def _complete(result: Result) -> Result:
    assert result.app is not None
    summary = replace(result.assessment.summary, not_analysed=("security", "policy"))
    app = replace(result.app, limits=(Limit("security", "not_analysed_yet", ""),))
    return replace(result, app=app, assessment=replace(result.assessment, summary=summary))


@pytest.mark.parametrize(
    ("worst", "fail_on", "status"),
    [
        pytest.param(Severity.HIGH, "high", 1, id="high at high"),
        pytest.param(Severity.MEDIUM, "high", 0, id="medium below high"),
        pytest.param(Severity.MEDIUM, "medium", 1, id="medium at medium"),
        pytest.param(Severity.LOW, "medium", 0, id="low below medium"),
        pytest.param(Severity.LOW, "low", 1, id="low at low"),
        pytest.param(Severity.HIGH, "never", 0, id="never"),
        pytest.param(None, "low", 0, id="nothing found"),
    ],
)
def test_fail_on_sets_the_bar(result: Result, worst: Severity | None, fail_on: str, status: int) -> None:
    assert status_of(_with_worst(result, worst), fail_on, strict=False) == status


def test_strict_tells_what_an_input_kept_from_being_analysed(result: Result) -> None:
    assert status_of(result, "never", strict=True) == 4
    assert status_of(result, "high", strict=True) == 4, "incomplete stands above findings"
    assert status_of(_complete(result), "never", strict=True) == 0


def test_a_suppressed_finding_does_not_fail(result: Result) -> None:
    assert result.assessment.findings[1].suppressed is not None
    alone = replace(result, assessment=replace(result.assessment, findings=result.assessment.findings[1:2]))
    assert status_of(alone, "low", strict=False) == 0


@pytest.mark.parametrize(
    ("statuses", "one"),
    [([0, 1, 4, 3, 2, 70], 70), ([0, 1, 4, 3, 2], 2), ([0, 1, 4, 3], 3), ([0, 1, 4], 4), ([0, 1], 1), ([], 0)],
)
def test_the_gravest_of_several_stands(statuses: list[int], one: int) -> None:
    assert gravest(statuses) == one


def _run(monkeypatch: pytest.MonkeyPatch, answer: Answer, *args: str) -> Run:
    monkeypatch.setattr(options, "run_limited", answer)
    return CliRunner().invoke(cli, ["check", "x.apk", "--lang", "en", *args])


def _raising(error: BaseException) -> Answer:
    def answer(_: object) -> Result:
        raise error

    return answer


@pytest.mark.parametrize(
    ("error", "status"),
    [
        pytest.param(UnreadableInputError("file_empty", path="x.apk"), 3, id="unreadable"),
        pytest.param(LimitExceededError("limit_time", path="x.apk", limit="1 s"), 3, id="over a limit"),
        pytest.param(KnowledgeError("knowledge_damaged", path="a", line="1", fault="b"), 70, id="damaged knowledge"),
        pytest.param(WorkerBugError("KeyError: x", "Traceback …"), 70, id="bug in the worker"),
        pytest.param(ZeroDivisionError("no"), 70, id="bug"),
        pytest.param(MingchaError("no_such_words", path="x.apk"), 3, id="an error without words"),
        pytest.param(KeyboardInterrupt(), 130, id="interrupt"),
    ],
)
def test_errors_end_in_one_line_and_a_status(
    monkeypatch: pytest.MonkeyPatch, error: BaseException, status: int
) -> None:
    done = _run(monkeypatch, _raising(error))
    assert done.exit_code == status
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == (0 if status == 130 else 1)
    assert "Traceback (" not in done.stderr


def test_a_bug_shows_its_traceback_only_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    done = _run(monkeypatch, _raising(ZeroDivisionError("no")), "-v")
    assert done.exit_code == 70
    assert "Traceback (most recent call last)" in done.stderr


@pytest.mark.parametrize(
    "args",
    [
        pytest.param([], id="no package"),
        pytest.param(["x.apk", "--nonsense"], id="unknown option"),
        pytest.param(["x.apk", "--format", "pdf"], id="unknown format"),
        pytest.param(["x.apk", "--format", "json="], id="format without a path"),
        pytest.param(["x.apk", "-f", "json=a", "-f", "text=a"], id="two reports in one place"),
        pytest.param(["x.apk", "--as-of", "yesterday"], id="no date"),
        pytest.param(["x.apk", "--fail-on", "critical"], id="no severity"),
        pytest.param(["x.apk", "--timeout", "0"], id="no time"),
    ],
)
def test_wrong_usage_is_2(args: list[str]) -> None:
    done = CliRunner().invoke(cli, ["check", *args])
    assert done.exit_code == 2
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_standard_is_wrong_usage(policy_file: Path) -> None:
    done = CliRunner().invoke(cli, ["policy", str(policy_file), "--standard", "iso-1"])
    assert done.exit_code == 2
    assert "gbt35273-2019d" in done.stderr


def test_an_unknown_command_is_wrong_usage() -> None:
    assert CliRunner().invoke(cli, ["chekc"]).exit_code == 2


def test_findings_are_1_and_the_report_is_on_stdout(monkeypatch: pytest.MonkeyPatch, result: Result) -> None:
    done = _run(monkeypatch, lambda _: result)
    assert done.exit_code == 1
    assert "com.example.demo" in done.stdout
    assert done.stderr == ""


def test_a_reader_that_goes_away_does_not_change_the_status(monkeypatch: pytest.MonkeyPatch, result: Result) -> None:
    def broken(*_: object, **__: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr("mingcha.output.click.echo", broken)
    monkeypatch.setattr("mingcha.output.os.dup2", lambda *_: None)
    done = _run(monkeypatch, lambda _: result)
    assert done.exit_code == 1
