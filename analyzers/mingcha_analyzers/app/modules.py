"""The configuration of one HarmonyOS module, of either model; values of another type than the format's are left out.

Stage model: https://developer.huawei.com/consumer/cn/doc/harmonyos-guides/module-configuration-file; FA model:
https://developer.huawei.com/consumer/cn/doc/harmonyos-guides/application-configuration-file-overview-fa.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mingcha_analyzers.app.values import Component, ComponentKind, HarmonyPermission, IntentFilter, MetaData

Texts = Mapping[str, str]
_MAX_ROWS = 10_000
_MAX_NUMBER = 1 << 63


@dataclass(frozen=True, slots=True)
class Module:
    """What one module declares; ``kind`` is ``entry``, ``feature``, ``shared`` and so on."""

    model: str
    bundle: str
    version_name: str | None
    version_code: int | None
    min_api: int | None
    target_api: int | None
    name: str
    kind: str | None
    devices: tuple[str, ...]
    permissions: tuple[HarmonyPermission, ...]
    components: tuple[Component, ...]


def parse_stage_module(root: Any, texts: Texts) -> Module:
    """Return what a ``module.json`` declares.

    Raises:
        ValueError: it names no bundle or has no module.
    """
    app, module = _object(root, "app"), _object(root, "module")
    kinds = ((ComponentKind.ABILITY, "abilities"), (ComponentKind.EXTENSION_ABILITY, "extensionAbilities"))
    return Module(
        model="stage",
        bundle=_bundle(app, module),
        version_name=_text(app, "versionName"),
        version_code=_number(app, "versionCode"),
        min_api=_number(app, "minAPIVersion"),
        target_api=_number(app, "targetAPIVersion"),
        name=_text(module, "name") or "",
        kind=_text(module, "type"),
        devices=_texts(module, "deviceTypes"),
        permissions=tuple(_permissions(module, "requestPermissions", "abilities", texts)),
        components=tuple(
            _component(row, kind, "exported", "metadata") for kind, key in kinds for row in _rows(module, key)
        ),
    )


def parse_fa_module(root: Any, texts: Texts) -> Module:
    """Return what a ``config.json`` declares.

    Raises:
        ValueError: it names no bundle or has no module.
    """
    app, module = _object(root, "app"), _object(root, "module")
    version, levels, parts = _object(app, "version"), _object(app, "apiVersion"), _object(module, "distro")
    return Module(
        model="fa",
        bundle=_bundle(app, module),
        version_name=_text(version, "name"),
        version_code=_number(version, "code"),
        min_api=_number(levels, "compatible"),
        target_api=_number(levels, "target"),
        name=_text(parts, "moduleName") or "",
        kind=_text(parts, "moduleType"),
        devices=_texts(module, "deviceType"),
        permissions=tuple(_permissions(module, "reqPermissions", "ability", texts)),
        components=tuple(
            _component(row, ComponentKind.ABILITY, "visible", "metaData") for row in _rows(module, "abilities")
        ),
    )


def _bundle(app: Mapping[str, Any], module: Mapping[str, Any]) -> str:
    bundle = _text(app, "bundleName")
    if not bundle or not module:
        raise ValueError("no bundle name" if not bundle else "no module")
    return bundle


def _permissions(module: Mapping[str, Any], key: str, users: str, texts: Texts) -> Iterator[HarmonyPermission]:
    for row in _rows(module, key):
        name, scene = _text(row, "name"), _object(row, "usedScene")
        if name:
            reason = _text(row, "reason")
            told = texts.get(reason, reason) if reason else None
            yield HarmonyPermission(name, told, _texts(scene, users), _text(scene, "when"))


def _component(row: Mapping[str, Any], kind: ComponentKind, exported: str, data: str) -> Component:
    skills = _rows(row, "skills")
    return Component(
        kind=kind,
        name=_text(row, "name") or "",
        exported=row.get(exported) is True,
        permission=next(iter(_texts(row, "permissions")), None),
        intent_filters=tuple(_filter(skill) for skill in skills),
        meta_data=tuple(_meta_data(row, data)),
    )


def _filter(skill: Mapping[str, Any]) -> IntentFilter:
    schemes = {scheme for uri in _rows(skill, "uris") if (scheme := _text(uri, "scheme"))}
    return IntentFilter(_texts(skill, "actions"), _texts(skill, "entities"), tuple(sorted(schemes)))


def _meta_data(row: Mapping[str, Any], key: str) -> Iterator[MetaData]:
    rows = _rows(row, key) or _rows(_object(row, key), "customizeData")
    for entry in rows:
        name = _text(entry, "name")
        if name:
            yield MetaData(name, _text(entry, "value"))


def _object(holder: Any, key: str) -> Mapping[str, Any]:
    value = holder.get(key) if isinstance(holder, dict) else None
    return value if isinstance(value, dict) else {}


def _rows(holder: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    value = holder.get(key)
    return [row for row in value[:_MAX_ROWS] if isinstance(row, dict)] if isinstance(value, list) else []


def _text(holder: Mapping[str, Any], key: str) -> str | None:
    value = holder.get(key)
    return value if isinstance(value, str) else None


def _texts(holder: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = holder.get(key)
    return tuple(sorted({each for each in value if isinstance(each, str)})) if isinstance(value, list) else ()


def _number(holder: Mapping[str, Any], key: str) -> int | None:
    value = holder.get(key)
    plain = isinstance(value, int) and not isinstance(value, bool) and abs(value) < _MAX_NUMBER
    return value if plain else None
