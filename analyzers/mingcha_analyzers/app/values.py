"""What an app package holds, as frozen values; the names are those of the JSON result.

``class_`` is written ``class`` in JSON.
"""

from dataclasses import dataclass
from enum import StrEnum

from mingcha_analyzers.app.embedded.values import EmbeddedPolicy, PolicyUrl
from mingcha_analyzers.app.ui.values import Ui
from mingcha_analyzers.values import Limit


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


class EvidenceKind(StrEnum):
    """What an SDK was recognised by."""

    CLASS_PREFIX = "class_prefix"
    COMPONENT = "component"
    NATIVE_LIBRARY = "native_library"
    META_DATA = "meta_data"
    ASSET = "asset"
    HOST = "host"


class Stage(StrEnum):
    """How far an access was followed; a call alone is not collection (GB/T 35273 3.5)."""

    PRESENT = "present"
    REACHABLE = "reachable"
    SENT_POSSIBLE = "sent_possible"
    RUNTIME = "runtime"


class BeforeConsent(StrEnum):
    """Whether code can run before consent; ``guarded``: behind a stored flag."""

    YES = "yes"
    NO = "no"
    GUARDED = "guarded"
    UNKNOWN = "unknown"


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


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the package: ``dex`` is the file's name, ``offset`` in code units from the method's start."""

    dex: str | None
    class_: str | None
    method: str | None
    descriptor: str | None
    offset: int | None


@dataclass(frozen=True, slots=True)
class Reach:
    """From which entry point code is reached: ``chain`` is the shortest call path, entry first.

    ``guard``: the key or name of the stored flag that code on the way asks, where ``before_consent`` is guarded.
    """

    entry: str | None
    chain: tuple[str, ...]
    before_consent: BeforeConsent
    guard: str | None


@dataclass(frozen=True, slots=True)
class Observation:
    """Code that reads a data item or does an act; of ``data_item`` and ``act`` exactly one is null.

    ``owner``: ``app``, ``sdk:<id>``, ``unknown:<package>`` or ``platform``. ``effective``: whether the call still
    answers at the app's target level. ``sends``: the way from the reading method to the call that could send, where
    the stage is ``sent_possible``.
    """

    data_item: str | None
    act: str | None
    api: str
    caller: str
    owner: str
    stage: Stage
    facets: tuple[str, ...]
    place: Place
    reach: Reach
    effective: bool
    confidence: float
    sends: tuple[str, ...] = ()


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


class EndpointForm(StrEnum):
    """How a host was named: in a URL, as a bare name, or as an IP address."""

    URL = "url"
    HOST = "host"
    IP = "ip"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A host named in code, the manifest or an asset; no proof that anything is sent to it.

    ``owner``: whose code or file names it; ``sdk``: the SDK whose host it is, null unless it is known to be one's
    only. ``country``: of the company behind the host (ISO 3166), not where the server stands; null when unknown.
    ``stage``: whether the code that names it is reached. ``place`` is the first of ``count`` places.
    """

    host: str
    scheme: str | None
    form: EndpointForm
    owner: str
    sdk: str | None
    country: str | None
    stage: Stage
    place: Place
    count: int


@dataclass(frozen=True, slots=True)
class SecurityFact:
    """A fact that bears on a security clause; ``id`` is one of ``security_facts``.

    ``owner``: whose code or component it is. ``file``: the entry of the package, null for the package as a whole;
    ``place``: class and method, null where there is none. ``detail``: the cipher, host or action that shows it; of
    a secret only its ends.
    """

    id: str
    owner: str
    file: str | None
    place: Place | None
    detail: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Packer:
    """A packer, protector or obfuscator; ``hides_code``: the DEX in the package is not the real code."""

    id: str
    name: str
    kind: str
    hides_code: bool
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Renaming:
    """How far names of classes were shortened, for the kind of owner with the largest share (null: too few classes).

    ``renamed``: so far that an SDK may hide behind a name that says nothing.
    """

    owner: str | None
    classes: int
    short: int
    renamed: bool


class HybridRead(StrEnum):
    """What was done with code outside DEX: its text was searched, or it was only named."""

    SEARCHED = "searched"
    NAMED = "named"


@dataclass(frozen=True, slots=True)
class HybridPart:
    """Code outside DEX that decides what the app does, or a door to it.

    ``kind``: a framework (uni-app, flutter …), a form (hermes), ``native_library`` or ``webview_bridge``. ``place``:
    an entry, or the method that opens the bridge. ``name``: of the library, or by which scripts call the bridge.
    """

    kind: str
    place: str
    name: str | None
    owner: str
    read: HybridRead


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


@dataclass(frozen=True, slots=True)
class App:
    """One app package. ``ui``, ``security`` and ``hybrid`` are null where they were not analysed.

    ``harmony`` is null for Android packages; of others only the configuration is read.

    ``prompts`` and ``unrequested`` are null when the code was not seen.
    ``policies`` are privacy policies inside the package, ``policy_urls`` addresses of such that it names. ``packer`` is
    null when no known packer was recognised. ``limits`` says what was not analysed.
    """

    package_name: str
    version_name: str | None
    version_code: int | None
    min_sdk: int | None
    target_sdk: int | None
    signing: Signing
    permissions: tuple[PermissionRequest, ...]
    components: tuple[Component, ...]
    sdks: tuple[SdkFound, ...]
    observations: tuple[Observation, ...]
    prompts: tuple[PermissionPrompt, ...] | None
    unrequested: tuple[UnrequestedUse, ...] | None
    endpoints: tuple[Endpoint, ...]
    ui: Ui | None
    security: tuple[SecurityFact, ...] | None
    packer: Packer | None
    hybrid: tuple[HybridPart, ...] | None
    container: Container
    harmony: Harmony | None
    policies: tuple[EmbeddedPolicy, ...]
    policy_urls: tuple[PolicyUrl, ...]
    limits: tuple[Limit, ...]
    renaming: Renaming | None = None
