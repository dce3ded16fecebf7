"""Opens the resource table of a package, in the form it has: ``resources.arsc``, or ``resources.pb`` of a bundle."""

from mingcha_analyzers.app.archive import Entries, EntryError
from mingcha_analyzers.app.resources.blocks import MAX_RESOURCE_BYTES
from mingcha_analyzers.app.resources.bundle import BundleTable
from mingcha_analyzers.app.resources.table import PROTO_RESOURCES, RESOURCES, ResourceTable


def open_table(entries: Entries) -> ResourceTable:
    """Return the resource table of a package of one or more parts, which may have none."""
    if PROTO_RESOURCES not in entries:
        return ResourceTable(*_read_sources(entries, RESOURCES))
    return BundleTable(*_read_sources(entries, PROTO_RESOURCES))


def _read_sources(entries: Entries, name: str) -> tuple[dict[str, bytes], dict[str, str]]:
    """Return the tables of this name of all parts, the base's first, and what is wrong with those not read."""
    sources: dict[str, bytes] = {}
    damaged: dict[str, str] = {}
    found = [place for place in entries.names() if place.endswith(name)]
    for place in sorted(place for place in found if place == name or place.endswith(f"!/{name}")):
        try:
            sources[place] = entries.read(place, MAX_RESOURCE_BYTES)
        except EntryError as error:
            damaged[place] = error.reason
    return dict(sorted(sources.items(), key=lambda item: item[0] != name)), damaged
