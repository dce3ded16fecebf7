"""``mingcha diff`` from the files to the report."""

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from mingcha.main import cli
from mingcha.schema import DIFF_SCHEMA_FILE
from mingcha.words import page_words
from mingcha_rules.changes import Aspect, ChangeKind, Duty

Golden = Callable[[str, str], None]
VERSIONS = Path(__file__).parents[2] / "samples" / "versions"


@pytest.fixture(autouse=True)
def _among_the_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(VERSIONS)


def diff(*args: str, lang: str = "en") -> Result:
    return CliRunner().invoke(cli, ["diff", *args, "--lang", lang, "--in-process"])


def _without_versions(text: str) -> str:
    """Return the report without the line that names versions of the tool."""
    lines = text.splitlines(keepends=True)
    return "".join(lines[:1] + lines[2:])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_comparison_is_as_reviewed(golden: Golden, lang: str, tmp_path: Path) -> None:
    out = tmp_path / "diff.txt"  # In a file a report has a fixed width.
    assert diff("old.md", "new.html", "-f", f"text={out}", lang=lang).exit_code == 0
    golden(f"diff/{lang}.txt", _without_versions(out.read_text("utf-8")))


def test_a_moved_and_renumbered_text_is_the_same() -> None:
    done = diff("old.md", "moved.md", "--fail-on", "any")
    assert done.exit_code == 0
    assert "No change of content" in done.stdout


@pytest.mark.parametrize(
    ("new", "fail_on", "status"),
    [("new.html", "any", 1), ("new.html", "grave", 1), ("new.html", "never", 0), ("moved.md", "grave", 0)],
)
def test_the_exit_status_tells_of_changes(new: str, fail_on: str, status: int) -> None:
    assert diff("old.md", new, "--fail-on", fail_on).exit_code == status


def test_a_change_that_is_not_grave_fails_only_on_any(tmp_path: Path) -> None:
    new = tmp_path / "new.md"
    new.write_text(Path("old.md").read_text("utf-8").replace("help@", "office@"), "utf-8")
    assert diff("old.md", str(new), "--fail-on", "grave").exit_code == 0
    assert diff("old.md", str(new), "--fail-on", "any").exit_code == 1


def test_the_json_is_valid_and_has_the_places_in_both_files() -> None:
    done = diff("old.md", "new.html", "-f", "json")
    saved = json.loads(done.stdout)
    jsonschema.Draft202012Validator(json.loads(DIFF_SCHEMA_FILE.read_text("utf-8"))).validate(saved)
    assert saved["summary"]["grave"] == sum(change["grave"] for change in saved["changes"])
    changed = next(change for change in saved["changes"] if change["aspect"] == "contact")
    assert [place["line"] for place in (*changed["old"], *changed["new"])] == [43, 29]


def test_the_page_is_one_file_without_a_script(tmp_path: Path) -> None:
    out = tmp_path / "d.html"
    assert diff("old.md", "new.html", "-f", f"html={out}").exit_code == 0
    page = out.read_text("utf-8")
    assert "<script" not in page
    assert "<del>help@zhuying.example</del>" in page
    assert "<ins>privacy@zhuying.example</ins>" in page


def test_hostile_words_are_text(tmp_path: Path) -> None:
    new = tmp_path / "new.md"
    hostile = "我们会与<script>x</script>\u202e有限公司共享您的手机号码。"
    new.write_text(Path("old.md").read_text("utf-8") + hostile, "utf-8")
    out = tmp_path / "d.html"
    diff("old.md", str(new), "-f", f"html={out}", "-f", "text=-")
    assert "<script>x" not in out.read_text("utf-8")
    assert "\u202e" not in out.read_text("utf-8")


def test_a_folder_is_one_version(tmp_path: Path) -> None:
    link = '<p>详见<a href="sdk.html">《第三方SDK目录》</a>。</p></body>'
    (tmp_path / "index.html").write_text(Path("new.html").read_text("utf-8").replace("</body>", link), "utf-8")
    (tmp_path / "sdk.html").write_text(
        "<html><body><h1>第三方SDK目录</h1><p>第三方SDK收集的个人信息如下，详见其隐私政策。</p><table><tr><th>SDK名称</th><th>公司</th><th>目的</th><th>收集的信息</th></tr>"
        "<tr><td>山楂地图SDK</td><td>示例市山楂科技有限公司</td><td>定位</td><td>位置信息</td></tr></table></body></html>",
        "utf-8",
    )
    changes = json.loads(diff("new.html", str(tmp_path), "-f", "json").stdout)["changes"]
    assert [change["subject"] for change in changes if change["aspect"] == "sdk"] == ["山楂地图sdk"]


def test_a_list_that_was_not_supplied_is_not_called_dropped_without_a_word(tmp_path: Path) -> None:
    new = tmp_path / "new.html"
    new.write_text(
        "<html><body><h1>竹影日历隐私政策</h1><h2>一、我们如何收集信息</h2><p>我们会收集您的手机号码，用于创建账号。</p>"
        '<h2>二、第三方SDK</h2><p>详见<a href="sdk.html">《第三方SDK目录》</a>。</p></body></html>',
        "utf-8",
    )
    done = diff("old.md", str(new))
    assert "not thereby dropped" in " ".join(done.stdout.split())
    assert diff("old.md", str(new), "--strict").exit_code == 4


def test_a_version_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    empty = tmp_path / "empty.md"
    empty.write_bytes(b"")
    done = diff("old.md", str(empty))
    assert done.exit_code == 3
    assert "empty.md" in done.stderr


def test_every_value_has_its_words() -> None:
    keys = {f"aspect.{item.value}" for item in Aspect} | {f"change.{item.value}" for item in ChangeKind}
    keys |= {f"duty.{item.value}" for item in Duty}
    assert keys - page_words().keys() == set()
