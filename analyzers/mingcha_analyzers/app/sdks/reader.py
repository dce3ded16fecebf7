"""Names the SDKs of a package: signs of all kinds are gathered, graded by record, and held against each other."""

from mingcha_analyzers.app.sdks import code_signs, entry_signs
from mingcha_analyzers.app.sdks.grading import grade
from mingcha_analyzers.app.sdks.relations import relate
from mingcha_analyzers.app.sdks.signs import Found, Signs
from mingcha_analyzers.app.sdks.traces import Traces
from mingcha_analyzers.app.values import SdkForm, SdkFound
from mingcha_corpora.sdks import SdkBase, SdkRecord


def find_sdks(traces: Traces, base: SdkBase) -> tuple[SdkFound, ...]:
    """Return the SDKs with enough evidence to be named, by id."""
    signs = _gather(base, traces).by_record
    graded = {key: grade(signs[key]) for key in sorted(signs)}
    found = {
        key: _found(base.records[key], signs[key], confidence)
        for key, confidence in graded.items()
        if confidence is not None
    }
    return tuple(relate(found, signs, base).values())


def _gather(base: SdkBase, traces: Traces) -> Found:
    found = Found()
    code_signs.add_classes(found, base, traces)
    code_signs.add_components(found, base, traces)
    code_signs.add_matched(found, traces)
    entry_signs.add_meta_data(found, base, traces)
    entry_signs.add_libraries(found, base, traces)
    entry_signs.add_entries(found, base, traces)
    entry_signs.add_resources(found, base, traces)
    entry_signs.add_strings(found, base, traces)
    entry_signs.add_registered(found, base, traces)
    entry_signs.add_kept_names(found, base, traces)
    entry_signs.add_hosts(found, traces)
    return found


def _found(record: SdkRecord, signs: Signs, confidence: float) -> SdkFound:
    return SdkFound(
        id=record.id,
        name=record.name,
        vendor=record.vendor_zh or record.vendor or None,
        version=None,
        confidence=confidence,
        form=SdkForm.WHOLE,
        brought_in_by=(),
        loaded_later=0 < signs.classes == signs.later,
        evidence=tuple(signs.evidence()),
    )
