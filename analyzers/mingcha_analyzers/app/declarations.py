"""What the manifest declares that bears on security alone: attributes of the application and its components."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from mingcha_analyzers.app.elements import Element, attribute
from mingcha_analyzers.app.values import Component, ComponentKind

_APPLICATION = (
    "allowBackup",
    "dataExtractionRules",
    "debuggable",
    "fullBackupContent",
    "networkSecurityConfig",
    "usesCleartextTraffic",
)  # fmt: skip
_COMPONENT = (
    "allowTaskReparenting",
    "authorities",
    "enabled",
    "grantUriPermissions",
    "launchMode",
    "permission",
    "readPermission",
    "taskAffinity",
    "writePermission",
)  # fmt: skip
# An attribute's text, resolved; null where it cannot be.
ValueOf = Callable[[Element, str], str | None]
Attributes = Mapping[str, str | None]
_DANGEROUS_MASK = 0xF


@dataclass(frozen=True, slots=True)
class Link:
    """An intent filter that pages may start: its schemes, and whether the system verifies its hosts."""

    schemes: tuple[str, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class DeclaredComponent:
    """A component with attributes; one that is not resolved is null. ``granted``: paths of grant-uri-permission."""

    component: Component
    attributes: Attributes
    links: tuple[Link, ...]
    granted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeclaredPermission:
    """A permission that the package defines; ``level`` is the base protection level, 0 for normal."""

    name: str
    level: int


@dataclass(frozen=True, slots=True)
class Declarations:
    """What the manifest declares on security; ``application`` holds attributes that are present."""

    application: Attributes
    components: tuple[DeclaredComponent, ...]
    permissions: tuple[DeclaredPermission, ...]

    def with_split(self, more: "Declarations") -> "Declarations":
        """Return these declarations with the components and permissions that a split adds."""
        known = {(each.component.kind, each.component.name) for each in self.components}
        added = (
            each
            for each in more.components
            if each.component.kind is not ComponentKind.APPLICATION
            and (each.component.kind, each.component.name) not in known
        )
        permissions = tuple(dict.fromkeys((*self.permissions, *more.permissions)))
        return Declarations(self.application, (*self.components, *added), permissions)


def read_declarations(
    root: Element, elements: Sequence[Element], components: Sequence[Component], value_of: ValueOf
) -> Declarations:
    """Return the declarations; ``elements`` are those of the components, in the same order."""
    application = root.find("application")
    return Declarations(
        MappingProxyType({}) if application is None else _attributes(application, _APPLICATION, value_of),
        tuple(
            DeclaredComponent(
                component,
                _attributes(element, _COMPONENT, value_of),
                tuple(_links(element, value_of)),
                tuple(_granted(element, value_of)),
            )
            for element, component in zip(elements, components, strict=True)
        ),
        tuple(_permissions(root, value_of)),
    )


def _attributes(element: Element, names: Sequence[str], value_of: ValueOf) -> Attributes:
    present = (name for name in names if attribute(element, name) is not None)
    return MappingProxyType({name: value_of(element, name) for name in present})


def _links(element: Element, value_of: ValueOf) -> list[Link]:
    found = []
    for filter_ in element.iterchildren("intent-filter"):
        categories = {value_of(child, "name") for child in filter_.iterchildren("category")}
        if "android.intent.category.BROWSABLE" in categories:
            schemes = {scheme for child in filter_.iterchildren("data") if (scheme := value_of(child, "scheme"))}
            found.append(Link(tuple(sorted(schemes)), value_of(filter_, "autoVerify") in ("true", "1", "-1")))
    return found


def _granted(element: Element, value_of: ValueOf) -> list[str]:
    names = ("path", "pathPrefix", "pathPattern")
    children = list(element.iterchildren("grant-uri-permission"))
    return [path for child in children for name in names if (path := value_of(child, name))]


def _permissions(root: Element, value_of: ValueOf) -> list[DeclaredPermission]:
    found = []
    for element in root.iterchildren("permission"):
        name = value_of(element, "name")
        if name:
            found.append(DeclaredPermission(name, _level(value_of(element, "protectionLevel"))))
    return found


def _level(text: str | None) -> int:
    """Return the base level of a protection level; what cannot be read counts as guarded."""
    if text is None:
        return 0
    try:
        return int(text, 0) & _DANGEROUS_MASK
    except ValueError:
        return _DANGEROUS_MASK
