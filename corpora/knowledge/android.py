"""Builds the Android files: permissions, API facts, security facts, in-app facts, acts."""

from collections.abc import Mapping

from knowledge.source import Record, Source, own_table
from knowledge.vocabulary import Vocabulary

# Where a fact was learned serves its upkeep, not the analysis.
API_LEFT_OUT = frozenset({"data_type", "source", "sensitive"})


def build_permissions(source: Source, vocabulary: Vocabulary) -> list[Record]:
    """Return the permissions with data items, acts and facets."""
    built = []
    for record in source.records("android/permissions"):
        items, acts, facets = vocabulary.meanings(record["data_types"])
        translated = {"data_items": items, "acts": acts, "facets": facets}
        group = record["group"] and record["group"].rpartition(".")[2]
        kept = {key: value for key, value in record.items() if key not in ("data_types", "group", "protection")}
        built.append({"name": kept.pop("name"), "group": group, **translated, **kept})
    return built


def build_api_facts(source: Source, vocabulary: Vocabulary) -> list[Record]:
    """Return the API facts; fields that are empty are left out."""
    built = []
    for record in source.records("android/api_facts"):
        meaning = vocabulary.android[record["data_type"]]
        fact = {
            "id": record["id"],
            "kind": record["kind"],
            "data_item": meaning.data_item,
            "act": meaning.act,
            "facets": list(meaning.facets),
        }
        fact |= {key: value for key, value in record.items() if key not in API_LEFT_OUT and value not in (None, "", [])}
        # An empty list of descriptors means “by name”, and must stay apart from a fact that is no method.
        if "descriptors" in record:
            fact["descriptors"] = record["descriptors"]
        built.append(fact)
    return built


def build_security_facts(source: Source) -> list[Record]:
    """Return the security facts with what the analysis looks for, which takes the place of the drafts' anchors."""
    looks = own_table("security_looks")
    return [
        {key: value for key, value in record.items() if key != "match"} | {"sources": row.pop("source"), **row}
        for record in source.records("android/security_facts")
        for row in [dict(looks[record["id"]])]
    ]


def build_ui_facts(source: Source, vocabulary: Vocabulary, sdk_of_prefix: Mapping[str, str]) -> list[Record]:
    """Return the in-app facts, one record each, with the part of the table they come from as ``section``.

    A consent gate names its SDK by the record that owns the class it starts with.
    """
    table = source.table("android/ui_facts")
    built: list[Record] = []
    for part, section in (("rights", "right"), ("consent", "consent"), ("entry_points", "entry_point")):
        built += [{"id": record["id"], "section": section, **record} for record in table[part]]
    for gate in (gate for record in built for gate in record.get("gates", ())):
        gate["sdk"] = _owner(gate["start"], sdk_of_prefix)
    for record in table["sensitive_inputs"]:
        item = record.get("data_item") or vocabulary.android[record["data_type"]].data_item
        rest = {key: value for key, value in record.items() if key not in ("id", "data_type", "data_item")}
        built.append({"id": record["id"], "section": "sensitive_input", "data_item": item, **rest})
    built.append({"id": "UI-A01", "section": "layout_attributes", "attributes": table["layout_attr_ids"]})
    return built


def _owner(method: str, sdk_of_prefix: Mapping[str, str]) -> str:
    name = method[1:].partition(";")[0].replace("/", ".")
    while name not in sdk_of_prefix:
        if "." not in name:
            raise KeyError(method)
        name = name.rpartition(".")[0]
    return sdk_of_prefix[name]


def build_acts() -> list[Record]:
    """Return the acts, a table of this folder."""
    acts: list[Record] = own_table("acts")
    return acts
