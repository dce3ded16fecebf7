"""Plain matchers of published signatures, independent of the tool: as Exodus and as LibChecker apply theirs.

Exodus searches each class name for the tracker's code signature, a regular expression. LibChecker compares file names
of native libraries and names of components. The signatures are those of the base whose record names the list as a
source; what a record holds from elsewhere (``unverified``) is left out.
"""

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from mingcha_corpora.sdks import SdkBase

EXODUS, LIBCHECKER = "exodus", "libchecker"


@dataclass(frozen=True, slots=True)
class Traits:
    """What of a package a plain matcher looks at: dotted class names, file names of libraries, component names."""

    classes: Set[str]
    libraries: Set[str]
    components: Set[str]


@dataclass(frozen=True, slots=True)
class Hit:
    """A signature that matched: the record it stands for, the list it is from, its text, and one thing it matched."""

    id: str
    source: str
    signature: str
    matched: str


def find_hits(base: SdkBase, traits: Traits) -> tuple[Hit, ...]:
    """Return the hits of both matchers."""
    return (*_search_classes(base, traits.classes), *_compare_names(base, traits))


def _search_classes(base: SdkBase, classes: Iterable[str]) -> Iterable[Hit]:
    text = "\n".join(sorted(classes))
    for key, record in base.records.items():
        if not _is_from(record.sources, EXODUS):
            continue
        for prefix in record.packages:
            # The dots of an Exodus signature match anything, and it need not stand at the beginning.
            if prefix not in record.unverified and (match := re.search(f"{prefix}\\.", text)):
                yield Hit(key, EXODUS, prefix, _line_at(text, match.start()))


def _line_at(text: str, at: int) -> str:
    end = text.find("\n", at)
    return text[text.rfind("\n", 0, at) + 1 : end if end >= 0 else len(text)]


def _compare_names(base: SdkBase, traits: Traits) -> Iterable[Hit]:
    for key, record in base.records.items():
        if not _is_from(record.sources, LIBCHECKER):
            continue
        listed = {name for name in record.native_libs if name not in record.unverified}
        for name in sorted(listed & traits.libraries):
            yield Hit(key, LIBCHECKER, name, name)
        for name in sorted(set(record.components) & traits.components):
            yield Hit(key, LIBCHECKER, name, name)


def _is_from(sources: Iterable[str], name: str) -> bool:
    return any(source.startswith(name) for source in sources)


def explain_miss(hit: Hit, traits: Traits, base: SdkBase, reasons: Mapping[str, str]) -> str | None:
    """Return why a hit that the tool does not name is none, None when nothing says so."""
    if (written := reasons.get(hit.id)) is not None:
        return written
    if hit.source == EXODUS:
        return _explain_class(hit, traits, base)
    owner = base.owner_of(hit.matched) if "." in hit.matched.removesuffix(".so") else None
    if owner not in (None, hit.id):
        return f"the component lies in code of {owner}"
    if hit.signature in base.records[hit.id].shared_native_libs or len(base.by_library.get(hit.signature, ())) > 1:
        return "several SDKs bring a library of this name"
    return None


def _explain_class(hit: Hit, traits: Traits, base: SdkBase) -> str | None:
    below = [name for name in traits.classes if name.startswith(f"{hit.signature}.")]
    if not below:
        return "matched inside a name, not from its beginning"
    if all(name.rpartition(".")[2].partition("$")[0] in ("R", "BuildConfig") for name in below):
        return "R and BuildConfig classes alone"
    owners = {base.owner_of(name.partition("$")[0]) for name in below}
    if hit.id not in owners:
        return f"a longer prefix gives the classes to {', '.join(sorted(filter(None, owners)))}"
    return None
