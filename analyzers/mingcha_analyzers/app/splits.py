"""Which packages of an archive make up one app: the base and the splits that belong to it.

The system installs splits only with a base of the same package name and version code, so nothing else is merged.
What a store wrote beside the packages is a hint: what counts is what their manifests say.
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from mingcha_analyzers.app.archive import Archive, EntryError, open_archive
from mingcha_analyzers.app.elements import Element, attribute
from mingcha_analyzers.app.manifest import read_root
from mingcha_analyzers.app.missing import configures, missing_limit
from mingcha_analyzers.app.package import Part, located, make_part
from mingcha_analyzers.app.values import PartKind
from mingcha_analyzers.values import Limit, SourceFile
from mingcha_corpora.errors import UnreadableInputError

MAX_PARTS = 256
# Names that tools give to a base, best first: the installer's, bundletool's, and its package without splits.
_BASE_NAMES = ("base.apk", "base-master.apk", "universal.apk")
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Candidate:
    """One package of the archive that could be read."""

    name: str
    archive: Archive
    root: Element
    size: int
    sha256: str

    @property
    def split(self) -> str | None:
        """Return the name of the split, None for a base."""
        return self.root.get("split") or None

    @property
    def identity(self) -> tuple[str, str]:
        """Return package name and version code, as the manifest has them."""
        return self.root.get("package") or "", attribute(self.root, "versionCode") or ""

    def part(self, base: bool) -> Part:
        """Return the package as a part."""
        kind = PartKind.BASE if base else _kind(self.root)
        return make_part(self.name, kind, self.archive, self.root, self.size, self.sha256)


def read_candidates(archive: Archive, path: str, names: Sequence[str]) -> tuple[list[Candidate], list[Limit]]:
    """Return the packages of these names that can be read, and a limit for each that cannot.

    Raises:
        UnreadableInputError: none can be read; the error is that of the first.
    """
    found: list[Candidate] = []
    limits: list[Limit] = []
    errors: list[UnreadableInputError] = []
    for name in names[:MAX_PARTS]:
        try:
            found.append(_read(archive, path, name))
        except UnreadableInputError as error:
            errors.append(error)
            limits.append(missing_limit("part_damaged", name))
    if len(names) > MAX_PARTS:
        limits.append(Limit("code", "too_many_parts", str(MAX_PARTS)))
    # Without a base, a damaged package may have been it: its splits alone would tell half a story.
    if errors and all(candidate.split for candidate in found):
        raise errors[0]
    return found, limits


def _read(archive: Archive, path: str, name: str) -> Candidate:
    place = f"{path}!/{name}"
    try:
        data = archive.read(name)
    except EntryError as error:
        raise UnreadableInputError("part_damaged", path=place, fault=error.reason) from error
    inner = open_archive(SourceFile(place, data), archive.budget)
    return Candidate(name, inner, read_root(inner, place), len(data), hashlib.sha256(data).hexdigest())


def choose_parts(
    candidates: Sequence[Candidate], path: str, hint: str | None
) -> tuple[list[Candidate], tuple[Limit, ...]]:
    """Return the parts of one app, base first, and a limit for each candidate that is none of it.

    ``hint`` is the package name that the store's own list gives.

    Raises:
        UnreadableInputError: ``package_several_apps``.
    """
    bases = [candidate for candidate in candidates if not candidate.split]
    limits: list[Limit] = []
    if not bases:
        bases = _leading_splits(candidates)
        limits.append(Limit("code", "base_missing", ", ".join(sorted({each.identity[0] for each in candidates}))))
    base = _choose_base(bases, path, hint)
    chosen, seen = [base], {base.split}
    others = (candidate for candidate in candidates if candidate is not base)
    for candidate in sorted(others, key=lambda each: (each.split or "", _rank(each))):
        if candidate.identity != base.identity:
            limits.append(Limit("archive", "part_foreign", _told(candidate)))
        elif candidate.split in seen:
            if candidate.sha256 not in {each.sha256 for each in chosen}:
                limits.append(Limit("archive", "part_variant", candidate.name))
        else:
            seen.add(candidate.split)
            chosen.append(candidate)
    return chosen, (*limits, *_inner_limits(chosen))


def _leading_splits(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the splits that stand for a missing base: those with code, else all."""
    features = [candidate for candidate in candidates if _kind(candidate.root) is PartKind.FEATURE]
    return (features or list(candidates))[:1]


def _choose_base(bases: Sequence[Candidate], path: str, hint: str | None) -> Candidate:
    wanted = [base for base in bases if base.identity[0] == hint] or bases
    apps: dict[tuple[str, str], Candidate] = {}
    for base in sorted(wanted, key=_rank):
        apps.setdefault(base.identity, base)
    if len(apps) > 1:
        told = sorted(map(_told, apps.values()))
        raise UnreadableInputError("package_several_apps", path=path, apps=list_names(told))
    return next(iter(apps.values()))


def list_names(names: Collection[str]) -> str:
    """Return names in one line, the first ones if there are many."""
    shown = sorted(names)[:_SHOWN]
    return ", ".join(shown) + (" …" if len(names) > len(shown) else "")


def _told(candidate: Candidate) -> str:
    return f"{candidate.name} ({' '.join(candidate.identity).strip()})"


def _rank(candidate: Candidate) -> tuple[int, str]:
    short = candidate.name.rpartition("/")[2]
    return (_BASE_NAMES.index(short) if short in _BASE_NAMES else len(_BASE_NAMES)), candidate.name


def _kind(root: Element) -> PartKind:
    """Return what a split is for: those for densities, ABIs and languages name what they configure, or are named so."""
    split = root.get("split") or ""
    return PartKind.CONFIG if root.get("configForSplit") or configures(split) else PartKind.FEATURE


def _inner_limits(chosen: Sequence[Candidate]) -> list[Limit]:
    return [limit for candidate in chosen for limit in located(candidate.archive.limits, candidate.name)]
