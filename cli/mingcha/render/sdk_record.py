"""One SDK record in words: a line for each field that holds something."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from mingcha.render.untrusted import visible
from mingcha.words import Phrases
from mingcha_corpora.sdks import SdkRecord

_ITEMS = frozenset({"data_items", "stops"})


def render_record(record: SdkRecord, words: Phrases) -> str:
    """Return the record's fields, each under its name."""
    values = filled(record)
    names = [field.name for field in fields(record) if field.name in values]
    return "".join(f"{words(f'sdks.field.{name}')}: {_shown(name, values[name], words)}\n" for name in names)


def filled(record: SdkRecord) -> dict[str, Any]:
    """Return the fields of a record that hold something, as JSON has them."""
    found = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in asdict(record).items()}
    return {name: value for name, value in found.items() if value or isinstance(value, bool)}


def _shown(name: str, value: Any, words: Phrases) -> str:
    if isinstance(value, bool):
        return words(f"value.{'yes' if value else 'no'}")
    if isinstance(value, str):
        return _item(value, words) if name in _ITEMS else visible(value)
    if isinstance(value, Mapping):
        return _entry(value, words)
    return ("；" if words.lang == "zh" else "; ").join(_shown(name, each, words) for each in value)


def _entry(entry: Mapping[str, Any], words: Phrases) -> str:
    """Return a call or a place: its parts, then the note in the reader's language."""
    parts = [_shown(name, value, words) for name, value in entry.items() if value and not name.startswith("note_")]
    note = entry.get(f"note_{words.lang}")
    return " ".join([*parts, f"({visible(note)})"] if note else parts)


def _item(item: str, words: Phrases) -> str:
    from mingcha_corpora.taxonomy import load_taxonomy

    known = load_taxonomy().items.get(item)
    return item if known is None else known.zh if words.lang == "zh" else known.en
