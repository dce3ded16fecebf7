"""SDKs inside a package, and third-party code that no record knows."""

from dataclasses import dataclass
from enum import StrEnum


class EvidenceKind(StrEnum):
    """What an SDK was recognised by.

    ``file``: what a build leaves of a library (Kotlin module, version, Maven coordinates); ``string``: a constant of
    code that only this SDK has; ``jni_name``: a class that a native library registers methods of;
    ``annotation``: names of renamed classes that annotations kept; ``relocated``: its
    prefix inside a longer package name; ``fingerprint``: renamed classes that are built like its own.
    """

    CLASS_PREFIX = "class_prefix"
    COMPONENT = "component"
    NATIVE_LIBRARY = "native_library"
    META_DATA = "meta_data"
    ASSET = "asset"
    RESOURCE = "resource"
    FILE = "file"
    STRING = "string"
    JNI_NAME = "jni_name"
    ANNOTATION = "annotation"
    RELOCATED = "relocated"
    FINGERPRINT = "fingerprint"
    HOST = "host"


class SdkForm(StrEnum):
    """How much of an SDK is there: itself, a part that others carry, or no more than others hold to call it."""

    WHOLE = "whole"
    PART = "part"
    STUB = "stub"


@dataclass(frozen=True, slots=True)
class SdkEvidence:
    """One sign of an SDK: ``value`` is the prefix, component, library or key; ``count`` how often it was seen."""

    kind: EvidenceKind
    value: str
    count: int


class VersionKind(StrEnum):
    """What a version was read from.

    ``class``: a text that a class of the SDK names; ``string``: one of any code, which names the SDK; ``file``: what a
    build leaves of a library; ``entry``: the name of an entry; ``fingerprint``: the nearest version that was learnt.
    """

    CLASS = "class"
    STRING = "string"
    FILE = "file"
    META_DATA = "meta_data"
    ENTRY = "entry"
    FINGERPRINT = "fingerprint"


@dataclass(frozen=True, slots=True)
class VersionSource:
    """What an SDK's version was read from: ``place`` is the class, text, key or entry."""

    kind: VersionKind
    place: str


@dataclass(frozen=True, slots=True)
class SdkFound:
    """An SDK inside the package. ``confidence`` 0..1: at or above .8 named for sure, at or below .6 for review.

    ``version`` and ``version_source`` are null together. ``purls``: package URLs of what it may have been built from,
    with the version where that is known. ``vendor``: who offers it, in Chinese where that is known; null when unknown.
    ``loaded_later``: whether all of its classes lie in code that the system does not load (a plug-in, a hot fix).
    """

    id: str
    name: str
    version: str | None
    confidence: float
    brought_in_by: tuple[str, ...]
    evidence: tuple[SdkEvidence, ...]
    vendor: str | None = None
    form: SdkForm = SdkForm.WHOLE
    loaded_later: bool = False
    version_source: VersionSource | None = None
    purls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnknownCode:
    """A package of third-party code that no record knows.

    ``size``: bytes of its instructions; ``share`` of all code but the platform's libraries, 0..1. ``data_items``: what
    personal data it reads. ``renamed``: its name says nothing, so that it may be anybody's, the app's own included.
    """

    package: str
    classes: int
    size: int
    share: float
    data_items: tuple[str, ...]
    renamed: bool
