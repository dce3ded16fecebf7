"""Lays record files of the user over the shipped base.

A record takes the place of the one with its id, or is new. With ``extends: true`` it adds to it instead: its lists are
joined to the other's, its other fields replace the other's. A code prefix belongs to the record laid last.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from mingcha_corpora.errors import UnreadableInputError
from mingcha_corpora.records import Record
from mingcha_corpora.sdks.compiling import compile_rows, pack, rows_of
from mingcha_corpora.sdks.faults import Fault, FaultyRecordsError, RecordFile, holds_records
from mingcha_corpora.sdks.files import digest_of
from mingcha_corpora.sdks.index import INDEXED, Compiled
from mingcha_corpora.sdks.yamltext import line_of


def lay(base: Compiled, layers: Iterable[RecordFile]) -> Compiled:
    """Return the base with the layers over it, the last on top.

    Raises:
        UnreadableInputError: a layer is no YAML, or a record is not as ``schema.json`` says.
    """
    layers = tuple(layers)
    rows: dict[str, Record] = {}
    try:
        for file in filter(holds_records, layers):
            for number, row in enumerate(rows_of(file)):
                rows[row["id"]] = _joined(file, number, row, rows, base)
    except FaultyRecordsError as error:
        raise error.fault.error(UnreadableInputError) from None
    # Equal contents are equal knowledge, wherever the files lie.
    placeless = (replace(file, path=str(number)) for number, file in enumerate(layers))
    return _over(base, rows, digest_of(placeless))


def _joined(file: RecordFile, number: int, row: Record, rows: Mapping[str, Record], base: Compiled) -> Record:
    if not row.pop("extends", False):
        return row
    below = rows.get(row["id"]) or _unpacked(base, row["id"])
    if below is None:
        line = line_of(file, ("sdks", number))
        raise FaultyRecordsError(Fault("sdk_extends_nothing", file.path, line, (("record", row["id"]),)))
    joined = {**below, **row}
    for name, value in row.items():
        if isinstance(value, list):
            joined[name] = [*below.get(name, ()), *(entry for entry in value if entry not in below.get(name, ()))]
    return joined


def _unpacked(base: Compiled, key: str) -> dict[str, Any] | None:
    import msgspec

    packed = base.records.get(key)
    if packed is None:
        return None
    row: dict[str, Any] = msgspec.msgpack.decode(packed)
    if "versions" in row:
        row["versions"] = [
            {"class" if name == "class_name" else name: value for name, value in entry.items()}
            for entry in row["versions"]
        ]
    return row


def _over(base: Compiled, rows: Mapping[str, Record], digest: str) -> Compiled:
    above = compile_rows(rows, digest)
    kept = {prefix: key for prefix, key in base.by_prefix.items() if key not in rows}
    indexes = {name: _merged(getattr(base, name), getattr(above, name), rows) for name in INDEXED}
    return replace(
        base,
        digest=hashlib.sha256(f"{base.digest}{digest}".encode()).hexdigest(),
        records=dict(sorted({**base.records, **{key: pack(row) for key, row in rows.items()}}.items())),
        by_prefix={**kept, **above.by_prefix},
        **indexes,
    )


def _merged(
    below: Mapping[str, tuple[str, ...]], above: Mapping[str, tuple[str, ...]], rows: Mapping[str, Record]
) -> dict[str, tuple[str, ...]]:
    """Return an index without what records had that were laid over, and with what they have now."""
    kept = {value: tuple(key for key in keys if key not in rows) for value, keys in below.items()}
    joined = {value: tuple(sorted({*kept.get(value, ()), *above.get(value, ())})) for value in (*kept, *above)}
    return {value: keys for value, keys in joined.items() if keys}
