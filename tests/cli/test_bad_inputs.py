import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from docx_files import paragraph, write_docx
from mingcha.main import cli
from pdf_files import Page, write_pdf

SAMPLE = Path(__file__).parents[2] / "samples/apps/careful.apk"
OTHER = SAMPLE.with_name("careless.apk")
Make = Callable[[Path], object]


def _zip(path: Path, names: dict[str, bytes]) -> None:
    path.write_bytes(_zipped(names))


def _zipped(names: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in names.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _scan() -> Page:
    page = Page()
    page.picture()
    return page


def _write_sparse(path: Path, size: int) -> None:
    with path.open("wb") as file:
        file.write(b"<html>")
        file.truncate(size)


BAD_APPS: dict[str, Make] = {
    "missing file": lambda path: None,
    "directory": lambda path: path.mkdir(),
    "empty": lambda path: path.write_bytes(b""),
    "not a zip": lambda path: path.write_bytes(b"hello world" * 100),
    "zip without a manifest": lambda path: _zip(path, {"classes.dex": b"dex\n035\0", "a.txt": b"a"}),
    "zip with nothing in it": lambda path: _zip(path, {}),
    "manifest that is none": lambda path: _zip(path, {"AndroidManifest.xml": b"\x03\x00\x08\x00" + b"\xff" * 40}),
    "truncated package": lambda path: path.write_bytes(SAMPLE.read_bytes()[:9000]),
    "pipe": lambda path: os.mkfifo(path),
    "two apps": lambda path: _zip(path, {"a.apk": SAMPLE.read_bytes(), "b.apk": OTHER.read_bytes()}),
    "package inside cut off": lambda path: _zip(path, {"base.apk": SAMPLE.read_bytes()[:9000]}),
    "package inside larger than an entry may be": lambda path: _zip(path, {"base.apk": bytes(257 << 20)}),
    "archives in archives": lambda path: _zip(path, {"x.zip": _zipped({"y.zip": _zipped({"a.apk": b""})})}),
    "bundle without a base": lambda path: _zip(path, {"BundleConfig.pb": b""}),
    "bundle with a manifest that is none": lambda path: _zip(path, {"base/manifest/AndroidManifest.xml": b"\x0a\xff"}),
    "HarmonyOS module without configuration": lambda path: _zip(path, {"entry.hap": _zipped({"a": b""})}),
    "HarmonyOS module with damaged configuration": lambda path: _zip(path, {"module.json": b"{"}),
}
BAD_POLICIES: dict[str, Make] = {
    "missing file": lambda path: None,
    "directory": lambda path: path.mkdir(),
    "empty": lambda path: path.write_bytes(b""),
    "binary": lambda path: path.write_bytes(bytes(range(256)) * 40),
    "a package": lambda path: path.write_bytes(SAMPLE.read_bytes()),
    "scanned PDF": lambda path: path.write_bytes(write_pdf([_scan(), _scan()])),
    "damaged PDF": lambda path: path.write_bytes(b"%PDF-1.7 " * 99),
    "damaged DOCX": lambda path: path.write_bytes(write_docx(paragraph("隐私政策"))[:-50]),
    "old Word file": lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    "archive without pages": lambda path: _zip(path, {"logo.svg": b"<svg/>"}),
    "a hundred megabytes": lambda path: _write_sparse(path, 100 << 20),
    "login page": lambda path: path.write_text(
        "<html><title>隐私政策</title><body><form><input name=user><button>登录</button></form></body></html>", "utf-8"
    ),
    "without text": lambda path: path.write_text(" \n\t\n\u3000\n", "utf-8"),
    "page without text": lambda path: path.write_text("<html><body><script>x()</script></body></html>", "utf-8"),
    "unknown encoding": lambda path: path.write_bytes(bytes([0x81, 0xFF, 0xFE, 0x9D, 0x41, 0xFF] * 300)),
}


def _refused(args: list[str], path: Path, lang: str) -> str:
    done = CliRunner().invoke(cli, [*args, "--lang", lang])
    assert done.exit_code == 3, done.output
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1
    assert path.name in lines[0]
    return lines[0]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("make", BAD_APPS.values(), ids=BAD_APPS)
def test_a_bad_package_is_named_with_cause_and_remedy(tmp_path: Path, make: Make, lang: str) -> None:
    path = tmp_path / "样品 1.apk"
    make(path)
    said = _refused(["app", str(path)], path, lang)
    assert said.endswith("。" if lang == "zh" else ".")
    assert ("请" in said) == (lang == "zh")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("make", BAD_POLICIES.values(), ids=BAD_POLICIES)
def test_a_bad_policy_is_named_with_cause_and_remedy(tmp_path: Path, make: Make, lang: str) -> None:
    path = tmp_path / "隐私.txt"
    make(path)
    said = _refused(["policy", str(path)], path, lang)
    assert ("请" in said) == (lang == "zh")


def test_a_good_package_with_a_bad_policy_is_refused(tmp_path: Path) -> None:
    missing = tmp_path / "none.txt"
    _refused(["check", str(SAMPLE), "--policy", str(missing)], missing, "zh")


def test_one_bad_package_does_not_keep_the_others_from_being_reported(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["app", str(tmp_path / "none.apk"), str(SAMPLE), "--lang", "en"])
    assert done.exit_code == 3
    assert "none.apk" in done.stderr
    assert "cn.example.yanyu" in done.stdout


def test_a_name_with_control_characters_is_shown_as_escapes(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["app", str(tmp_path / "a\x1b[31m\u202e.apk"), "--lang", "en"])
    assert done.exit_code == 3
    assert "\\x1b[31m\\u202e.apk" in done.stderr
    assert "\x1b" not in done.stderr
