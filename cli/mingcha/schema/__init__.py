"""The published JSON Schemas of a result and of a comparison, made from the dataclasses.

``python -m mingcha.schema`` rewrites the files.
"""

import json
import typing
from dataclasses import is_dataclass
from enum import EnumType
from pathlib import Path
from typing import Any

from mingcha.comparison import DIFF_VERSION, Comparison
from mingcha.result import SCHEMA_VERSION, Result
from mingcha.shape import dataclasses_in, json_fields, without_none

SCHEMA_FILE = Path(__file__).with_name(f"result-{SCHEMA_VERSION}.schema.json")
DIFF_SCHEMA_FILE = Path(__file__).with_name(f"diff-{DIFF_VERSION}.schema.json")
_SCALARS: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
}
# What the types alone do not say; by JSON name, where the name means the same everywhere.
_NARROWER: dict[str, dict[str, Any]] = {
    "schema_version": {"const": SCHEMA_VERSION},
    "as_of": {"pattern": r"^\d{4}-\d{2}-\d{2}$"},
    "confidence": {"minimum": 0, "maximum": 1},
    "sha256": {"pattern": "^[0-9a-f]{64}$"},
    "text_sha256": {"pattern": "^[0-9a-f]{64}$"},
    "start": {"minimum": 0},
    "end": {"minimum": 0},
    "line": {"minimum": 1},
    "column": {"minimum": 1},
    "size": {"minimum": 0},
    "count": {"minimum": 0},
}


def result_schema() -> dict[str, Any]:
    """Return the schema of a result."""
    return _schema_of(Result, f"mingcha result {SCHEMA_VERSION}")


def diff_schema() -> dict[str, Any]:
    """Return the schema of a comparison."""
    return _schema_of(Comparison, f"mingcha diff {DIFF_VERSION}")


def schema_text(schema: dict[str, Any]) -> str:
    """Return the text of the published file."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _schema_of(root: type, title: str) -> dict[str, Any]:
    """Return a schema: every field required, nullable where unknown, no others."""
    kinds = sorted(dataclasses_in(root), key=lambda kind: kind.__name__)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "$ref": f"#/$defs/{root.__name__}",
        "$defs": {kind.__name__: _object(kind) for kind in kinds},
    }


def _object(kind: type) -> dict[str, Any]:
    properties = {field.key: _narrow(_schema(field.type), field.key) for field in json_fields(kind)}
    summary = " ".join((kind.__doc__ or "").split("\n\n")[0].split())
    return {
        "description": summary,
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _schema(kind: Any) -> dict[str, Any]:
    kind, nullable = without_none(kind)
    if nullable:
        return {"anyOf": [_schema(kind), {"type": "null"}]}
    if kind in _SCALARS:
        return dict(_SCALARS[kind])
    if isinstance(kind, EnumType):
        return {"enum": list(kind.__members__.values())}
    if is_dataclass(kind):
        assert isinstance(kind, type)
        return {"$ref": f"#/$defs/{kind.__name__}"}
    args = typing.get_args(kind)
    if typing.get_origin(kind) is dict:
        return {"type": "object", "additionalProperties": _schema(args[1])}
    assert args[1:] == (Ellipsis,), kind
    return {"type": "array", "items": _schema(args[0])}


def _narrow(schema: dict[str, Any], key: str) -> dict[str, Any]:
    extra = _NARROWER.get(key)
    if extra is None:
        return schema
    if "anyOf" in schema:
        return {"anyOf": [schema["anyOf"][0] | extra, *schema["anyOf"][1:]]}
    return schema | extra
