"""What an app came in, and who signed it."""

from dataclasses import dataclass
from enum import StrEnum


class ContainerKind(StrEnum):
    """What the app came in; ``zip`` is any other archive with packages inside, ``harmony_app`` an archive of .hap."""

    APK = "apk"
    APKS = "apks"
    APKM = "apkm"
    XAPK = "xapk"
    ZIP = "zip"
    AAB = "aab"
    HAP = "hap"
    HARMONY_APP = "harmony_app"


class PartKind(StrEnum):
    """What a part is for: ``feature`` brings code, ``config`` resources or libraries for some devices."""

    BASE = "base"
    FEATURE = "feature"
    CONFIG = "config"


@dataclass(frozen=True, slots=True)
class PackagePart:
    """A package inside the container that was read; ``sha256`` is null for a module, which is no file of its own.

    ``size`` is in bytes as the container holds it.
    """

    name: str
    kind: PartKind
    sha256: str | None
    size: int


@dataclass(frozen=True, slots=True)
class Container:
    """What the app came in; ``parts`` are those that were merged, base first, empty for a single APK."""

    kind: ContainerKind
    parts: tuple[PackagePart, ...]


@dataclass(frozen=True, slots=True)
class Certificate:
    """A signing certificate; ``sha256`` over its DER bytes in lower-case hex, dates in ISO form (UTC).

    ``key_algorithm`` and ``signature_algorithm`` in lower case (``rsa``, ``sha256_rsa``); ``key_bits`` of the modulus.
    """

    subject: str
    issuer: str
    sha256: str
    not_before: str | None
    not_after: str | None
    key_algorithm: str | None
    key_bits: int | None
    signature_algorithm: str | None


@dataclass(frozen=True, slots=True)
class Signing:
    """Signing schemes present (``v1``, ``v2``, ``v3``, ``v3.1``) and the certificates; they are not verified."""

    schemes: tuple[str, ...]
    certificates: tuple[Certificate, ...]
