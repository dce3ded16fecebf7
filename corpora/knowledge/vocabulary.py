"""Translates ids of the older vocabularies (Appendix A, Android data types) to data items."""

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.source import Record, own_table

# The call alone says nothing: its argument decides, and the facts on strings name the item.
BY_ARGUMENT = "by.argument"


@dataclass(frozen=True)
class Meaning:
    """What an Android data type means: an item with a manner, an act, or neither (``by.argument``)."""

    data_item: str | None
    act: str | None
    facets: tuple[str, ...]


class Vocabulary:
    """The two maps; an id they do not know stops the build with a ``KeyError``."""

    def __init__(self, items: Iterable[Record]) -> None:
        self.appendix_a: dict[str, str] = {}
        self.android: dict[str, Meaning] = {BY_ARGUMENT: Meaning(None, None, ())}
        for item in items:
            if item["appendix_a"]:
                self.appendix_a[item["appendix_a"]] = item["id"]
            for android in item["android"]:
                facets = tuple(item["android_facets"].get(android, ()))
                self.android[android] = Meaning(item["id"], None, facets)
        for act in own_table("acts"):
            self.android[act["id"]] = Meaning(None, act["id"], ())

    def items_of_a(self, ids: Iterable[str]) -> list[str]:
        """Translate Appendix-A ids, in order, without doubles."""
        return list(dict.fromkeys(self.appendix_a[name] for name in ids))

    def meanings(self, ids: Iterable[str]) -> tuple[list[str], list[str], list[str]]:
        """Translate Android data types to items, acts and facets, each in order without doubles."""
        found = [self.android[name] for name in ids]
        return (
            list(dict.fromkeys(meaning.data_item for meaning in found if meaning.data_item)),
            list(dict.fromkeys(meaning.act for meaning in found if meaning.act)),
            list(dict.fromkeys(facet for meaning in found for facet in meaning.facets)),
        )
