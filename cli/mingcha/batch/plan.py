"""Which apps a batch checks, each with its policy: from a folder or from a list."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mingcha.pipeline import read_source, shown_path
from mingcha.result import InputRole
from mingcha_corpora.errors import UnreadableInputError

# A .zip in a folder may be anything; a list may name one that holds a package.
APP_ENDINGS = (".apk", ".xapk", ".apks", ".apkm", ".aab", ".hap", ".app")
POLICY_ENDINGS = (".txt", ".md", ".html", ".htm")
HEADER_WORDS = frozenset({"app", "apk"})


@dataclass(frozen=True, slots=True)
class Row:
    """One app of a batch with the files of its policy, in the order of the list."""

    app: str
    policies: tuple[str, ...]


def plan_rows(source: str, policy_dir: str | None) -> tuple[Row, ...]:
    """Return the rows of a folder or list.

    Raises:
        UnreadableInputError: it is missing, or holds no package.
    """
    path = Path(source)
    rows = tuple(_folder_rows(path, policy_dir) if path.is_dir() else _list_rows(source))
    if not rows:
        raise UnreadableInputError("batch_nothing", path=shown_path(source))
    return rows


def _folder_rows(folder: Path, policy_dir: str | None) -> Iterator[Row]:
    for package in sorted(folder.rglob("*")):
        if package.suffix.lower() in APP_ENDINGS and package.is_file():
            place = Path(policy_dir) if policy_dir is not None else package.parent
            yield Row(str(package), _policies_named(package.stem, place))


def _policies_named(stem: str, folder: Path) -> tuple[str, ...]:
    """Return the policy of that name: one file, or all files of a folder of that name."""
    for ending in POLICY_ENDINGS:
        file = folder / f"{stem}{ending}"
        if file.is_file():
            return (str(file),)
    several = folder / stem
    if not several.is_dir():
        return ()
    return tuple(str(file) for file in sorted(several.iterdir()) if file.suffix.lower() in POLICY_ENDINGS)


def _list_rows(source: str) -> Iterator[Row]:
    """Yield the rows of a list: a package a line, then its policies after tabs or commas.

    Paths are taken from the folder of the list. Blank lines, lines with # and a heading line are passed over.
    """
    file = read_source(source, InputRole.POLICY)
    try:
        lines = file.data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        line = str(file.data.count(b"\n", 0, error.start) + 1)
        raise UnreadableInputError("batch_list_row", path=file.path, line=line, fault="UTF-8") from None
    for number, line in enumerate(lines, 1):
        cells = _cells(line, number, file.path)
        if cells and not (number == 1 and cells[0].lower() in HEADER_WORDS):
            base = Path(source).parent
            app, *policies = (str(base / cell) for cell in cells)
            yield Row(app, tuple(policies))


def _cells(line: str, number: int, path: str) -> Sequence[str]:
    if not line.strip() or line.lstrip().startswith("#"):
        return ()
    delimiter = "\t" if "\t" in line else ","
    try:
        cells = next(csv.reader([line], delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise UnreadableInputError("batch_list_row", path=path, line=str(number), fault=str(error)) from None
    found = [cell.strip() for cell in cells if cell.strip()]
    if cells and not cells[0].strip():
        raise UnreadableInputError("batch_list_row", path=path, line=str(number), fault=line.strip()[:80])
    return found
