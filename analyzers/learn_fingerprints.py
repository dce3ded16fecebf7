"""Writes the shipped fingerprints from archives that lie in a folder; a tool of the project, not a part of it.

    python analyzers/learn_fingerprints.py LIST FOLDER OUT

LIST is JSON Lines: ``sha256``, ``ending`` and ``source`` of each archive, ``id`` and ``version`` where it is an SDK's;
one without an id is a library, whose tokens tell nothing. Packages (.apk) give their plain libraries. FOLDER holds
the archives as ``<sha256>.<ending>``. Same list, archives and SDK base: same bytes.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from mingcha_analyzers.app.classfile.archive import ClassFiles
from mingcha_analyzers.app.code.hashing import Keys, Numbers, find_places
from mingcha_analyzers.app.code.tables import load_owner_names
from mingcha_analyzers.app.fingerprints.fromclasses import read_tokens
from mingcha_analyzers.app.fingerprints.frompackage import read_package_tokens
from mingcha_analyzers.app.fingerprints.learning import Distinction, Part, divide, learn_part
from mingcha_analyzers.app.fingerprints.tokens import Tokens
from mingcha_analyzers.values import SourceFile
from mingcha_corpora.fingerprints import COMMON, LearntVersion, format_fingerprint, make_common, merge_versions
from mingcha_corpora.sdks import load_sdk_base

# Tokens that so many makers have tell nobody from others.
_MANY_MAKERS = 4
_FILTER_BITS = 1 << 21
# A part of an archive with fewer classes or tokens is a stub.
_LEAST_CLASSES, _LEAST_TOKENS = 3, 30
# Libraries that take no data, but hold so much code that it must not be taken for the app's own.
_KEPT_LIBRARIES = frozenset(("react-native", "exoplayer"))
_LIBRARY = ""


@dataclass(frozen=True, slots=True, eq=False)
class _Archive:
    row: Mapping[str, str]
    tokens: Tokens
    parts: Mapping[str, Numbers]


def main(listing: Path, folder: Path, out: Path) -> None:
    """Write a file for each SDK and the filter of common tokens."""
    rows = [json.loads(line) for line in listing.read_text("utf-8").splitlines() if line]
    archives = [each for row in rows if row["ending"] != "apk" for each in _read(row, folder)]
    packages = [_file(row, folder) for row in rows if row["ending"] == "apk"]
    libraries = [np.unique(read_package_tokens(each, _is_plain)[0].token) for each in packages]
    makers, ids = _count(archives, libraries)
    common = _those_in(makers, _MANY_MAKERS)
    shared = _those_in(ids, 2)
    distinction = Distinction(lambda keys: find_places(common, keys) >= 0, lambda keys: find_places(shared, keys) >= 0)
    out.mkdir(parents=True, exist_ok=True)
    (out / COMMON).write_bytes(make_common(common, _FILTER_BITS))
    for id, learnt in _learn(archives, distinction).items():
        (out / f"{id}.json").write_text(format_fingerprint(merge_versions(id, learnt)), "utf-8")


def _file(row: Mapping[str, str], folder: Path) -> SourceFile:
    path = folder / f"{row['sha256']}.{row['ending']}"
    return SourceFile(str(path), path.read_bytes())


def _read(row: Mapping[str, str], folder: Path) -> Iterator[_Archive]:
    tokens, names, _ = read_tokens(ClassFiles().read([_file(row, folder)]))
    if names:
        own = row.get("id") or f"unknown:{row['sha256']}"
        yield _Archive(row, tokens, divide(names, load_sdk_base().owner_of, own))


def _is_plain(class_name: str) -> bool:
    """Return whether a class of a package is a known library's."""
    outer = class_name.partition("$")[0]
    return outer.startswith(tuple(load_owner_names().platform)) or _is_library(load_sdk_base().owner_of(outer))


def _is_library(id: str | None) -> bool:
    record = load_sdk_base().records.get(id) if id else None
    return record is not None and record.tier == "library-list" and not record.collects_pi


def _count(archives: Sequence[_Archive], libraries: Sequence[Keys]) -> tuple[list[Keys], list[Keys]]:
    """Return the tokens of each maker and of each record; those of libraries count as many makers'."""
    records = load_sdk_base().records
    by_maker, by_id = defaultdict(list), defaultdict(list)
    for archive in archives:
        for id, classes in archive.parts.items():
            token = archive.tokens.token[np.isin(archive.tokens.class_, classes)]
            plain = _is_library(id) or not archive.row.get("id")
            by_id[_LIBRARY if plain else id].append(token)
            by_maker[_LIBRARY if plain else (records[id].vendor if id in records else "") or id].append(token)
    for each in libraries:
        by_id[_LIBRARY].append(each)
        by_maker[_LIBRARY].append(each)
    library = np.unique(np.concatenate(by_maker.pop(_LIBRARY)))
    makers = [*(np.unique(np.concatenate(each)) for each in by_maker.values()), *[library] * _MANY_MAKERS]
    return makers, [np.unique(np.concatenate(each)) for each in by_id.values()]


def _those_in(groups: Sequence[Keys], least: int) -> Keys:
    tokens, counts = np.unique(np.concatenate(groups), return_counts=True)
    found: Keys = tokens[counts >= least]
    return found


def _learn(
    archives: Sequence[_Archive], distinction: Distinction
) -> Mapping[str, list[tuple[LearntVersion, Keys, Keys, Keys]]]:
    found = defaultdict(list)
    seen: set[tuple[str, bytes]] = set()
    for archive in archives:
        for id, classes in archive.parts.items():
            if not archive.row.get("id") or not _is_wanted(id):
                continue
            part = learn_part(archive.tokens, classes, distinction)
            key = (id, part.all.tobytes())
            if key not in seen and _is_enough(part):
                seen.add(key)
                found[id].append((_version(archive.row, id, part), part.own, part.shared, part.all))
    return {id: found[id] for id in sorted(found)}


def _is_wanted(id: str) -> bool:
    record = load_sdk_base().records.get(id)
    return record is not None and (record.collects_pi or record.embedded or id in _KEPT_LIBRARIES)


def _is_enough(part: Part) -> bool:
    return part.classes >= _LEAST_CLASSES and len(part.own) + len(part.shared) / 3 >= _LEAST_TOKENS


def _version(row: Mapping[str, str], id: str, part: Part) -> LearntVersion:
    version = row.get("version", "") if id == row["id"] else ""
    return LearntVersion(version, row["source"], row["sha256"], part.classes)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
