"""What supervisor and worker say to each other: a request one way, a result or an error the other, as JSON."""

import json
import traceback
from dataclasses import asdict
from typing import Any

from mingcha.pipeline import EmbeddedUse, Limits, Request
from mingcha_corpora import errors
from mingcha_corpora.errors import MingchaError

RESULT_FILE = "result.json"
ERROR_FILE = "error.json"
_KINDS: dict[str, type[MingchaError]] = {
    kind.__name__: kind
    for kind in (
        MingchaError,
        errors.UnreadableInputError,
        errors.LimitExceededError,
        errors.UsageError,
        errors.KnowledgeError,
    )
}


class WorkerBugError(Exception):
    """The worker met an error of ours; ``details`` is its traceback."""

    def __init__(self, cause: str, details: str) -> None:
        super().__init__(cause)
        self.details = details


def encode_request(request: Request, folder: str) -> bytes:
    """Return the one line that tells a worker what to do and in which folder to leave the answer."""
    return json.dumps({"folder": folder, "request": asdict(request)}).encode("ascii") + b"\n"


def decode_request(line: bytes) -> tuple[Request, str]:
    """Return the request and the folder for the answer."""
    message = json.loads(line)
    raw = message["request"]
    raw |= {
        "policies": tuple(raw["policies"]),
        "standards": tuple(raw["standards"]),
        "extra_dex": tuple(raw["extra_dex"]),
        "sdk_base": tuple(raw["sdk_base"]),
        "limits": Limits(**raw["limits"]),
        "embedded": EmbeddedUse(raw["embedded"]),
    }
    return Request(**raw), message["folder"]


def encode_error(error: BaseException) -> bytes:
    """Return an error as JSON, with its traceback where it is a bug of ours."""
    if isinstance(error, MingchaError):
        message = {"kind": type(error).__name__, "code": error.code, "params": error.params}
    else:
        details = "".join(traceback.format_exception(error))
        message = {"kind": "bug", "cause": f"{type(error).__name__}: {error}", "details": details}
    return json.dumps(message).encode("ascii")


def decode_error(data: bytes) -> Exception:
    """Return the error that a worker reported."""
    message: dict[str, Any] = json.loads(data)
    kind = _KINDS.get(message["kind"])
    if kind is None:
        return WorkerBugError(message.get("cause", ""), message.get("details", ""))
    return kind(message["code"], **message["params"])
