"""The names of the SDK base, as they are looked up: their plain forms with the records that bear them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from mingcha_analyzers.policy.claims.sdknames.companies import load_companies
from mingcha_analyzers.policy.claims.sdknames.forms import plain, shorten
from mingcha_analyzers.policy.claims.sdknames.kinds import is_general, load_houses
from mingcha_corpora.sdks import SdkBase, SdkRecord, load_sdk_base

# Records taken over from library lists have names that are ordinary words; they count only as the whole name of a row.
TRUSTED = frozenset({"curated"})

Names = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Directory:
    """``whole``: names as they stand in the base; ``cut``: without suffixes; both of curated records alone.

    ``others``: names of all other records. ``products``: vendor → its records that collect data, what the vendor's
    bare name can mean; ``made``: vendor → ids of all its records.
    """

    whole: Names
    cut: Names
    others: Names
    products: Mapping[str, tuple[SdkRecord, ...]]
    made: Names

    def find(self, form: str) -> tuple[str, ...]:
        """Return the curated records that a plain form names."""
        return self.whole.get(form) or self.cut.get(form) or ()


@cache
def _load(base: SdkBase) -> Directory:
    whole: dict[str, set[str]] = {}
    cut: dict[str, set[str]] = {}
    others: dict[str, set[str]] = {}
    products: dict[str, list[SdkRecord]] = {}
    made: dict[str, set[str]] = {}
    for record in sorted(base.records.values(), key=lambda record: record.id):
        made.setdefault(record.vendor, set()).add(record.id)
        if record.tier not in TRUSTED:
            for name in names_of(record):
                others.setdefault(plain(name), set()).add(record.id)
            continue
        for name in telling_names(record):
            first, *shorter = shorten(name)
            whole.setdefault(first, set()).add(record.id)
            for form in shorter:
                if form not in load_houses() and not is_general(form):
                    cut.setdefault(form, set()).add(record.id)
        if record.vendor and record.collects_pi and record.aliases:
            products.setdefault(record.vendor, []).append(record)
    sealed = MappingProxyType({vendor: tuple(records) for vendor, records in products.items()})
    return Directory(_sealed(whole), _sealed(cut), _sealed(others), sealed, _sealed(made))


def _sealed(names: Mapping[str, Iterable[str]]) -> Names:
    return MappingProxyType({name: tuple(sorted(ids)) for name, ids in names.items() if name})


def load_directory() -> Directory:
    """Return the names of the SDK base."""
    return _load(load_sdk_base())


def names_of(record: SdkRecord) -> Iterator[str]:
    """Yield every name of ``record``, those it had before included; weak ones too."""
    names = (record.name, record.name_zh, *record.aliases, *record.weak_aliases, *record.former_names)
    yield from filter(None, dict.fromkeys(names))


def telling_names(record: SdkRecord) -> Iterator[str]:
    """Yield the names that tell ``record``: 友盟+ and 百度SDK leave it open which, a weak OCR SDK means a kind."""
    for name in names_of(record):
        form = plain(name)
        house = not {form, form.removesuffix("sdk")}.isdisjoint(load_houses())
        if form and not house and not (name in record.weak_aliases and is_general(name)):
            yield name


def products_of(vendors: Iterable[str]) -> tuple[SdkRecord, ...]:
    """Return the collecting records of ``vendors``."""
    products = load_directory().products
    return tuple(record for vendor in vendors for record in products.get(vendor, ()))


def vendors_of_house(form: str) -> tuple[str, ...]:
    """Return the vendors that a bare name stands for."""
    return load_companies().vendors.get(form, ())
