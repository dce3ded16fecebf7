"""The whole of one app package."""

from dataclasses import dataclass

from mingcha_analyzers.app.embedded.values import EmbeddedPolicy, PolicyUrl
from mingcha_analyzers.app.ui.values import Ui
from mingcha_analyzers.app.values.components import Component
from mingcha_analyzers.app.values.endpoints import Endpoint
from mingcha_analyzers.app.values.harmony import Harmony
from mingcha_analyzers.app.values.hidden import HybridPart, Packer, Renaming
from mingcha_analyzers.app.values.nested import NestedCode
from mingcha_analyzers.app.values.observations import Observation
from mingcha_analyzers.app.values.package import Container, Signing
from mingcha_analyzers.app.values.permissions import PermissionPrompt, PermissionRequest, UnrequestedUse
from mingcha_analyzers.app.values.sdks import SdkFound, UnknownCode
from mingcha_analyzers.app.values.security import SecurityFact
from mingcha_analyzers.values import Limit


@dataclass(frozen=True, slots=True)
class App:
    """One app package. ``ui``, ``security`` and ``hybrid`` are null where they were not analysed.

    ``harmony`` is null for Android packages; of others only the configuration is read.

    ``prompts``, ``unrequested`` and ``unknown_code`` are null when the code was not seen. ``unknown_code``: third-party
    code of no known SDK, by package; ``nested``: code beside the DEX files that the system loads.
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
    unknown_code: tuple[UnknownCode, ...] | None = None
    nested: tuple[NestedCode, ...] = ()
