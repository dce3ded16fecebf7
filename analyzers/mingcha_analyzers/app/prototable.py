"""The resource table of an app bundle (``resources.pb``, ``ResourceTable`` of aapt2's Resources.proto).

Read when a reference asks for it, and of it only the types that are asked for.
"""

from dataclasses import dataclass, field

from mingcha_analyzers.app.protobuf import WireError, message, messages, unsigned
from mingcha_analyzers.app.protoitem import item_text
from mingcha_analyzers.app.resources import MAX_RESOURCE_BYTES, is_reference

PROTO_RESOURCES = "resources.pb"
_MAX_REFERENCES = 20
_PACKAGES, _TYPES, _ENTRIES, _CONFIG_VALUES = 2, 3, 3, 6
_ID, _CONFIG, _VALUE, _ITEM = 1, 1, 2, 4


@dataclass(slots=True)
class ProtoResources:
    """The resource table of one module."""

    data: bytes | None
    damaged: str | None = None
    _types: dict[int, list[memoryview]] | None = field(default=None, repr=False)
    _entries: dict[int, dict[int, memoryview]] = field(default_factory=dict, repr=False)
    _texts: dict[int, str | None] = field(default_factory=dict, repr=False)

    def resolve(self, value: str | None) -> str | None:
        """Return what an attribute's text stands for: itself, or the default value of ``@7F05…``; None if unknown."""
        for _ in range(_MAX_REFERENCES):
            if value is None or not is_reference(value):
                return value
            value = self._default_value(int(value[-8:], 16))
        return None

    def _default_value(self, resource: int) -> str | None:
        if self.data is None or self.damaged is not None:
            return None
        if len(self.data) > MAX_RESOURCE_BYTES:
            self.damaged = f"{len(self.data)} bytes"
            return None
        if resource not in self._texts:
            try:
                entry = self._entries_of(resource >> 16).get(resource & 0xFFFF)
                self._texts[resource] = None if entry is None else _default_text(entry)
            except WireError as error:
                self.damaged = str(error)
                return None
        return self._texts[resource]

    def _entries_of(self, wanted: int) -> dict[int, memoryview]:
        """Return the entries by number of one type, named by the two upper bytes of its resources."""
        if self._types is None:
            self._types = _index_types(memoryview(self.data or b""))
        if wanted not in self._entries:
            entries = (entry for type_ in self._types.get(wanted, ()) for entry in messages(type_, _ENTRIES))
            self._entries[wanted] = {_id(entry): entry for entry in entries}
        return self._entries[wanted]


def _index_types(table: memoryview) -> dict[int, list[memoryview]]:
    """Return the types by number of package and type."""
    types: dict[int, list[memoryview]] = {}
    for package in messages(table, _PACKAGES):
        number = _id(package)
        for type_ in messages(package, _TYPES):
            types.setdefault(number << 8 | _id(type_), []).append(type_)
    return types


def _id(holder: memoryview) -> int:
    """Return the number in the id message that packages, types and entries begin with."""
    holds = message(holder, _ID)
    return 0 if holds is None else unsigned(holds, 1)


def _default_text(entry: memoryview) -> str | None:
    """Return the text for the default configuration, of the first one if there is no default."""
    first: memoryview | None = None
    for value in messages(entry, _CONFIG_VALUES):
        first = first if first is not None else value
        if not message(value, _CONFIG):
            first = value
            break
    content = None if first is None else message(first, _VALUE)
    item = None if content is None else message(content, _ITEM)
    return None if item is None else item_text(item)
