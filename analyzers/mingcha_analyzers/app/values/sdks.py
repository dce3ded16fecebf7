"""SDKs inside a package."""

from dataclasses import dataclass
from enum import StrEnum


class EvidenceKind(StrEnum):
    """What an SDK was recognised by."""

    CLASS_PREFIX = "class_prefix"
    COMPONENT = "component"
    NATIVE_LIBRARY = "native_library"
    META_DATA = "meta_data"
    ASSET = "asset"
    HOST = "host"


@dataclass(frozen=True, slots=True)
class SdkEvidence:
    """One sign of an SDK: ``value`` is the prefix, component, library or key; ``count`` how often it was seen."""

    kind: EvidenceKind
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class SdkFound:
    """An SDK inside the package. ``confidence`` 0..1: at or above .8 named for sure, at or below .6 for review."""

    id: str
    name: str
    version: str | None
    confidence: float
    brought_in_by: tuple[str, ...]
    evidence: tuple[SdkEvidence, ...]
