"""What only HarmonyOS packages have."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HarmonyPermission:
    """A permission that a HarmonyOS module requests, with the reason it shows and where it says to use it.

    ``when``: ``inuse`` or ``always``. A reason that could not be looked up stays a reference (``$string:…``).
    """

    name: str
    reason: str | None
    abilities: tuple[str, ...]
    when: str | None


@dataclass(frozen=True, slots=True)
class Harmony:
    """What only a HarmonyOS package has: its model (``stage``, ``fa``), API levels, devices, permissions by module."""

    model: str
    min_api: int | None
    target_api: int | None
    devices: tuple[str, ...]
    permissions: tuple[HarmonyPermission, ...]
