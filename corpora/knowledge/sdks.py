"""Builds the SDK base: translates its data names and applies ``sdk_corrections.yaml``."""

from collections.abc import Callable, Iterable

from knowledge.source import Record, Source, own_table
from knowledge.vocabulary import Vocabulary

FIELDS = (
    "id", "name", "name_zh", "vendor", "vendor_zh", "vendor_country", "category", "collects_pi", "packages",
    "components", "native_libs", "shared_native_libs", "meta_keys", "domains", "aliases", "weak_aliases",
    "data_items", "policy_url", "unverified", "tier", "embedded", "carried_by", "sources",
)  # fmt: skip
LISTS = ("packages", "components", "native_libs", "shared_native_libs", "meta_keys", "domains", "aliases", "unverified")

Records = dict[str, Record]


def build_sdks(source: Source, vocabulary: Vocabulary) -> list[Record]:
    """Return the corrected SDK records; fields that are empty are left out."""
    records = {record["id"]: _translate(record, vocabulary) for record in source.records("sdk/sdk_facts")}
    table = own_table("sdk_corrections")
    for record in table["new"]:
        _add_new(records, dict(record))
    steps: list[tuple[str, Callable[[Records, Record], None]]] = [
        ("remove", _remove), ("move", _move), ("merge", _merge), ("add", _add), ("weak", _weaken), ("set", _set),
    ]  # fmt: skip
    for name, apply in steps:
        for change in table[name]:
            apply(records, change)
    return [_ordered(record) for record in records.values()]


def _translate(record: Record, vocabulary: Vocabulary) -> Record:
    # The policies an SDK was seen in are not ours to ship.
    sources = [entry for entry in record["sources"] if not entry.startswith("policy:")]
    items = vocabulary.items_of_sdk(record["data_collected"])
    return {**record, "data_items": items, "sources": sources, "embedded": False}


def _add_new(records: Records, record: Record) -> None:
    giver = records.get(record.pop("takes_from", ""))
    if giver:
        _take(giver, "packages", record["packages"])
    if like := record.pop("data_items_of", None):
        record["data_items"] = records[like]["data_items"]
    if record["id"] in records:
        raise ValueError(f"{record['id']}: the base has this record already")
    records[record["id"]] = record


def _remove(records: Records, change: Record) -> None:
    _take(records[change["record"]], "packages", change["packages"])


def _move(records: Records, change: Record) -> None:
    _take(records[change["from"]], "packages", change["packages"])
    _give(records[change["to"]], "packages", change["packages"])


def _merge(records: Records, change: Record) -> None:
    merged = records.pop(change["from"])
    for field in LISTS:
        _give(records[change["to"]], field, merged.get(field, []))


def _add(records: Records, change: Record) -> None:
    record = records[change["record"]]
    for field in LISTS:
        _give(record, field, change.get(field, []))
    _give(record, "packages", change.get("weak", []))
    _give(record, "unverified", change.get("weak", []))


def _weaken(records: Records, change: Record) -> None:
    _give(records[change["record"]], "unverified", change["packages"])


def _set(records: Records, change: Record) -> None:
    records[change["record"]] |= {key: value for key, value in change.items() if key not in ("record", "why")}


def _take(record: Record, field: str, values: Iterable[str]) -> None:
    for value in values:
        record[field].remove(value)
        record["unverified"] = [entry for entry in record["unverified"] if entry != value]


def _give(record: Record, field: str, values: Iterable[str]) -> None:
    record[field] = sorted({*record.get(field, []), *values})


def _ordered(record: Record) -> Record:
    always = ("id", "name", "category", "collects_pi", "tier")
    return {field: record[field] for field in FIELDS if field in always or record.get(field)}
