"""Constants of code that tell which SDK it is, where the names of its classes no longer do.

Only what code names counts, and only code that may be an SDK without its name: constants in another SDK's classes
speak of that other (an aggregator asks for many), those in the app's own readable classes of the app's own doing.
"""

from collections import Counter
from collections.abc import Callable
from functools import cache

from mingcha_analyzers.app.code.accesses import PartAccesses
from mingcha_analyzers.app.code.owners import APP, is_foreign
from mingcha_analyzers.app.code.program import Program
from mingcha_analyzers.app.code.queries import Queries
from mingcha_analyzers.app.dex.names import decode_mutf8, dotted
from mingcha_corpora.sdks import SdkBase

# Places of one constant that are looked at.
_MOST_PLACES = 20
_SHORT = 2


class StringFinder:
    """Looks at one DEX after the other and counts the places of telling constants."""

    def __init__(self, base: SdkBase) -> None:
        self.found: Counter[str] = Counter()
        self._wanted = _constants(base)

    def start(self, _program: Program, owner_of: Callable[[str], str]) -> None:
        """Keep the owners of classes."""
        self._owner_of = owner_of

    def read(self, queries: Queries, _accesses: PartAccesses) -> None:
        """Look at one DEX."""
        wanted = self._wanted
        telling = {number: text for number, text in queries.used_texts().items() if text in wanted}
        places: Counter[int] = Counter()
        for item, _, number in queries.text_sites(telling) if telling else ():
            places[number] += 1
            if places[number] <= _MOST_PLACES and self._may_be_sdk(queries, item):
                self.found[decode_mutf8(telling[number])] += 1

    def _may_be_sdk(self, queries: Queries, item: int) -> bool:
        name = dotted(decode_mutf8(queries.method_of(item)[0]))
        owner = self._owner_of(name)
        return not is_foreign(owner) and (owner != APP or _is_renamed(name))


@cache
def _constants(base: SdkBase) -> frozenset[bytes]:
    """Return the constants: those of records, and keys of meta-data, which an SDK reads by name."""
    return frozenset(text.encode() for text in (*base.by_string, *base.by_meta_key))


def _is_renamed(name: str) -> bool:
    """Return whether a class bears a name that a shrinker gave."""
    return len(name.rpartition(".")[2].partition("$")[0]) <= _SHORT
