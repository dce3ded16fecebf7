"""HarmonyOS packages: a .hap or .hsp, or an .app that holds several, as far as their configuration tells.

``module.json`` is that of the stage model, ``config.json`` that of the older FA model. Code (ArkTS bytecode),
resources and signature are not read, and this is said: nothing about them may pass for clean.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from mingcha_analyzers.app.archive import Archive, EntryError, open_archive
from mingcha_analyzers.app.manifest import MANIFEST
from mingcha_analyzers.app.modules import Module, parse_fa_module, parse_stage_module
from mingcha_analyzers.app.splits import MAX_PARTS
from mingcha_analyzers.app.values import (
    App,
    Container,
    ContainerKind,
    Harmony,
    PackagePart,
    PartKind,
    PermissionRequest,
    Signing,
)
from mingcha_analyzers.values import Limit, SourceFile
from mingcha_corpora.errors import UnreadableInputError

_STAGE, _FA = "module.json", "config.json"
_MODULES = (".hap", ".hsp")
_PACK_INFO = "pack.info"
# Texts of the default configuration, where a package holds them uncompiled.
_STRINGS = "resources/base/element/string.json"
_MAX_BYTES = 4 << 20
_REFERENCE = "$string:"


@dataclass(frozen=True, slots=True)
class _Read:
    """A module with the file it came from."""

    facts: PackagePart
    module: Module


def is_harmony(archive: Archive, path: str) -> bool:
    """Return whether an archive is a HarmonyOS package or holds some."""
    if MANIFEST in archive:
        return False
    named = path.lower().endswith(_MODULES)
    return _STAGE in archive or (_FA in archive and (named or _PACK_INFO in archive)) or named or bool(_inside(archive))


def read_harmony_app(archive: Archive, path: str) -> App:
    """Return what the configuration of a HarmonyOS package tells.

    Raises:
        UnreadableInputError: ``hap_no_manifest`` or ``hap_manifest_damaged``.
    """
    names = _inside(archive)
    limits = list(archive.limits)
    if names and _STAGE not in archive and _FA not in archive:
        modules = list(_read_all(archive, path, names, limits))
        container = Container(ContainerKind.HARMONY_APP, tuple(each.facts for each in modules))
    else:
        facts = PackagePart(path, PartKind.BASE, None, len(archive.data))
        modules = [_Read(facts, _read_module(archive, path))]
        container = Container(ContainerKind.HAP, ())
    return _make_app(modules, container, (*limits, *_standing_limits(modules)))


def _make_app(modules: Sequence[_Read], container: Container, limits: tuple[Limit, ...]) -> App:
    first = modules[0].module
    requested = sorted({row.name for each in modules for row in each.module.permissions})
    return App(
        package_name=first.bundle,
        version_name=first.version_name,
        version_code=first.version_code,
        min_sdk=None,
        target_sdk=None,
        signing=Signing((), ()),
        permissions=tuple(PermissionRequest(name, None) for name in requested),
        components=tuple(component for each in modules for component in each.module.components),
        sdks=(),
        observations=(),
        prompts=None,
        unrequested=None,
        endpoints=(),
        ui=None,
        policies=(),
        policy_urls=(),
        security=None,
        packer=None,
        hybrid=None,
        container=container,
        harmony=_join(modules),
        limits=limits,
    )


def _inside(archive: Archive) -> list[str]:
    return [name for name in archive.names() if name.lower().endswith(_MODULES)]


def _read_all(archive: Archive, path: str, names: Sequence[str], limits: list[Limit]) -> Iterator[_Read]:
    """Yield the modules of the first one's app; the entry module is read first, as it stands for the app."""
    errors: list[UnreadableInputError] = []
    found: list[_Read] = []
    for name in names[:MAX_PARTS]:
        try:
            found.append(_read_part(archive, path, name))
        except UnreadableInputError as error:
            errors.append(error)
            limits.append(Limit("archive", "part_damaged", name))
    if len(names) > MAX_PARTS:
        limits.append(Limit("archive", "too_many_parts", str(MAX_PARTS)))
    if not found:
        raise errors[0]
    found.sort(key=lambda each: (each.facts.kind is not PartKind.BASE, each.facts.name))
    for each in found:
        if each.module.bundle == found[0].module.bundle:
            yield each
        else:
            limits.append(Limit("archive", "part_foreign", f"{each.facts.name} ({each.module.bundle})"))


def _read_part(archive: Archive, path: str, name: str) -> _Read:
    place = f"{path}!/{name}"
    try:
        data = archive.read(name)
    except EntryError as error:
        raise UnreadableInputError("part_damaged", path=place, fault=error.reason) from error
    module = _read_module(open_archive(SourceFile(place, data), archive.budget), place)
    kind = PartKind.BASE if module.kind == "entry" else PartKind.FEATURE
    return _Read(PackagePart(name, kind, None, len(data)), module)


def _read_module(archive: Archive, path: str) -> Module:
    name = next((name for name in (_STAGE, _FA) if name in archive), None)
    if name is None:
        raise UnreadableInputError("hap_no_manifest", path=path)
    try:
        root = json.loads(archive.read(name, _MAX_BYTES))
        parse = parse_stage_module if name == _STAGE else parse_fa_module
        return parse(root, _read_strings(archive))
    except EntryError as error:
        fault = error.reason
    except RecursionError:
        fault = "nested too deep"
    except ValueError as error:
        fault = str(error)
    raise UnreadableInputError("hap_manifest_damaged", path=path, name=name, fault=fault)


def _read_strings(archive: Archive) -> dict[str, str]:
    """Return texts by reference (``$string:reason``); none where the package holds compiled resources only."""
    places = [name for name in archive.names() if name == _STRINGS or name.endswith(f"/{_STRINGS}")]
    texts: dict[str, str] = {}
    for place in places[:1]:
        try:
            rows: Any = json.loads(archive.read(place, _MAX_BYTES))["string"]
            texts |= {_REFERENCE + row["name"]: str(row["value"]) for row in rows}
        except (EntryError, ValueError, KeyError, TypeError, RecursionError):
            continue
    return texts


def _join(modules: Sequence[_Read]) -> Harmony:
    first = modules[0].module
    return Harmony(
        model=first.model,
        min_api=first.min_api,
        target_api=first.target_api,
        devices=tuple(sorted({device for each in modules for device in each.module.devices})),
        permissions=tuple(row for each in modules for row in each.module.permissions),
    )


def _standing_limits(modules: Sequence[_Read]) -> Iterator[Limit]:
    """Yield what is not read of such packages, and which reasons of permissions could not be resolved."""
    yield Limit("harmony", "harmony_configuration_only", "")
    yield Limit("signing", "harmony_signing", "")
    rows = [row for each in modules for row in each.module.permissions]
    unresolved = sorted({row.reason for row in rows if row.reason is not None and row.reason.startswith(_REFERENCE)})
    yield from (Limit("manifest", "resource_unresolved", reason) for reason in unresolved)
