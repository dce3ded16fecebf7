"""The SDK base: who makes an SDK, what it is known by in code and in policies, and what data it takes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from mingcha_corpora.records import Record, read_records

SDKS = "sdks.jsonl"
ADDED = "added/sdks.jsonl"


@dataclass(frozen=True, slots=True)
class SdkRecord:
    """One SDK or library.

    ``packages``: dotted code prefixes, matched on whole labels, the longest wins. ``native_libs`` may hold ``*``;
    ``shared_native_libs`` are claimed by several SDKs and never enough alone. ``weak_aliases`` are also ordinary
    words or app names. ``unverified``: signals of this record that are weak evidence. ``embedded``: a part that
    several SDKs carry (UTDID, Taobao ACCS, carrier login code); it never proves a host SDK. ``carried_by``: the SDKs
    that are known to bring this one with them. A component that begins with a dot is matched by the end of a name
    (it lies in the app's own package). ``collects_pi`` is
    false for plain libraries. ``tier``: curated, tracker-list, rule-list or library-list.
    """

    id: str
    name: str
    name_zh: str
    vendor: str
    vendor_zh: str
    vendor_country: str
    category: str
    collects_pi: bool
    packages: tuple[str, ...]
    components: tuple[str, ...]
    native_libs: tuple[str, ...]
    shared_native_libs: tuple[str, ...]
    meta_keys: tuple[str, ...]
    domains: tuple[str, ...]
    aliases: tuple[str, ...]
    weak_aliases: tuple[str, ...]
    data_items: tuple[str, ...]
    policy_url: str
    unverified: frozenset[str]
    tier: str
    embedded: bool
    carried_by: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SdkBase:
    """All SDK records by id, with indexes of the signals they are recognised by."""

    records: Mapping[str, SdkRecord]
    by_prefix: Mapping[str, str]
    by_component: Mapping[str, tuple[str, ...]]
    by_meta_key: Mapping[str, tuple[str, ...]]
    by_library: Mapping[str, tuple[str, ...]]
    by_host: Mapping[str, tuple[str, ...]]

    def owner_of(self, name: str) -> str | None:
        """Return the record whose prefix covers the dotted class or package ``name``, the longest prefix first."""
        prefix = name
        while prefix:
            if owner := self.by_prefix.get(prefix):
                return owner
            prefix = prefix.rpartition(".")[0]
        return None

    def records_of_host(self, host: str) -> tuple[str, ...]:
        """Return the records whose domain covers a host on whole labels, the longest domain only."""
        domain = host
        while domain:
            if records := self.by_host.get(domain):
                return records
            domain = domain.partition(".")[2]
        return ()


class _Records(Mapping[str, SdkRecord]):
    """The records by id, each made when it is asked for: one run needs few of the thousands."""

    def __init__(self, rows: Mapping[str, Record]) -> None:
        self._rows = rows
        self._made: dict[str, SdkRecord] = {}

    def __getitem__(self, key: str) -> SdkRecord:
        record = self._made.get(key)
        if record is None:
            record = self._made[key] = _record(self._rows[key])
        return record

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


@cache
def load_sdk_base() -> SdkBase:
    """Return the shipped SDK base, with the records of ``added/sdks.jsonl``."""
    rows = {row["id"]: row for row in (*read_records(SDKS), *read_records(ADDED))}
    return SdkBase(
        _Records(rows),
        MappingProxyType({prefix: key for key, row in rows.items() for prefix in row.get("packages", ())}),
        _index(rows, "components"),
        _index(rows, "meta_keys"),
        _index(rows, "native_libs", "shared_native_libs"),
        _index(rows, "domains"),
    )


def _index(rows: Mapping[str, Record], *fields: str) -> Mapping[str, tuple[str, ...]]:
    """Return the records that have a value in one of the fields, by value."""
    index: dict[str, tuple[str, ...]] = {}
    for key, row in rows.items():
        for value in dict.fromkeys(value for field in fields for value in row.get(field, ())):
            index[value] = (*index.get(value, ()), key)
    return MappingProxyType(index)


def _record(record: Record) -> SdkRecord:
    # Empty fields are left out of the file: most of the base are plain libraries with a name and a prefix.
    get = record.get
    return SdkRecord(
        id=record["id"],
        name=record["name"],
        name_zh=get("name_zh", ""),
        vendor=get("vendor", ""),
        vendor_zh=get("vendor_zh", ""),
        vendor_country=get("vendor_country", ""),
        category=record["category"],
        collects_pi=record["collects_pi"],
        packages=tuple(get("packages", ())),
        components=tuple(get("components", ())),
        native_libs=tuple(get("native_libs", ())),
        shared_native_libs=tuple(get("shared_native_libs", ())),
        meta_keys=tuple(get("meta_keys", ())),
        domains=tuple(get("domains", ())),
        aliases=tuple(get("aliases", ())),
        weak_aliases=tuple(get("weak_aliases", ())),
        data_items=tuple(get("data_items", ())),
        policy_url=get("policy_url", ""),
        unverified=frozenset(get("unverified", ())),
        tier=record["tier"],
        embedded=get("embedded", False),
        carried_by=tuple(get("carried_by", ())),
        sources=tuple(get("sources", ())),
    )
