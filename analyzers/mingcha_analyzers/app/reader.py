"""Reads one app package into an ``App``: the one way in for everything that asks what a package holds.

Each part has its module; here they are put in order, and what none of them looked at is said as a limit.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mingcha_analyzers.app.archive import EntryError
from mingcha_analyzers.app.code import CodeFacts, find_observations
from mingcha_analyzers.app.code.owners import Owners
from mingcha_analyzers.app.code.permission_uses import Levels, find_unrequested, grade_requests
from mingcha_analyzers.app.code.scan import Watcher
from mingcha_analyzers.app.container import open_container, open_package
from mingcha_analyzers.app.dumps import read_dumps
from mingcha_analyzers.app.embedded.reader import find_embedded
from mingcha_analyzers.app.embedded.urls import find_policy_urls
from mingcha_analyzers.app.harmony import is_harmony, read_harmony_app
from mingcha_analyzers.app.manifest import Manifest
from mingcha_analyzers.app.merging import read_merged_manifest
from mingcha_analyzers.app.network.endpoints import hosts_of_sdks
from mingcha_analyzers.app.network.files import read_text_files
from mingcha_analyzers.app.outside import read_outside
from mingcha_analyzers.app.package import Package
from mingcha_analyzers.app.packers import find_packer
from mingcha_analyzers.app.resources.table import ResourceTable, open_table
from mingcha_analyzers.app.sdks import Traces, find_sdks
from mingcha_analyzers.app.security.code import CodeFinder
from mingcha_analyzers.app.security.reader import Evidence, find_security
from mingcha_analyzers.app.signing import read_signing
from mingcha_analyzers.app.ui.reader import UiParts, read_ui
from mingcha_analyzers.app.values import (
    App,
    ComponentKind,
    ContainerKind,
    Packer,
    PermissionPrompt,
    PermissionRequest,
    Signing,
    UnrequestedUse,
)
from mingcha_analyzers.values import Limit, SourceFile
from mingcha_corpora.sdks import load_sdk_base

_LIBRARY = re.compile(r"lib/[^/]+/([^/]+\.so)")


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
    finder = CodeFinder()
    code, code_limits, dumps = _read_code(package, manifest, resources, extra_dex, [finder])
    packer = find_packer(package.names(), _application_class(manifest), code.classes)
    asked = _ask_code(manifest, code, hidden=packer is not None and packer.hides_code and not dumps)
    files, file_limits = read_text_files(package)
    policies = tuple(each.policy for each in find_embedded(package, resources, files))
    # The links of a policy are no hosts of the app, and its words no texts of a screen.
    shown = [file for file in files if file[0] not in {policy.place for policy in policies}]
    outside = read_outside(package, shown, resources, manifest, code)
    libraries = _native_libraries(package)
    hosts = hosts_of_sdks(outside.endpoints)
    traces = Traces(manifest.package_name, code.classes, manifest.components, libraries, hosts)
    sdks = find_sdks(traces)
    owners = Owners(manifest.package_name, manifest.components, load_sdk_base())
    ui, ui_limits = read_ui(UiParts(package, resources, code, shown, manifest.components, sdks, owners))
    security, security_limits = find_security(
        Evidence(
            manifest=manifest,
            # A bundle bears the key of its upload; what users get is signed by the store.
            signing=Signing((), ()) if package.kind is ContainerKind.AAB else signing,
            packer=packer,
            classes=code.classes,
            signs=finder.signs,
            code_seen=bool(code.classes) and not code_limits and _is_whole(package, packer),
            endpoints=outside.endpoints,
            files=files,
            archive=package,
            resources=resources,
            owner_of=owners.of,
        )
    )
    return App(
        package_name=manifest.package_name,
        version_name=manifest.version_name,
        version_code=manifest.version_code,
        min_sdk=manifest.min_sdk,
        target_sdk=manifest.target_sdk,
        signing=signing,
        permissions=asked.permissions,
        components=manifest.components,
        sdks=sdks,
        observations=(*code.observations, *outside.observations),
        prompts=asked.prompts,
        unrequested=asked.unrequested,
        endpoints=outside.endpoints,
        ui=ui,
        security=security,
        packer=packer,
        hybrid=outside.hybrid,
        container=package.container,
        harmony=None,
        policies=policies,
        policy_urls=find_policy_urls(resources, code.texts, owners),
        limits=(
            *package.limits,
            *manifest.limits,
            *_resource_limits(resources),
            *signing_limits,
            *code_limits,
            *file_limits,
            *outside.limits,
            *ui_limits,
            *security_limits,
            *_hidden_code(packer, dumps),
        ),
        renaming=code.renaming,
    )


def _is_whole(package: Package, packer: Packer | None) -> bool:
    """Return whether the package holds all of the app's code: no part is missing, and no packer hides it."""
    return not (packer and packer.hides_code) and all(limit.stage != "code" for limit in package.limits)


def _resource_limits(resources: ResourceTable) -> Iterator[Limit]:
    """Yield a limit for each table that could not be read, or not wholly."""
    return (Limit("resources", "resources_damaged", fault) for fault in resources.damaged.values())


def _read_code(
    package: Package,
    manifest: Manifest,
    resources: ResourceTable,
    extra_dex: Sequence[SourceFile],
    watchers: Sequence[Watcher],
) -> tuple[CodeFacts, tuple[Limit, ...], int]:
    """Return what the DEX files show, a limit for each that could not be read, and how many dumped ones were read."""
    limits: list[Limit] = []
    dex_names = package.dex_names()
    dexes: Iterable[tuple[str, bytes]] = _inflate(package, dex_names, limits)
    dumped: list[tuple[str, bytes]] = []
    if extra_dex:
        own = list(dexes)
        dumped, dump_limits = read_dumps(extra_dex, own)
        limits += dump_limits
        dexes = [*dumped, *own]
    if not dex_names and not dumped:
        limits.append(Limit("code", "no_code", f"split {manifest.split}" if manifest.split else manifest.package_name))
    code = find_observations(
        dexes,
        package_name=manifest.package_name,
        components=manifest.components,
        target_sdk=manifest.target_sdk,
        sdk_base=load_sdk_base(),
        watchers=watchers,
        texts_of=lambda number: (each.text for each in resources.texts_of(number)),
    )
    return code, (*limits, *code.limits), len(dumped)


def _inflate(package: Package, names: Sequence[str], limits: list[Limit]) -> Iterator[tuple[str, bytes]]:
    """Yield the DEX files one by one, so that nobody but the taker holds one; note those that cannot be read."""
    for name in names:
        try:
            yield name, package.read(name)
        except EntryError as error:
            limits.append(Limit("code", error.reason, name))


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


def _hidden_code(packer: Packer | None, dumps: int) -> Iterator[Limit]:
    """Yield that a packer hides the code; ``dumps``: so many files of it were dumped and read."""
    if packer is not None and packer.hides_code:
        yield Limit("code", "packed_dumped" if dumps else "packed", packer.name)
