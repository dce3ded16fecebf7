"""What the DEX files of a package show, those dumped while it ran included, and whether that is the real code."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from mingcha_analyzers.app.archive import EntryError
from mingcha_analyzers.app.code import CodeFacts, find_observations
from mingcha_analyzers.app.code.owners import Owners
from mingcha_analyzers.app.code.permission_uses import Levels, find_unrequested, grade_requests
from mingcha_analyzers.app.dumps import read_dumps
from mingcha_analyzers.app.fingerprints.finder import FingerprintFinder
from mingcha_analyzers.app.fingerprints.matching import FingerprintMatch
from mingcha_analyzers.app.manifest import Manifest
from mingcha_analyzers.app.nested import STAGE as LATER
from mingcha_analyzers.app.nested import find_nested
from mingcha_analyzers.app.package import Package
from mingcha_analyzers.app.packers import find_packer
from mingcha_analyzers.app.resources.table import ResourceTable
from mingcha_analyzers.app.sdks.kept_names import KeptNames
from mingcha_analyzers.app.sdks.strings import StringFinder
from mingcha_analyzers.app.sdks.telling import ToldVersions, VersionFinder
from mingcha_analyzers.app.security.code import CodeFinder
from mingcha_analyzers.app.security.looks import Sign
from mingcha_analyzers.app.values import (
    ComponentKind,
    NestedCode,
    Packer,
    PermissionPrompt,
    PermissionRequest,
    UnrequestedUse,
)
from mingcha_analyzers.values import Limit, SourceFile
from mingcha_corpora.sdks import load_sdk_base


@dataclass(frozen=True, slots=True)
class Inside:
    """Facts and signs of the code; ``dumped``: how many dumped files were read; a limit for each that was not.

    ``strings``: constants that tell an SDK, with the number of their places; ``kept_names``: names of renamed
    classes that annotations hold; ``nested``: code beside the DEX files
    that the system loads, and ``later`` the classes that only such code defines; ``matches``: SDKs that renamed code
    shows by its make.
    """

    facts: CodeFacts
    signs: Sequence[Sign]
    strings: Mapping[str, int]
    kept_names: Collection[str]
    versions: ToldVersions
    matches: tuple[FingerprintMatch, ...]
    packer: Packer | None
    dumped: int
    nested: tuple[NestedCode, ...]
    later: frozenset[str]
    limits: tuple[Limit, ...]

    @property
    def is_packed(self) -> bool:
        """Whether a packer hides the code that the package holds."""
        return self.packer is not None and self.packer.hides_code

    def say_packed(self) -> Iterator[Limit]:
        """Yield a limit where a packer hides the code."""
        if self.packer is not None and self.packer.hides_code:
            yield Limit("code", "packed_dumped" if self.dumped else "packed", self.packer.name)


def read_inside(
    package: Package, manifest: Manifest, resources: ResourceTable, owners: Owners, extra_dex: Sequence[SourceFile]
) -> Inside:
    """Return what the code shows; ``extra_dex`` are DEX files dumped from the package while it ran."""
    limits: list[Limit] = []
    dexes, dumped = _load(package, extra_dex, limits)
    if not dumped and not package.dex_names():
        limits.append(Limit("code", "no_code", f"split {manifest.split}" if manifest.split else manifest.package_name))
    nested = find_nested(package)
    base, renamed = load_sdk_base(), FingerprintFinder()
    finder, strings, names, versions = CodeFinder(), StringFinder(base), KeptNames(), VersionFinder(base)
    facts = find_observations(
        chain(dexes, ((file.name, file.data) for file in nested.files)),
        owners=owners,
        components=manifest.components,
        target_sdk=manifest.target_sdk,
        watchers=[finder, strings, names, versions, renamed],
        matched=renamed.owners,
        texts_of=lambda number: (each.text for each in resources.texts_of(number)),
    )
    packer = find_packer(package.names(), _application_class(manifest), facts.classes)
    return Inside(
        facts,
        own_signs(finder.signs, facts.owners),
        strings.found,
        names.found,
        versions.told,
        renamed.matches,
        packer,
        dumped,
        nested.parts({name: len(classes) for name, classes in facts.by_dex.items()}),
        frozenset(chain.from_iterable(facts.by_dex.get(name, ()) for name in nested.later)),
        (*limits, *nested.limits, *_restaged(facts.limits, nested.later)),
    )


def own_signs(signs: Iterable[Sign], owners: Owners) -> tuple[Sign, ...]:
    """Return signs as those of the owners that are known when all code was seen, the make of classes included."""
    return tuple(
        sign if sign.place is None or not sign.place.class_ else replace(sign, owner=owners.of(sign.place.class_))
        for sign in signs
    )


def _restaged(limits: Iterable[Limit], nested: Collection[str]) -> Iterator[Limit]:
    """Yield limits of the code; damage in a nested DEX leaves the code that the system loads whole."""
    for limit in limits:
        inside = limit.detail in nested or limit.detail.rpartition(": ")[0] in nested
        yield replace(limit, stage=LATER) if inside else limit


def _load(
    package: Package, extra_dex: Sequence[SourceFile], limits: list[Limit]
) -> tuple[Iterable[tuple[str, bytes]], int]:
    """Return the package's own DEX files in loading order, dumped ones first, and how many were dumped."""
    own = _inflate(package, package.dex_names(), limits)
    if not extra_dex:
        return own, 0
    held = list(own)
    dumped, dump_limits = read_dumps(extra_dex, held)
    limits += dump_limits
    return [*dumped, *held], len(dumped)


def _inflate(package: Package, names: Sequence[str], limits: list[Limit]) -> Iterator[tuple[str, bytes]]:
    """Yield the DEX files one by one, so that nobody but the taker holds one; note those that cannot be read."""
    for name in names:
        try:
            yield name, package.read(name)
        except EntryError as error:
            limits.append(Limit("code", error.reason, name))


def _application_class(manifest: Manifest) -> str | None:
    names = (part.name for part in manifest.components if part.kind is ComponentKind.APPLICATION)
    return next(names, None)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the code shows of permissions; nulls where it was not seen."""

    permissions: tuple[PermissionRequest, ...]
    prompts: tuple[PermissionPrompt, ...] | None
    unrequested: tuple[UnrequestedUse, ...] | None


def find_asked(manifest: Manifest, inside: Inside) -> Asked:
    """Return what the code shows of permissions, if the real code was read."""
    code = inside.facts
    if not code.classes or (inside.is_packed and not inside.dumped):
        return Asked(manifest.permissions, None, None)
    lowest = manifest.min_sdk or 1
    levels = Levels(lowest, max(manifest.target_sdk or lowest, lowest))
    return Asked(
        grade_requests(manifest.permissions, code.uses, code.prompts, levels),
        code.prompts,
        find_unrequested(manifest.permissions, code.uses, levels),
    )
