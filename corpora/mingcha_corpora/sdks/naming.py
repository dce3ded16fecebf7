"""Names of SDKs folded for comparison, and which records bear them; what several bear stays ambiguous."""

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from mingcha_corpora.sdks.values import SdkBase, SdkRecord


def fold_name(name: str) -> str:
    """Return a name without blanks, in one width and case (ＪＰｕｓｈ SDK → jpushsdk)."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def names_of(record: SdkRecord) -> tuple[str, ...]:
    """Return all names of an SDK, each once: its own, those of policies, those it had before."""
    names = (record.name, record.name_zh, *record.aliases, *record.weak_aliases, *record.former_names)
    return tuple(dict.fromkeys(name for name in names if name))


def vendor_names_of(record: SdkRecord) -> tuple[str, ...]:
    """Return the names of its vendor, each once."""
    names = (record.vendor, record.vendor_zh, *record.vendor_aliases)
    return tuple(dict.fromkeys(name for name in names if name))


@cache
def by_name(base: SdkBase) -> Mapping[str, tuple[str, ...]]:
    """Return folded name → ids of the records that bear it, sorted."""
    return _index((name, record.id) for record in base.records.values() for name in names_of(record))


@cache
def by_vendor(base: SdkBase) -> Mapping[str, tuple[str, ...]]:
    """Return folded vendor name or alias, or vendor id → ids of its records, sorted."""
    records = base.records.values()
    return _index(
        (name, record.id) for record in records for name in (*vendor_names_of(record), record.vendor_id) if name
    )


def _index(pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    index: dict[str, set[str]] = {}
    for name, sdk in pairs:
        index.setdefault(fold_name(name), set()).add(sdk)
    return MappingProxyType({name: tuple(sorted(ids)) for name, ids in index.items()})
