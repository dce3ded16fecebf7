"""Which files of a folder may be a policy: those in a format that is read, whatever links them."""

import os
from collections.abc import Iterator
from pathlib import Path

from mingcha.pipeline import shown_path
from mingcha_corpora.errors import UnreadableInputError

MAX_FILES = 2_000
_MAX_SEEN = 50_000


def find_files(folder: str) -> tuple[str, ...]:
    """Return the paths of the files, sorted; links to folders are not followed.

    Raises:
        UnreadableInputError: there is none, or there are too many.
    """
    found = sorted(_readable(folder))
    if not found:
        raise UnreadableInputError("policy_nothing_inside", path=shown_path(folder))
    return tuple(found)


def _readable(folder: str) -> Iterator[str]:
    from mingcha_analyzers.policy.gathering import ENDINGS

    count = 0
    for seen, path in enumerate(_files(folder)):
        if path.suffix.lower() not in ENDINGS or not path.stat().st_size:
            continue
        count += 1
        if count > MAX_FILES or seen > _MAX_SEEN:
            raise UnreadableInputError("policy_folder_too_large", path=shown_path(folder), limit=str(MAX_FILES))
        yield str(path)


def _files(folder: str) -> Iterator[Path]:
    for place, _, names in os.walk(folder):
        yield from (path for path in (Path(place, name) for name in names) if path.is_file())
