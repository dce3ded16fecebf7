"""What the SDK base holds, in numbers."""

from collections.abc import Callable, Iterable, Mapping, Set

from mingcha_corpora.sdks.values import SdkRecord

CHINA = "CN"
# How many records: those of which this is true.
_RECORDS: Mapping[str, Callable[[SdkRecord], object]] = {
    "records": lambda _: True,
    "collectors": lambda record: record.collects_pi,
    "chinese": lambda record: record.vendor_country == CHINA,
    "chinese_collectors": lambda record: record.collects_pi and record.vendor_country == CHINA,
    "curated": lambda record: record.tier == "curated",
    "tracker_list": lambda record: record.tier == "tracker-list",
    "rule_list": lambda record: record.tier == "rule-list",
    "library_list": lambda record: record.tier == "library-list",
    "with_source": lambda record: record.sources,
    "with_data_items": lambda record: record.data_items,
    "with_policy_url": lambda record: record.policy_url,
    "with_role": lambda record: record.role,
    "with_deferred_init": lambda record: record.deferred_init,
    "with_switches": lambda record: record.optional_switches,
    "with_compliant_since": lambda record: record.compliant_since,
    "with_purls": lambda record: record.purls,
    "with_versions": lambda record: record.versions,
    "with_relations": lambda record: record.carried_by or record.part_of or record.replaced_by,
    "embedded": lambda record: record.embedded,
}
# How many values all records have together.
_VALUES = (
    "aliases", "packages", "components", "native_libs", "meta_keys", "domains", "assets", "files", "resources",
    "strings",
)  # fmt: skip


def count_records(records: Iterable[SdkRecord], fingerprinted: Set[str] = frozenset()) -> dict[str, int]:
    """Return the figures of some records by their keys; ``vendors`` and values are counted once each.

    ``fingerprinted``: ids of which fingerprints were learnt.
    """
    records = tuple(records)
    counts = {name: sum(1 for record in records if holds(record)) for name, holds in _RECORDS.items()}
    counts["with_fingerprints"] = sum(1 for record in records if record.id in fingerprinted)
    counts["vendors"] = len({record.vendor for record in records if record.vendor})
    return counts | {field: len({value for record in records for value in getattr(record, field)}) for field in _VALUES}
