"""Which version of an SDK a package holds: from the places that its record names, then from its Maven coordinates.

Places are tried in the order of the record; one that tells two versions equally often tells none.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from mingcha_analyzers.app.archive import EntryError
from mingcha_analyzers.app.package import Package
from mingcha_analyzers.app.sdks.coordinates import purl_of
from mingcha_analyzers.app.sdks.patterns import Patterns
from mingcha_analyzers.app.sdks.telling import ToldVersions, version_of
from mingcha_analyzers.app.values import Component, SdkFound, VersionKind, VersionSource
from mingcha_corpora.sdks import SdkBase, SdkRecord, VersionPlace

# Files that builds leave hold a line or two.
_MAX_FILE = 64 << 10
# A build that had no version to write left words instead.
_VERSION = re.compile(r"v?\d[\w.+-]{0,60}")
_SETTING = re.compile(r"^[ \t]*([\w.-]+)[ \t]*[=:][ \t]*(\S+)", re.MULTILINE)

# A version and where it stands.
Told = tuple[str, str]


class VersionReader:
    """Tells the versions of the SDKs in one package."""

    def __init__(
        self,
        base: SdkBase,
        told: ToldVersions,
        package: Package,
        components: Sequence[Component],
        learnt: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """``learnt``: by SDK, the version that the make of its renamed classes shows."""
        self._records = base.records
        self._told = told
        self._learnt = learnt
        self._package = package
        self._names = package.names()
        self._meta_data = {entry.name: entry.value for part in components for entry in part.meta_data}
        self._by_purl = dict(_find_coordinates(self._names))

    def add_version(self, sdk: SdkFound) -> SdkFound:
        """Return an SDK with its version and the package URLs of it, as far as they are known."""
        record = self._records[sdk.id]
        version, source = self._find(record) or (None, None)
        return replace(sdk, version=version, version_source=source, purls=tuple(self._purls_of(record, version)))

    def _purls_of(self, record: SdkRecord, version: str | None) -> Iterator[str]:
        """Yield the package URLs that files of the build prove, with their own version, else all of the record."""
        proved = [purl for purl in record.purls if purl in self._by_purl]
        for purl in proved or record.purls:
            own = self._in_file(self._by_purl[purl], "version") if proved else version
            yield f"{purl}@{own}" if own else purl

    def _find(self, record: SdkRecord) -> tuple[str, VersionSource] | None:
        for order, place in enumerate(record.versions):
            kind, told = self._read(record, order, place)
            if found := _commonest(told):
                return found[0], VersionSource(kind, found[1])
        for purl in record.purls:
            name = self._by_purl.get(purl)
            if name and (version := self._in_file(name, "version")):
                return version, VersionSource(VersionKind.FILE, name)
        if version := self._learnt.get(record.id):
            return version, VersionSource(VersionKind.FINGERPRINT, record.id)
        return None

    def _read(self, record: SdkRecord, order: int, place: VersionPlace) -> tuple[VersionKind, Iterable[Told]]:
        if place.class_name or place.string:
            kind = VersionKind.CLASS if place.class_name else VersionKind.STRING
            return kind, self._told.get((record.id, order), ())
        if place.meta_key:
            value = self._meta_data.get(place.meta_key) or ""
            return VersionKind.META_DATA, [(value, place.meta_key)] if _VERSION.fullmatch(value) else ()
        if place.entry:
            return VersionKind.ENTRY, self._in_names(place.entry)
        return VersionKind.FILE, self._in_files(place)

    def _in_names(self, pattern: str) -> Iterator[Told]:
        expression = re.compile(pattern)
        for name in self._names:
            match = expression.fullmatch(name)
            if match and (version := version_of(match)):
                yield version, name

    def _in_files(self, place: VersionPlace) -> Iterator[Told]:
        for name, _ in Patterns([place.file]).find(self._names):
            if version := self._in_file(name, place.key):
                yield version, name

    def _in_file(self, name: str, key: str) -> str | None:
        """Return what a file says: the value of a key where it holds settings, else all of it."""
        try:
            text = self._package.read(name, _MAX_FILE).decode("utf-8", "replace")
        except EntryError:
            return None
        settings = dict(_SETTING.findall(text))
        version = settings.get(key, "") if settings else text.strip()
        return version if _VERSION.fullmatch(version) else None


def _find_coordinates(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the package URL and the name of each file that tells the version of a library."""
    for name in names:
        # A pom.xml may take its version from elsewhere.
        if not name.endswith(".xml") and (purl := purl_of(name)):
            yield purl, name


def _commonest(told: Iterable[Told]) -> Told | None:
    """Return the version told most often with the first place that tells it, None where two are told as often."""
    places: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for version, place in told:
        counts[version] += 1
        places.setdefault(version, place)
    most = counts.most_common(2)
    if not most or (len(most) > 1 and most[0][1] == most[1][1]):
        return None
    return most[0][0], places[most[0][0]]
