"""Reads one app package into an ``App``: the one way in for everything that asks what a package holds.

Each part has its module; here they are put in order, and what none of them looked at is said as a limit.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mingcha_analyzers.app.code.owners import Owners
from mingcha_analyzers.app.container import open_container, open_package
from mingcha_analyzers.app.embedded.reader import find_embedded
from mingcha_analyzers.app.embedded.urls import find_policy_urls
from mingcha_analyzers.app.embedded.values import EmbeddedPolicy
from mingcha_analyzers.app.harmony import is_harmony, read_harmony_app
from mingcha_analyzers.app.inside import Inside, find_asked, read_inside
from mingcha_analyzers.app.manifest import Manifest
from mingcha_analyzers.app.merging import read_merged_manifest
from mingcha_analyzers.app.network.endpoints import hosts_of_sdks
from mingcha_analyzers.app.network.files import read_text_files
from mingcha_analyzers.app.outside import Outside, read_outside
from mingcha_analyzers.app.package import Package
from mingcha_analyzers.app.resources.opening import open_table
from mingcha_analyzers.app.resources.table import ResourceTable
from mingcha_analyzers.app.sdks import Traces, find_sdks
from mingcha_analyzers.app.sdks.registered import find_registered
from mingcha_analyzers.app.sdks.versions import VersionReader
from mingcha_analyzers.app.security.reader import Evidence, find_security
from mingcha_analyzers.app.signing import read_signing
from mingcha_analyzers.app.ui.reader import UiParts, read_ui
from mingcha_analyzers.app.ui.values import Ui
from mingcha_analyzers.app.values import App, ContainerKind, SdkFound, SecurityFact, Signing
from mingcha_analyzers.values import Limit, SourceFile
from mingcha_corpora.sdks import load_sdk_base

# Types of resources whose names makers of SDKs begin with their own.
_NAMED_TYPES = ("layout", "drawable", "string", "id", "raw", "style", "xml")
_LIBRARY = re.compile(r"lib/[^/]+/([^/]+\.so)")


@dataclass(frozen=True, slots=True)
class _Opened:
    """A package with what every finder asks for."""

    package: Package
    resources: ResourceTable
    manifest: Manifest
    signing: Signing
    owners: Owners
    limits: tuple[Limit, ...]


@dataclass(frozen=True, slots=True)
class _Files:
    """Text files among the assets, names and bytes; ``shown``: those that are no privacy policy."""

    all: Sequence[tuple[str, bytes]]
    shown: Sequence[tuple[str, bytes]]
    policies: tuple[EmbeddedPolicy, ...]
    limits: tuple[Limit, ...]


@dataclass(frozen=True, slots=True)
class _Parts:
    """All that was read of one package, in the order of reading."""

    opened: _Opened
    inside: Inside
    files: _Files
    outside: Outside
    sdks: tuple[SdkFound, ...]
    screens: tuple[Ui | None, tuple[Limit, ...]]
    security: tuple[tuple[SecurityFact, ...], tuple[Limit, ...]]


def read_app(file: SourceFile, extra_dex: Sequence[SourceFile] = ()) -> App:
    """Return what an app package holds; ``extra_dex`` are DEX files dumped from it while it ran.

    Raises:
        UnreadableInputError: it is no package, or its manifest cannot be read.
    """
    archive = open_container(file)
    if is_harmony(archive, file.path):
        return read_harmony_app(archive, file.path)
    opened = _open(open_package(archive, file.path))
    package, manifest, resources = opened.package, opened.manifest, opened.resources
    inside = read_inside(package, manifest, resources, opened.owners, extra_dex)
    files = _read_files(package, resources)
    outside = read_outside(package, files.shown, resources, manifest, inside.facts)
    sdks = _find_sdks(opened, inside, outside)
    screens = read_ui(
        UiParts(package, resources, inside.facts, files.shown, manifest.components, sdks, inside.facts.owners)
    )
    security = find_security(_evidence(opened, inside, files, outside))
    return _put_together(_Parts(opened, inside, files, outside, sdks, screens, security))


def _open(package: Package) -> _Opened:
    resources = open_table(package)
    manifest = read_merged_manifest(package, resources)
    signing, limits = read_signing(package.signer)
    owners = Owners(manifest.package_name, manifest.components, load_sdk_base())
    return _Opened(package, resources, manifest, signing, owners, tuple(limits))


def _read_files(package: Package, resources: ResourceTable) -> _Files:
    files, limits = read_text_files(package)
    policies = tuple(each.policy for each in find_embedded(package, resources, files))
    # The links of a policy are no hosts of the app, and its words no texts of a screen.
    shown = [file for file in files if file[0] not in {policy.place for policy in policies}]
    return _Files(files, shown, policies, tuple(limits))


def _find_sdks(opened: _Opened, inside: Inside, outside: Outside) -> tuple[SdkFound, ...]:
    base = load_sdk_base()
    manifest, package, facts = opened.manifest, opened.package, inside.facts
    names = package.names()
    matches = (_LIBRARY.fullmatch(name) for name in names)
    code_seen = bool(facts.classes) and not inside.is_packed and not facts.renaming.renamed
    readers = {each.owner.removeprefix("sdk:") for each in facts.observations if each.data_item is not None}
    found = find_sdks(
        Traces(
            own=facts.owners.packages,
            classes=facts.classes,
            components=manifest.components,
            libraries=tuple(sorted({match[1] for match in matches if match is not None})),
            hosts=hosts_of_sdks(outside.endpoints),
            entries=names,
            resources=opened.resources.names(*_NAMED_TYPES),
            strings=inside.strings,
            matched={name: match.id for match in inside.matches for name in match.classes},
            likeness={match.id: match.confidence for match in inside.matches},
            kept_names=() if code_seen else inside.kept_names,
            registered=() if code_seen else find_registered(package),
            later=inside.later,
            readers=readers,
        ),
        base,
    )
    learnt = {match.id: match.version for match in inside.matches if match.version is not None}
    versions = VersionReader(base, inside.versions, package, manifest.components, learnt)
    return tuple(versions.add_version(sdk) for sdk in found)


def _evidence(opened: _Opened, inside: Inside, files: _Files, outside: Outside) -> Evidence:
    """Return what bears on security."""
    package, classes = opened.package, inside.facts.classes
    # The package holds all of the app's code: no part is missing, and no packer hides it.
    whole = not inside.is_packed and all(limit.stage != "code" for limit in package.limits)
    return Evidence(
        manifest=opened.manifest,
        # A bundle bears the key of its upload; what users get is signed by the store.
        signing=Signing((), ()) if package.kind is ContainerKind.AAB else opened.signing,
        packer=inside.packer,
        classes=classes,
        signs=inside.signs,
        code_seen=bool(classes) and not inside.limits and whole,
        endpoints=outside.endpoints,
        files=files.all,
        archive=package,
        resources=opened.resources,
        owner_of=inside.facts.owners.of,
    )


def _put_together(parts: _Parts) -> App:
    opened, inside, outside = parts.opened, parts.inside, parts.outside
    manifest, asked = opened.manifest, find_asked(opened.manifest, inside)
    return App(
        package_name=manifest.package_name,
        version_name=manifest.version_name,
        version_code=manifest.version_code,
        min_sdk=manifest.min_sdk,
        target_sdk=manifest.target_sdk,
        signing=opened.signing,
        permissions=asked.permissions,
        components=manifest.components,
        sdks=parts.sdks,
        unknown_code=inside.facts.unknown if inside.facts.classes else None,
        nested=inside.nested,
        observations=(*inside.facts.observations, *outside.observations),
        prompts=asked.prompts,
        unrequested=asked.unrequested,
        endpoints=outside.endpoints,
        ui=parts.screens[0],
        security=parts.security[0],
        packer=inside.packer,
        hybrid=outside.hybrid,
        container=opened.package.container,
        harmony=None,
        policies=parts.files.policies,
        policy_urls=find_policy_urls(opened.resources, inside.facts.texts, inside.facts.owners),
        limits=tuple(_limits(parts)),
        renaming=inside.facts.renaming,
    )


def _limits(parts: _Parts) -> Iterator[Limit]:
    """Yield what was not looked at; asked for last, as damage shows when an entry or a table is read."""
    opened = parts.opened
    yield from opened.package.limits
    yield from opened.manifest.limits
    yield from (Limit("resources", "resources_damaged", fault) for fault in opened.resources.damaged.values())
    yield from opened.limits
    yield from parts.inside.limits
    yield from parts.files.limits
    yield from parts.outside.limits
    yield from parts.screens[1]
    yield from parts.security[1]
    yield from parts.inside.say_packed()
