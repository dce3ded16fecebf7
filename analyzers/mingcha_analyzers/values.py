"""Values both readers share: a file as given, a place in a document, a limit that was hit."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One input file, already opened by the caller.

    ``path`` is the name as the user gave it (for messages and reports), ``data`` all its bytes.
    """

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class SourceFolder:
    """The files of one folder, already opened by the caller; their paths begin with that of the folder."""

    path: str
    files: tuple[SourceFile, ...]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in ``Document.text``: Unicode code points, ``end`` exclusive; ``doc`` is the document's id."""

    doc: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Limit:
    """Something that was not analysed, so that nothing silent passes for a clean result.

    ``stage`` says what (``code``, ``resources``, ``sub_document`` …), ``reason`` is a word key, ``detail`` the
    place or figure.
    """

    stage: str
    reason: str
    detail: str
