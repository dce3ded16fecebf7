"""Whose a component or a place outside the code is."""

from collections.abc import Callable

APP, PLATFORM = "app", "platform"
OwnerOf = Callable[[str], str]


def owner_or_app(owner: str) -> str:
    """Return the owner; classes of the platform's libraries in a manifest are set up by the app."""
    return APP if owner == PLATFORM else owner
