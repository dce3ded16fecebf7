"""The words of judgements in Chinese and English: verdicts, reasons, severities, levels, owners, facts."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from mingcha_corpora.errors import KnowledgeError
from mingcha_corpora.records import read_yaml
from mingcha_rules.values import Words

NAMES = ("gaps", "levels", "not_analysed", "owners", "reasons", "rights", "severities", "verdicts")


@cache
def load_words(name: str) -> Mapping[str, Words]:
    """Return the words of one file, by key."""
    rows = read_yaml(f"{name}.yaml", Path(__file__).parent)
    try:
        return MappingProxyType({str(key): Words(row["zh"], row["en"]) for key, row in rows.items()})
    except (AttributeError, KeyError, TypeError) as fault:
        raise KnowledgeError(
            "knowledge_damaged", path=f"rules/words/{name}.yaml", line="1", fault=str(fault)
        ) from fault


def join_words(items: tuple[Words, ...]) -> Words:
    """Return the items as one enumeration in both languages."""
    return Words("、".join(item.zh for item in items), ", ".join(item.en for item in items))
