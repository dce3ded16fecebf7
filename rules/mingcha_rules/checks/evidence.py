"""Signs in the package as evidence of a finding."""

from mingcha_analyzers.app.values import EvidenceKind, SdkFound
from mingcha_rules.values import AppEvidence, Words
from mingcha_rules.words import load_words

MANIFEST = "AndroidManifest.xml"
_IN_MANIFEST = frozenset({EvidenceKind.COMPONENT, EvidenceKind.META_DATA})
_SHOWN = 5


def permission_evidence(name: str) -> AppEvidence:
    """Return the manifest line of a permission."""
    return AppEvidence(kind="permission", value=name, file=MANIFEST, place=None)


def sdk_evidence(found: SdkFound) -> tuple[AppEvidence, ...]:
    """Return the first signs of an SDK."""
    return tuple(
        AppEvidence(
            kind=sign.kind.value, value=sign.value, file=MANIFEST if sign.kind in _IN_MANIFEST else None, place=None
        )
        for sign in found.evidence[:_SHOWN]
    )


def sign_words(found: SdkFound) -> tuple[Words, ...]:
    """Return the first two signs of an SDK in words: their kind and value."""
    kinds = load_words("gaps")
    return tuple(
        Words(f"{kinds[sign.kind.value].zh} {sign.value}", f"{kinds[sign.kind.value].en} {sign.value}")
        for sign in found.evidence[:2]
    )
