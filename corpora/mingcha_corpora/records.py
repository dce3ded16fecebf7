"""Reads the shipped knowledge files: JSON lines and YAML under ``data/`` and ``words/``."""

import json
from pathlib import Path
from typing import Any

from mingcha_corpora.errors import KnowledgeError

ROOT = Path(__file__).parent
DATA = ROOT / "data"
WORDS = ROOT / "words"

Record = dict[str, Any]
_TEXT_TAG = "tag:yaml.org,2002:str"


def read_records(name: str, root: Path = DATA) -> list[Record]:
    """Return the records of the JSON-lines file ``name``, a path below ``root``."""
    import msgspec

    path = root / name
    text = read_text(path)
    try:
        return msgspec.json.Decoder(Record).decode_lines(text)
    except msgspec.DecodeError:
        return _read_line_by_line(path, text)


def _read_line_by_line(path: Path, text: str) -> list[Record]:
    """Return the records, slowly, to name the line at fault."""
    records: list[Record] = []
    for number, line in enumerate(text.splitlines(), 1):
        try:
            record = json.loads(line)
        except ValueError as error:
            raise KnowledgeError("knowledge_damaged", path=str(path), line=str(number), fault=str(error)) from error
        if not isinstance(record, dict):
            raise KnowledgeError("knowledge_damaged", path=str(path), line=str(number), fault="not an object")
        records.append(record)
    return records


def read_yaml(name: str, root: Path = DATA) -> Any:
    """Return what the YAML file ``name``, a path below ``root``, holds."""
    import yaml

    path = root / name
    try:
        return parse_yaml(read_text(path))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = str(mark.line + 1) if mark else "?"
        fault = getattr(error, "problem", None) or str(error)
        raise KnowledgeError("knowledge_damaged", path=str(path), line=line, fault=fault) from error


def parse_yaml(text: str) -> Any:
    """Return what a YAML text holds; raises ``yaml.YAMLError``.

    Knowledge is lists, mappings and words: made from the nodes directly, they take half the time that yaml's own
    constructor of all kinds of objects takes.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        node = loader.get_single_node()
        return None if node is None else _value(loader, node)
    finally:
        loader.dispose()


def _value(loader: Any, node: Any) -> Any:
    if node.id == "scalar":
        return node.value if node.tag == _TEXT_TAG else loader.construct_object(node)
    if node.id == "sequence":
        return [_value(loader, item) for item in node.value]
    return {_value(loader, key): _value(loader, item) for key, item in node.value}


def read_text(path: Path) -> str:
    """Return the text of a knowledge file."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError("knowledge_damaged", path=str(path), line="1", fault=str(error)) from error
