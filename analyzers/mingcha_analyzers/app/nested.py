"""DEX files that lie in a package beside its own: slices of Instant Run, archives and DEX files under any name.

Found by their first bytes, two archives deep, within bounds that plug-ins of real apps stay far below. They stand
behind the package's own code: of two definitions of a class the first counts. Encrypted code is not seen.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mingcha_analyzers.app.archive import Archive, Budget, Entries, EntryError, open_archive
from mingcha_analyzers.app.dex.names import DexError
from mingcha_analyzers.app.dex.pools import read_pools
from mingcha_analyzers.app.dex.reader import find_headers
from mingcha_analyzers.app.values import NestedCode, NestedKind
from mingcha_analyzers.values import Limit, SourceFile
from mingcha_corpora.errors import UnreadableInputError

STAGE = "later_code"
_INSTANT_RUN = "instant-run.zip"
_DEX, _ZIP = b"dex\n", b"PK\x03\x04"
# What the system reads itself, and folders where no loader keeps code.
_PASSED_OVER = re.compile(
    r"(?:.+!/)?(?:META-INF/|kotlin/|res/(?!raw/)|classes\d*\.dex$|resources\.arsc$|AndroidManifest\.xml$)"
)
_NUMBERED = re.compile(r"(?:.*/)?classes(\d{0,5})\.dex")
_DEEPEST = 2
_MOST_LOOKS, _MOST_DEX, _MOST_ARCHIVES = 5_000, 256, 64
_MOST_BYTES = 96 << 20
# Of entries that were not read so many are named.
_NAMED = 20


@dataclass(frozen=True, slots=True)
class NestedDex:
    """A DEX file: the entry of the package that it lies in, its own name behind that, its bytes."""

    entry: str
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Nested:
    """The DEX files, and what was not read."""

    files: tuple[NestedDex, ...]
    limits: tuple[Limit, ...]

    @property
    def later(self) -> frozenset[str]:
        """Return the names of the DEX files that are no part of the app as it starts; slices of Instant Run are."""
        return frozenset(file.name for file in self.files if file.entry != _INSTANT_RUN)

    def parts(self, classes: Mapping[str, int]) -> tuple[NestedCode, ...]:
        """Return the entries that hold code; ``classes``: how many each DEX, by name, is the first to define."""
        by_entry: dict[str, list[str]] = {}
        for file in self.files:
            by_entry.setdefault(file.entry, []).append(file.name)
        return tuple(
            NestedCode(entry, _kind(entry, names), len(names), sum(classes.get(name, 0) for name in names))
            for entry, names in by_entry.items()
        )


@dataclass(slots=True)
class _Search:
    """What was found so far, and what may still be looked at and read."""

    files: list[NestedDex] = field(default_factory=list)
    limits: list[Limit] = field(default_factory=list)
    seen: set[bytes] = field(default_factory=set)
    looks: int = _MOST_LOOKS
    archives: int = _MOST_ARCHIVES
    left: int = _MOST_BYTES
    left_out: int = 0

    def run(self, entries: Entries, names: Sequence[str], within: tuple[str, ...] = ()) -> None:
        """Take the DEX files among entries, and those in archives among them; ``within``: the archives around."""
        for number, name in enumerate(names):
            if not self.looks:
                self.left_out += len(names) - number
                return
            self.looks -= 1
            head, path = entries.begin(name), (*within, name)
            if head.startswith(_DEX):
                self._take(entries, path)
            elif head.startswith(_ZIP):
                self._open(entries, path)
            elif within and _NUMBERED.fullmatch(name):
                self._miss("code_in_assets", path)

    def _take(self, entries: Entries, path: tuple[str, ...]) -> None:
        if len(self.files) == _MOST_DEX:
            self.left_out += 1
            return
        data, place = self._read(entries, path), "!/".join(path)
        if data is None or data in self.seen:
            return
        self.seen.add(data)
        try:
            for at in find_headers(data):
                read_pools(data, at)
        except DexError as error:
            self._miss(error.reason, path, f": {error.detail}")
        else:
            self.files.append(NestedDex(path[0], place, data))

    def _open(self, entries: Entries, path: tuple[str, ...]) -> None:
        if len(path) > _DEEPEST or not self.archives:
            self._miss("archive_too_deep" if self.archives else "entry_not_searched", path)
            return
        self.archives -= 1
        data = self._read(entries, path)
        archive = None if data is None else _opened(data, self.left)
        if archive is not None:
            self.run(archive, sorted(archive.names(), key=_loading_order), path)

    def _read(self, entries: Entries, path: tuple[str, ...]) -> bytes | None:
        """Return an entry's bytes, None where that cannot be; then a limit says so."""
        try:
            data = entries.read(path[-1], self.left)
        except EntryError as error:
            self._miss(error.reason, path)
            return None
        self.left -= len(data)
        return data

    def _miss(self, reason: str, path: tuple[str, ...], detail: str = "") -> None:
        """Note what was not read: of slices of Instant Run it is the app's own code."""
        stage = "code" if path[0] == _INSTANT_RUN else STAGE
        self.limits.append(Limit(stage, reason, "!/".join(path) + detail))

    def say(self) -> Iterator[Limit]:
        """Yield the limits, the first ones of many."""
        yield from self.limits[:_NAMED]
        left_out = self.left_out + len(self.limits[_NAMED:])
        if left_out:
            yield Limit(STAGE, "entry_not_searched", f"{left_out} files")


def find_nested(entries: Entries) -> Nested:
    """Return the code that lies in a package beside its own DEX files."""
    names = [name for name in entries.names() if not _PASSED_OVER.match(name)]
    search = _Search()
    search.run(entries, sorted(names, key=lambda name: (name != _INSTANT_RUN, name)))
    return Nested(tuple(search.files), tuple(search.say()))


def _opened(data: bytes, left: int) -> Archive | None:
    """Return the archive that bytes are, None if they only begin as one."""
    try:
        return open_archive(SourceFile("", data), Budget(left, _MOST_LOOKS))
    except UnreadableInputError:
        return None


def _kind(entry: str, names: Sequence[str]) -> NestedKind:
    if entry == _INSTANT_RUN:
        return NestedKind.INSTANT_RUN
    return NestedKind.DEX if entry in names else NestedKind.ARCHIVE


def _loading_order(name: str) -> tuple[bool, int, str]:
    """Return the order in which the system would load the DEX files of an archive: numbered ones first."""
    match = _NUMBERED.fullmatch(name)
    return match is None, int(match[1] or 1) if match else 0, name
