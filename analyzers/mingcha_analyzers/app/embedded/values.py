"""What a package holds of its own privacy policy."""

from dataclasses import dataclass

from mingcha_analyzers.policy.values import DocumentRole


@dataclass(frozen=True, slots=True)
class EmbeddedPolicy:
    """A policy text inside the package; ``place`` is its entry, or ``resources.arsc#string/NAME`` with the locale.

    ``sha256`` is over its bytes, ``text_sha256`` over its visible text, null for a format that is not read.
    """

    place: str
    role: DocumentRole
    title: str | None
    language: str | None
    size: int
    sha256: str
    text_sha256: str | None


@dataclass(frozen=True, slots=True)
class PolicyUrl:
    """The address of a policy that the package names; nothing is fetched. ``owner``: as of observations."""

    url: str
    place: str
    owner: str
