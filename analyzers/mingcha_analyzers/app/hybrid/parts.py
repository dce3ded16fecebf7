"""Which code of a package lies outside its DEX files: web bundles, compiled scripts, Dart, games, native libraries.

Forms that are not read are named, and what hangs on them is said to be unknown.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mingcha_analyzers.app.hybrid.tables import load_forms, load_frameworks
from mingcha_analyzers.app.values import HybridPart, HybridRead
from mingcha_analyzers.values import Limit

OWNER = "app"
NATIVE = "native_library"
STAGE = "hybrid"
_LIBRARY = re.compile(r"lib/[^/]+/([^/]+\.so)")
_MOST = 200


@dataclass(frozen=True, slots=True)
class Hybrid:
    """The parts, the scripts that can be searched, and what is not known for lack of reading."""

    parts: tuple[HybridPart, ...]
    scripts: tuple[tuple[str, bytes], ...]
    limits: tuple[Limit, ...]


def find_hybrid(names: Sequence[str], files: Sequence[tuple[str, bytes]]) -> Hybrid:
    """Return what entry names and the text files among assets (name and bytes) show."""
    hidden = [(name, kind) for name, data in files for begin, kind in load_forms() if data.startswith(begin)]
    scripts = tuple((name, data) for name, data in files if name not in dict(hidden) and b"\0" not in data[:1024])
    parts = [HybridPart(kind, name, None, OWNER, HybridRead.NAMED) for name, kind in hidden]
    limits = [Limit(STAGE, "script_compiled", name) for name, _ in hidden]
    for framework in load_frameworks():
        place = next((name for name in names if framework.files.fullmatch(name)), None)
        if place is None:
            continue
        parts.append(HybridPart(framework.kind, place, None, OWNER, framework.read))
        if framework.main:
            searched = framework.read is HybridRead.SEARCHED
            limits.append(Limit(STAGE, "script_only_searched" if searched else "form_not_read", framework.kind))
    parts += _native_libraries(names)
    return Hybrid(tuple(sorted(parts, key=lambda part: (part.kind, part.place))), scripts, tuple(limits))


def _native_libraries(names: Iterable[str]) -> list[HybridPart]:
    first: dict[str, str] = {}
    for name in names:
        if (match := _LIBRARY.fullmatch(name)) is not None:
            first.setdefault(match[1], name)
    found = sorted(first.items())[:_MOST]
    return [HybridPart(NATIVE, place, library, OWNER, HybridRead.NAMED) for library, place in found]
