"""When a look counts: levels, permissions, attributes of the application, classes of the package, other facts.

``when`` of a look: ``target_min``, ``target_max``, ``min_sdk_max`` (API levels), ``permission`` (one of them is
requested), ``absent`` (attributes of the application), ``with_fact`` (one of them was found), and
``unless_effective_config`` (from this minimum level on a network security configuration takes the attribute's place).
Of the parameters ``unless_classes`` (dotted prefixes) is heeded here too.
"""

from collections.abc import Collection
from dataclasses import dataclass

from mingcha_analyzers.app.manifest import Manifest
from mingcha_analyzers.app.security.looks import Look


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the conditions ask about a package; ``classes``: all dotted names, a line each, after a line break."""

    manifest: Manifest
    classes: str

    @property
    def target(self) -> int:
        """Return the level the system takes for the target."""
        return self.manifest.target_sdk or self.manifest.min_sdk or 1

    def hold(self, look: Look) -> bool:
        """Return whether the conditions of a look hold, those on other facts aside."""
        when, minimum = look.when, self.manifest.min_sdk or 1
        if not when.get("target_min", 0) <= self.target <= when.get("target_max", self.target):
            return False
        if minimum > when.get("min_sdk_max", minimum):
            return False
        return self._permitted(when.get("permission")) and self._declared(look) and not self._excused(look)

    def _permitted(self, wanted: Collection[str] | None) -> bool:
        return wanted is None or any(request.name in wanted for request in self.manifest.permissions)

    def _declared(self, look: Look) -> bool:
        application = self.manifest.declarations.application
        level = look.when.get("unless_effective_config")
        if level is not None and "networkSecurityConfig" in application and (self.manifest.min_sdk or 1) >= level:
            return False
        return not any(name in application for name in look.when.get("absent", ()))

    def _excused(self, look: Look) -> bool:
        return any(f"\n{prefix}" in self.classes for prefix in look.params.get("unless_classes", ()))


def needs_met(look: Look, found: Collection[str]) -> bool:
    """Return whether one of the facts that a look depends on was found."""
    wanted = look.when.get("with_fact")
    return wanted is None or any(fact in found for fact in wanted)
