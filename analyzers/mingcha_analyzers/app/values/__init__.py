"""What an app package holds, as frozen values; the names are those of the JSON result.

``class_`` is written ``class`` in JSON. Each subject has its module; whoever uses the values takes them from here.
"""

from mingcha_analyzers.app.values.app import App
from mingcha_analyzers.app.values.components import Component, ComponentKind, IntentFilter, MetaData
from mingcha_analyzers.app.values.endpoints import Endpoint, EndpointForm
from mingcha_analyzers.app.values.harmony import Harmony, HarmonyPermission
from mingcha_analyzers.app.values.hidden import HybridPart, HybridRead, Packer, Renaming
from mingcha_analyzers.app.values.nested import NestedCode, NestedKind
from mingcha_analyzers.app.values.observations import BeforeConsent, Observation, Place, Reach, Stage
from mingcha_analyzers.app.values.package import Certificate, Container, ContainerKind, PackagePart, PartKind, Signing
from mingcha_analyzers.app.values.permissions import (
    OnRefusal,
    PermissionGrade,
    PermissionPrompt,
    PermissionRequest,
    UnrequestedUse,
)
from mingcha_analyzers.app.values.sdks import (
    EvidenceKind,
    SdkEvidence,
    SdkForm,
    SdkFound,
    UnknownCode,
    VersionKind,
    VersionSource,
)
from mingcha_analyzers.app.values.security import SecurityFact

__all__ = [
    "App",
    "BeforeConsent",
    "Certificate",
    "Component",
    "ComponentKind",
    "Container",
    "ContainerKind",
    "Endpoint",
    "EndpointForm",
    "EvidenceKind",
    "Harmony",
    "HarmonyPermission",
    "HybridPart",
    "HybridRead",
    "IntentFilter",
    "MetaData",
    "NestedCode",
    "NestedKind",
    "Observation",
    "OnRefusal",
    "PackagePart",
    "Packer",
    "PartKind",
    "PermissionGrade",
    "PermissionPrompt",
    "PermissionRequest",
    "Place",
    "Reach",
    "Renaming",
    "SdkEvidence",
    "SdkForm",
    "SdkFound",
    "SecurityFact",
    "Signing",
    "Stage",
    "UnknownCode",
    "UnrequestedUse",
    "VersionKind",
    "VersionSource",
]
