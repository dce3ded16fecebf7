"""How the SDKs of a package belong together: parts, what brought them, and mere stubs of SDKs that are not there."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mingcha_analyzers.app.sdks.grading import MOST_LIKELY, SURE
from mingcha_analyzers.app.sdks.signs import Signs
from mingcha_analyzers.app.values import EvidenceKind, SdkForm, SdkFound
from mingcha_corpora.sdks import SdkBase, SdkRecord

# Interfaces and callbacks by which an SDK is called are fewer classes than the SDK itself ever has.
_STUB_CLASSES = 20
_CODE = frozenset((EvidenceKind.CLASS_PREFIX, EvidenceKind.COMPONENT, EvidenceKind.FINGERPRINT, EvidenceKind.RELOCATED))


def relate(found: Mapping[str, SdkFound], signs: Mapping[str, Signs], base: SdkBase) -> dict[str, SdkFound]:
    """Return the SDKs with form and bringers, without those that signs of another's explain."""
    bringers = {key: tuple(sorted(set(base.records[key].carried_by) & set(found))) for key in found}
    kept = {key for key in found if not _is_explained(signs[key], [found[each] for each in bringers[key]])}
    return {
        key: _related(found[key], signs[key], tuple(each for each in bringers[key] if each in kept), base)
        for key in found
        if key in kept
    }


def _related(sdk: SdkFound, signs: Signs, bringers: tuple[str, ...], base: SdkBase) -> SdkFound:
    record = base.records[sdk.id]
    if record.embedded:
        return replace(sdk, form=SdkForm.PART, brought_in_by=bringers)
    own = tuple(each for each in bringers if _is_kin(record, base.records[each]))
    if own:
        return replace(sdk, form=SdkForm.PART, brought_in_by=own)
    if bringers and 0 < signs.classes < _STUB_CLASSES:
        confidence = min(sdk.confidence, MOST_LIKELY)
        return replace(sdk, form=SdkForm.STUB, brought_in_by=bringers, confidence=confidence)
    return sdk


def _is_kin(record: SdkRecord, other: SdkRecord) -> bool:
    return bool(record.vendor) and record.vendor == other.vendor


def _is_explained(signs: Signs, bringers: Sequence[SdkFound]) -> bool:
    """Return whether keys and libraries alone speak for a part whose bringer is there in full view.

    Versions of the bringer that do without the part have the same keys; with it, its classes would be seen as well.
    """
    if signs.kinds() & _CODE:
        return False
    return any(
        each.confidence >= SURE and any(sign.kind is EvidenceKind.CLASS_PREFIX for sign in each.evidence)
        for each in bringers
    )
