"""Hosts named outside code: values of the manifest, string resources, and texts among assets and raw resources.

Read within bounds: files of a text kind but those that hold licences; what no longer fits is a limit.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from mingcha_analyzers.app.archive import Entries, EntryError
from mingcha_analyzers.app.axml import parse_binary_xml
from mingcha_analyzers.app.chunks import DamagedError
from mingcha_analyzers.app.network.addresses import MOST_MARKS, find_addresses, find_urls, read_host
from mingcha_analyzers.app.network.endpoints import Sighting
from mingcha_analyzers.app.resources.table import ResourceTable
from mingcha_analyzers.app.values import Component, Place, Stage
from mingcha_analyzers.values import Limit

MANIFEST, RESOURCES = "AndroidManifest.xml", "resources.arsc"
OWNER = "app"
# Scripts and pages first: they say what an app does, and may use up the bounds.
_SCRIPT = re.compile(r"(?:.+!/)?(?:assets|res/raw)/.*\.(?:js|mjs|bundle|jsbundle|html?)", re.IGNORECASE)
_DATA = re.compile(r"(?:.+!/)?(?:assets|res/raw)/.*\.(?:json|properties|xml|conf|cfg|ini)", re.IGNORECASE)
_LICENCE = re.compile(r"licen[cs]|notice|copying|third.?party|open.?source", re.IGNORECASE)
# A comment line of a page, a script or a table of settings.
_COMMENT = re.compile(rb"[ \t]*(?:#|//|\*)")
_MAX_FILE = 8 << 20
_MAX_TOTAL = 12 << 20
_MAX_CONFIG = 1 << 20
_MAX_FILES = 500
# Of files that were not read so many are named.
_NAMED = 20
# Names in a sound package are far shorter.
_MAX_NAME = 100


def see_manifest_hosts(components: Iterable[Component]) -> Iterator[Sighting]:
    """Yield hosts in values of meta-data."""
    rows = [(part.name, entry.value) for part in components for entry in part.meta_data if entry.value]
    for place, address in find_addresses([value.encode() for _, value in rows]):
        yield Sighting(address, OWNER, Stage.PRESENT, Place(MANIFEST, rows[place][0], None, None, None))


def see_config_hosts(entries: Entries, path: str | None) -> Iterator[Sighting]:
    """Yield the domains of a network security configuration; that one cannot be read is said by the security facts."""
    if path is None or path not in entries:
        return
    try:
        root = parse_binary_xml(entries.read(path, _MAX_CONFIG))
    except (EntryError, DamagedError):
        return
    for element in root.iter("domain"):
        if (address := read_host(element.text or "")) is not None:
            yield Sighting(address, OWNER, Stage.PRESENT, Place(path, None, None, None, None))


def see_text_hosts(resources: ResourceTable) -> Iterator[Sighting]:
    """Yield hosts of string resources in their default wording."""
    texts = list(resources.texts({""}, _may_name_host))
    for place, address in find_addresses([each.text.encode("utf-8", "replace") for each in texts]):
        yield Sighting(
            address, OWNER, Stage.PRESENT, Place(f"{RESOURCES}:{texts[place].name[:_MAX_NAME]}", None, None, None, None)
        )


def _may_name_host(text: str) -> bool:
    return "://" in text or (" " not in text and "." in text)


def _kind(name: str) -> int | None:
    """Return 0 for scripts and pages, 1 for tables of settings, None for what is not read."""
    if _LICENCE.search(name):
        return None
    return 0 if _SCRIPT.fullmatch(name) else 1 if _DATA.fullmatch(name) else None


def read_text_files(entries: Entries) -> tuple[list[tuple[str, bytes]], list[Limit]]:
    """Return name and bytes of the text files among assets, and limits for those that were not read."""
    names = sorted((kind, name) for name in entries.names() if (kind := _kind(name)) is not None)
    found: list[tuple[str, bytes]] = []
    limits: list[Limit] = []
    left = _MAX_TOTAL
    skipped = len(names[_MAX_FILES:])
    for _, name in names[:_MAX_FILES]:
        try:
            data = entries.read(name, min(_MAX_FILE, left))
        except EntryError as error:
            skipped += 1
            limits.append(Limit("assets", error.reason, name))
            continue
        left -= len(data)
        if data.count(b"://") > MOST_MARKS:
            limits.append(Limit("assets", "entry_not_searched", name))
        else:
            found.append((name, data))
    if skipped > _NAMED:
        limits = [*limits[:_NAMED], Limit("assets", "entry_not_searched", f"{skipped} files")]
    return found, limits


def see_file_hosts(files: Sequence[tuple[str, bytes]]) -> Iterator[Sighting]:
    """Yield hosts of URLs in files, outside comments that fill a line."""
    lines: list[bytes] = []
    names: list[str] = []
    for name, data in files:
        found = [
            line for line in _without_markup_comments(data).split(b"\n") if b"://" in line and not _COMMENT.match(line)
        ]
        lines += found
        names += [name] * len(found)
    for place, address in find_urls(lines):
        yield Sighting(address, OWNER, Stage.PRESENT, Place(names[place], None, None, None, None))


def _without_markup_comments(data: bytes) -> bytes:
    first, *rest = data.split(b"<!--")
    return first + b"".join(part.partition(b"-->")[2] for part in rest)
