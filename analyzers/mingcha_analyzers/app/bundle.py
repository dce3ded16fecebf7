"""App bundles (.aab): modules in folders, each with manifest, DEX files, libraries, assets and resources of its own.

A module's entries are shown under the names that they have in the package built from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from mingcha_analyzers.app.archive import MAX_ENTRY_BYTES, Archive
from mingcha_analyzers.app.manifest import MANIFEST, read_root
from mingcha_analyzers.app.package import Package, Part, make_part
from mingcha_analyzers.app.splits import MAX_PARTS
from mingcha_analyzers.app.values import ContainerKind, PartKind
from mingcha_analyzers.values import Limit
from mingcha_corpora.errors import UnreadableInputError

_CONFIG = "BundleConfig.pb"
_BASE = "base"
_MANIFEST_PLACE = f"manifest/{MANIFEST}"
# Folders of a module whose content stands at the top of a package; of two files the one named last here counts.
_LIFTED = ("root/", "dex/", "manifest/")


@dataclass(frozen=True, slots=True)
class Module:
    """The entries of one module of a bundle, by their name in a package."""

    archive: Archive
    places: Mapping[str, str]

    def __contains__(self, name: object) -> bool:
        return name in self.places

    def names(self) -> tuple[str, ...]:
        """Return the names of all entries, sorted."""
        return tuple(sorted(self.places))

    def read(self, name: str, max_bytes: int = MAX_ENTRY_BYTES) -> bytes:
        """Return the inflated bytes of an entry; raises ``EntryError``."""
        return self.archive.read(self.places[name], max_bytes)

    def begin(self, name: str) -> bytes:
        """Return the first bytes of an entry, by which its format is told; nothing if it is damaged."""
        return self.archive.begin(self.places[name])


def is_bundle(archive: Archive) -> bool:
    """Return whether an archive is an app bundle."""
    return f"{_BASE}/{_MANIFEST_PLACE}" in archive or _CONFIG in archive


def read_bundle(archive: Archive, path: str) -> Package:
    """Return the modules of a bundle, the base first.

    Raises:
        UnreadableInputError: ``bundle_no_base``, or a module's manifest cannot be read.
    """
    names = sorted(name.partition("/")[0] for name in archive.entries if name.partition("/")[2] == _MANIFEST_PLACE)
    if _BASE not in names:
        raise UnreadableInputError("bundle_no_base", path=path)
    limits = list(archive.limits)
    # The store signs the packages that users get with another key than that of the bundle.
    limits.append(Limit("signing", "app_key_unknown", ""))
    parts = [_read_module(archive, path, _BASE)]
    for name in [name for name in names if name != _BASE][:MAX_PARTS]:
        try:
            part = _read_module(archive, path, name)
        except UnreadableInputError:
            limits.append(Limit("code", "part_damaged", name))
            continue
        if part.root.get("package") == parts[0].root.get("package"):
            parts.append(part)
        else:
            limits.append(Limit("archive", "part_foreign", f"{name} ({part.root.get('package')})"))
    return Package(ContainerKind.AAB, parts, archive, tuple(limits))


def _read_module(archive: Archive, path: str, name: str) -> Part:
    prefix = f"{name}/"
    inside = [entry for entry in archive.entries if entry.startswith(prefix)]
    places = {place: entry for entry in inside if not (place := entry.removeprefix(prefix)).startswith(_LIFTED)}
    for folder in _LIFTED:
        start = prefix + folder
        places.update((entry.removeprefix(start), entry) for entry in inside if entry.startswith(start))
    module = Module(archive, places)
    root = read_root(module, f"{path}!/{name}")
    size = sum(archive.entries[entry].packed_size for entry in inside)
    return make_part(name, PartKind.BASE if name == _BASE else PartKind.FEATURE, module, root, size)
