"""Builds the files that come from the standards: items, sensitive items, template, consent, terms."""

from knowledge.source import Record, Source, own_table
from knowledge.vocabulary import Vocabulary

ITEM_FIELDS = (
    "id", "parent", "also_under", "zh", "en", "umbrella", "must_name", "must_name_when", "accepted_as",
    "personal_information", "sensitive", "permission_groups",
)  # fmt: skip


def build_items(source: Source) -> list[Record]:
    """Return the data items with the surface forms of Appendix A, moved where the word means another item."""
    items = source.standard("data_items")
    vocabulary = Vocabulary(items)
    forms: dict[str, dict[str, list[str]]] = {item["id"]: {"zh": [], "en": []} for item in items}
    moves = {(move["from"], form): move["to"] for move in own_table("moved_forms") for form in move["forms"]}
    moved = {form for _, form in moves}
    for record in source.standard("appendix_a_personal_information"):
        for lang in ("zh", "en"):
            for form in record[f"synonyms_{lang}"]:
                own = vocabulary.appendix_a[record["id"]]
                target = moves.get((record["id"], form), own)
                # A form that was moved from one record must not come back from another.
                if target == own and form in moved and (record["id"], form) not in moves:
                    continue
                if form not in forms[target][lang]:
                    forms[target][lang].append(form)
    return [_item(item, forms[item["id"]]) for item in items]


def _item(item: Record, forms: dict[str, list[str]]) -> Record:
    kept = {field: item[field] for field in ITEM_FIELDS}
    return {**kept, "forms_zh": forms["zh"], "forms_en": forms["en"], "note": item["note"]}


def build_sensitive(source: Source, vocabulary: Vocabulary) -> list[Record]:
    """Return Appendix B under data-item ids."""
    records = source.standard("appendix_b_sensitive")
    return [{**record, "id": vocabulary.appendix_a[record["id"]]} for record in records]


def build_necessary(source: Source, vocabulary: Vocabulary) -> list[Record]:
    """Return the 39 App types with their necessary items as data items."""
    built = []
    for record in source.standard("necessary_pi_39"):
        necessary = [{**need, "items": vocabulary.items_of_a(need["items"])} for need in record["necessary"]]
        built.append({**record, "necessary": necessary, "item_ids": sorted(vocabulary.items_of_a(record["item_ids"]))})
    return built


TEMPLATE_FIELDS = (
    "id", "order", "title_zh", "title_en", "presence", "condition", "clauses", "heading_cues_zh", "heading_cues_en",
    "body_cues_zh", "body_cues_en", "weight", "heading_rate", "in_2020_model",
)  # fmt: skip
ELEMENT_FIELDS = (
    "id", "zh", "en", "cues_zh", "cues_en", "cues_regex", "clause", "presence", "condition", "standard",
    "needs_context", "aliases", "cue_rate", "in_2020", "note",
)  # fmt: skip


def build_template(source: Source) -> list[Record]:
    """Return the sections of Appendix D with their elements."""
    built = []
    for record in source.standard("appendix_d_template"):
        section = {field: record[field] for field in TEMPLATE_FIELDS}
        section["elements"] = [{field: element[field] for field in ELEMENT_FIELDS} for element in record["elements"]]
        built.append(section)
    return built


def build_terms(source: Source) -> list[Record]:
    """Return the words of reports; the English word is the id."""
    return [{"id": f"{record['group']}:{record['en']}", **record} for record in source.standard("terms")]
