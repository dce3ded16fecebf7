"""``mingcha sdks``: list, show, lint and format, in both languages."""

import json
from dataclasses import fields
from pathlib import Path

import pytest
from click.testing import CliRunner
from click.testing import Result as Run

from mingcha.main import cli
from mingcha.words import report_words
from mingcha_corpora.sdks import SdkRecord, load_shipped_base
from mingcha_corpora.sdks.counting import count_records
from mingcha_corpora.sdks.lookup import Way

MINE = """\
sdks:
- id: example-push
  name: Example Push
  category: push
  collects_pi: true
  tier: curated
  packages: [com.example.push]
  sources: [house list]
"""


def _sdks(*args: str, lang: str = "en") -> Run:
    return CliRunner().invoke(cli, ["sdks", *args, "--lang", lang])


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.yaml"
    path.write_text(MINE, "utf-8")
    return path


def test_figures_are_counted_and_said_in_both_languages() -> None:
    counts = json.loads(_sdks("list", "--stats", "-f", "json").stdout)
    assert counts["records"] == len(load_shipped_base().records) > 3400
    assert counts["collectors"] >= 950
    assert counts["chinese_collectors"] >= 328
    assert counts["with_source"] == counts["records"]
    assert "collect personal information" in _sdks("list", "--stats").stdout
    assert "条收集个人信息" in _sdks("list", "--stats", lang="zh").stdout


def test_every_figure_field_and_way_has_words() -> None:
    keys = {f"sdks.count.{name}" for name in count_records(())}
    keys |= {f"sdks.field.{field.name}" for field in fields(SdkRecord)}
    keys |= {f"sdks.way.{way.value}" for way in Way}
    assert keys <= set(report_words())


def test_a_list_is_narrowed_by_category_vendor_and_collecting() -> None:
    rows = [line.split("\t") for line in _sdks("list", "--vendor", "极光", "--category", "push").stdout.splitlines()]
    assert [row[0] for row in rows] == ["jcore", "jpush"]
    collecting = json.loads(_sdks("list", "--collects", "--category", "image", "-f", "json").stdout)
    assert all(row["collects_pi"] and row["category"] == "image" for row in collecting)
    assert _sdks("list", "--vendor", "nobody").stdout == ""


def test_one_record_is_shown_with_all_that_is_known() -> None:
    shown = _sdks("show", "极光推送", lang="zh").stdout
    assert "厂商全称: 深圳市和讯华谷信息技术有限公司" in shown
    assert "声明收集: " in shown
    assert "IMEI" in shown
    assert json.loads(_sdks("show", "jpush", "-f", "json").stdout)[0]["id"] == "jpush"


def test_a_name_of_several_lists_them() -> None:
    done = _sdks("show", "极光")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0] == "jpush\tJPush (Jiguang Push)\tname"
    assert len(done.stdout.splitlines()) > 3


@pytest.mark.parametrize(("query", "said"), [("jpusg", "Near names: jpush"), ("这不是任何名字", "no SDK is known by")])
def test_an_unknown_name_is_wrong_usage(query: str, said: str) -> None:
    done = _sdks("show", query)
    assert done.exit_code == 2
    assert said in done.stderr


def test_a_layer_is_listed_and_shown(mine: Path) -> None:
    assert "Example Push" in _sdks("show", "com.example.push.Main", "--sdk-base", str(mine)).stdout
    assert "example-push\t" in _sdks("list", "--sdk-base", str(mine)).stdout


def test_lint_says_what_is_wrong_with_file_and_line(mine: Path) -> None:
    assert _sdks("lint", str(mine)).exit_code == 0
    mine.write_text(MINE.replace("[house list]", "[]"), "utf-8")
    done = _sdks("lint", str(mine))
    assert done.exit_code == 1
    assert "mine.yaml: line 8: record example-push has no source" in done.stdout
    assert "没有来源" in _sdks("lint", str(mine), lang="zh").stdout
    assert json.loads(_sdks("lint", str(mine), "-f", "json").stdout)[0]["code"] == "sdk_no_source"


def test_format_lays_a_file_out_once(mine: Path) -> None:
    mine.write_text(MINE.replace("  category: push\n", "").replace("  sources", "  category: push\n  sources"), "utf-8")
    done = _sdks("format", str(mine.parent))
    assert "laid out" in done.stderr
    assert mine.read_text("utf-8") == MINE
    assert _sdks("format", str(mine)).stderr == ""


def test_format_leaves_a_faulty_file_as_it_is(mine: Path) -> None:
    mine.write_text("sdks: [3]\n", "utf-8")
    done = _sdks("format", str(mine))
    assert done.exit_code == 3
    assert mine.read_text("utf-8") == "sdks: [3]\n"
