"""Which files are laid over the shipped SDK base: those of the user's own folder first, then of ``--sdk-base``.

A layer is files of SDK records (YAML) and, below ``fingerprints/``, fingerprints (JSON).
"""

from collections.abc import Iterable
from pathlib import Path

from mingcha.pipeline import shown_path
from mingcha_corpora.errors import UnreadableInputError

ENDINGS = (".yaml", ".yml")
FINGERPRINTS = "fingerprints"
MAX_FILES = 2000


def find_layers(paths: Iterable[str]) -> tuple[str, ...]:
    """Return all files to lay over the shipped base; the last lies on top.

    Raises:
        UnreadableInputError: a folder named holds no record file, or too many files.
    """
    own = user_folder()
    return tuple(dict.fromkeys((*(_files_of(str(own)) if own.is_dir() else ()), *files_below(paths))))


def files_below(paths: Iterable[str]) -> tuple[str, ...]:
    """Return the files that are named, of a folder those of a layer sorted by path; raises as ``find_layers``."""
    found: dict[str, None] = {}
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


def _counts(path: Path) -> bool:
    ending = path.suffix.lower()
    return ending in ENDINGS or (ending == ".json" and path.parent.name == FINGERPRINTS)


def _files_of(folder: str) -> list[str]:
    found: list[str] = []
    for number, path in enumerate(Path(folder).rglob("*")):
        if number == MAX_FILES:
            raise UnreadableInputError("sdk_base_too_many", path=shown_path(folder), limit=str(MAX_FILES))
        if _counts(path) and path.is_file():
            found.append(str(path))
    return sorted(found)
