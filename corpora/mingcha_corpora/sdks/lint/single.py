"""Faults of a record that it shows by itself."""

import re
from collections.abc import Iterator, Sequence

from mingcha_corpora.records import read_yaml
from mingcha_corpora.sdks.faults import Fault
from mingcha_corpora.sdks.lint.entry import SIGNALS, Entry
from mingcha_corpora.sdks.values import SdkBase
from mingcha_corpora.taxonomy import load_taxonomy

GENERIC = "generic_prefixes.yaml"
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9])?)+")
_COMPONENT = re.compile(r"\.?[A-Za-z_][\w$]*(\.[\w$]+)*")
# The fields that may stand together as one place of a version.
_PLACES = ({"class"}, {"class", "string"}, {"string"}, {"file"}, {"file", "key"}, {"meta_key"}, {"entry"})


def find_record_faults(entries: Sequence[Entry], _: SdkBase | None) -> Iterator[Fault]:
    """Yield what is wrong in single records."""
    generic = frozenset(read_yaml(GENERIC))
    for entry in entries:
        yield from _signals(entry, generic)
        yield from _subsets(entry)
        yield from _data_items(entry)
        yield from _versions(entry)


def _signals(entry: Entry, generic: frozenset[str]) -> Iterator[Fault]:
    if not entry.adds and not any(entry.texts(*SIGNALS)):
        yield entry.fault("sdk_no_signal")
    if not entry.adds and not entry.row["sources"]:
        yield entry.fault("sdk_no_source", "sources")
    for value in generic & set(entry.texts("packages")):
        yield entry.fault("sdk_prefix_generic", "packages", value=value)
    for value in entry.texts("domains"):
        if not _HOST.fullmatch(value):
            yield entry.fault("sdk_no_host", "domains", value=value)
    for value in entry.texts("components"):
        if not _COMPONENT.fullmatch(value) or value.endswith(".so"):
            yield entry.fault("sdk_no_class", "components", value=value)


def _subsets(entry: Entry) -> Iterator[Fault]:
    if entry.adds:
        return
    for part, whole in (("weak_aliases", ("aliases",)), ("unverified", SIGNALS)):
        for value in sorted(set(entry.texts(part)) - set(entry.texts(*whole))):
            yield entry.fault("sdk_not_among", part, field=part, value=value)


def _data_items(entry: Entry) -> Iterator[Fault]:
    known = load_taxonomy().items
    named = [("data_items", value) for value in entry.texts("data_items")]
    named += [("optional_switches", value) for switch in entry.texts("optional_switches") for value in _stops(switch)]
    for field, value in named:
        if value not in known:
            yield entry.fault("sdk_data_item", field, value=value)


def _stops(switch: object) -> Sequence[str]:
    assert isinstance(switch, dict)
    stops: Sequence[str] = switch["stops"]
    return stops


def _versions(entry: Entry) -> Iterator[Fault]:
    for place in entry.row.get("versions", ()):
        if set(place) not in _PLACES:
            shown = ", ".join(f"{name}: {value}" for name, value in place.items())
            yield entry.fault("sdk_version_place", "versions", value=shown)
