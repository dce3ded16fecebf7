"""Builds small files of SDK records."""

from pathlib import Path

from mingcha_corpora.sdks import RecordFile

PUSH = """\
sdks:
- id: example-push
  name: Example Push
  category: push
  collects_pi: true
  tier: curated
  packages: [com.example.push]
  sources: [jar:example-push-1.0]
"""
VENDOR = """\
vendor:
  id: example
  name: Example
  name_zh: 示例科技有限公司
  country: CN
  aliases: [示例]
"""


def record_file(text: str, path: str = "mine.yaml") -> RecordFile:
    """Return a file with that text."""
    return RecordFile(path, text.encode())


def record_folder(folder: Path, **texts: str) -> Path:
    """Write ``records/<name>.yaml`` below a folder, and return the folder."""
    (folder / "records").mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / "records" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder
