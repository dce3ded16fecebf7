"""Signs in what other readers listed: hosts (looks of kind ``endpoint``), string resources and text files (``text``).

``schemes`` of an endpoint; texts are searched where the record of the fact says so (``resources``, ``assets``).
"""

from collections.abc import Iterator, Sequence

from mingcha_analyzers.app.resources.table import ResourceTable
from mingcha_analyzers.app.security.looks import Sign, load_looks
from mingcha_analyzers.app.security.owning import APP, PLATFORM
from mingcha_analyzers.app.security.surroundings import MAX_TEXT
from mingcha_analyzers.app.security.texts import find_texts
from mingcha_analyzers.app.values import Endpoint, Stage
from mingcha_analyzers.values import Limit

_RESOURCES = "resources.arsc"
# What a host that no reached code names is worth.
_UNREACHED = 0.5
# Anything worth finding is longer.
_SHORTEST = 16
_MAX_NAME = 100
_MAX_FILES = 4 << 20
"""Bytes of text files that are searched."""


def find_in_endpoints(endpoints: Sequence[Endpoint]) -> Iterator[Sign]:
    """Yield the hosts that are spoken to without encryption."""
    for look in load_looks().get("endpoint", ()):
        for each in endpoints:
            if each.scheme in look.params["schemes"] and each.owner != PLATFORM:
                confidence = look.confidence if each.stage is not Stage.PRESENT else _UNREACHED
                place = each.place if each.place.class_ is not None else None
                yield Sign(look, each.owner, each.place.dex, place, f"{each.scheme}://{each.host}", confidence)


def find_in_strings(resources: ResourceTable) -> Iterator[Sign]:
    """Yield telling string resources, of the default language."""
    looks = [look for look in load_looks().get("text", ()) if "resources" in look.where]
    found = [
        (each.name, each.text.encode())
        for each in resources.texts(frozenset({""}), lambda text: len(text) >= _SHORTEST and " " not in text[:40])
    ]
    for look, place, shown in find_texts(looks, [text for _, text in found]):
        detail = f"string/{found[place][0][:_MAX_NAME]}: {shown}"
        yield Sign(look, APP, _RESOURCES, None, detail, look.confidence)


def find_in_files(files: Sequence[tuple[str, bytes]]) -> Iterator[Sign]:
    """Yield telling lines of text files, the shortest files first up to a bound."""
    looks = [look for look in load_looks().get("text", ()) if "assets" in look.where]
    lines: list[bytes] = []
    names: list[str] = []
    for name, data in _searched(files):
        pieces = [line[at : at + MAX_TEXT] for line in data.split(b"\n") for at in range(0, len(line), MAX_TEXT)]
        lines += pieces
        names += [name] * len(pieces)
    for look, place, shown in find_texts(looks, lines):
        yield Sign(look, APP, names[place], None, shown, look.confidence)


def say_unsearched(files: Sequence[tuple[str, bytes]]) -> Iterator[Limit]:
    """Yield a limit where the bound left files out."""
    left_out = len(files) - sum(1 for _ in _searched(files))
    if left_out:
        yield Limit("security", "entry_not_searched", f"{left_out} files")


def _searched(files: Sequence[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    left = _MAX_FILES
    for name, data in sorted(files, key=lambda file: (len(file[1]), file[0])):
        left -= len(data)
        if left < 0:
            return
        yield name, data
