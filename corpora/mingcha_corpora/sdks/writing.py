"""Lays out a file of SDK records: one record after another by id, fields in one order, lists within the line width."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import takewhile, zip_longest
from typing import Any

from mingcha_corpora.records import Record
from mingcha_corpora.sdks.faults import RecordFile
from mingcha_corpora.sdks.shape import load_schema
from mingcha_corpora.sdks.yamltext import parse_file

WIDTH = 120
_INDICATORS = frozenset(",[]{}#&*!|>'\"%@`\\?")
# Order means something in these, or people keep it.
_IN_ORDER = frozenset({"versions", "optional_switches", "former_names"})


def format_file(file: RecordFile) -> str:
    """Return the text of a record file as it is to be laid out, with the comment lines at its head.

    Raises:
        FaultyRecordsError: it is no YAML.
    """
    lines = file.data.decode("utf-8-sig").splitlines()
    head = takewhile(lambda line: line.startswith("#"), lines)
    content = parse_file(file)
    return "".join(f"{line}\n" for line in (*head, *_lines(content.get("vendor"), content["sdks"])))


def first_difference(file: RecordFile) -> int | None:
    """Return the first line that is not laid out so, None where all are; raises as ``format_file``."""
    there = file.data.decode("utf-8-sig").replace("\r\n", "\n").splitlines()
    wanted = format_file(file).splitlines()
    pairs = enumerate(zip_longest(there, wanted), 1)
    return next((number for number, (found, expected) in pairs if found != expected), None)


def _lines(vendor: Record | None, rows: Iterable[Record]) -> Iterator[str]:
    if vendor is not None:
        yield "vendor:"
        yield from _mapping(vendor, "vendor", "  ")
    yield "sdks:"
    for row in sorted(rows, key=lambda row: str(row["id"])):
        first, *rest = _mapping(row, "sdk", "  ")
        yield f"- {first.strip()}"
        yield from rest


def _mapping(row: Record, shape: str, indent: str) -> Iterator[str]:
    order = _order(shape)
    for name in sorted(row, key=lambda name: order.get(name, len(order))):
        yield from _field(name, row[name], indent)


def _field(name: str, value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, list) and name not in _IN_ORDER:
        value = sorted(value, key=str)
    whole = f"{indent}{name}: {_flow(value)}"
    if len(whole) <= WIDTH or isinstance(value, bool):
        yield whole
        return
    if isinstance(value, str):
        yield from _folded(name, value, indent) if _can_fold(value) else [whole]
        return
    yield f"{indent}{name}:"
    if isinstance(value, dict):
        yield from (line for key, item in value.items() for line in _field(key, item, f"{indent}  "))
    elif value and isinstance(value[0], dict):
        yield from _entries(value, indent)
    else:
        yield from _wrapped(value, f"{indent}  ")


def _folded(name: str, text: str, indent: str) -> Iterator[str]:
    yield f"{indent}{name}: >-"
    room = WIDTH - len(indent) - 2
    for line in textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False):
        yield f"{indent}  {line}"


def _can_fold(text: str) -> bool:
    """Tell whether a text comes back as it was when its lines are joined with blanks."""
    return text.isprintable() and text == " ".join(text.split()) and " " in text


def _entries(value: Sequence[Mapping[str, Any]], indent: str) -> Iterator[str]:
    for entry in value:
        first, *rest = [line for key, item in entry.items() for line in _field(key, item, f"{indent}  ")]
        yield f"{indent}- {first.strip()}"
        yield from rest


def _wrapped(values: Sequence[Any], indent: str) -> Iterator[str]:
    """Yield a list in brackets over as many lines as it takes."""
    line = f"{indent}["
    for place, value in enumerate(values):
        word = _flow(value) + ("," if place + 1 < len(values) else "]")
        if len(line) + len(word) > WIDTH and line.strip("[ "):
            yield line.rstrip()
            line = f"{indent} "
        line += f"{word} "
    yield line.rstrip()


def _flow(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_flow(item)}' for key, item in value.items())}}}"
    if isinstance(value, bool):
        return "true" if value else "false"
    return _scalar(str(value))


@cache
def _scalar(text: str) -> str:
    return text if _is_plain(text) else _quoted(text)


def _quoted(text: str) -> str:
    """Return a text in double quotes; what cannot be seen is written as an escape that YAML knows."""
    import json

    shown = json.dumps(text, ensure_ascii=False)
    return "".join(letter if letter.isprintable() else _escape(ord(letter)) for letter in shown)


def _escape(number: int) -> str:
    return f"\\u{number:04x}" if number < 1 << 16 else f"\\U{number:08x}"


def _is_plain(text: str) -> bool:
    """Tell whether YAML reads the text as itself without quotes, in a list too."""
    import yaml

    if not text or text != text.strip() or text[0] in "-?:=<~" or text.endswith(":"):
        return False
    if _INDICATORS & set(text) or ": " in text or not text.isprintable():
        return False
    resolver: Any = yaml.resolver.Resolver()
    tag = resolver.resolve(yaml.ScalarNode, text, (True, False))
    return bool(tag == "tag:yaml.org,2002:str")


@cache
def _order(shape: str) -> Mapping[str, int]:
    return {name: place for place, name in enumerate(load_schema()["$defs"][shape]["properties"])}
