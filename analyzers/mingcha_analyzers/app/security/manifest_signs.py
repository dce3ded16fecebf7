"""Signs in the manifest: looks of kind ``manifest``, ``meta`` and ``missing``; ``check`` names what is looked at.

``application_attribute`` (``name``, ``is`` or ``is_not``; ``is`` null: absent), ``exported`` (``kinds``; names and
actions that are left out), ``granted_root``, ``weak_permission``, ``permission_name`` (``prefix``), ``level`` (``of``,
``max``), ``unverified_links``, ``guarded_service`` (``permission``), ``task_affinity``, ``no_launcher``. Looks of kind
``meta`` name ``names`` and a ``pattern`` of the value.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from mingcha_analyzers.app.declarations import DeclaredComponent
from mingcha_analyzers.app.manifest import MANIFEST, Manifest
from mingcha_analyzers.app.security.looks import Look, Sign, load_looks
from mingcha_analyzers.app.security.masking import cut, show
from mingcha_analyzers.app.security.owning import APP, OwnerOf, owner_or_app
from mingcha_analyzers.app.values import Component, ComponentKind, Place

# What a check yields: a component or null for the application, and what is shown.
_Hit = tuple[Component | None, str | None]
_ON = frozenset(("true", "1", "-1"))
_LAUNCHERS = frozenset(
    ("android.intent.category.LAUNCHER", "android.intent.category.LEANBACK_LAUNCHER", "android.intent.category.HOME")
)
_SINGLE_TASK = "2"
_WEB = frozenset(("http", "https"))


def find_in_manifest(manifest: Manifest, owner_of: OwnerOf) -> Iterator[Sign]:
    """Yield the signs of a manifest."""
    for look in load_looks().get("manifest", ()):
        for component, detail in _CHECKS[look.params["check"]](look, manifest):
            yield _sign(look, component, detail, owner_of)
    for look in load_looks().get("meta", ()):
        yield from _see_meta(look, manifest, owner_of)


def find_screens(look: Look, manifest: Manifest, owner_of: OwnerOf) -> Iterator[Sign]:
    """Yield the app's own screens that the names of a look speak of."""
    names, unless = re.compile(look.params["screens"]), re.compile(look.params["unless_names"])
    for component in manifest.components:
        if (
            component.kind is ComponentKind.ACTIVITY
            and names.search(component.name)
            and not unless.search(component.name)
        ):
            sign = _sign(look, component, None, owner_of)
            if sign.owner == APP:
                yield sign


def _sign(look: Look, component: Component | None, detail: str | None, owner_of: OwnerOf) -> Sign:
    place = None if component is None else Place(None, component.name, None, None, None)
    owner = APP if component is None else owner_or_app(owner_of(component.name))
    return Sign(look, owner, MANIFEST, place, None if detail is None else cut(detail), look.confidence)


def _see_meta(look: Look, manifest: Manifest, owner_of: OwnerOf) -> Iterator[Sign]:
    names, pattern = re.compile(look.params["names"]), re.compile(look.params["pattern"])
    for component in manifest.components:
        for entry in component.meta_data:
            match = pattern.search(entry.value or "")
            if names.search(entry.name) and match is not None:
                yield _sign(look, component, f"{entry.name}: {show(match, look.params['show'])}", owner_of)


def _application_attribute(look: Look, manifest: Manifest) -> Iterator[_Hit]:
    params, attributes = look.params, manifest.declarations.application
    name = params["name"]
    present, value = name in attributes, attributes.get(name)
    if present and value is None:
        return
    wanted = not present if "is" in params and params["is"] is None else _is(value, params)
    if wanted and manifest.split is None:
        yield None, f"android:{name}={value}" if present else f"targetSdkVersion={manifest.target_sdk}"


def _is(value: str | None, params: Mapping[str, str]) -> bool:
    said = "true" if value in _ON else value
    return said == params["is"] if "is" in params else said != params["is_not"]


