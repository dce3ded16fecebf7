"""Hosts that the code of one DEX names: constants of its methods, and constants that its static fields begin with.

Values of annotations and texts that are put together at run time are not read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from mingcha_analyzers.app.code.program import DexPart
from mingcha_analyzers.app.code.queries import Queries
from mingcha_analyzers.app.dex.encoded import STATIC_VALUES, read_string_values
from mingcha_analyzers.app.network.addresses import MOST_MARKS, Address, find_addresses

_MARK = re.compile(rb"://")


@dataclass(slots=True)
class NamedHosts:
    """By body: item, offset and address; by class, for fields that begin with a constant: class and address.

    ``cut``: the texts hold more URLs than are looked at.
    """

    in_bodies: list[tuple[int, int, Address]] = field(default_factory=list)
    in_fields: list[tuple[int, Address]] = field(default_factory=list)
    cut: bool = False


def find_named_hosts(queries: Queries) -> NamedHosts:
    """Return the hosts that one DEX names, in the order of the file."""
    used = queries.used_texts()
    numbers = list(used)
    by_text: dict[int, list[Address]] = {}
    for place, address in find_addresses(list(used.values())):
        by_text.setdefault(numbers[place], []).append(address)
    found = NamedHosts()
    for item, offset, number in queries.text_sites(by_text):
        found.in_bodies += [(item, offset, address) for address in dict.fromkeys(by_text[number])]
    found.in_fields += _in_fields(queries.part, frozenset(numbers))
    found.cut = sum(text.count(b"://") for text in used.values()) > MOST_MARKS
    return found


def _in_fields(part: DexPart, used: frozenset[int]) -> Iterator[tuple[int, Address]]:
    """Yield hosts of URLs that no body names: compilers move constants of static fields out of the initialiser."""
    unused = sorted(_texts_with_mark(part) - used)
    texts = [part.strings.one(number) for number in unused]
    wanted: dict[int, list[Address]] = {}
    for place, address in find_addresses(texts):
        wanted.setdefault(unused[place], []).append(address)
    if not wanted:
        return
    offsets = part.pools.class_defs[:, STATIC_VALUES]
    for row in np.flatnonzero(part.own & (offsets > 0)).tolist():
        for number in read_string_values(part.data, int(offsets[row])):
            yield from ((int(part.def_class[row]), address) for address in wanted.get(number, ()))


def _texts_with_mark(part: DexPart) -> set[int]:
    """Return the strings, by number, that hold ``://``."""
    offsets = part.pools.strings.astype(np.int64)
    if not len(offsets):
        return set()
    order = np.argsort(offsets, kind="stable")
    marks = np.array([match.start() for match in _MARK.finditer(part.data)], np.int64)
    place = np.searchsorted(offsets[order], marks, side="right") - 1
    return set(order[place[place >= 0]].tolist())
