"""Reads one app package into an ``App``: the one way in for everything that asks what a package holds.

Each part has its module; here they are put in order, and what none of them looked at is said as a limit.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mingcha_analyzers.app.archive import EntryError
from mingcha_analyzers.app.code import CodeFacts, find_observations
from mingcha_analyzers.app.code.permission_uses import Levels, find_unrequested, grade_requests
from mingcha_analyzers.app.container import open_package
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


def read_app(file: SourceFile) -> App:
    """Return what an app package holds.

    Raises:
        UnreadableInputError: it is no package, or its manifest cannot be read.
    """
    package = open_package(file)
    resources = open_table(package)
    manifest = read_merged_manifest(package, resources)
    signing, signing_limits = read_signing(package.signer)
    code, code_limits = _read_code(package, manifest, resources)
    packer = find_packer(package.names(), _application_class(manifest), code.classes)
    asked = _ask_code(manifest, code, packer)
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
        limits=(
            *package.limits,
            *manifest.limits,
            *_resource_limits(resources),
            *signing_limits,
            *code_limits,
            *file_limits,
            *_standing_limits(packer),
        ),
    )


def _resource_limits(resources: ResourceTable) -> Iterator[Limit]:
    """Yield a limit for each table that could not be read, or not wholly."""
    return (Limit("resources", "resources_damaged", fault) for fault in resources.damaged.values())


def _read_code(package: Package, manifest: Manifest, resources: ResourceTable) -> tuple[CodeFacts, tuple[Limit, ...]]:
    """Return what the DEX files show, and a limit for each that could not be read."""
    limits: list[Limit] = []
    dexes: list[tuple[str, bytes]] = []
    dex_names = package.dex_names()
    if not dex_names:
        limits.append(Limit("code", "no_code", f"split {manifest.split}" if manifest.split else manifest.package_name))
    for name in dex_names:
        try:
            dexes.append((name, package.read(name)))
        except EntryError as error:
            limits.append(Limit("code", error.reason, name))
    code = find_observations(
        dexes,
        package_name=manifest.package_name,
        components=manifest.components,
        target_sdk=manifest.target_sdk,
        sdk_base=load_sdk_base(),
        texts_of=lambda number: (each.text for each in resources.texts_of(number)),
    )
    return code, (*limits, *code.limits)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the code shows of permissions; nulls where it was not seen."""

    permissions: tuple[PermissionRequest, ...]
    prompts: tuple[PermissionPrompt, ...] | None
    unrequested: tuple[UnrequestedUse, ...] | None


def _ask_code(manifest: Manifest, code: CodeFacts, packer: Packer | None) -> _Asked:
    if not code.classes or (packer is not None and packer.hides_code):
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


def _standing_limits(packer: Packer | None) -> list[Limit]:
    """Return what this version does not look at, and that a packer hides the code."""
    limits = [Limit(stage, "not_analysed_yet", "") for stage in _NOT_ANALYSED]
    if packer is not None and packer.hides_code:
        limits.append(Limit("code", "packed", packer.name))
    return limits
