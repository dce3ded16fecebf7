"""What each Android permission guards and the words policies use for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from mingcha_corpora.records import Record, read_records, read_yaml
from mingcha_corpora.taxonomy import Taxonomy, load_taxonomy

PERMISSIONS = "android/permissions.jsonl"
PHRASES = "lexicon/permission_phrases.yaml"


@dataclass(frozen=True, slots=True)
class PermissionFact:
    """One permission. ``kind``: dangerous, normal, signature, special-access, bind, vendor or undocumented.

    ``group``: last label of the permission group. ``acts``: ids of ``acts`` it allows. ``facets``: manner in which
    its data items are reached (``background``). ``zh_phrases`` speak of the permission wherever they stand, or
    nearly; ``zh_words`` are bare words (存储, 短信) that do so only in a list of permissions or beside 权限.
    ``sensitive``: it guards an item that is always sensitive.
    """

    name: str
    group: str | None
    kind: str
    data_items: tuple[str, ...]
    acts: tuple[str, ...]
    facets: tuple[str, ...]
    zh_name: str
    zh_phrases: tuple[str, ...]
    zh_words: tuple[str, ...]
    en_phrases: tuple[str, ...]
    rationale: str
    sensitive: bool


@cache
def load_permissions() -> Mapping[str, PermissionFact]:
    """Return the permissions that bear on personal information, by full name."""
    more: Mapping[str, Mapping[str, list[str]]] = read_yaml(PHRASES)
    taxonomy = load_taxonomy()
    facts = (_fact(record, more.get(record["name"], {}), taxonomy) for record in read_records(PERMISSIONS))
    return MappingProxyType({fact.name: fact for fact in facts})


def _fact(record: Record, more: Mapping[str, list[str]], taxonomy: Taxonomy) -> PermissionFact:
    return PermissionFact(
        name=record["name"],
        group=record["group"],
        kind=record["kind"],
        data_items=tuple(record["data_items"]),
        acts=tuple(record["acts"]),
        facets=tuple(record["facets"]),
        zh_name=record["zh_name"],
        zh_phrases=tuple(dict.fromkeys([*record["zh_phrases"], *more.get("zh", [])])),
        zh_words=tuple(more.get("words_zh", [])),
        en_phrases=tuple(more.get("en", [])),
        rationale=record["rationale"],
        sensitive=any(taxonomy.items[item].sensitive == "yes" for item in record["data_items"]),
    )
