"""What AndroidManifest.xml declares: identity, SDK levels, permissions and components.

Attributes that refer to resources are resolved; one that cannot be is null, with a limit where its value matters.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from mingcha_analyzers.app.archive import Entries, EntryError
from mingcha_analyzers.app.axml import MAX_MANIFEST_BYTES, parse_binary_xml
from mingcha_analyzers.app.chunks import DamagedError
from mingcha_analyzers.app.declarations import Declarations, read_declarations
from mingcha_analyzers.app.elements import Element, attribute
from mingcha_analyzers.app.resources.table import ResourceTable
from mingcha_analyzers.app.values import Component, ComponentKind, IntentFilter, MetaData, PermissionRequest
from mingcha_analyzers.values import Limit
from mingcha_corpora.errors import UnreadableInputError

MANIFEST = "AndroidManifest.xml"

_PERMISSION_TAGS = frozenset(("uses-permission", "uses-permission-sdk-23", "uses-permission-sdk-m"))
_COMPONENT_TAGS = {
    "activity": ComponentKind.ACTIVITY,
    # An alias is an entry point of its own, with its own filters and permission.
    "activity-alias": ComponentKind.ACTIVITY,
    "service": ComponentKind.SERVICE,
    "receiver": ComponentKind.RECEIVER,
    "provider": ComponentKind.PROVIDER,
}
_DEFAULT_APPLICATION = "android.app.Application"
# Up to this target level a provider is exported unless it says otherwise.
_LAST_LEVEL_WITH_EXPORTED_PROVIDERS = 16


@dataclass(frozen=True, slots=True)
class Manifest:
    """The declared facts of one package; ``split`` is the split's name if the file is not the base."""

    package_name: str
    split: str | None
    version_name: str | None
    version_code: int | None
    min_sdk: int | None
    target_sdk: int | None
    permissions: tuple[PermissionRequest, ...]
    components: tuple[Component, ...]
    has_code: bool
    declarations: Declarations
    limits: tuple[Limit, ...]


def read_root(entries: Entries, path: str) -> Element:
    """Return the root element of a manifest that names its package.

    Raises:
        UnreadableInputError: ``apk_no_manifest`` or ``apk_manifest_damaged``.
    """
    if MANIFEST not in entries:
        raise UnreadableInputError("apk_no_manifest", path=path)
    try:
        root = parse_binary_xml(entries.read(MANIFEST, MAX_MANIFEST_BYTES))
    except DamagedError as error:
        raise UnreadableInputError("apk_manifest_damaged", path=path, fault=str(error)) from error
    except EntryError as error:
        raise UnreadableInputError("apk_manifest_damaged", path=path, fault=error.reason) from error
    if root.tag != "manifest" or not root.get("package"):
        raise UnreadableInputError("apk_manifest_damaged", path=path, fault="no package name")
    return root


def manifest_of(root: Element, resources: ResourceTable, level: int | None = None) -> Manifest:
    """Return what a manifest declares; ``level`` is the target level of the base, for the manifest of another part."""
    return _Reader(resources, level).manifest(root, root.get("package") or "")


