"""The same package gives the same bytes, however the interpreter orders its sets and wherever the user stands."""

import os
import subprocess
import sys
from pathlib import Path

SAMPLE = Path(__file__).parents[2] / "samples" / "apps" / "careless.apk"


def _report(folder: Path, seed: str) -> bytes:
    folder.mkdir()
    words = [sys.executable, "-m", "mingcha", "app", str(SAMPLE), "-f", "json"]
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    return subprocess.run(words, cwd=folder, env=environment, capture_output=True, check=False).stdout


def test_hash_seed_and_working_folder_change_nothing(tmp_path: Path) -> None:
    first = _report(tmp_path / "a", "0")
    assert first.startswith(b"{")
    assert _report(tmp_path / "b", "1") == _report(tmp_path / "c", "random") == first
