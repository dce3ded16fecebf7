"""Data items, the single vocabulary of kinds of data, and how far naming one discloses another."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from mingcha_corpora.records import Record, read_records

ITEMS = "items.jsonl"
ADDED = "added/items.jsonl"

# Bare 其他信息 says nothing about what is meant, although much stands below it.
NAMES_NOTHING = "other"


class NameMatch(StrEnum):
    """How well the word of a claim names an observed item.

    ``accepted``: practice takes the word as enough if its condition holds (see ``Taxonomy.acceptance``).
    ``broader``: only a wider word stands there. ``part``: only a narrower item is named.
    """

    NAMED = "named"
    ACCEPTED = "accepted"
    BROADER = "broader"
    PART = "part"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Accepted:
    """A word that practice takes as good as the item's own name while ``condition`` holds in the same passage."""

    id: str
    condition: str


@dataclass(frozen=True, slots=True)
class DataItem:
    """One kind of data. An umbrella is so wide a word that naming it does not disclose what lies below.

    ``must_name``: regulators expect the item by its own name. ``must_name_when``: in words, when that also holds
    for an item without the flag. ``permission_groups``: last label of the Android permission groups.
    ``forms_zh`` and ``forms_en``: words that policies use for exactly this item.
    """

    id: str
    parent: str | None
    also_under: tuple[str, ...]
    zh: str
    en: str
    umbrella: bool
    must_name: bool
    must_name_when: str | None
    accepted_as: tuple[Accepted, ...]
    personal_information: str
    sensitive: str
    permission_groups: tuple[str, ...]
    forms_zh: tuple[str, ...]
    forms_en: tuple[str, ...]

    @property
    def broader(self) -> tuple[str, ...]:
        """The next wider items, the parent first; empty for a category."""
        return (self.parent, *self.also_under) if self.parent else self.also_under

    @property
    def category(self) -> str:
        """The root of the item's tree: the first label of its id."""
        return self.id.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """All data items by id."""

    items: Mapping[str, DataItem]
    _above: Mapping[str, frozenset[str]] = field(repr=False, compare=False)

    def path_up(self, item: str) -> frozenset[str]:
        """Return the ids of all broader items, without ``item`` itself."""
        return self._above[item]

    def match(self, claimed: str, observed: str) -> NameMatch:
        """Say how well a claim on ``claimed`` names ``observed``; ids that are not items match nothing."""
        if claimed not in self.items or observed not in self.items:
            return NameMatch.NONE
        if claimed == observed or claimed in self._named_above(observed):
            return NameMatch.NAMED
        if self.acceptance(claimed, observed):
            return NameMatch.ACCEPTED
        if claimed == NAMES_NOTHING:
            return NameMatch.NONE
        if claimed in self._above[observed]:
            return NameMatch.BROADER
        if observed in self._above[claimed]:
            # An umbrella was observed when the evidence leaves the kind open: any kind named will do.
            return NameMatch.NAMED if self.items[observed].umbrella else NameMatch.PART
        return NameMatch.NONE

    def acceptance(self, claimed: str, observed: str) -> Accepted | None:
        """Return why ``claimed`` may stand for ``observed``, with the condition that has to hold, or None."""
        for accepted in self.items[observed].accepted_as:
            if accepted.id == claimed:
                return accepted
        return None

    def denies(self, denied: str, observed: str) -> bool:
        """Say whether “we do not collect ``denied``” speaks of ``observed``: the same item or one below it."""
        return denied == observed or denied in self._above.get(observed, frozenset())

    def _named_above(self, item: str) -> Iterator[str]:
        """Yield the broader items that name ``item`` clearly: no umbrella on the way, themselves included."""
        for broader in self.items[item].broader:
            if not self.items[broader].umbrella:
                yield broader
                yield from self._named_above(broader)


@cache
def load_taxonomy() -> Taxonomy:
    """Return the shipped data items, with those of ``added/items.jsonl``."""
    items = {record["id"]: _item(record) for record in (*read_records(ITEMS), *read_records(ADDED))}
    above = {item: frozenset(_all_above(item, items)) for item in items}
    return Taxonomy(MappingProxyType(items), MappingProxyType(above))


def _all_above(item: str, items: Mapping[str, DataItem]) -> Iterator[str]:
    for broader in items[item].broader:
        yield broader
        yield from _all_above(broader, items)


def _item(record: Record) -> DataItem:
    return DataItem(
        id=record["id"],
        parent=record["parent"],
        also_under=tuple(record["also_under"]),
        zh=record["zh"],
        en=record["en"],
        umbrella=record["umbrella"],
        must_name=record["must_name"],
        must_name_when=record["must_name_when"],
        accepted_as=tuple(Accepted(entry["id"], entry["condition"]) for entry in record["accepted_as"]),
        personal_information=record["personal_information"],
        sensitive=record["sensitive"],
        permission_groups=tuple(record["permission_groups"]),
        forms_zh=tuple(record["forms_zh"]),
        forms_en=tuple(record["forms_en"]),
    )
