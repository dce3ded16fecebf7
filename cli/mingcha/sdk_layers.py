"""Which files of SDK records are laid over the shipped ones: the user's own folder first, then ``--sdk-base``."""

from collections.abc import Iterable
from pathlib import Path

from mingcha.pipeline import shown_path
from mingcha_corpora.errors import UnreadableInputError

ENDINGS = (".yaml", ".yml")
MAX_FILES = 2000


def find_layers(paths: Iterable[str]) -> tuple[str, ...]:
    """Return the record files, those of a folder sorted by path; the last lies on top.

    Raises:
        UnreadableInputError: a folder named holds no record file, or too many files.
    """
    own = user_folder()
    found = dict.fromkeys(_files_of(str(own)) if own.is_dir() else ())
    for path in paths:
        inside = _files_of(path) if Path(path).is_dir() else [path]
        if not inside:
            raise UnreadableInputError("sdk_base_nothing", path=shown_path(path))
        found.update(dict.fromkeys(inside))
    return tuple(found)


def user_folder() -> Path:
    """Return the folder of the user's own records, which need not be there."""
    from platformdirs import user_data_path

    return user_data_path("mingcha", appauthor=False) / "sdks"


def _files_of(folder: str) -> list[str]:
    found: list[str] = []
    for number, path in enumerate(Path(folder).rglob("*")):
        if number == MAX_FILES:
            raise UnreadableInputError("sdk_base_too_many", path=shown_path(folder), limit=str(MAX_FILES))
        if path.suffix.lower() in ENDINGS and path.is_file():
            found.append(str(path))
    return sorted(found)
