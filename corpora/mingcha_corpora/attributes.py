"""Names of the framework's attributes by resource number, as AOSP's public.xml assigns them."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from mingcha_corpora.records import DATA, read_text

ATTRIBUTES = "android/attributes.txt"
_FIRST = 0x01010000
_UNASSIGNED = "-"


@cache
def load_attribute_names() -> Mapping[int, str]:
    """Return the name of each public attribute by its resource number; a line of the file is a number."""
    names = read_text(DATA / ATTRIBUTES).split()
    return MappingProxyType({_FIRST + place: name for place, name in enumerate(names) if name != _UNASSIGNED})
