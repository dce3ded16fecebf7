"""Keys of what code names: texts, types, and members of the platform; the same from class files and from DEX files.

Names that a shrinker may change never enter a key: in descriptors, a type outside the platform is one unknown type.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from mingcha_analyzers.app.code.hashing import Keys, mix, pair
from mingcha_analyzers.app.code.prototypes import POWERS
from mingcha_corpora.records import read_yaml

_DATA = Path(__file__).parent / "data"
_UNKNOWN_TYPE = b"LX;"
_DESUGARED, _ORIGINAL = b"j$/", b"java/"


@dataclass(frozen=True, slots=True)
class Features:
    """The table of what counts; see features.yaml. Names are internal ones."""

    platform: tuple[bytes, ...]
    not_platform: tuple[bytes, ...]
    ignored_classes: frozenset[bytes]
    ignored_names: frozenset[bytes]
    ignored_calls: frozenset[tuple[bytes, bytes]]

    def is_platform(self, name: bytes) -> bool:
        """Return whether a class belongs to the platform."""
        return name.startswith(self.platform) and not name.startswith(self.not_platform)

    def counts(self, class_: bytes, name: bytes) -> bool:
        """Return whether a member of the platform is a feature."""
        if class_ in self.ignored_classes or name in self.ignored_names:
            return False
        return (class_, name) not in self.ignored_calls


@cache
def load_features() -> Features:
    """Return the table."""
    table = read_yaml("features.yaml", _DATA)
    calls = (call.encode().rpartition(b".") for call in table["ignored_calls"])
    return Features(
        platform=tuple(name.encode() for name in table["platform"]),
        not_platform=tuple(name.encode() for name in table["not_platform"]),
        ignored_classes=frozenset(name.encode() for name in table["ignored_classes"]),
        ignored_names=frozenset(name.encode() for name in table["ignored_names"]),
        ignored_calls=frozenset((class_, name) for class_, _, name in calls),
    )


def text_keys(texts: Sequence[bytes]) -> Keys:
    """Return a key for each text."""
    count = len(texts)
    keys = np.fromiter(map(zlib.crc32, texts), np.uint64, count)
    return mix(keys | np.fromiter(map(len, texts), np.uint64, count) << np.uint64(32))


def class_keys(names: Sequence[bytes]) -> Keys:
    """Return a key for each internal name of a class of the platform."""
    return text_keys([_ORIGINAL + name[3:] if name.startswith(_DESUGARED) else name for name in names])


def type_keys(descriptors: Sequence[bytes]) -> Keys:
    """Return a key for each type, the same for all classes that are not of the platform."""
    return text_keys([_known_type(each) for each in descriptors])


def _known_type(descriptor: bytes) -> bytes:
    dimensions = len(descriptor) - len(descriptor.lstrip(b"["))
    element = descriptor[dimensions:]
    if element[:1] != b"L":
        return descriptor
    if not load_features().is_platform(element[1:]):
        return descriptor[:dimensions] + _UNKNOWN_TYPE
    return descriptor.replace(b"Lj$/", b"Ljava/")


def prototype_key(returned: Keys, parameters: Keys) -> Keys:
    """Return the key of one prototype (as an array of one) from those of its types, as ``Prototypes`` makes them."""
    return returned + np.add.reduce(parameters * POWERS[np.arange(len(parameters)) & 0xFF], keepdims=True)


def member_keys(classes: Keys, names: Keys, prototypes: Keys) -> Keys:
    """Return the keys of members; a field has the prototype 0."""
    return pair(pair(classes, names), prototypes)
