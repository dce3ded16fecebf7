"""What the user is told when a run ends in an error: one sentence and an exit status."""

import traceback
from dataclasses import dataclass

from mingcha.exit_status import OUR_BUG
from mingcha.messages import WorkerBugError
from mingcha.render.untrusted import visible
from mingcha_corpora.errors import KnowledgeError, MingchaError

MAX_PARAMETER = 400


@dataclass(frozen=True, slots=True)
class Failure:
    """The words for stderr and the exit status."""

    text: str
    exit_code: int


def describe_failure(error: Exception, lang: str, *, details: bool) -> Failure:
    """Return what to say about ``error``; ``details`` adds the traceback of a bug of ours."""
    if isinstance(error, MingchaError) and not isinstance(error, KnowledgeError):
        return Failure(f"mingcha: {sentence(error.code, error.params, lang)}", error.exit_code)
    fault = str(error) if isinstance(error, WorkerBugError | KnowledgeError) else f"{type(error).__name__}: {error}"
    text = sentence("internal_bug", {"path": "mingcha", "fault": fault}, lang)
    if details:
        text = f"{_traceback(error)}\n{text}"
    return Failure(text, OUR_BUG)


def sentence(code: str, params: dict[str, str], lang: str) -> str:
    """Return the words of an error code with untrusted parameters made visible."""
    from mingcha_corpora.words import phrase

    shown = {key: visible(value, MAX_PARAMETER) for key, value in params.items()}
    try:
        return phrase("errors", code, lang, **shown)
    except (KnowledgeError, OSError):  # Words that are damaged themselves must not hide what happened.
        return f"{code}: {', '.join(shown.values())}"


def _traceback(error: Exception) -> str:
    if isinstance(error, WorkerBugError):
        return error.details.rstrip()
    return "".join(traceback.format_exception(error)).rstrip()
