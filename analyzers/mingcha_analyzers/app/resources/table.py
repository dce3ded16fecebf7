"""The resource table (``resources.arsc``): texts, files and default values of resources by type, name and locale.

A package may carry several tables (splits); they are one table here. Nothing is parsed before it is asked for, and
entries are read in bulk, since large apps hold hundreds of thousands. A table that cannot be read is named in
``damaged`` with the fault, and answers nothing.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice

from mingcha_analyzers.app.chunks import DamagedError
from mingcha_analyzers.app.resources.blocks import BAG, STRING, Block, Entry, Package, read_packages
from mingcha_analyzers.app.stringpool import StringPool
from mingcha_analyzers.app.typedvalues import format_value

RESOURCES = "resources.arsc"
PROTO_RESOURCES = "resources.pb"
MAX_STRINGS = 2_000_000
_MAX_REFERENCES = 20
# Of texts longer than so many characters so many are given in one pass: entries that share one would multiply it.
_LONG, _MAX_LONG = 1_000, 16 << 20
# A longer value stands for nothing that an attribute may say; thousands of attributes might share it.
_MAX_VALUE = 2 << 10
TEXT_TYPES = ("string", "array", "plurals")


@dataclass(frozen=True, slots=True)
class TextResource:
    """A text among the resources; ``locale`` is ``""`` for the default, else ``zh``, ``zh-CN``, or ``zh-Hans``."""

    id: int
    type: str
    name: str
    locale: str
    text: str


@dataclass(frozen=True, slots=True)
class FileResource:
    """A file that is a resource: ``path`` as the table says, in the package that holds ``table``."""

    id: int
    type: str
    name: str
    locale: str
    path: str
    table: str

    @property
    def entry(self) -> str:
        """The name of the file's entry in the package: beside the table that names it."""
        return "".join(self.table.rpartition("!/")[:2]) + self.path


@dataclass(frozen=True, slots=True)
class _Table:
    """One parsed file."""

    name: str
    strings: StringPool
    packages: tuple[Package, ...]