def _exported(look: Look, manifest: Manifest) -> Iterator[_Hit]:
    names = look.pattern("unless_names")
    for declared in _open_to_all(manifest):
        part = declared.component
        if part.kind.value not in look.params["kinds"] or (names is not None and names.search(part.name)):
            continue
        actions = sorted({action for each in part.intent_filters for action in each.actions})
        if not _launches(part) and not _only_system(actions, look):
            yield part, ", ".join((part.kind.value, *actions[:1]))


def _open_to_all(manifest: Manifest) -> Iterator[DeclaredComponent]:
    """Yield exported components that are on and that no permission guards."""
    for declared in manifest.declarations.components:
        part = declared.component
        guarded = part.permission or declared.attributes.get("readPermission")
        if part.exported and not guarded and declared.attributes.get("enabled") != "false":
            yield declared


def _launches(part: Component) -> bool:
    return any(not _LAUNCHERS.isdisjoint(each.categories) for each in part.intent_filters)


def _only_system(actions: list[str], look: Look) -> bool:
    patterns = [re.compile(each) for each in look.params.get("unless_actions", ())]
    return bool(actions) and all(any(pattern.search(action) for pattern in patterns) for action in actions)


def _granted_root(_: Look, manifest: Manifest) -> Iterator[_Hit]:
    for declared in manifest.declarations.components:
        if "/" in declared.granted:
            yield declared.component, "grant-uri-permission /"


def _weak_permission(_: Look, manifest: Manifest) -> Iterator[_Hit]:
    weak = {permission.name for permission in manifest.declarations.permissions if permission.level == 0}
    for part in manifest.components:
        if part.exported and part.permission in weak:
            yield part, part.permission


def _permission_name(look: Look, manifest: Manifest) -> Iterator[_Hit]:
    for permission in manifest.declarations.permissions:
        if permission.name.startswith(look.params["prefix"]):
            yield None, permission.name


def _level(look: Look, manifest: Manifest) -> Iterator[_Hit]:
    level = manifest.min_sdk or 1
    if look.params["of"] == "target_sdk":
        level = manifest.target_sdk or level
    if level <= look.params["max"] and manifest.split is None:
        yield None, f"{'targetSdkVersion' if look.params['of'] == 'target_sdk' else 'minSdkVersion'}={level}"


def _unverified_links(look: Look, manifest: Manifest) -> Iterator[_Hit]:
    known = look.pattern("unless_schemes")
    for declared in manifest.declarations.components:
        schemes = {scheme for link in declared.links if not link.verified for scheme in link.schemes}
        schemes |= {scheme for link in declared.links for scheme in link.schemes if scheme not in _WEB}
        told = sorted(scheme for scheme in schemes if known is None or not known.search(scheme))
        if told and declared.component.exported:
            yield declared.component, ", ".join(f"{scheme}://" for scheme in told[:3])


def _guarded_service(look: Look, manifest: Manifest) -> Iterator[_Hit]:
    for part in manifest.components:
        if part.kind is ComponentKind.SERVICE and part.permission == look.params["permission"]:
            yield part, part.permission


def _task_affinity(_: Look, manifest: Manifest) -> Iterator[_Hit]:
    for declared in manifest.declarations.components:
        attributes = declared.attributes
        affinity = attributes.get("taskAffinity")
        moves = attributes.get("launchMode") == _SINGLE_TASK or attributes.get("allowTaskReparenting") in _ON
        if affinity and affinity != manifest.package_name and moves and declared.component.exported:
            yield declared.component, affinity


def _no_launcher(look: Look, manifest: Manifest) -> Iterator[_Hit]:
    parts = manifest.components
    screens = [part for part in parts if part.kind is ComponentKind.ACTIVITY]
    excused = any(part.permission in look.params.get("unless_permissions", ()) for part in parts)
    if screens and manifest.split is None and not excused and not any(map(_launches, screens)):
        yield None, None


_CHECKS: Mapping[str, Callable[[Look, Manifest], Iterator[_Hit]]] = {
    "application_attribute": _application_attribute,
    "exported": _exported,
    "granted_root": _granted_root,
    "weak_permission": _weak_permission,
    "permission_name": _permission_name,
    "level": _level,
    "unverified_links": _unverified_links,
    "guarded_service": _guarded_service,
    "task_affinity": _task_affinity,
    "no_launcher": _no_launcher,
}
