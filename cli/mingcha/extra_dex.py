"""Which files ``--extra-dex`` names: a file itself, of a folder those that look like dumped code."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from mingcha.pipeline import shown_path
from mingcha_corpora.errors import UnreadableInputError

MAX_FILES = 20_000
_HEAD = 8


def find_extra_dex(paths: Iterable[str]) -> tuple[str, ...]:
    """Return the files, those of a folder sorted by name, each once.

    Raises:
        UnreadableInputError: a folder holds no dumped code, or is too large to search.
    """
    found: dict[str, None] = {}
    for path in paths:
        if not Path(path).is_dir():
            found[path] = None  # What is wrong with it is said when it is opened.
            continue
        inside = sorted(_dumped_files(path))
        if not inside:
            raise UnreadableInputError("extra_dex_nothing", path=shown_path(path))
        found.update(dict.fromkeys(inside))
    return tuple(found)


def _dumped_files(folder: str) -> Iterator[str]:
    from mingcha_analyzers.app.dumps import looks_dumped

    for number, path in enumerate(_files(folder)):
        if number == MAX_FILES:
            raise UnreadableInputError("extra_dex_too_many", path=shown_path(folder), limit=str(MAX_FILES))
        if looks_dumped(path.name, _head(path)):
            yield str(path)


def _files(folder: str) -> Iterator[Path]:
    """Yield the ordinary files below a folder; links to folders are not followed."""
    for place, _, names in os.walk(folder):
        yield from (path for path in (Path(place, name) for name in names) if path.is_file())


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEAD)
    except OSError:
        return b""
