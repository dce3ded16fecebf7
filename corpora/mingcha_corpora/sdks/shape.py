"""Holds the rows of a record file against ``schema.json``: the part of JSON Schema that the file uses."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from mingcha_corpora.sdks.files import Fault, Place, RecordFile, line_of

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
    for misfit in find_misfits(content, load_schema(), ()):
        place = misfit.place
        record, field = "", ".".join(map(str, place))
        if len(place) > 1 and place[0] == "sdks":
            record, field = _name_of(content["sdks"][place[1]], place[1]), ".".join(map(str, place[2:]))
        where = (("record", record or "vendor"), ("field", field or "-"))
        yield Fault(misfit.code, file.path, line_of(file, place), where + misfit.params)


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
    elif kind == "array":
        for number, item in enumerate(value):
            yield from find_misfits(item, schema["items"], (*place, number))
    elif kind == "object":
        yield from _find_in_mapping(value, schema, place)


def _find_in_mapping(value: Mapping[str, Any], schema: Mapping[str, Any], place: Place) -> Iterator[Misfit]:
    known: Mapping[str, Any] = schema["properties"]
    for name in _missing(value, schema.get("required", ())):
        yield Misfit(place, "sdk_field_missing", (("missing", name),))
    for name, item in value.items():
        if name in known:
            yield from find_misfits(item, known[name], (*place, name))
        else:
            yield Misfit((*place, name), "sdk_field_unknown", (("known", ", ".join(known)),))


def _missing(value: Mapping[str, Any], required: Sequence[str]) -> Iterator[str]:
    # A record that adds to another has the other's fields.
    needed = ("id",) if value.get("extends") is True else required
    return (name for name in needed if name not in value)


def _name_of(row: Any, number: str | int) -> str:
    name = row.get("id") if isinstance(row, dict) else None
    return name if isinstance(name, str) else f"#{int(number) + 1}"


def _shown(value: Any) -> str:
    text = str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
