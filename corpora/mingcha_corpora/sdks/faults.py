"""A file of SDK records as bytes, and what can be wrong at a line of it."""

from dataclasses import dataclass

from mingcha_corpora.errors import MingchaError, UnreadableInputError

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class RecordFile:
    """One file of records: its path as shown to the user, and its bytes."""

    path: str
    data: bytes


def holds_records(file: RecordFile) -> bool:
    """Tell a file of records from one of fingerprints."""
    return not file.path.lower().endswith(".json")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a line of a file; ``code`` is a key of ``words/errors.yaml``."""

    code: str
    path: str
    line: int
    params: tuple[tuple[str, str], ...] = ()

    def error(self, kind: type[MingchaError] = UnreadableInputError) -> MingchaError:
        """Return the error to raise for it."""
        return kind(self.code, path=self.path, line=str(self.line), **dict(self.params))


class FaultyRecordsError(Exception):
    """A file of records cannot be used; ``fault`` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault
