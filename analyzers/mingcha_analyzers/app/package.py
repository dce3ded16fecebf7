"""The parts of an app package as one: their entries under names that are not ambiguous, whatever they came in.

Entries of the base keep their names. Libraries and assets of other parts keep theirs, too, as installed they lie in
one folder; everything else of a part is named ``split_feature.apk!/classes.dex``.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from mingcha_analyzers.app.archive import MAX_ENTRY_BYTES, Archive, Entries
from mingcha_analyzers.app.elements import Element
from mingcha_analyzers.app.values import Container, ContainerKind, PackagePart, PartKind
from mingcha_analyzers.values import Limit

_DEX_NAME = re.compile(r"classes([2-9]|[1-9][0-9]{1,4})?\.dex")
_SHARED_FOLDERS = ("lib/", "assets/")


@dataclass(frozen=True, slots=True)
class Part:
    """One part: what it is, its entries and the root element of its manifest."""

    facts: PackagePart
    entries: Entries
    root: Element


@dataclass(slots=True)
class Package:
    """An app of one or more parts, base first.

    ``signer`` is the archive whose signature counts; ``limits`` say what of the container was not read.
    """

    kind: ContainerKind
    parts: Sequence[Part]
    signer: Archive
    limits: tuple[Limit, ...]
    _places: dict[str, tuple[Entries, str]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        base, *others = self.parts
        self._places = {name: (base.entries, name) for name in base.entries.names()}
        for part in others:
            prefix = self.prefix(part)
            for name in part.entries.names():
                plain = name.startswith(_SHARED_FOLDERS) and name not in self._places
                self._places[name if plain else prefix + name] = (part.entries, name)

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def names(self) -> tuple[str, ...]:
        """Return the names of all entries, sorted."""
        return tuple(sorted(self._places))

    def read(self, name: str, max_bytes: int = MAX_ENTRY_BYTES) -> bytes:
        """Return the inflated bytes of an entry; raises ``EntryError``."""
        entries, inner = self._places[name]
        return entries.read(inner, max_bytes)

    def begin(self, name: str) -> bytes:
        """Return the first bytes of an entry, by which its format is told; nothing if it is damaged."""
        entries, inner = self._places[name]
        return entries.begin(inner)

    @property
    def container(self) -> Container:
        """Return what the app came in, for the report; one APK by itself has no parts."""
        single = self.kind is ContainerKind.APK
        return Container(self.kind, () if single else tuple(part.facts for part in self.parts))

    def prefix(self, part: Part) -> str:
        """Return what stands before the names of a part's entries."""
        if part is self.parts[0]:
            return ""
        short = part.facts.name.rpartition("/")[2]
        shared = sum(other.facts.name.rpartition("/")[2] == short for other in self.parts) > 1
        return f"{part.facts.name if shared else short}!/"

    def dex_names(self) -> list[str]:
        """Return the DEX files in the order of loading: classes.dex, classes2.dex … of the base, then of each part."""
        return [self.prefix(part) + name for part in self.parts for name in _dex_names(part.entries)]


def _dex_names(entries: Entries) -> Iterator[str]:
    matches = (_DEX_NAME.fullmatch(name) for name in entries.names())
    numbered = {int(match[1] or 1): match[0] for match in matches if match is not None}
    return (numbered[number] for number in sorted(numbered))


def located(limits: Sequence[Limit], place: str) -> list[Limit]:
    """Return limits of a part with the part's name before their detail."""
    return [replace(limit, detail=f"{place}!/{limit.detail}") for limit in limits]


def make_part(name: str, kind: PartKind, entries: Entries, root: Element, size: int, sha256: str | None = None) -> Part:
    """Return a part of these facts."""
    return Part(PackagePart(name, kind, sha256, size), entries, root)