@dataclass(slots=True)
class ResourceTable:
    """The tables of a package by the name of their file. ``damaged``: file name → fault, filled as tables are read."""

    sources: Mapping[str, bytes]
    damaged: dict[str, str] = field(default_factory=dict)
    _tables: tuple[_Table, ...] | None = field(default=None, repr=False)

    def resolve(self, value: str | None) -> str | None:
        """Return what an attribute's text stands for: itself, or the default value of ``@7F05…``; None if unknown."""
        for _ in range(_MAX_REFERENCES):
            if value is None or not is_reference(value):
                return value
            value = self._default_value(int(value[-8:], 16))
        return None

    def texts(
        self, languages: Collection[str] | None = None, wanted: Callable[[str], bool] | None = None
    ) -> Iterator[TextResource]:
        """Yield the texts of strings, arrays and plurals, of these languages (``""``: the default) if any are named.

        ``wanted`` is asked once for each text of the pool, however many entries share it.
        """
        answers: dict[tuple[str, int], str | None] = {}
        left = _MAX_LONG
        for table, block, entry in self._strings(TEXT_TYPES, languages):
            place = table.name, entry.data
            if place not in answers:
                text = self._text(table, table.strings, entry.data)
                answers[place] = text if text and (wanted is None or wanted(text)) else None
            chosen = answers[place]
            if chosen is None:
                continue
            left -= len(chosen) if len(chosen) > _LONG else 0
            if left < 0:
                self.damaged[table.name] = f"more than {_MAX_LONG} characters in long texts"
                return
            yield self._text_resource(table, block, entry, chosen)

    def texts_of(self, resource: int, languages: Collection[str] | None = None) -> Iterator[TextResource]:
        """Yield the texts of one string resource, of these languages if any are named; references are not followed."""
        for table, block, entry in self._entries_of(resource, languages):
            text = self._text(table, table.strings, entry.data) if entry.kind == STRING else ""
            if text:
                yield self._text_resource(table, block, entry, text)

    def files(self, *types: str) -> Iterator[FileResource]:
        """Yield the files that are resources of these types (layout, xml, raw, menu …), one for each configuration."""
        for table, block, entry in self._strings(types, None):
            path = self._text(table, table.strings, entry.data)
            if path:
                name = self._text(table, block.package.keys, entry.key)
                yield FileResource(
                    block.resource(entry.number), block.type, name, block.config.locale, path, table.name
                )

    def names(self, *types: str) -> set[str]:
        """Return the names of all resources of these types."""
        return {
            self._text(table, block.package.keys, key)
            for table, package in self._packages()
            for block in chain.from_iterable(package.blocks.values())
            if block.type in types
            for key in set(block.entries().keys.tolist())
        }

    def name_of(self, resource: int) -> str | None:
        """Return a resource's name as ``type/entry``."""
        for table, block, entry in self._entries_of(resource):
            return f"{block.type}/{self._text(table, block.package.keys, entry.key)}"
        return None

    def _text_resource(self, table: _Table, block: Block, entry: Entry, text: str) -> TextResource:
        name = self._text(table, block.package.keys, entry.key)
        return TextResource(block.resource(entry.number), block.type, name, block.config.locale, text)

    def _default_value(self, resource: int) -> str | None:
        """Return a resource's value in the default configuration, or in the first there is."""
        found = list(self._entries_of(resource))
        if not found:
            return None
        table, _, entry = next((each for each in found if each[1].config.is_default), found[0])
        if entry.kind == BAG:
            return None
        if entry.kind == STRING:
            text = self._text(table, table.strings, entry.data)
            return text if len(text) <= _MAX_VALUE else None
        return format_value(entry.kind, entry.data)

    def _entries_of(
        self, resource: int, languages: Collection[str] | None = None
    ) -> Iterator[tuple[_Table, Block, Entry]]:
        """Yield an entry in each configuration that defines it, of these languages if any are named."""
        package_id, type_id, number = resource >> 24, resource >> 16 & 0xFF, resource & 0xFFFF
        for table, package in self._packages():
            for block in package.blocks.get(type_id, ()) if package.id == package_id else ():
                in_question = languages is None or block.config.language in languages
                entry = block.entry(number) if in_question else None
                if entry is not None:
                    yield table, block, entry

    def _strings(
        self, types: Collection[str], languages: Collection[str] | None
    ) -> Iterator[tuple[_Table, Block, Entry]]:
        """Yield every string of blocks of these types and languages, up to a bound no real package comes near."""
        left = MAX_STRINGS
        for table, package in self._packages():
            for block in chain.from_iterable(package.blocks.values()):
                if block.type not in types or (languages is not None and block.config.language not in languages):
                    continue
                try:
                    for entry in islice(block.strings(), left):
                        left -= 1
                        yield table, block, entry
                except DamagedError as error:
                    self.damaged[table.name] = str(error)
                if not left:
                    self.damaged[table.name] = f"more than {MAX_STRINGS} strings"
                    return

    def _text(self, table: _Table, pool: StringPool, number: int) -> str:
        text = pool[number]
        if pool.overlaps:
            self.damaged[table.name] = "strings overlap"
        return text

    def _packages(self) -> Iterator[tuple[_Table, Package]]:
        if self._tables is None:
            self._tables = tuple(self._parse())
        return ((table, package) for table in self._tables for package in table.packages)

    def _parse(self) -> Iterator[_Table]:
        for name, data in self.sources.items():
            try:
                yield _Table(name, *read_packages(data))
            except DamagedError as error:
                self.damaged[name] = str(error)


def is_reference(value: str) -> bool:
    """Return whether an attribute's text is a resource reference in androguard's spelling (``@7F050001``)."""
    digits = value[1:].removeprefix("android:")
    return value.startswith("@") and len(digits) == 8 and all(digit in "0123456789ABCDEF" for digit in digits)
