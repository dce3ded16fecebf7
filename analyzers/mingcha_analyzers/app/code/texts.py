"""Texts in code that a reader asks for, with the methods that name them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mingcha_analyzers.app.code.queries import Queries
from mingcha_analyzers.app.dex.names import decode_mutf8

# Any Chinese character, in the bytes of a DEX.
CHINESE = re.compile(rb"[\xe4-\xe9][\x80-\xbf]{2}")
_MAX_PLACES = 3


@dataclass(frozen=True, slots=True)
class CodeText:
    """A text and one method that names it: class descriptor and method name."""

    text: str
    class_: str
    method: str


def find_texts(
    queries: Queries, pattern: re.Pattern[bytes], wanted: Callable[[str], bool] = bool
) -> Iterator[CodeText]:
    """Yield the texts that match a pattern and are wanted, each with the first places that name it."""
    found = {number: decode_mutf8(text) for number, text in queries.matching_texts(pattern).items()}
    chosen = {number: text for number, text in found.items() if wanted(text)}
    places: dict[int, int] = dict.fromkeys(chosen, 0)
    for item, _, number in queries.text_sites(chosen):
        if places[number] < _MAX_PLACES:
            places[number] += 1
            class_, name = queries.method_of(item)
            yield CodeText(chosen[number], decode_mutf8(class_), decode_mutf8(name))
