"""A policy given by its address: fetched from a server on this machine, within bounds, and said."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from mingcha import fetching
from mingcha.fetching import fetch
from mingcha.main import cli
from mingcha_corpora.errors import LimitExceededError, MingchaError, UnreadableInputError

PAGE = "<html><body><h1>隐私政策</h1><p>我们会收集您的手机号，用于注册和登录账号。</p></body></html>".encode()


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        target = {"/moved": "/policy", "/round": "/round", "/file": "file:///etc/passwd"}.get(self.path)
        if target is not None:
            self.send_response(302)
            self.send_header("Location", target)
            self.end_headers()
            return
        self.send_response(404 if self.path == "/gone" else 200)
        self.end_headers()
        for _ in range(40 if self.path == "/endless" else 1):
            self.wfile.write(PAGE if self.path != "/empty" else b"")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.mark.parametrize("path", ["/policy", "/moved"])
def test_a_page_is_fetched_through_redirects(address: str, path: str) -> None:
    file = fetch(address + path)
    assert (file.path, file.data) == (address + path, PAGE)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        pytest.param("/gone", "policy_fetch_failed", id="no such page"),
        pytest.param("/round", "policy_fetch_failed", id="redirects without end"),
        pytest.param("/file", "policy_fetch_failed", id="redirect to a file of this machine"),
        pytest.param("/empty", "file_empty", id="nothing there"),
    ],
)
def test_what_cannot_be_fetched_is_said(address: str, path: str, code: str) -> None:
    with pytest.raises(UnreadableInputError) as caught:
        fetch(address + path)
    assert caught.value.code == code


@pytest.mark.parametrize(("name", "value"), [("MAX_BYTES", 1000), ("MAX_SECONDS", -1.0)])
def test_size_and_time_are_bounded(address: str, monkeypatch: pytest.MonkeyPatch, name: str, value: float) -> None:
    monkeypatch.setattr(fetching, name, value)
    with pytest.raises(LimitExceededError):
        fetch(address + "/endless")


def test_a_server_that_is_not_there_is_said() -> None:
    with pytest.raises(MingchaError) as caught:
        fetch("http://127.0.0.1:9/policy")
    assert caught.value.code == "policy_fetch_failed"


def test_the_report_says_that_the_page_was_fetched(address: str, tmp_path: Path) -> None:
    out = tmp_path / "r.json"
    args = ["policy", f"{address}/policy", "-f", "text", "-f", f"json={out}", "--lang", "en", "--fail-on", "never"]
    done = CliRunner().invoke(cli, args)
    assert done.exit_code == 0, done.output
    assert "fetched from the network as asked" in done.stdout
    (file,) = json.loads(out.read_text("utf-8"))["inputs"]
    assert (file["path"], file["fetched"]) == (f"{address}/policy", True)


def test_a_file_is_never_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "fetch", lambda _: pytest.fail("fetched"))
    (tmp_path / "p.html").write_bytes(PAGE)
    args = ["policy", str(tmp_path / "p.html"), "--in-process", "--fail-on", "never"]
    assert CliRunner().invoke(cli, args).exit_code == 0
