"""Faults that two records show: signals that both claim."""

from collections.abc import Iterator, Mapping, Sequence

from mingcha_corpora.sdks.faults import Fault
from mingcha_corpora.sdks.lint.entry import Entry
from mingcha_corpora.sdks.values import SdkBase


def find_signal_faults(entries: Sequence[Entry], below: SdkBase | None) -> Iterator[Fault]:
    """Yield ids, prefixes and components that stand in two records, and libraries not marked as shared."""
    yield from _ids_twice(entries)
    others: Mapping[str, str] = {} if below is None else below.by_prefix
    yield from _claimed(entries, "packages", "sdk_prefix_twice", others)
    yield from _claimed(entries, "components", "sdk_component_twice", _first_owners(below))
    yield from _unshared(entries)


def _ids_twice(entries: Sequence[Entry]) -> Iterator[Fault]:
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            yield entry.fault("sdk_id_twice", "id")
        seen.add(entry.id)


def _claimed(entries: Sequence[Entry], field: str, code: str, others: Mapping[str, str]) -> Iterator[Fault]:
    laid = {entry.id for entry in entries}
    owners = {value: owner for value, owner in others.items() if owner not in laid}
    for entry in entries:
        for value in entry.texts(field):
            owner = owners.setdefault(value, entry.id)
            if owner != entry.id:
                yield entry.fault(code, field, value=value, other=owner)


def _first_owners(below: SdkBase | None) -> Mapping[str, str]:
    return {} if below is None else {value: owners[0] for value, owners in below.by_component.items()}


def _unshared(entries: Sequence[Entry]) -> Iterator[Fault]:
    owners: dict[str, list[Entry]] = {}
    for entry in entries:
        for value in set(entry.texts("native_libs", "shared_native_libs")):
            owners.setdefault(value, []).append(entry)
    for value, several in owners.items():
        for entry in several if len(several) > 1 else ():
            if value not in entry.row.get("shared_native_libs", ()):
                other = next(each.id for each in several if each is not entry)
                yield entry.fault("sdk_library_unshared", "native_libs", value=value, other=other)
