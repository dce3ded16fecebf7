"""The JSON shape of a result, read off the dataclasses: which fields, under which names, of which types.

Codec and schema both follow it, so that they cannot part ways.
"""

import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any

from mingcha_analyzers.app.values import Place
from mingcha_analyzers.policy.values import Document

# Working values that a saved result does without.
HIDDEN: dict[type, frozenset[str]] = {Document: frozenset({"marked"})}
# Names that are words of Python.
RENAMED: dict[type, dict[str, str]] = {Place: {"class_": "class"}}


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name in Python, its name in JSON, its type."""

    name: str
    key: str
    type: Any


@cache
def json_fields(kind: type) -> tuple[Field, ...]:
    """Return the fields of a dataclass that JSON holds, in declared order."""
    types_ = typing.get_type_hints(kind)
    hidden, renamed = HIDDEN.get(kind, frozenset()), RENAMED.get(kind, {})
    return tuple(
        Field(item.name, renamed.get(item.name, item.name), types_[item.name])
        for item in fields(kind)
        if item.name not in hidden
    )


def without_none(kind: Any) -> tuple[Any, bool]:
    """Return the type without None, and whether None was allowed."""
    if typing.get_origin(kind) not in (typing.Union, types.UnionType):
        return kind, False
    rest = [arg for arg in typing.get_args(kind) if arg is not types.NoneType]
    return (rest[0] if len(rest) == 1 else kind), len(rest) < len(typing.get_args(kind))


def inner_types(kind: Any) -> tuple[Any, ...]:
    """Return the types of the items of a tuple or of the values of a mapping; empty for anything else."""
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple:
        return tuple(arg for arg in args if arg is not Ellipsis)
    return (args[1],) if origin is dict else ()


@cache
def is_plain(kind: Any) -> bool:
    """Return whether values of this type are written as they are: nothing below is hidden or renamed."""
    kind, _ = without_none(kind)
    if is_dataclass(kind):
        assert isinstance(kind, type)
        if kind in HIDDEN or kind in RENAMED:
            return False
        return all(is_plain(field.type) for field in json_fields(kind))
    return all(is_plain(inner) for inner in inner_types(kind))


def dataclasses_in(kind: Any) -> Iterator[type]:
    """Yield each dataclass below ``kind`` once, in the order met."""
    seen: dict[type, None] = {}
    _collect(kind, seen)
    yield from seen


def _collect(kind: Any, seen: dict[type, None]) -> None:
    kind, _ = without_none(kind)
    if is_dataclass(kind) and isinstance(kind, type) and kind not in seen:
        seen[kind] = None
        for field in json_fields(kind):
            _collect(field.type, seen)
    for inner in inner_types(kind):
        _collect(inner, seen)