@dataclass(slots=True)
class _Reader:
    """Reads elements of one manifest and notes what could not be resolved."""

    resources: ResourceTable
    level: int | None
    limits: list[Limit] = field(default_factory=list)

    def manifest(self, root: Element, package: str) -> Manifest:
        min_sdk, target_sdk = self._sdk_levels(root)
        application = root.find("application")
        parts: tuple[tuple[Element, Component], ...] = ()
        if application is not None:
            parts = tuple(self._components(application, package, self.level or target_sdk or min_sdk or 1))
        components = tuple(component for _, component in parts)
        version_name = self._needed(root, "versionName")
        return Manifest(
            package_name=package,
            split=root.get("split"),
            version_name=version_name,
            version_code=self._version_code(root),
            min_sdk=min_sdk,
            target_sdk=target_sdk,
            permissions=self._permissions(root),
            components=components,
            has_code=application is None or self._value(application, "hasCode") != "false",
            declarations=read_declarations(root, [element for element, _ in parts], components, self._value),
            limits=tuple(sorted(set(self.limits), key=lambda limit: (limit.stage, limit.reason, limit.detail))),
        )

    def _value(self, element: Element, name: str) -> str | None:
        return self.resources.resolve(attribute(element, name))

    def _needed(self, element: Element, name: str) -> str | None:
        """Return a value whose loss must be said."""
        value = self._value(element, name)
        if value is None and attribute(element, name) is not None:
            self.limits.append(Limit("manifest", "resource_unresolved", f"{element.tag} android:{name}"))
        return value

    def _number(self, element: Element, name: str) -> int | None:
        value = self._needed(element, name)
        if value is None:
            return None
        try:
            return int(value, 0)
        except ValueError:
            # A preview level such as "Q", or junk.
            self.limits.append(Limit("manifest", "not_a_number", f"android:{name}={value[:40]}"))
            return None

    def _version_code(self, root: Element) -> int | None:
        code = self._number(root, "versionCode")
        major = self._number(root, "versionCodeMajor")
        return code if code is None or major is None else (major << 32) | (code & 0xFFFFFFFF)

    def _sdk_levels(self, root: Element) -> tuple[int | None, int | None]:
        element = root.find("uses-sdk")
        if element is None:
            return None, None
        return self._number(element, "minSdkVersion"), self._number(element, "targetSdkVersion")

    def _permissions(self, root: Element) -> tuple[PermissionRequest, ...]:
        """Return requests by name; of several for one permission the widest counts."""
        highest: dict[str, int | None] = {}
        for element in root:
            name = self._needed(element, "name") if element.tag in _PERMISSION_TAGS else None
            if not name:
                continue
            max_sdk = self._number(element, "maxSdkVersion")
            known = highest.get(name, 0)
            highest[name] = None if known is None or max_sdk is None else max(known, max_sdk)
        return tuple(PermissionRequest(name, max_sdk) for name, max_sdk in sorted(highest.items()))

    def _components(self, application: Element, package: str, level: int) -> Iterator[tuple[Element, Component]]:
        name = self._value(application, "name")
        permission = self._value(application, "permission")
        yield (
            application,
            Component(
                kind=ComponentKind.APPLICATION,
                name=full_class_name(name, package) if name else _DEFAULT_APPLICATION,
                exported=False,
                permission=permission,
                intent_filters=(),
                meta_data=self._meta_data(application),
            ),
        )
        for element in application:
            kind = _COMPONENT_TAGS.get(element.tag) if isinstance(element.tag, str) else None
            if kind is not None:
                yield element, self._component(element, kind, package, level, permission)

    def _component(
        self, element: Element, kind: ComponentKind, package: str, level: int, application_permission: str | None
    ) -> Component:
        filters = tuple(self._intent_filter(child) for child in element.iterchildren("intent-filter"))
        permission = self._value(element, "permission")
        if kind is ComponentKind.PROVIDER:
            permission = permission or self._value(element, "readPermission")
        return Component(
            kind=kind,
            name=full_class_name(self._needed(element, "name") or "", package),
            exported=self._exported(element, kind, bool(filters), level),
            permission=permission or application_permission,
            intent_filters=filters,
            meta_data=self._meta_data(element),
        )

    def _exported(self, element: Element, kind: ComponentKind, has_filter: bool, level: int) -> bool:
        declared = self._needed(element, "exported")
        if declared is not None:
            return declared not in ("false", "0")
        if kind is ComponentKind.PROVIDER:
            return level <= _LAST_LEVEL_WITH_EXPORTED_PROVIDERS
        return has_filter

    def _intent_filter(self, element: Element) -> IntentFilter:
        return IntentFilter(
            actions=self._names(element, "action", "name"),
            categories=self._names(element, "category", "name"),
            schemes=self._names(element, "data", "scheme"),
        )

    def _names(self, element: Element, tag: str, kind: str) -> tuple[str, ...]:
        values = (self._value(child, kind) for child in element.iterchildren(tag))
        return tuple(sorted({value for value in values if value}))

    def _meta_data(self, element: Element) -> tuple[MetaData, ...]:
        found = (
            MetaData(name, self._value(child, "value") or self._value(child, "resource"))
            for child in element.iterchildren("meta-data")
            if (name := self._value(child, "name"))
        )
        return tuple(sorted(set(found), key=lambda entry: (entry.name, entry.value or "")))


def full_class_name(name: str, package: str) -> str:
    """Return a component's class as the system reads it: ``.Main`` and ``Main`` lie in the package."""
    if name.startswith("."):
        return package + name
    return name if "." in name or not name else f"{package}.{name}"
