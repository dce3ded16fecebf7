"""What the tool says of one package, and what of the package other matchers look at."""

import io
import re
import struct
import zipfile
from dataclasses import dataclass

from benchmarks.sdks.matchers import Traits
from mingcha_analyzers.app.reader import read_app
from mingcha_analyzers.app.values import App
from mingcha_analyzers.values import SourceFile

_DEX = re.compile(r"classes\d*\.dex")


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: confidence by record id, and class and told owner of each call that reads personal data."""

    ids: dict[str, float]
    calls: tuple[tuple[str, str], ...]

    @property
    def sure(self) -> frozenset[str]:
        """Return the SDKs that are named for sure."""
        return frozenset(key for key, confidence in self.ids.items() if confidence >= 0.8)


def measure(data: bytes) -> Found:
    """Return what the tool finds in a package."""
    return found_of(read_app(SourceFile("made.apk", data)))


def found_of(app: App) -> Found:
    reads = (each for each in app.observations if each.data_item is not None)
    calls = tuple((each.place.class_ or "", each.owner) for each in reads)
    return Found({sdk.id: sdk.confidence for sdk in app.sdks}, calls)


def traits_of(data: bytes, app: App) -> Traits:
    """Return what plain matchers look at; the class names are those of the package's own DEX files."""
    classes: set[str] = set()
    libraries: set[str] = set()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if _DEX.fullmatch(name):
                classes |= read_class_names(archive.read(name))
            elif name.startswith("lib/") and name.endswith(".so"):
                libraries.add(name.rpartition("/")[2])
    return Traits(frozenset(classes), frozenset(libraries), frozenset(each.name for each in app.components))


def read_class_names(dex: bytes) -> set[str]:
    """Return the dotted names of the classes that a DEX file defines, read without the tool's reader."""
    strings_at, types_at, count, classes_at = (struct.unpack_from("<I", dex, at)[0] for at in (0x3C, 0x44, 0x60, 0x64))
    names = set()
    for number in range(count):
        (kind,) = struct.unpack_from("<I", dex, classes_at + 32 * number)
        (string,) = struct.unpack_from("<I", dex, types_at + 4 * kind)
        (at,) = struct.unpack_from("<I", dex, strings_at + 4 * string)
        while dex[at] & 0x80:
            at += 1
        descriptor = dex[at + 1 : dex.index(b"\0", at + 1)].decode("utf-8", "replace")
        names.add(descriptor[1:-1].replace("/", "."))
    return names
