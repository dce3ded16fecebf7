"""Faults in names: an alias that SDKs of different vendors share is weak in each of them."""

from collections.abc import Iterator, Sequence

from mingcha_corpora.sdks.faults import Fault
from mingcha_corpora.sdks.lint.entry import Entry
from mingcha_corpora.sdks.naming import fold_name
from mingcha_corpora.sdks.values import SdkBase


def find_name_faults(entries: Sequence[Entry], _: SdkBase | None) -> Iterator[Fault]:
    """Yield aliases of two vendors' records that are not marked weak."""
    owners: dict[str, list[tuple[Entry, str]]] = {}
    for entry in entries:
        for alias in entry.texts("aliases"):
            owners.setdefault(fold_name(alias), []).append((entry, alias))
    for several in owners.values():
        if len({_maker(entry) for entry, _ in several}) < 2:
            continue
        for entry, alias in several:
            if alias not in entry.row.get("weak_aliases", ()):
                other = next(each.id for each, _ in several if _maker(each) != _maker(entry))
                yield entry.fault("sdk_alias_shared", "aliases", value=alias, other=other)


def _maker(entry: Entry) -> str:
    """Return who makes it; a record without a vendor stands for itself."""
    row = entry.row
    return str(row.get("vendor_id") or row.get("vendor") or entry.id)
