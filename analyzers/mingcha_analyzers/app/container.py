"""What an app comes in: one package, an archive of splits, an app bundle, or any of these inside a ZIP file.

A container is told by what it holds, not by its name; archives are opened two levels deep and share one budget.
"""

import json
from collections.abc import Iterable
from typing import Any

from mingcha_analyzers.app.archive import Archive, EntryError, open_archive
from mingcha_analyzers.app.bundle import is_bundle, read_bundle
from mingcha_analyzers.app.manifest import MANIFEST, read_root
from mingcha_analyzers.app.missing import find_missing, missing_limit
from mingcha_analyzers.app.package import Package, make_part
from mingcha_analyzers.app.splits import choose_parts, list_names, read_candidates
from mingcha_analyzers.app.values import ContainerKind, PartKind
from mingcha_analyzers.values import Limit, SourceFile
from mingcha_corpora.errors import UnreadableInputError

_APK = ".apk"
_CONTAINERS = (".xapk", ".apks", ".apkm", ".aab", ".zip")
_MAX_LIST_BYTES = 4 << 20
# What a store's or tool's own list is called, and by which keys it names the package.
_LISTS = {"manifest.json": ContainerKind.XAPK, "info.json": ContainerKind.APKM}
_PACKAGE_KEYS = ("package_name", "pname", "package")
_TOOL_LISTS = frozenset(("toc.pb", "meta.sai_v1.json", "meta.sai_v2.json"))
# Files that archivers add and expansion files, which hold data and no package.
_IGNORED = ("__MACOSX/", "Android/obb/")


def open_container(file: SourceFile) -> Archive:
    """Return the archive that a file is.

    Raises:
        UnreadableInputError: it is none, or is damaged or encrypted.
    """
    try:
        return open_archive(file)
    except UnreadableInputError as error:
        if error.code == "apk_not_zip" and file.path.lower().endswith(".apkm"):
            raise UnreadableInputError("apkm_encrypted", path=file.path) from error
        raise


def open_package(archive: Archive, path: str) -> Package:
    """Return the parts of the one app that an archive holds.

    Raises:
        UnreadableInputError: it holds no package, a damaged one, or packages of several apps.
    """
    return _open(archive, path, inside=False)


def _open(archive: Archive, path: str, *, inside: bool) -> Package:
    if MANIFEST in archive:
        root = read_root(archive, path)
        part = make_part(path, PartKind.BASE, archive, root, len(archive.data))
        return Package(ContainerKind.APK, (part,), archive, (*archive.limits, *find_missing(root, ())))
    if is_bundle(archive):
        return read_bundle(archive, path)
    names = _files(archive, (_APK,))
    if names:
        return _open_splits(archive, path, names)
    nested = _files(archive, _CONTAINERS)
    if not nested:
        raise UnreadableInputError("apk_no_manifest", path=path)
    if inside:
        raise UnreadableInputError("container_too_deep", path=path)
    if len(nested) > 1:
        raise UnreadableInputError("package_several_apps", path=path, apps=list_names(nested))
    return _open_nested(archive, path, nested[0])


def _open_nested(archive: Archive, path: str, name: str) -> Package:
    place = f"{path}!/{name}"
    try:
        data = archive.read(name)
    except EntryError as error:
        raise UnreadableInputError("part_damaged", path=place, fault=error.reason) from error
    return _open(open_archive(SourceFile(place, data), archive.budget), place, inside=True)


def _open_splits(archive: Archive, path: str, names: list[str]) -> Package:
    kind, lists, limits = _read_list(archive, path)
    hint = next((lists[key] for key in _PACKAGE_KEYS if isinstance(lists.get(key), str)), None)
    candidates, damaged = read_candidates(archive, path, names)
    chosen, more = choose_parts(candidates, path, hint)
    limits += [*archive.limits, *damaged, *more, *_missing(lists, archive)]
    limits += find_missing(chosen[0].root, {each.split or "" for each in chosen[1:]}) if not chosen[0].split else ()
    parts = [candidate.part(candidate is chosen[0]) for candidate in chosen]
    return Package(kind, parts, chosen[0].archive, tuple(limits))


def _files(archive: Archive, endings: tuple[str, ...]) -> list[str]:
    return [
        name
        for name in archive.names()
        if name.lower().endswith(endings)
        and not name.startswith(_IGNORED)
        and not name.rpartition("/")[2].startswith("._")
    ]


def _read_list(archive: Archive, path: str) -> tuple[ContainerKind, dict[str, Any], list[Limit]]:
    """Return the kind of container, the list that its maker put into it, and a limit if that cannot be read."""
    name = next((name for name in _LISTS if name in archive), None)
    if name is None:
        tool_made = any(each in archive for each in _TOOL_LISTS) or path.lower().endswith(".apks")
        return (ContainerKind.APKS if tool_made else ContainerKind.ZIP), {}, []
    try:
        lists = json.loads(archive.read(name, _MAX_LIST_BYTES))
    except (EntryError, ValueError, RecursionError):
        lists = None
    if not isinstance(lists, dict):
        return _LISTS[name], {}, [Limit("archive", "part_list_damaged", name)]
    return _LISTS[name], lists, []


def _missing(lists: dict[str, Any], archive: Archive) -> Iterable[Limit]:
    """Yield a limit for each package that the list names and the archive lacks."""
    rows = lists.get("split_apks")
    for row in rows if isinstance(rows, list) else ():
        name = row.get("file") if isinstance(row, dict) else None
        if isinstance(name, str) and name not in archive:
            yield missing_limit("part_missing", name)
