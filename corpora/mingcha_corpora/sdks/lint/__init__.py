"""What is wrong in files of SDK records: beyond the schema, what only all records together show.

Each check yields ``Fault``s; their words stand in ``words/errors.yaml``.
"""

from collections.abc import Iterable, Iterator, Sequence

from mingcha_corpora.records import Record
from mingcha_corpora.sdks.compiling import flatten
from mingcha_corpora.sdks.faults import Fault, FaultyRecordsError, RecordFile
from mingcha_corpora.sdks.lint.entry import Entry, Finder
from mingcha_corpora.sdks.lint.names import find_name_faults
from mingcha_corpora.sdks.lint.places import find_place_faults
from mingcha_corpora.sdks.lint.relations import find_relation_faults
from mingcha_corpora.sdks.lint.signals import find_signal_faults
from mingcha_corpora.sdks.lint.single import find_record_faults
from mingcha_corpora.sdks.shape import find_faults
from mingcha_corpora.sdks.values import SdkBase
from mingcha_corpora.sdks.writing import first_difference
from mingcha_corpora.sdks.yamltext import parse_file

CHECKS: tuple[Finder, ...] = (
    find_record_faults,
    find_place_faults,
    find_signal_faults,
    find_relation_faults,
    find_name_faults,
)


def lint_files(files: Sequence[RecordFile], below: SdkBase | None = None) -> tuple[Fault, ...]:
    """Return what is wrong in the files, in their order; ``below`` is the base that they are laid over, if any.

    Files that cannot be read, or are not as the schema says, are told of first and alone.
    """
    faults = [fault for file in files for fault in _shape_faults(file)]
    if not faults:
        entries = tuple(entry for file in files for entry in _entries(file))
        faults = [fault for find in CHECKS for fault in find(entries, below)]
        faults += [fault for file in files for fault in _layout_faults(file)]
    order = {file.path: number for number, file in enumerate(files)}
    return tuple(sorted(set(faults), key=lambda fault: (order[fault.path], fault.line, fault.code, fault.params)))


def _shape_faults(file: RecordFile) -> Iterable[Fault]:
    try:
        return list(find_faults(file, parse_file(file)))
    except FaultyRecordsError as error:
        return [error.fault]


def _entries(file: RecordFile) -> Iterator[Entry]:
    content: Record = parse_file(file)
    for number, row in enumerate(content["sdks"]):
        yield Entry(file, number, flatten(row, content.get("vendor")))


def _layout_faults(file: RecordFile) -> Iterator[Fault]:
    line = first_difference(file)
    if line is not None:
        yield Fault("sdk_layout", file.path, line)
