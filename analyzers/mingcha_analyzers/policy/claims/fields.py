"""The fields of a list's record, the heads and labels that name them, and where their values stand."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mingcha_analyzers.policy.claims.statement import fold
from mingcha_analyzers.policy.claims.words import load_words

FIELDS = ("number", "url", "name", "vendor", "data", "permission", "mode", "purpose")
PLAIN_PURPOSE = re.compile(r"目的|用途|purpose", re.IGNORECASE)
FEWEST_HEADS = 3
LONGEST_LABEL = 24
LONGEST_TITLE = 48


@dataclass(frozen=True, slots=True)
class Cell:
    """Where the value of a field stands in the document."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a list: field → place of its value."""

    fields: Mapping[str, Cell]
    start: int
    end: int


@lru_cache(maxsize=4096)
def name_field(label: str, lang: str) -> str | None:
    """Return which field a column head or label stands for."""
    folded, _ = fold(label, blanks=lang == "en")
    folded = re.sub(r"^(?:\d{1,2}[.、)]|[①-⑳]|[-·•●(]|\(\d{1,2}\))+", "", folded).strip(" *#|:·•-")
    if not folded or len(folded) > LONGEST_LABEL:
        return None
    words = load_words("sdk_lists")
    for field in FIELDS:
        if any(re.fullmatch(word, folded) for word in words[field].get(lang, ())):
            return field
    return None


def is_sdk_head(heads: Sequence[str | None]) -> bool:
    """Return whether the column heads are those of an SDK list."""
    named = set(heads) - {None, "number"}
    return bool(named & {"name", "vendor"}) and len(named) >= 2


def name_columns(heads: Sequence[str], lang: str) -> list[str | None]:
    """Return the field of each column head.

    Of two columns of purposes the one that says so counts (使用目的 beside 功能类型); a second column of names beside
    no company's is that of the companies (SDK名称, 第三方名称).
    """
    fields = [name_field(head, lang) for head in heads]
    plainly = [
        field == "purpose" and PLAIN_PURPOSE.search(head) is not None for head, field in zip(heads, fields, strict=True)
    ]
    if any(plainly):
        fields = [
            None if field == "purpose" and not said else field for field, said in zip(fields, plainly, strict=True)
        ]
    if fields.count("name") > 1 and "vendor" not in fields:
        fields[len(fields) - 1 - fields[::-1].index("name")] = "vendor"
    return fields
