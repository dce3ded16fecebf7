"""The errors a user meets: each has a code, its parameters and the exit status it leads to.

Their words, Chinese and English, stand in ``words/errors.yaml``; nothing here prints.
"""

from typing import ClassVar


class MingchaError(Exception):
    """Base of every error that is reported to the user without a traceback.

    ``code`` is a key of ``words/errors.yaml``; ``params`` fill the braces of its words.
    Every parameter is a plain string, so that an error can leave a worker process as JSON.
    """

    exit_code: ClassVar[int] = 3

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.code, self.params)

    def __str__(self) -> str:
        shown = ", ".join(f"{key}={value}" for key, value in sorted(self.params.items()))
        return f"{self.code}({shown})"


class UnreadableInputError(MingchaError):
    """An app or policy is missing, damaged or in a format that is not read.

    Always has the parameter ``path``: the input as the user named it.
    """


class LimitExceededError(MingchaError):
    """An input needs more time or memory than the limits allow; has the parameter ``path``."""


class UsageError(MingchaError):
    """The command's words contradict each other (exit status 2, as click's own)."""

    exit_code: ClassVar[int] = 2


class KnowledgeError(MingchaError):
    """A shipped or user-given knowledge file is damaged: names file, line and fault.

    A shipped file that is damaged is a bug of ours, hence exit status 70.
    """

    exit_code: ClassVar[int] = 70


def _rebuild(kind: type[MingchaError], code: str, params: dict[str, str]) -> MingchaError:
    return kind(code, **params)
