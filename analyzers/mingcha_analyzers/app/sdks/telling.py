"""Texts that tell an SDK's version: those that its classes name and, where classes are renamed, those of any code."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from mingcha_analyzers.app.code.accesses import PartAccesses
from mingcha_analyzers.app.code.program import DexPart, Program
from mingcha_analyzers.app.code.queries import Queries
from mingcha_analyzers.app.dex.encoded import STATIC_VALUES, read_string_values
from mingcha_analyzers.app.dex.names import decode_mutf8, dotted
from mingcha_corpora.sdks import SdkBase

# What every version in a text has: a digit, a mark, a digit.
_DIGITS = re.compile(rb"\d[._-]\d")
_LONGEST = 200
_PLAIN = r"\d+(?:\.\d+){1,4}[\w.-]*"

# By SDK and number of the place among its own: versions, each with the class or text that tells it.
ToldVersions = dict[tuple[str, int], list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One place of a record; ``whole``: the expression covers a text from end to end."""

    sdk: str
    order: int
    expression: re.Pattern[str]
    whole: bool

    def read(self, text: str) -> str | None:
        """Return the version that a text tells."""
        match = self.expression.fullmatch(text) if self.whole else self.expression.search(text)
        return version_of(match) if match else None


Wanted = tuple[_Wanted, ...]


@dataclass(frozen=True, slots=True)
class _Places:
    """The places of a base: by descriptor of a class, by the beginning of descriptors, and those of any code."""

    by_class: Mapping[bytes, Wanted]
    by_prefix: Mapping[bytes, Wanted]
    anywhere: Wanted


def version_of(match: re.Match[str]) -> str | None:
    """Return the groups of a match joined by dots, the whole of it where it has no groups."""
    parts = [part for part in match.groups() if part] if match.re.groups else [match[0]]
    return ".".join(parts) or None


class VersionFinder:
    """Looks at one DEX after the other and keeps the versions that texts tell, each once a class."""

    def __init__(self, base: SdkBase) -> None:
        self.told: ToldVersions = {}
        self._base = base

    def start(self, program: Program, _owner_of: Callable[[str], str]) -> None:
        """Find the classes of the program that records name."""
        base, numbers = self._base, program.classes.numbers
        places = _load_places(base)
        self._anywhere = places.anywhere
        self._wanted = {numbers[name]: wanted for name, wanted in places.by_class.items() if name in numbers}
        prefixes = tuple(places.by_prefix)
        for number in sorted(program.seen) if prefixes else ():
            name = program.class_name(number)
            if name.startswith(prefixes):
                owner = base.owner_of(dotted(decode_mutf8(name)))
                # Below the prefix of one SDK there are those of others.
                below = (each for start, found in places.by_prefix.items() if name.startswith(start) for each in found)
                own = [each for each in below if each.sdk == owner]
                self._wanted[number] = (*self._wanted.get(number, ()), *own)

    def read(self, queries: Queries, _accesses: PartAccesses) -> None:
        """Look at one DEX."""
        found = queries.matching_texts(_DIGITS)
        texts = {number: decode_mutf8(text) for number, text in found.items() if len(text) <= _LONGEST}
        for class_, text in sorted({*self._in_code(queries, texts), *self._in_fields(queries.part)}):
            place = dotted(decode_mutf8(queries.program.class_name(class_)))
            for wanted in self._wanted[class_]:
                self._keep(wanted, text, place)
        for text in texts.values():
            for wanted in self._anywhere:
                self._keep(wanted, text, text)

    def _keep(self, wanted: _Wanted, text: str, place: str) -> None:
        version = wanted.read(text)
        if version is not None:
            self.told.setdefault((wanted.sdk, wanted.order), []).append((version, place))

    def _in_code(self, queries: Queries, texts: Mapping[int, str]) -> Iterator[tuple[int, str]]:
        """Yield class and text where bodies of wanted classes name one."""
        if not self._wanted or not texts:
            return
        definitions, part = queries.dex.definitions, queries.part
        # One more, as a method without a body has the place -1.
        classes = np.full(len(queries.dex.items.start) + 1, -1, np.int64)
        classes[definitions.item] = part.method_class[definitions.method]
        for item, _, number in queries.text_sites(texts):
            class_ = int(classes[item])
            if class_ in self._wanted:
                yield class_, texts[number]

    def _in_fields(self, part: DexPart) -> Iterator[tuple[int, str]]:
        """Yield class and text where a static field of a wanted class begins with one."""
        offsets = part.pools.class_defs[:, STATIC_VALUES]
        wanted = part.own & (offsets > 0) & np.isin(part.def_class, list(self._wanted))
        for row in np.flatnonzero(wanted).tolist():
            for number in read_string_values(part.data, int(offsets[row])):
                text = part.strings.one(number) if number < len(part.strings) else b""
                if len(text) <= _LONGEST and _DIGITS.search(text):
                    yield int(part.def_class[row]), decode_mutf8(text)


@cache
def _load_places(base: SdkBase) -> _Places:
    by_class: dict[bytes, Wanted] = {}
    by_prefix: dict[bytes, Wanted] = {}
    anywhere: list[_Wanted] = []
    for key in sorted({key for keys in base.by_version.values() for key in keys}):
        for order, place in enumerate(base.records[key].versions):
            name = place.class_name.removesuffix(".*").replace(".", "/")
            if name:
                wanted = _Wanted(key, order, re.compile(place.string or _PLAIN), whole=True)
                index, end = (by_prefix, "/") if place.class_name.endswith(".*") else (by_class, ";")
                start = f"L{name}{end}".encode()
                index[start] = (*index.get(start, ()), wanted)
            elif place.string:
                anywhere.append(_Wanted(key, order, re.compile(place.string), whole=False))
    return _Places(by_class, by_prefix, tuple(anywhere))
