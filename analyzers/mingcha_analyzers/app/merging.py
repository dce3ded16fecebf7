"""The manifests of all parts of a package as one, as the system sees an app with its splits installed."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from mingcha_analyzers.app.manifest import Manifest, manifest_of
from mingcha_analyzers.app.package import Package
from mingcha_analyzers.app.resources.table import ResourceTable
from mingcha_analyzers.app.values import Component, ComponentKind, MetaData, PartKind, PermissionRequest


def read_merged_manifest(package: Package, resources: ResourceTable) -> Manifest:
    """Return what the base declares and what splits with code add: permissions, components and their meta-data."""
    manifest = manifest_of(package.parts[0].root, resources)
    for part in package.parts[1:]:
        if part.facts.kind is PartKind.FEATURE:
            level = manifest.target_sdk or manifest.min_sdk
            manifest = _merge(manifest, manifest_of(part.root, resources, level))
    return manifest


def _merge(base: Manifest, more: Manifest) -> Manifest:
    return replace(
        base,
        permissions=_merge_permissions((*base.permissions, *more.permissions)),
        components=_merge_components(base.components, more.components),
        declarations=base.declarations.with_split(more.declarations),
        limits=tuple(dict.fromkeys((*base.limits, *more.limits))),
    )


def _merge_permissions(requests: Iterable[PermissionRequest]) -> tuple[PermissionRequest, ...]:
    """Return one request for each permission, the widest of several."""
    widest: dict[str, PermissionRequest] = {}
    for request in requests:
        known = widest.get(request.name)
        if known is None or (
            known.max_sdk is not None and (request.max_sdk is None or request.max_sdk > known.max_sdk)
        ):
            widest[request.name] = request
    return tuple(widest[name] for name in sorted(widest))


def _merge_components(base: Sequence[Component], more: Sequence[Component]) -> tuple[Component, ...]:
    """Return the components of both; bundletool repeats those of splits in the base, and a base's own count first."""
    merged = {(component.kind, component.name): component for component in base}
    application = next((each for each in base if each.kind is ComponentKind.APPLICATION), None)
    for component in more:
        if component.kind is not ComponentKind.APPLICATION:
            merged.setdefault((component.kind, component.name), component)
        elif application is not None:
            key = (application.kind, application.name)
            merged[key] = replace(application, meta_data=_merge_meta_data(merged[key].meta_data, component.meta_data))
    return tuple(merged.values())


def _merge_meta_data(base: Sequence[MetaData], more: Sequence[MetaData]) -> tuple[MetaData, ...]:
    known = {entry.name for entry in base}
    added = [entry for entry in more if entry.name not in known]
    return tuple(sorted((*base, *added), key=lambda entry: (entry.name, entry.value or "")))
