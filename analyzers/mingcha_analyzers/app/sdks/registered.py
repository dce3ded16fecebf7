"""Classes that native libraries register methods of, by the names in the libraries: shrinkers must leave them.

Looked for where names of classes do not say what code is there: in packed packages and renamed ones.
"""

import re
from collections.abc import Iterator

from mingcha_analyzers.app.archive import Entries, EntryError

_LIBRARY = re.compile(r"lib/([^/]+)/[^/]+\.so")
# Of the copies for several processors one tells all.
_ABIS = ("arm64-v8a", "armeabi-v7a", "armeabi", "x86_64", "x86")
_SYMBOL = re.compile(rb"\0Java_([A-Za-z0-9_]{5,200})")
_NAME = re.compile(rb"(?:com|cn)/(?:[a-z0-9_]{1,40}/){1,8}[A-Z]\w{0,60}", re.ASCII)
_MAX_LIBRARY, _MAX_TOTAL = 8 << 20, 24 << 20
_MOST_NAMES = 2_000


def find_registered(entries: Entries) -> tuple[str, ...]:
    """Return dotted names of classes, sorted; libraries beyond the bounds are left out, as their names say little."""
    found: set[str] = set()
    left = _MAX_TOTAL
    for name in _libraries(entries):
        try:
            data = entries.read(name, min(_MAX_LIBRARY, left))
        except EntryError:
            continue
        left -= len(data)
        for each in _names(data):
            if len(found) == _MOST_NAMES:
                return tuple(sorted(found))
            found.add(each)
    return tuple(sorted(found))


def _libraries(entries: Entries) -> list[str]:
    by_abi: dict[str, list[str]] = {}
    for name in entries.names():
        if (match := _LIBRARY.fullmatch(name)) is not None:
            by_abi.setdefault(match[1], []).append(name)
    chosen = next((abi for abi in _ABIS if abi in by_abi), None)
    return by_abi.get(chosen or "", [])


def _names(data: bytes) -> Iterator[str]:
    """Yield the classes of exported methods (``Java_com_vendor_Cls_method``) and names in the form of descriptors."""
    for symbol in _SYMBOL.findall(data):
        # A name with underscores has them as _1; what follows two underscores are the parameters.
        plain = symbol.decode().partition("__")[0].replace("_1", "\0").replace("_", ".").replace("\0", "_")
        yield plain.rpartition(".")[0]
    for name in _NAME.findall(data):
        yield name.decode().replace("/", ".")
