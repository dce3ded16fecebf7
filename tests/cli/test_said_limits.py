"""What could not be read of a package: it is said with a reason, fails ``--strict``, and clears no clause."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from analyzers.app.containers import entries, sample
from analyzers.app.packages import zipped
from mingcha.main import cli

Entries = dict[str, bytes]


def _damage_layouts(found: Entries) -> None:
    found.update({name: b"\x03\0\x08\0" + b"\xff" * 50 for name in found if name.startswith("res/")})


def _report(tmp_path: Path, change: Callable[[Entries], object]) -> tuple[int, Any]:
    found = entries(sample())
    change(found)
    (tmp_path / "a.apk").write_bytes(zipped(found))
    out = tmp_path / "a.json"
    status = CliRunner().invoke(cli, ["app", str(tmp_path / "a.apk"), "--strict", "-f", f"json={out}"]).exit_code
    return status, json.loads(out.read_text("utf-8"))


def _unknown(report: Any) -> int:
    return sum(clause["verdict"] == "unknown" for clause in report["assessment"]["clauses"])


@pytest.mark.parametrize(
    ("change", "said", "hides"),
    [
        pytest.param(
            lambda found: found.update({"resources.arsc": b"\xff" * 400}), ("resources", "resources_damaged"), True,
            id="resource table",
        ),
        pytest.param(lambda found: found.pop("classes.dex"), ("code", "no_code"), True, id="no code"),
        pytest.param(
            lambda found: found.update({"classes.dex": found["classes.dex"][:3000]}), ("code", "dex_table_outside"),
            True, id="code cut off",
        ),
        pytest.param(_damage_layouts, ("ui", "layouts_damaged"), True, id="layouts"),
        pytest.param(
            lambda found: found.update({"assets/x.js": bytes(9 << 20)}), ("assets", "entry_too_large"), False,
            id="a script too large",
        ),
    ],
)  # fmt: skip
def test_what_was_not_read_is_said(
    tmp_path: Path, change: Callable[[Entries], object], said: tuple[str, str], hides: bool
) -> None:
    _, whole = _report(tmp_path, lambda _: None)
    status, report = _report(tmp_path, change)
    assert said in {(limit["stage"], limit["reason"]) for limit in report["app"]["limits"]}
    assert status == 4
    assert (_unknown(report) > _unknown(whole)) == hides
