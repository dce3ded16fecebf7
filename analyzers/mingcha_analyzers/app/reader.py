"""Reads one app package into an ``App``: the one way in for everything that asks what a package holds.

Each part has its module; here they are put in order, and what none of them looked at is said as a limit.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mingcha_analyzers.app.archive import EntryError
from mingcha_analyzers.app.code import CodeFacts, find_observations
from mingcha_analyzers.app.code.permission_uses import Levels, find_unrequested, grade_requests
from mingcha_analyzers.app.container import open_container, open_package
from mingcha_analyzers.app.dumps import read_dumps
from mingcha_analyzers.app.harmony import is_harmony, read_harmony_app
from mingcha_analyzers.app.manifest import Manifest
from mingcha_analyzers.app.merging import read_merged_manifest
from mingcha_analyzers.app.network.endpoints import hosts_of_sdks, join_endpoints
from mingcha_analyzers.app.network.files import read_text_files, see_file_hosts, see_manifest_hosts
from mingcha_analyzers.app.package import Package
from mingcha_analyzers.app.packers import find_packer
from mingcha_analyzers.app.resources.table import ResourceTable, open_table
from mingcha_analyzers.app.sdks import Traces, find_sdks
from mingcha_analyzers.app.signing import read_signing
from mingcha_analyzers.app.values import (
    App,
    ComponentKind,
    Packer,
    PermissionPrompt,
    PermissionRequest,
    UnrequestedUse,
)
from mingcha_analyzers.values import Limit, SourceFile
from mingcha_corpora.sdks import load_sdk_base

_LIBRARY = re.compile(r"lib/[^/]+/([^/]+\.so)")
_NOT_ANALYSED = ("hybrid", "security", "ui")


def read_app(file: SourceFile, extra_dex: Sequence[SourceFile] = ()) -> App:
    """Return what an app package holds; ``extra_dex`` are DEX files dumped from it while it ran.

    Raises:
        UnreadableInputError: it is no package, or its manifest cannot be read.
    """
    archive = open_container(file)
    if is_harmony(archive, file.path):
        return read_harmony_app(archive, file.path)
    package = open_package(archive, file.path)
    resources = open_table(package)
    manifest = read_merged_manifest(package, resources)
    signing, signing_limits = read_signing(package.signer)
    code, code_limits, dumps = _read_code(package, manifest, resources, extra_dex)
    packer = find_packer(package.names(), _application_class(manifest), code.classes)
    hidden = packer is not None and packer.hides_code and not dumps
    asked = _ask_code(manifest, code, hidden=hidden)
    files, file_limits = read_text_files(package)
    hosts = (*code.hosts, *see_manifest_hosts(manifest.components), *see_file_hosts(files))
    endpoints = join_endpoints(hosts, load_sdk_base())
    libraries = _native_libraries(package)
    traces = Traces(manifest.package_name, code.classes, manifest.components, libraries, hosts_of_sdks(endpoints))
    return App(
        package_name=manifest.package_name,
        version_name=manifest.version_name,
        version_code=manifest.version_code,
        min_sdk=manifest.min_sdk,
        target_sdk=manifest.target_sdk,
        signing=signing,
        permissions=asked.permissions,
        components=manifest.components,
        sdks=find_sdks(traces),
        observations=code.observations,
        prompts=asked.prompts,
        unrequested=asked.unrequested,
        endpoints=endpoints,
        ui=None,
        security=None,
        packer=packer,
        hybrid=None,
        container=package.container,
        harmony=None,
        limits=(
            *package.limits,
            *manifest.limits,
            *_resource_limits(resources),
            *signing_limits,
            *code_limits,
            *file_limits,
            *_standing_limits(packer, dumps),
        ),
    )


def _resource_limits(resources: ResourceTable) -> Iterator[Limit]:
    """Yield a limit for each table that could not be read, or not wholly."""
    return (Limit("resources", "resources_damaged", fault) for fault in resources.damaged.values())


def _read_code(
    package: Package, manifest: Manifest, resources: ResourceTable, extra_dex: Sequence[SourceFile]
) -> tuple[CodeFacts, tuple[Limit, ...], int]:
    """Return what the DEX files show, a limit for each that could not be read, and how many dumped ones were read."""
    limits: list[Limit] = []
    dexes: list[tuple[str, bytes]] = []
    dex_names = package.dex_names()
    if not dex_names and not extra_dex:
        limits.append(Limit("code", "no_code", f"split {manifest.split}" if manifest.split else manifest.package_name))
    for name in dex_names:
        try:
            dexes.append((name, package.read(name)))
        except EntryError as error:
            limits.append(Limit("code", error.reason, name))
    dumped, dump_limits = read_dumps(extra_dex, dexes)
    code = find_observations(
        [*dumped, *dexes],
        package_name=manifest.package_name,
        components=manifest.components,
        target_sdk=manifest.target_sdk,
        sdk_base=load_sdk_base(),
        texts_of=lambda number: (each.text for each in resources.texts_of(number)),
    )
    return code, (*limits, *dump_limits, *code.limits), len(dumped)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the code shows of permissions; nulls where it was not seen."""

    permissions: tuple[PermissionRequest, ...]
    prompts: tuple[PermissionPrompt, ...] | None
    unrequested: tuple[UnrequestedUse, ...] | None


def _ask_code(manifest: Manifest, code: CodeFacts, *, hidden: bool) -> _Asked:
    """Return what the code shows of permissions; ``hidden``: the real code is not what was read."""
    if not code.classes or hidden:
        return _Asked(manifest.permissions, None, None)
    lowest = manifest.min_sdk or 1
    levels = Levels(lowest, max(manifest.target_sdk or lowest, lowest))
    return _Asked(
        grade_requests(manifest.permissions, code.uses, code.prompts, levels),
        code.prompts,
        find_unrequested(manifest.permissions, code.uses, levels),
    )


def _application_class(manifest: Manifest) -> str | None:
    names = (part.name for part in manifest.components if part.kind is ComponentKind.APPLICATION)
    return next(names, None)


def _native_libraries(package: Package) -> tuple[str, ...]:
    matches = (_LIBRARY.fullmatch(name) for name in package.names())
    return tuple(sorted({match[1] for match in matches if match is not None}))


def _standing_limits(packer: Packer | None, dumps: int) -> list[Limit]:
    """Return what this version does not look at, and that a packer hides the code; ``dumps``: so many were read."""
    limits = [Limit(stage, "not_analysed_yet", "") for stage in _NOT_ANALYSED]
    if packer is not None and packer.hides_code:
        limits.append(Limit("code", "packed_dumped" if dumps else "packed", packer.name))
    return limits
