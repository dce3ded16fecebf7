"""Permissions that a manifest requests, and code that asks the user for them."""

from dataclasses import dataclass
from enum import StrEnum

from mingcha_analyzers.app.values.observations import Place, Reach


class PermissionGrade(StrEnum):
    """How an app gets at a dangerous or special permission, from the mildest to the gravest.

    Only declared (often merged in by an SDK); asked for in code; asked for on the way of the start-up, before any
    function; the app ends when the user refuses.
    """

    DECLARED = "declared"
    REQUESTED = "requested"
    REQUESTED_AT_LAUNCH = "requested_at_launch"
    REFUSAL_ENDS = "refusal_ends"


@dataclass(frozen=True, slots=True)
class PermissionRequest:
    """A ``uses-permission`` of the manifest; ``max_sdk`` is its maxSdkVersion.

    ``used_by``: owners whose code uses the permission; null when the code was not seen, or the calls that need the
    permission are not known. ``grade``: null for permissions that nobody asks for, and when the code was not seen.
    ``purpose``: what is told beside a request of it.
    """

    name: str
    max_sdk: int | None
    used_by: tuple[str, ...] | None = None
    grade: PermissionGrade | None = None
    purpose: str | None = None


class OnRefusal(StrEnum):
    """What code does after the user refused a permission."""

    ENDS_APP = "ends_app"
    CLOSES_SCREEN = "closes_screen"
    ASKS_AGAIN = "asks_again"


@dataclass(frozen=True, slots=True)
class PermissionPrompt:
    """Code that has the system ask the user for permissions, by a dialog or by a page of the settings.

    ``permissions``: empty where the code does not tell. ``purpose``: the text beside it that says what one of them is
    for. ``confidence``: high where the names are what the call is given, lower where they only stand beside it.
    """

    permissions: tuple[str, ...]
    api: str
    caller: str
    owner: str
    place: Place
    reach: Reach
    purpose: str | None
    on_refusal: tuple[OnRefusal, ...]
    grade: PermissionGrade
    confidence: float


@dataclass(frozen=True, slots=True)
class UnrequestedUse:
    """A call that needs one of ``permissions`` at the app's target level, none of which the manifest requests there."""

    permissions: tuple[str, ...]
    api: str
    caller: str
    owner: str
    place: Place
