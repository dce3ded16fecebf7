"""One SDK record, and the base of all of them with the indexes of what SDKs are recognised by."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DeferredInit:
    """The call that starts an SDK once the user has agreed, with what to do in words."""

    call: str
    note_zh: str
    note_en: str


@dataclass(frozen=True, slots=True)
class OptionalSwitch:
    """A call or manifest key that keeps an SDK from collecting the data items ``stops``."""

    call: str
    stops: tuple[str, ...]
    note_zh: str
    note_en: str


@dataclass(frozen=True, slots=True)
class VersionPlace:
    """Where an SDK's version stands.

    ``class_name``: a text that this class names; a name that ends in ``.*`` stands for all classes below a prefix.
    ``string``: what the text must look like (a regular expression that covers it; without a class: that is found in a
    text of any code). ``file``: a pattern of paths; with ``key`` it holds properties, else the version alone.
    ``meta_key``: of the manifest. ``entry``: a regular expression of the names of entries. The groups of an expression
    are joined by dots.
    """

    class_name: str = ""
    string: str = ""
    file: str = ""
    key: str = ""
    meta_key: str = ""
    entry: str = ""


@dataclass(frozen=True, slots=True)
class SdkRecord:
    """One SDK or library; ``schema.json`` describes each field.

    ``packages``: dotted code prefixes, matched on whole labels, the longest wins. ``native_libs`` may hold ``*``;
    ``shared_native_libs`` are claimed by several SDKs and never enough alone. ``weak_aliases`` are also ordinary
    words or app names. ``unverified``: signals of this record that are weak evidence. ``embedded``: a part that
    several SDKs carry (UTDID, Taobao ACCS, carrier login code); it never proves a host SDK. ``carried_by``: the SDKs
    that are known to bring this one with them. A component that begins with a dot is matched by the end of a name
    (it lies in the app's own package). ``collects_pi`` is false for plain libraries. ``tier``: curated, tracker-list,
    rule-list or library-list. ``role``: entrusted, recipient, joint_controller, third_party_access, or empty.
    ``vendor_id`` is the id of the vendor's file, empty for records kept by letter.
    """

    id: str
    name: str
    category: str
    collects_pi: bool
    tier: str
    name_zh: str = ""
    former_names: tuple[str, ...] = ()
    vendor: str = ""
    vendor_zh: str = ""
    vendor_country: str = ""
    vendor_aliases: tuple[str, ...] = ()
    vendor_id: str = ""
    role: str = ""
    embedded: bool = False
    carried_by: tuple[str, ...] = ()
    part_of: str = ""
    replaced_by: str = ""
    aliases: tuple[str, ...] = ()
    weak_aliases: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    components: tuple[str, ...] = ()
    native_libs: tuple[str, ...] = ()
    shared_native_libs: tuple[str, ...] = ()
    meta_keys: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    strings: tuple[str, ...] = ()
    unverified: frozenset[str] = frozenset()
    versions: tuple[VersionPlace, ...] = ()
    purls: tuple[str, ...] = ()
    data_items: tuple[str, ...] = ()
    deferred_init: DeferredInit | None = None
    optional_switches: tuple[OptionalSwitch, ...] = ()
    compliant_since: str = ""
    policy_url: str = ""
    note: str = ""
    sources: tuple[str, ...] = ()


Index = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class SdkBase:
    """All SDK records by id, with indexes of the signals they are recognised by.

    ``by_version``: by the class or expression of a place where a version stands.

    Compared by identity, so that what is drawn from a base can be cached by it. ``digest`` is the SHA-256 of the
    record files that it was made of, in hex.
    """

    records: Mapping[str, SdkRecord]
    by_prefix: Mapping[str, str]
    by_component: Index
    by_meta_key: Index
    by_library: Index
    by_host: Index
    by_asset: Index
    by_file: Index
    by_resource: Index
    by_string: Index
    by_purl: Index
    by_version: Index
    digest: str

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


class LazyRecords(Mapping[str, SdkRecord]):
    """The records by id, each decoded when it is asked for: one run needs few of the thousands."""

    def __init__(self, packed: Mapping[str, bytes]) -> None:
        import msgspec

        self._packed = packed
        self._decode = msgspec.msgpack.Decoder(SdkRecord).decode
        self._made: dict[str, SdkRecord] = {}

    def __getitem__(self, key: str) -> SdkRecord:
        record = self._made.get(key)
        if record is None:
            record = self._made[key] = self._decode(self._packed[key])
        return record

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)
