"""Result to JSON and back.

Writing: keys in declared order, UTF-8, one line break at the end, the same bytes for the same result. Reading is
strict: a field that is missing, unknown or of another type refuses the whole file.
"""

from dataclasses import is_dataclass
from typing import Any

import msgspec

from mingcha.result import SCHEMA_VERSION, Result
from mingcha.shape import inner_types, is_plain, json_fields, without_none
from mingcha_corpora.errors import UnreadableInputError


class _MismatchError(Exception):
    """A value has not the fields that its place asks for."""


def encode_result(result: Result) -> bytes:
    """Return the result as JSON, indented for people and for line-by-line comparison."""
    return encode(result, Result)


def encode(value: Any, kind: type) -> bytes:
    """Return a value of that type as JSON, in the same form as a result."""
    tree = _to_tree(value, kind)
    try:
        data = msgspec.json.encode(tree)
    except UnicodeEncodeError:  # Half of a surrogate pair, from a hostile text: JSON in UTF-8 cannot hold it.
        data = msgspec.json.encode(_mend(msgspec.to_builtins(tree)))
    return msgspec.json.format(data, indent=1) + b"\n"


def decode_result(data: bytes, path: str) -> Result:
    """Return the result that ``data``, read from ``path``, holds.

    Raises:
        UnreadableInputError: it is no JSON, another version, or not exactly the shape of a result.
    """
    try:
        raw = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableInputError("report_not_json", path=path, fault=str(error)) from None
    version = raw.get("schema_version") if isinstance(raw, dict) else None
    if version != SCHEMA_VERSION:
        raise UnreadableInputError("report_version", path=path, version=str(version), known=SCHEMA_VERSION)
    try:
        return msgspec.convert(_from_tree(raw, Result, "$"), Result, strict=True)
    except (msgspec.ValidationError, _MismatchError) as error:
        raise UnreadableInputError("report_invalid", path=path, fault=str(error)) from None


def _to_tree(value: Any, kind: Any) -> Any:
    kind, _ = without_none(kind)
    if value is None or is_plain(kind):
        return value
    if is_dataclass(kind):
        assert isinstance(kind, type)
        return {field.key: _to_tree(getattr(value, field.name), field.type) for field in json_fields(kind)}
    if isinstance(value, dict):
        return {key: _to_tree(item, inner_types(kind)[0]) for key, item in value.items()}
    return [_to_tree(item, inner_types(kind)[0]) for item in value]


def _from_tree(raw: Any, kind: Any, path: str) -> Any:
    """Return ``raw`` under Python's names; refuse fields too many or too few, leave types to msgspec."""
    kind, _ = without_none(kind)
    if is_dataclass(kind) and isinstance(kind, type) and isinstance(raw, dict):
        return _from_object(raw, kind, path)
    inner = inner_types(kind)
    if isinstance(raw, list) and len(inner) == 1:
        return [_from_tree(item, inner[0], f"{path}[{index}]") for index, item in enumerate(raw)]
    return raw


def _from_object(raw: dict[str, Any], kind: type, path: str) -> dict[str, Any]:
    wanted = json_fields(kind)
    keys = {field.key for field in wanted}
    if raw.keys() != keys:
        odd = sorted(raw.keys() ^ keys)[0]
        raise _MismatchError(f"{path}.{odd} is {'missing' if odd in keys else 'unknown'}")
    return {field.name: _from_tree(raw[field.key], field.type, f"{path}.{field.key}") for field in wanted}


def _mend(tree: Any) -> Any:
    if isinstance(tree, str):
        return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in tree)
    if isinstance(tree, dict):
        return {_mend(key): _mend(value) for key, value in tree.items()}
    if isinstance(tree, list | tuple):
        return [_mend(value) for value in tree]
    return tree
