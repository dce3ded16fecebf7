"""Components that a manifest declares."""

from dataclasses import dataclass
from enum import StrEnum


class ComponentKind(StrEnum):
    """Manifest elements that the system can start; ``application`` carries the package-wide meta-data.

    Abilities are those of HarmonyOS.
    """

    APPLICATION = "application"
    ACTIVITY = "activity"
    SERVICE = "service"
    RECEIVER = "receiver"
    PROVIDER = "provider"
    ABILITY = "ability"
    EXTENSION_ABILITY = "extension_ability"


@dataclass(frozen=True, slots=True)
class IntentFilter:
    """Actions, categories and URI schemes one intent filter accepts."""

    actions: tuple[str, ...]
    categories: tuple[str, ...]
    schemes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MetaData:
    """A ``meta-data`` entry; ``value`` is null for a reference that could not be resolved."""

    name: str
    value: str | None


@dataclass(frozen=True, slots=True)
class Component:
    """A manifest component. ``exported``: as the manifest says, else as the system decides for the target level."""

    kind: ComponentKind
    name: str
    exported: bool
    permission: str | None
    intent_filters: tuple[IntentFilter, ...]
    meta_data: tuple[MetaData, ...]
