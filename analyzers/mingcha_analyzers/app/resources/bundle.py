"""The resource tables of an app bundle (``resources.pb``, ``ResourceTable`` of aapt2's Resources.proto).

They answer as the tables of a package do. Of a large table only the types and languages asked for are read.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from mingcha_analyzers.app.protobuf import WireError, message, messages, read_fields, text_of, unsigned
from mingcha_analyzers.app.protoitem import FILE, STRINGS, item_kind, item_text
from mingcha_analyzers.app.resources.table import TEXT_TYPES, FileResource, ResourceTable, TextResource

_T = TypeVar("_T")

_PACKAGES, _TYPES, _ENTRIES, _CONFIG_VALUES = 2, 3, 3, 6
_ID, _NAME, _CONFIG, _VALUE = 1, 2, 1, 2
_LOCALE = 3
_ITEM, _COMPOUND = 4, 5
# Of compound values the arrays and plurals, whose elements have their item here.
_LISTS = {4: 3, 5: 4}
_ELEMENT = 1


class _Type(NamedTuple):
    """One type of one module: the file it stands in, the upper half of its resources' numbers, its name."""

    table: str
    number: int
    name: str
    data: memoryview


class _Entry(NamedTuple):
    """One resource."""

    type: _Type
    id: int
    name: str
    data: memoryview


@dataclass(slots=True)
class BundleTable(ResourceTable):
    """The tables of the modules of a bundle."""

    _types: tuple[_Type, ...] | None = field(default=None, repr=False)
    _known: dict[int, tuple[dict[int, _Entry], ...]] = field(default_factory=dict, repr=False)
    _values: dict[int, str | None] = field(default_factory=dict, repr=False)

    def texts(
        self, languages: Collection[str] | None = None, wanted: Callable[[str], bool] | None = None
    ) -> Iterator[TextResource]:
        """Yield the texts of strings, arrays and plurals; see ``ResourceTable``."""
        for entry in self._entries(TEXT_TYPES):
            for text in self._texts(entry, languages):
                if wanted is None or wanted(text.text):
                    yield text

    def texts_of(self, resource: int, languages: Collection[str] | None = None) -> Iterator[TextResource]:
        """Yield the texts of one string resource, of these languages if any are named; references are not followed."""
        for entry in self._entries_of_id(resource):
            yield from self._texts(entry, languages)

    def files(self, *types: str) -> Iterator[FileResource]:
        """Yield the files that are resources of these types, one for each configuration."""
        for entry in self._entries(types):
            for locale, path in self._safely(entry, _read_paths):
                yield FileResource(entry.id, entry.type.name, entry.name, locale, path, entry.type.table)

    def names(self, *types: str) -> set[str]:
        """Return the names of all resources of these types."""
        return {entry.name for entry in self._entries(types)}

    def name_of(self, resource: int) -> str | None:
        """Return a resource's name as ``type/entry``."""
        return next((f"{entry.type.name}/{entry.name}" for entry in self._entries_of_id(resource)), None)

    def _default_value(self, resource: int) -> str | None:
        if resource not in self._values:
            found = (text for entry in self._entries_of_id(resource) for text in self._safely(entry, _read_default))
            self._values[resource] = next(found, None)
        return self._values[resource]

    def _texts(self, entry: _Entry, languages: Collection[str] | None) -> Iterator[TextResource]:
        for locale, text in self._safely(entry, lambda data: _read_texts(data, languages)):
            yield TextResource(entry.id, entry.type.name, entry.name, locale, text)

    def _safely(self, entry: _Entry, read: Callable[[memoryview], Iterator[_T]]) -> list[_T]:
        """Return what is read from an entry; nothing of a damaged one, and a note."""
        try:
            return list(read(entry.data))
        except WireError as error:
            self.damaged[entry.type.table] = str(error)
            return []

    def _entries(self, types: Collection[str]) -> Iterator[_Entry]:
        for type_ in self._all_types():
            if type_.name in types:
                yield from self._read_entries(type_)

    def _entries_of_id(self, resource: int) -> Iterator[_Entry]:
        half = resource >> 16
        if half not in self._known:
            chosen = [type_ for type_ in self._all_types() if type_.number == half]
            self._known[half] = tuple({entry.id: entry for entry in self._read_entries(type_)} for type_ in chosen)
        return (table[resource] for table in self._known[half] if resource in table)

    def _read_entries(self, type_: _Type) -> Iterator[_Entry]:
        try:
            for data in messages(type_.data, _ENTRIES):
                yield _Entry(type_, type_.number << 16 | _id(data) & 0xFFFF, _text(data, _NAME), data)
        except WireError as error:
            self.damaged[type_.table] = str(error)

    def _all_types(self) -> tuple[_Type, ...]:
        if self._types is None:
            found: list[_Type] = []
            for name, data in self.sources.items():
                try:
                    found.extend(_read_types(name, memoryview(data)))
                except WireError as error:
                    self.damaged[name] = str(error)
            self._types = tuple(found)
        return self._types


def _read_types(table: str, data: memoryview) -> Iterator[_Type]:
    for package in messages(data, _PACKAGES):
        number = _id(package)
        for type_ in messages(package, _TYPES):
            yield _Type(table, number << 8 | _id(type_) & 0xFF, _text(type_, _NAME), type_)


def _read_values(entry: memoryview) -> Iterator[tuple[memoryview | None, memoryview]]:
    """Yield configuration and value of each configuration that has one."""
    for held in messages(entry, _CONFIG_VALUES):
        parts = {number: part for number, part in read_fields(held) if isinstance(part, memoryview)}
        if _VALUE in parts:
            yield parts.get(_CONFIG), parts[_VALUE]


def _read_default(entry: memoryview) -> Iterator[str | None]:
    """Yield the text for the default configuration, for the first one if there is no default."""
    values = sorted(_read_values(entry), key=lambda pair: bool(pair[0]))
    for _, value in values[:1]:
        item = message(value, _ITEM)
        yield None if item is None else item_text(item)


def _read_texts(entry: memoryview, languages: Collection[str] | None) -> Iterator[tuple[str, str]]:
    """Yield locale and text of each string."""
    for config, value in _read_values(entry):
        locale = _locale(config)
        if languages is None or locale.partition("-")[0] in languages:
            for item in _read_items(value):
                text = item_text(item) if item_kind(item) in STRINGS else None
                if text:
                    yield locale, text


def _read_paths(entry: memoryview) -> Iterator[tuple[str, str]]:
    """Yield locale and path of each file."""
    for config, value in _read_values(entry):
        item = message(value, _ITEM)
        path = item_text(item) if item is not None and item_kind(item) == FILE else None
        if path:
            yield _locale(config), path


def _locale(config: memoryview | None) -> str:
    return "" if config is None else _text(config, _LOCALE)


def _read_items(value: memoryview) -> Iterator[memoryview]:
    """Yield the items of a value: its own, or those of an array or of plurals."""
    yield from messages(value, _ITEM)
    for compound in messages(value, _COMPOUND):
        for kind, place in _LISTS.items():
            for held in messages(compound, kind):
                for element in messages(held, _ELEMENT):
                    yield from messages(element, place)


def _id(holder: memoryview) -> int:
    """Return the number in the id message that packages, types and entries begin with."""
    held = message(holder, _ID)
    return 0 if held is None else unsigned(held, 1)


def _text(holder: memoryview, number: int) -> str:
    held = message(holder, number)
    return "" if held is None else text_of(held)
