"""The words users read, Chinese and English, by key."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from mingcha_corpora.errors import KnowledgeError
from mingcha_corpora.records import WORDS, read_yaml


@cache
def load_words(name: str) -> Mapping[str, Mapping[str, str]]:
    """Return the table ``words/<name>.yaml``: key → language (``zh``, ``en``) → words."""
    table: Mapping[str, Mapping[str, str]] = read_yaml(f"{name}.yaml", WORDS)
    return MappingProxyType({key: MappingProxyType(dict(entry)) for key, entry in table.items()})


def phrase(name: str, key: str, lang: str, /, **params: str) -> str:
    """Return the words of ``key`` in ``lang`` with its braces filled.

    A key or parameter that is missing is a fault of ours and raises ``KnowledgeError``.
    """
    try:
        return load_words(name)[key][lang].format_map(params)
    except (KeyError, ValueError, IndexError) as error:
        where = str(WORDS / f"{name}.yaml")
        raise KnowledgeError("knowledge_damaged", path=where, line=key, fault=f"missing: {error}") from error
