"""Real packages with real policies: whole reports, valid against the published schema, the same bytes each time."""

import json
from pathlib import Path

import jsonschema
import pytest

from mingcha.codec import decode_result, encode_result
from mingcha.pipeline import Request
from mingcha.schema import SCHEMA_FILE
from mingcha.supervisor import run_limited
from realfiles import real_apk

POLICIES = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "policies_real"
AS_OF = "2026-11-01"

PAIRS = [
    ("yosemite", "appchraw-360-com.koudai.weishop.txt"),
    ("yosemite", "gh-a2ab09989b.md"),
    ("pocoservice", "appchraw-360-com.wacai365.txt"),
    ("uiautomator2-server", "capp-rw_46.txt"),
    ("uiautomator2-server-test", "appchraw-360-com.yunmai.scale.txt"),
    ("apidemos", "gh-cc5a664a28.html"),
    ("appium-settings", "capp-rw_10.txt"),
    ("app-uiautomator", "gh-255291449a.md"),
    ("systemwebview", "appchraw-360-com.hupu.shihuo.txt"),
    ("souch.smsbypass_9", "appchraw-360-com.xhl.tongliang.txt"),
]


def real_policy(name: str) -> Path:
    path = POLICIES / name
    if not path.is_file():
        pytest.skip(f"{name}: the real policies are not beside the checkout")
    return path


@pytest.mark.network
@pytest.mark.shared
@pytest.mark.parametrize(("app", "policy"), PAIRS, ids=[f"{app}-{policy}" for app, policy in PAIRS])
def test_report_is_valid_and_survives_saving(app: str, policy: str) -> None:
    request = Request(app=str(real_apk(app)), policies=(str(real_policy(policy)),), as_of=AS_OF)
    result = run_limited(request)
    written = encode_result(result)
    jsonschema.Draft202012Validator(json.loads(SCHEMA_FILE.read_text("utf-8"))).validate(json.loads(written))
    assert encode_result(decode_result(written, "result.json")) == written
    assert len(result.assessment.clauses) == 331
    for finding in result.assessment.findings:
        assert (
            finding.policy_evidence
            or finding.app_evidence
            or finding.subject.startswith(("element:", "section:", "right:", "policy:"))
        ), finding.subject
