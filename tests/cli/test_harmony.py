import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from mingcha.main import cli

POLICY = Path(__file__).parents[2] / "samples/policies/careful.zh.html"
MODULE = {
    "app": {"bundleName": "cn.example.harmony", "versionName": "1.0", "versionCode": 1, "minAPIVersion": 12},
    "module": {"type": "entry", "requestPermissions": [{"name": "ohos.permission.LOCATION", "reason": "定位"}]},
}


@pytest.fixture
def hap(tmp_path: Path) -> Path:
    path = tmp_path / "demo.hap"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("module.json", json.dumps(MODULE))
        archive.writestr("ets/modules.abc", b"PANDA")
    return path


def test_no_clause_passes_on_code_that_was_not_read(hap: Path) -> None:
    words = ["check", str(hap), "--policy", str(POLICY), "-f", "json", "--fail-on", "never"]
    result = json.loads(CliRunner().invoke(cli, words).stdout)
    policy = json.loads(CliRunner().invoke(cli, ["policy", str(POLICY), "-f", "json", "--fail-on", "never"]).stdout)
    alone = {row["id"]: row["verdict"] for row in policy["assessment"]["clauses"]}
    rows = result["assessment"]["clauses"]
    assert all(alone[row["id"]] == "pass" for row in rows if row["verdict"] == "pass")
    assert "harmony" in {row["reason"] for row in rows}
    assert {finding["rule_id"] for finding in result["assessment"]["findings"]} <= {
        finding["rule_id"] for finding in policy["assessment"]["findings"]
    }
    assert {"harmony", "signing"} <= set(result["assessment"]["summary"]["not_analysed"])
    assert "app" not in result["assessment"]["summary"]["not_analysed"]


@pytest.mark.parametrize(
    ("lang", "told"), [("zh", "鸿蒙应用模块（HAP）"), ("en", "only the configuration was read; ArkTS bytecode")]
)
def test_the_report_says_what_was_read(hap: Path, lang: str, told: str) -> None:
    done = CliRunner().invoke(cli, ["app", str(hap), "--lang", lang])
    assert done.exit_code == 0, done.stderr
    assert told in done.stdout


def test_an_analysis_of_the_configuration_alone_is_incomplete(hap: Path) -> None:
    assert CliRunner().invoke(cli, ["app", str(hap), "--strict"]).exit_code == 4
