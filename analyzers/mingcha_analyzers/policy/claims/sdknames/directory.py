"""The names of the SDK base, as they are looked up: plain forms of names and aliases with the records that bear them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from mingcha_analyzers.policy.claims.sdknames.companies import load_companies
from mingcha_analyzers.policy.claims.sdknames.forms import plain, shorten
from mingcha_analyzers.policy.claims.sdknames.kinds import is_general, load_houses
from mingcha_corpora.sdks import SdkRecord, load_sdk_base

# Records taken over from library lists have names that are ordinary words; they count only as the whole name of a row.
TRUSTED = frozenset({"curated"})

Names = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Directory:
    """``whole``: names as they stand in the base; ``cut``: without suffixes; both of curated records alone.

    ``others``: names of all other records.
    """

    whole: Names
    cut: Names
    others: Names

    def find(self, form: str) -> tuple[str, ...]:
        """Return the curated records that a plain form names."""
        return self.whole.get(form) or self.cut.get(form) or ()


@cache
def load_directory() -> Directory:
    """Return the names of the SDK base."""
    whole: dict[str, set[str]] = {}
    cut: dict[str, set[str]] = {}
    others: dict[str, set[str]] = {}
    for record in load_sdk_base().records.values():
        for name in names_of(record):
            first, *shorter = shorten(name) or ("",)
            if record.tier not in TRUSTED:
                others.setdefault(first, set()).add(record.id)
            elif first and not is_house(name):
                whole.setdefault(first, set()).add(record.id)
                for form in shorter:
                    if form not in load_houses() and not is_general(form):
                        cut.setdefault(form, set()).add(record.id)
    return Directory(_sealed(whole), _sealed(cut), _sealed(others))


def _sealed(names: Mapping[str, Iterable[str]]) -> Names:
    return MappingProxyType({name: tuple(sorted(ids)) for name, ids in names.items() if name})


def names_of(record: SdkRecord) -> Iterator[str]:
    """Yield every name of ``record``."""
    for name in (record.name, record.name_zh, *record.aliases, *record.weak_aliases):
        if name:
            yield name


def is_house(name: str) -> bool:
    """Return whether ``name`` leaves open which SDK of a vendor it means (友盟+, 百度SDK)."""
    form = plain(name)
    return form in load_houses() or form.removesuffix("sdk") in load_houses()


@cache
def load_products() -> Mapping[str, tuple[SdkRecord, ...]]:
    """Return vendor → its curated records that collect data, by id; what a vendor's bare name can mean."""
    products: dict[str, list[SdkRecord]] = {}
    for record in sorted(load_sdk_base().records.values(), key=lambda record: record.id):
        if record.vendor and record.tier in TRUSTED and record.collects_pi:
            products.setdefault(record.vendor, []).append(record)
    return MappingProxyType({vendor: tuple(records) for vendor, records in products.items()})


def products_of(vendors: Iterable[str]) -> tuple[SdkRecord, ...]:
    """Return the collecting records of ``vendors``."""
    return tuple(record for vendor in vendors for record in load_products().get(vendor, ()))


def vendors_of_house(form: str) -> tuple[str, ...]:
    """Return the vendors that a bare name stands for."""
    return load_companies().get(form, ())
