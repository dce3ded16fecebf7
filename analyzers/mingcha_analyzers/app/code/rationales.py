"""What is told beside a request of permissions: texts and string resources that its class and inner classes name."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from mingcha_analyzers.app.code.prompt_table import read_prompt_table
from mingcha_analyzers.app.code.prompts import PromptSite
from mingcha_analyzers.app.code.queries import Queries
from mingcha_analyzers.app.code.refusals import outermost
from mingcha_analyzers.app.dex.encoded import STATIC_VALUES, read_values
from mingcha_corpora.permissions import PermissionFact, load_permissions

TextsOf = Callable[[int], Iterable[str]]

_CONST = 0x14
# Resources of the app itself; the type of a number is not known here.
_APP_PACKAGE = 0x7F
_SHOWN = 160
_MAX_BODIES = 200
_MAX_RESOURCES = 200
_MAX_STRINGS = 20_000
_STATIC_READ = 0x60
_STRINGS = b"/R$string;"
# Column of the class definitions that holds where the first values of static fields stand.


@dataclass(frozen=True, slots=True)
class Beside:
    """Texts and numbers of string resources that stand in the classes around a request; ``class_`` names the outer."""

    class_: bytes
    texts: tuple[str, ...]
    resources: tuple[int, ...]


@cache
def _load_purpose() -> re.Pattern[str]:
    return re.compile("|".join(read_prompt_table()["purpose_words"]), re.IGNORECASE)


def find_beside(queries: Queries, sites: Collection[PromptSite]) -> dict[int, Beside]:
    """Return by body of a request what stands beside it."""
    if not sites:
        return {}
    part, definitions = queries.part, queries.dex.definitions
    rows = np.flatnonzero(np.isin(definitions.item, [site.item for site in sites]))
    names = (queries.program.class_name(class_) for class_ in part.def_class[definitions.class_def[rows]].tolist())
    outer_of = dict(zip(definitions.item[rows].tolist(), map(outermost, names), strict=True))
    units = np.frombuffer(queries.dex.data, "<u2", len(queries.dex.data) // 2)
    bodies = dict(_bodies(queries, set(outer_of.values())))
    named = _named_resources(queries, sorted({item for items in bodies.values() for item in items}))
    known = {outer: _read(queries, units, named, outer, items) for outer, items in bodies.items()}
    return {item: known[outer] for item, outer in outer_of.items() if outer in known}


def _read(
    queries: Queries, units: npt.NDArray[np.uint16], named: Mapping[int, int], outer: bytes, items: list[int]
) -> Beside:
    """Return what the bodies name; ``named``: fields of the pool that stand for a resource, with its number."""
    texts = dict.fromkeys(text for item in items for text in queries.texts_in(item))
    numbers = dict.fromkeys(number for item in items for number in _resources(queries, units, item))
    for item in items if named else ():
        numbers |= dict.fromkeys(named[index] for index in _static_reads(queries, item) if index in named)
    decoded = tuple(text.decode("utf-8", "replace") for text in texts)
    return Beside(outer, decoded, tuple(numbers)[:_MAX_RESOURCES])


def _bodies(queries: Queries, outers: Collection[bytes]) -> Iterator[tuple[bytes, list[int]]]:
    """Yield classes by name with the bodies of each and of the classes inside it."""
    part, definitions = queries.part, queries.dex.definitions
    outer_of = {int(part.type_class[kind]): outer for outer in outers for kind in _types_around(queries, outer)}
    defined = np.flatnonzero(part.own & np.isin(part.def_class, list(outer_of)))
    chosen = np.flatnonzero(np.isin(definitions.class_def, defined) & (definitions.item >= 0))
    found: dict[bytes, list[int]] = {}
    for row in chosen.tolist():
        outer = outer_of[int(part.def_class[int(definitions.class_def[row])])]
        found.setdefault(outer, []).append(int(definitions.item[row]))
    for outer, items in found.items():
        yield outer, sorted(set(items))[:_MAX_BODIES]


def _types_around(queries: Queries, outer: bytes) -> Iterator[int]:
    """Yield the types of a class and of those inside it; the types of a DEX are sorted by their names."""
    part = queries.part
    low, high = 0, len(part.pools.types)
    while low < high:
        middle = (low + high) // 2
        if part.strings.one(int(part.pools.types[middle])) < outer + b"$":
            low = middle + 1
        else:
            high = middle
    while low < len(part.pools.types):
        name = part.strings.one(int(part.pools.types[low]))
        if not name.startswith(outer):
            break
        if outermost(name) == outer:
            yield low
        low += 1


def _resources(queries: Queries, units: npt.NDArray[np.uint16], item: int) -> list[int]:
    """Return the numbers in the app's range of resources that a body holds as constants."""
    start = int(queries.dex.items.start[item])
    size = int(queries.dex.items.size[item])
    places = queries.dex.places
    low, high = np.searchsorted(places, np.array((start, start + size), places.dtype)).tolist()
    at = places[low:high]
    at = at[(units[at] & 0xFF == _CONST) & (at + 2 < start + size)]
    values = units[at + 1].astype(np.int64) | units[at + 2].astype(np.int64) << 16
    return [int(value) for value in values[values >> 24 == _APP_PACKAGE]]


def _static_reads(queries: Queries, item: int) -> list[int]:
    refs, body = queries.dex.references, queries.body(item)
    found: list[int] = refs.index[body][refs.opcode[body] == _STATIC_READ].tolist()
    return found


def _named_resources(queries: Queries, items: Iterable[int]) -> dict[int, int]:
    """Return the fields of ``R$string`` that bodies read, with the numbers they hold, where this DEX defines it."""
    part = queries.part
    read = sorted({index for item in items for index in _static_reads(queries, item)})
    owners = part.pools.fields["class"][read].tolist() if read else []
    found: dict[int, int] = {}
    for kind in sorted(set(owners)):
        if kind < len(part.pools.types) and part.strings.one(int(part.pools.types[kind])).endswith(_STRINGS):
            # A class of numbers only: its fields stand in the pool in the order of their first values.
            first = int(np.argmax(part.pools.fields["class"] == kind))
            values = _first_values(queries, int(part.type_class[kind]))
            mine = (index for index, owner in zip(read, owners, strict=True) if owner == kind)
            found |= {index: values[index - first] for index in mine if index - first < len(values)}
    return found


def _first_values(queries: Queries, class_: int) -> list[int]:
    part = queries.part
    rows = np.flatnonzero(part.own & (part.def_class == class_))
    if not len(rows):
        return []
    place = int(part.pools.class_defs[rows[0], STATIC_VALUES])
    return [value for _, value in read_values(part.data, place, _MAX_STRINGS)] if place else []


def find_purpose(texts: Iterable[str], permissions: Collection[str]) -> str | None:
    """Return the first text that says what one of the permissions is for."""
    names = _words_of(tuple(permissions))
    for text in texts:
        found = _load_purpose().search(text)
        if found is not None and any(name in text for name in names):
            return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    return None


@cache
def _words_of(permissions: tuple[str, ...]) -> tuple[str, ...]:
    facts = [fact for name in permissions if (fact := load_permissions().get(name)) is not None]
    return tuple(dict.fromkeys(word for fact in facts for word in _words(fact) if len(word) > 1))


def _words(fact: PermissionFact) -> tuple[str, ...]:
    return (*fact.zh_phrases, *fact.zh_words, *fact.en_phrases, fact.zh_name)
