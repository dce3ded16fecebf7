"""How the SDKs of a package belong together: parts, what brought them, and mere stubs of SDKs that are not there."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mingcha_analyzers.app.sdks.grading import MOST_LIKELY, SURE
from mingcha_analyzers.app.sdks.signs import Signs, Worth
from mingcha_analyzers.app.values import EvidenceKind, SdkForm, SdkFound
from mingcha_corpora.sdks import SdkBase, SdkRecord

# Interfaces and callbacks by which an SDK is called are fewer classes than the SDK itself ever has.
_STUB_CLASSES = 20
_CODE = frozenset((EvidenceKind.CLASS_PREFIX, EvidenceKind.COMPONENT, EvidenceKind.FINGERPRINT, EvidenceKind.RELOCATED))


def relate(found: Mapping[str, SdkFound], signs: Mapping[str, Signs], base: SdkBase) -> dict[str, SdkFound]:
    """Return the SDKs with form and bringers, without those that signs of another's explain."""
    bringers = {key: _bringers(base.records[key], found) for key in found}
    kept = {
        key
        for key in found
        if not _is_explained(key, signs[key], [found[each] for each in bringers[key]], base)
        and not _is_shared(key, found, signs, base)
    }
    return {
        key: _related(found[key], signs[key], tuple(each for each in bringers[key] if each in kept), base)
        for key in found
        if key in kept
    }


def _related(sdk: SdkFound, signs: Signs, bringers: tuple[str, ...], base: SdkBase) -> SdkFound:
    record = base.records[sdk.id]
    if record.embedded:
        return replace(sdk, form=SdkForm.PART, brought_in_by=bringers)
    own = tuple(each for each in bringers if each == record.part_of or _is_kin(record, base.records[each]))
    if own:
        return replace(sdk, form=SdkForm.PART, brought_in_by=own)
    if bringers and (0 < signs.classes < _STUB_CLASSES or not signs.of(Worth.STRONG)):
        confidence = min(sdk.confidence, MOST_LIKELY)
        return replace(sdk, form=SdkForm.STUB, brought_in_by=bringers, confidence=confidence)
    return sdk


def _bringers(record: SdkRecord, found: Mapping[str, SdkFound]) -> tuple[str, ...]:
    return tuple(sorted({*record.carried_by, record.part_of} & set(found)))


def _is_kin(record: SdkRecord, other: SdkRecord) -> bool:
    return bool(record.vendor) and record.vendor == other.vendor


def _is_explained(key: str, signs: Signs, bringers: Sequence[SdkFound], base: SdkBase) -> bool:
    """Return whether what speaks for a part is no more than what its bringer, there in full view, brings along anyway.

    Versions of the bringer that do without the part have the same keys, and classes of the same packages where both are
    of one maker; with it, classes that are the part's only would be seen as well.
    """
    if signs.of(Worth.STRONG):
        return False
    record, by_code = base.records[key], bool(signs.kinds() & _CODE)
    return any(
        each.confidence >= SURE
        and any(sign.kind is EvidenceKind.CLASS_PREFIX for sign in each.evidence)
        and not (by_code and (record.embedded or not _is_kin(record, base.records[each.id])))
        for each in bringers
    )


def _is_shared(key: str, found: Mapping[str, SdkFound], signs: Mapping[str, Signs], base: SdkBase) -> bool:
    """Return whether all but hosts that speaks for an SDK is another's of the same maker, which is there for sure."""
    if found[key].confidence >= SURE:
        return False
    own = {sign for sign in signs[key].seen if sign[0] is not EvidenceKind.HOST}
    others = (each for each, sdk in found.items() if each != key and sdk.confidence >= SURE)
    return any(_is_kin(base.records[key], base.records[each]) and own <= set(signs[each].seen) for each in others)
