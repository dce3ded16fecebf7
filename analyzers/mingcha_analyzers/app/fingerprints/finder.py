"""Looks at each DEX for renamed code of known SDKs, as a watcher of the scan; the result stands after the last DEX."""

import re
from collections.abc import Callable, Mapping
from functools import cached_property

import numpy as np

from mingcha_analyzers.app.code.accesses import PartAccesses
from mingcha_analyzers.app.code.hashing import Keys
from mingcha_analyzers.app.code.owners import APP
from mingcha_analyzers.app.code.program import Program
from mingcha_analyzers.app.code.queries import Queries
from mingcha_analyzers.app.dex.names import decode_mutf8, dotted
from mingcha_analyzers.app.fingerprints.fromdex import Flags, read_links, read_part_tokens
from mingcha_analyzers.app.fingerprints.keys import type_keys
from mingcha_analyzers.app.fingerprints.matching import (
    FingerprintMatch,
    Hits,
    Table,
    find_hits,
    make_table,
    match_fingerprints,
)
from mingcha_analyzers.app.fingerprints.spreading import Links, make_links
from mingcha_corpora.fingerprints import load_fingerprints

# What shrinkers give: a few letters, or words of a dictionary that nobody can read or write.
_RENAMED = re.compile(r"(?!R$)\w{1,3}|[oO0DQ]+|[iIlLjJ1|]+|[^\x00-\x7f]+")
# Fewer renamed classes show nothing.
_LEAST_CLASSES = 3
UNKNOWN = "unknown"


class FingerprintFinder:
    """Finds SDKs whose classes were renamed; classes that a record's prefix owns are left alone."""

    def __init__(self) -> None:
        self._program = Program()
        self._asked: Flags = np.zeros(0, np.bool_)
        self._types: Keys = np.zeros(0, np.uint64)
        self._table: Table | None = None
        self._hits: list[Hits] = []
        self._links: list[Links] = []

    def start(self, program: Program, owner_of: Callable[[str], str]) -> None:
        """Choose the classes that may be renamed code of an SDK."""
        self._program = program
        self._asked = np.zeros(len(program.classes.names), np.bool_)
        names = {number: _dotted(program.class_name(number)) for number in sorted(program.seen)}
        chosen = [number for number, name in names.items() if _may_be_renamed(name, owner_of)]
        if sum(_looks_renamed(names[number]) for number in chosen) >= _LEAST_CLASSES:
            self._asked[chosen] = True
            self._types = type_keys(program.classes.names)
            self._table = make_table(load_fingerprints())

    def read(self, queries: Queries, accesses: PartAccesses) -> None:
        """Keep what the chosen classes of one DEX show."""
        if self._table is None:
            return
        part = queries.program, queries.part, queries.dex, self._asked
        tokens = read_part_tokens(*part, self._types)
        if len(tokens):
            self._hits.append(find_hits(self._table, tokens.token, tokens.class_, len(self._asked)))
            self._links.append(read_links(*part))

    @cached_property
    def matches(self) -> tuple[FingerprintMatch, ...]:
        """The SDKs found, by id; asked for when all DEX files were read."""
        if self._table is None or not self._hits:
            return ()
        hits = Hits(
            np.concatenate([each.entry for each in self._hits]),
            np.concatenate([each.class_ for each in self._hits]),
            np.sum([each.shown for each in self._hits], axis=0),
        )
        links = make_links(
            np.concatenate([each.user for each in self._links]),
            np.concatenate([each.used for each in self._links]),
            len(self._asked),
        )
        return match_fingerprints(self._table, hits, links, lambda each: _dotted(self._program.class_name(each)))

    def owners(self) -> Mapping[str, str]:
        """Return the SDK of each class that was matched, by its dotted name."""
        return {name: match.id for match in self.matches for name in match.classes}


def _dotted(descriptor: bytes) -> str:
    return dotted(decode_mutf8(descriptor))


def _may_be_renamed(name: str, owner_of: Callable[[str], str]) -> bool:
    """Return whether a class is nobody's known, and of the app's own only if its name looks renamed."""
    kind = owner_of(name).partition(":")[0]
    return kind == UNKNOWN or (kind == APP and _looks_renamed(name))


def _looks_renamed(name: str) -> bool:
    return _RENAMED.fullmatch(name.rpartition(".")[2].partition("$")[0]) is not None
