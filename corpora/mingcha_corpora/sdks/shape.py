"""Holds the rows of a record file against ``schema.json``: the part of JSON Schema that the file uses."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from mingcha_corpora.sdks.faults import Fault, Place, RecordFile
from mingcha_corpora.sdks.yamltext import line_of

SCHEMA = Path(__file__).parent / "schema.json"
_KINDS: Mapping[str, type] = {"object": dict, "array": list, "string": str, "boolean": bool}
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Misfit:
    """A place of a value that the schema refuses: ``code`` of the words, and what fills them."""

    place: Place
    code: str
    params: tuple[tuple[str, str], ...] = ()


@cache
def load_schema() -> Mapping[str, Any]:
    """Return the JSON Schema of a record file."""
    schema: Mapping[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return schema


def find_faults(file: RecordFile, content: Any) -> Iterator[Fault]:
    """Yield what is wrong in the content of a record file, with line, record and field."""
    if not isinstance(content, dict):
        yield Fault("sdk_no_records", file.path, 1)
        return
    for misfit in find_misfits(content, load_schema(), ()):
        record, field = _named(content, misfit.place)
        where = (("record", record), ("field", field))
        yield Fault(misfit.code, file.path, line_of(file, misfit.place), where + misfit.params)


def find_misfits(value: Any, schema: Mapping[str, Any], place: Place) -> Iterator[Misfit]:
    """Yield the places of ``value`` that ``schema`` refuses."""
    if "$ref" in schema:
        schema = load_schema()["$defs"][schema["$ref"].rpartition("/")[2]]
    kind = schema.get("type")
    if kind and not isinstance(value, _KINDS[kind]):
        yield Misfit(place, f"sdk_not_{kind}")
    elif "enum" in schema and value not in schema["enum"]:
        yield Misfit(place, "sdk_choice", (("value", _shown(value)), ("known", ", ".join(schema["enum"]))))
    elif "pattern" in schema and not re.search(schema["pattern"], value):
        yield Misfit(place, "sdk_pattern", (("value", _shown(value)), ("pattern", schema["pattern"])))
    elif schema.get("format") == "regex" and not _is_expression(value):
        yield Misfit(place, "sdk_regex", (("value", _shown(value)),))
    elif kind == "array":
        for number, item in enumerate(value):
            yield from find_misfits(item, schema["items"], (*place, number))
    elif kind == "object":
        yield from _find_in_mapping(value, schema, place)


def _find_in_mapping(value: Mapping[str, Any], schema: Mapping[str, Any], place: Place) -> Iterator[Misfit]:
    known: Mapping[str, Any] = schema["properties"]
    for name in _missing(value, schema.get("required", ())):
        yield Misfit((*place, name), "sdk_field_missing")
    for name, item in value.items():
        if name in known:
            yield from find_misfits(item, known[name], (*place, name))
        else:
            yield Misfit((*place, name), "sdk_field_unknown", (("known", ", ".join(known)),))


def _is_expression(text: str) -> bool:
    try:
        re.compile(text)
    except (re.error, OverflowError, RecursionError):
        return False
    return True


def _missing(value: Mapping[str, Any], required: Sequence[str]) -> Iterator[str]:
    # A record that adds to another has the other's fields.
    needed = ("id",) if value.get("extends") is True else required
    return (name for name in needed if name not in value)


def _named(content: Any, place: Place) -> tuple[str, str]:
    """Return how people call a place: a record by its id, or the head of the file, and the field in it."""
    if len(place) < 2 or place[0] != "sdks":
        return "-", ".".join(map(str, place)) or "-"
    row = content["sdks"][place[1]]
    name = row.get("id") if isinstance(row, dict) else None
    return name if isinstance(name, str) else f"#{int(place[1]) + 1}", ".".join(map(str, place[2:])) or "-"


def _shown(value: Any) -> str:
    text = str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
