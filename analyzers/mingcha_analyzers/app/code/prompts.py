"""Where the code of one DEX has the system ask the user for permissions, and which ones.

The names are those that a call is given: as an array, a list, or a static field that an initialiser fills. A method
that hands its own argument on is followed to its callers in the same DEX. Where no name is given, those that stand in
the same method or class are taken, and that is said (``sure``).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from mingcha_analyzers.app.code.prompt_table import PromptCall, load_prompts
from mingcha_analyzers.app.code.queries import Queries, member_text
from mingcha_analyzers.app.dex import opcodes
from mingcha_analyzers.app.dex.constants import Constant, find_returned
from mingcha_analyzers.app.dex.names import Member

_DATA = Path(__file__).parent / "data"
_NAME = re.compile(rb"[A-Za-z][\w.]*\.permission(?:-group)?\.[A-Za-z_][\w.]*")
# A wrapper of a wrapper of a wrapper.
_MAX_HOPS = 3
_MAX_SITES = 400
PARAMETER = re.compile(r"\[*(?:L[^;]*;|[A-Z])")
# Types of arguments that can hold the names of permissions.
_HOLDERS = ("[Ljava/lang/String;", "Ljava/lang/String;", "Ljava/lang/Object;", "Ljava/util/", "Ljava/lang/Iterable;")
_REQUESTED = (b"Landroid/content/pm/PackageInfo;", b"requestedPermissions")
_STATIC_CALLS = (0x71, 0x77)


@dataclass(frozen=True, slots=True)
class PromptSite:
    """One place that asks.

    ``told``: a text that the call is given and that is no permission; ``created``: classes that the same body creates,
    its listeners among them.
    """

    item: int
    offset: int
    api: str
    permissions: tuple[str, ...]
    sure: bool
    told: str | None
    created: tuple[int, ...]

    @property
    def is_page(self) -> bool:
        """Tell whether it opens a page of the settings."""
        return "->" not in self.api


def find_prompts(queries: Queries) -> list[PromptSite]:
    """Return the places of one DEX that ask for permissions, in the order of the file."""
    search = _Search(queries)
    found = {(site.item, site.offset): site for site in (*search.calls(), *search.pages())}
    return [found[key] for key in sorted(found)]


@dataclass(frozen=True, slots=True)
class _Call:
    """A call that hands permissions on: its place, the method that asks in the end, the argument that holds them."""

    item: int
    offset: int
    api: str
    kind: PromptCall
    argument: int | None


class _Search:
    def __init__(self, queries: Queries) -> None:
        self._queries = queries
        self._table = load_prompts()

    def calls(self) -> Iterator[PromptSite]:
        """Yield the calls whose permissions are known, and those of the app whose permissions are not."""
        calls = self._first_calls()
        for _ in range(_MAX_HOPS):
            wrapped: dict[int, tuple[_Call, int]] = {}
            for call in calls[:_MAX_SITES]:
                names, told, parameter = self._read(call)
                if names:
                    yield self._site(call, names, told, sure=True)
                elif parameter is not None:
                    wrapped[call.item] = (call, parameter)
                elif not call.kind.needs_name and not self._in_library(call.item):
                    yield from self._unnamed(call)
            if not wrapped:
                break
            calls = self._callers(wrapped)

    def pages(self) -> Iterator[PromptSite]:
        """Yield where code names a page of the settings that gives a special permission."""
        pages = self._table.settings_pages
        places = ((self._queries.find_text(page), page) for page in pages)
        telling = {number: page for number, page in places if number is not None}
        for item, offset, number in islice(self._queries.text_sites(telling), _MAX_SITES):
            page = telling[number]
            yield PromptSite(item, offset, page.decode(), (pages[page],), True, None, self._created(item))

    def _first_calls(self) -> list[_Call]:
        queries = self._queries
        members = queries.members(self._table.calls)
        return [
            _Call(
                item,
                offset,
                member_text(members[number]),
                self._table.calls[members[number]],
                self._names_argument(item, offset, number),
            )
            for item, offset, number in queries.sites(list(members))
        ]

    def _names_argument(self, item: int, offset: int, method: int) -> int | None:
        """Return the place, in registers, of the last argument that can hold names."""
        kinds = PARAMETER.findall(self._queries.descriptor(method).partition(")")[0])
        place = 0 if self._queries.code(item).units[offset] & 0xFF in _STATIC_CALLS else 1
        found = None
        for kind in kinds:
            if kind.startswith(_HOLDERS):
                found = place
            place += 2 if kind in "JD" else 1
        return found

    def _read(self, call: _Call) -> tuple[tuple[str, ...], str | None, int | None]:
        """Return the permissions that a call is given, its text that is none, and the own argument it hands on."""
        arguments = self._queries.arguments(call.item, call.offset)
        if call.argument is None or call.argument >= len(arguments):
            return (), None, None
        names = self._names(self._texts(arguments[call.argument]))
        others = [text for each in arguments for text in each.texts if not self._names((text,))]
        told = others[0].decode("utf-8", "replace") if others and call.kind.purpose else None
        return names, told, arguments[call.argument].parameter

    def _texts(self, argument: Constant) -> tuple[bytes, ...]:
        if argument.texts:
            return argument.texts
        if argument.field is not None:
            return self._queries.initial_texts(argument.field)
        return self._handed_out(argument.call) if argument.call else ()

    def _handed_out(self, call: str) -> tuple[bytes, ...]:
        """Return the texts of what a method of this DEX hands out: an array it makes, or a static field."""
        queries = self._queries
        class_, _, name = call.partition("->")
        names = queries.program.names.numbers
        number = queries.program.classes.numbers.get(class_.encode(), -1)
        bodies = [item for item, named in queries.bodies_of(number) if named == names.get(name.encode(), -1)]
        returned = [each for item in bodies[:1] for each in find_returned(queries.code(item))]
        return tuple(
            text
            for each in returned
            for text in each.texts or (queries.initial_texts(each.field) if each.field is not None else ())
        )

    def _names(self, texts: Iterable[bytes]) -> tuple[str, ...]:
        names: dict[str, None] = {}
        for text in texts:
            known = (text.decode(),) if _NAME.fullmatch(text) else self._table.groups.get(text, ())
            names.update(dict.fromkeys(known))
        return tuple(names)

    def _unnamed(self, call: _Call) -> Iterator[PromptSite]:
        """Yield a call with the names that stand beside it, in its body or else its class."""
        queries = self._queries
        names = self._names_in([call.item])
        if not names and not self._lists_requests(call.item):
            names = self._names_in(item for item, _ in queries.bodies_of(self._class_of(call.item)))
        yield self._site(call, names, None, sure=False)

    def _lists_requests(self, item: int) -> bool:
        """Return whether a body takes the names from the manifest, which are not those that stand beside it."""
        refs, body = self._queries.dex.references, self._queries.body(item)
        read = set(refs.index[body][refs.kind[body] == opcodes.FIELD_GET].tolist())
        return not read.isdisjoint(self._queries.fields({_REQUESTED}))

    def _names_in(self, items: Iterable[int]) -> tuple[str, ...]:
        texts = (text for item in items for text in self._queries.texts_in(item))
        return self._names(text for text in texts if _NAME.fullmatch(text))

    def _callers(self, wrapped: Mapping[int, tuple[_Call, int]]) -> list[_Call]:
        """Return the calls, in this DEX, of the methods with these bodies."""
        queries, part, program = self._queries, self._queries.part, self._queries.program
        definitions = queries.dex.definitions
        handed: dict[tuple[Member, int], tuple[_Call, int]] = {}
        for row in np.flatnonzero(np.isin(definitions.item, list(wrapped))).tolist():
            method = int(definitions.method[row])
            class_ = program.class_name(int(part.method_class[method]))
            member = (class_, program.names.names[int(part.method_name[method])])
            handed[member, int(part.method_signature[method])] = wrapped[int(definitions.item[row])]
        members = queries.members({member for member, _ in handed})
        found = []
        for item, offset, number in queries.sites(list(members)):
            hit = handed.get((members[number], int(part.method_signature[number])))
            if hit is not None and item not in wrapped:
                found.append(_Call(item, offset, hit[0].api, hit[0].kind, hit[1]))
        return found

    def _site(self, call: _Call, names: tuple[str, ...], told: str | None, *, sure: bool) -> PromptSite:
        return PromptSite(call.item, call.offset, call.api, names, sure, told, self._created(call.item))

    def _created(self, item: int) -> tuple[int, ...]:
        refs, part = self._queries.dex.references, self._queries.part
        span = self._queries.body(item)
        types = refs.index[span][refs.kind[span] == opcodes.NEW]
        classes = part.type_class[types]
        return tuple(classes[self._queries.program.defined[classes]].tolist())

    def _class_of(self, item: int) -> int:
        definitions, part = self._queries.dex.definitions, self._queries.part
        row = int(np.flatnonzero(definitions.item == item)[0])
        return int(part.def_class[int(definitions.class_def[row])])

    def _in_library(self, item: int) -> bool:
        return self._queries.program.class_name(self._class_of(item)).startswith(self._table.libraries)
