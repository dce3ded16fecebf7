"""Compiles record files into one index that loads in milliseconds."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mingcha_corpora.records import Record
from mingcha_corpora.sdks.faults import Fault, FaultyRecordsError, RecordFile
from mingcha_corpora.sdks.files import digest_of
from mingcha_corpora.sdks.index import INDEXED, Compiled
from mingcha_corpora.sdks.shape import find_faults
from mingcha_corpora.sdks.yamltext import line_of, parse_file

_OF_VENDOR = {"name": "vendor", "name_zh": "vendor_zh", "country": "vendor_country", "aliases": "vendor_aliases"}


def compile_files(files: Iterable[RecordFile]) -> Compiled:
    """Return the index of the records of all files.

    Raises:
        FaultyRecordsError: a file is no YAML, a record is not as ``schema.json`` says, or an id stands twice.
    """
    files = tuple(files)
    rows: dict[str, Record] = {}
    for file in files:
        for number, row in enumerate(rows_of(file)):
            code = "sdk_id_twice" if row["id"] in rows else "sdk_extends_nothing" if row.get("extends") else None
            if code is not None:
                line = line_of(file, ("sdks", number))
                raise FaultyRecordsError(Fault(code, file.path, line, (("record", row["id"]),)))
            rows[row["id"]] = row
    return compile_rows(dict(sorted(rows.items())), digest_of(files))


def compile_rows(rows: Mapping[str, Record], digest: str) -> Compiled:
    """Return the index of flattened rows, which are sorted by id."""
    return Compiled(
        digest=digest,
        records={key: pack(row) for key, row in rows.items()},
        by_prefix={prefix: key for key, row in rows.items() for prefix in row.get("packages", ())},
        **{name: _index(rows, fields) for name, fields in INDEXED.items()},
    )


def rows_of(file: RecordFile) -> Iterator[Record]:
    """Yield the rows of a file, each with the fields of its vendor; raises as ``compile_files``."""
    content = parse_file(file)
    fault = next(find_faults(file, content), None)
    if fault is not None:
        raise FaultyRecordsError(fault)
    vendor = content.get("vendor")
    return (flatten(row, vendor) for row in content["sdks"])


def flatten(row: Record, vendor: Record | None) -> Record:
    """Return a row with the fields that it takes from the vendor of its file."""
    if vendor is None:
        return row
    row = {**row, "vendor_id": vendor["id"]}
    if "vendor" not in row:
        row |= {field: vendor[name] for name, field in _OF_VENDOR.items() if name in vendor}
    return row


def pack(row: Record) -> bytes:
    """Return a row as ``SdkRecord`` is decoded from it."""
    import msgspec

    if "versions" in row:
        row = {**row, "versions": [_place(entry) for entry in row["versions"]]}
    return msgspec.msgpack.encode(row)


def _place(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {"class_name" if name == "class" else name: value for name, value in entry.items()}


def _key(value: str | Mapping[str, str]) -> str:
    """Return what a value is found by; a place of a version by its first word."""
    return value if isinstance(value, str) else next(iter(value.values()), "")


def _index(rows: Mapping[str, Record], fields: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return the records that have a value in one of the fields, by value."""
    index: dict[str, tuple[str, ...]] = {}
    for key, row in rows.items():
        for value in dict.fromkeys(_key(value) for field in fields for value in row.get(field, ())):
            index[value] = (*index.get(value, ()), key)
    return index
