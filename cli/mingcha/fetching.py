"""Fetches the one page whose address the user gave as a policy; nothing else of mingcha reaches the network.

Only http and https; redirects, time and size are bounded. Scripts of the page are not run and its links not followed.
"""

import time
from http.client import HTTPException
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from mingcha import __version__
from mingcha_analyzers.values import SourceFile
from mingcha_corpora.errors import LimitExceededError, UnreadableInputError

MAX_BYTES = 32 << 20
MAX_SECONDS = 40.0
MAX_REDIRECTS = 5
_WAIT = 15.0
"""Seconds without a byte after which a server is given up."""
_CHUNK = 64 << 10


def fetch(url: str) -> SourceFile:
    """Return what stands at an address, under the address as its path.

    Raises:
        UnreadableInputError: nothing can be fetched from there.
        LimitExceededError: the answer is too large or takes too long.
    """
    request = Request(url, headers={"User-Agent": f"mingcha/{__version__}", "Accept": "text/html,application/pdf,*/*"})
    try:
        with _opener().open(request, timeout=_WAIT) as answer:
            data = _read(url, answer)
    except (OSError, HTTPException, ValueError) as error:
        raise UnreadableInputError("policy_fetch_failed", path=url, fault=_fault(error)) from None
    if not data:
        raise UnreadableInputError("file_empty", path=url)
    return SourceFile(url, data)


def _read(url: str, answer: Any) -> bytes:
    ends = time.monotonic() + MAX_SECONDS
    chunks: list[bytes] = []
    size = 0
    while chunk := answer.read1(_CHUNK):
        chunks.append(chunk)
        size += len(chunk)
        if size > MAX_BYTES:
            raise LimitExceededError("limit_size", path=url, limit=f"{MAX_BYTES >> 20} MB")
        if time.monotonic() > ends:
            raise LimitExceededError("policy_fetch_slow", path=url, limit=f"{MAX_SECONDS:.0f} s")
    return b"".join(chunks)


class _Redirects(HTTPRedirectHandler):
    """Follows a few redirects to pages; never to files of this machine or other kinds of addresses."""

    max_redirections = MAX_REDIRECTS

    def redirect_request(self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Request | None:
        """Return the request for the new address."""
        if urlsplit(newurl).scheme not in ("http", "https"):
            raise URLError("redirect to an address that is no web page")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener() -> OpenerDirector:
    opener = OpenerDirector()
    for handler in (ProxyHandler, HTTPHandler, HTTPSHandler, HTTPDefaultErrorHandler, _Redirects, HTTPErrorProcessor):
        opener.add_handler(handler())
    return opener


def _fault(error: Exception) -> str:
    reason = getattr(error, "reason", None)
    code = getattr(error, "code", None)
    words = str(reason or error) or type(error).__name__
    return f"HTTP {code} {words}" if code else words
