"""Faults in where a record is kept: a vendor in two files, a file that is not named as its vendor."""

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from mingcha_corpora.sdks.faults import Fault
from mingcha_corpora.sdks.lint.entry import Entry
from mingcha_corpora.sdks.values import SdkBase

LETTERS = "letters"
DIGITS = "0-9"


def find_place_faults(entries: Sequence[Entry], below: SdkBase | None) -> Iterator[Fault]:
    """Yield records of the shipped base that stand in another file than people look for them in."""
    if below is not None:
        return  # The user's own files may be called anything.
    for entry in entries:
        expected = _expected(entry)
        if expected != PurePath(entry.file.path).as_posix().removesuffix(".yaml"):
            yield entry.fault("sdk_file_name", expected=f"{expected}.yaml")


def _expected(entry: Entry) -> str:
    if vendor := entry.row.get("vendor_id"):
        return str(vendor)
    return f"{LETTERS}/{DIGITS if entry.id[0].isdigit() else entry.id[0]}"
