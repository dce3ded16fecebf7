"""Which SDKs a row of a list means: by its name, by package names in it, by its company and kind, by likeness, by host.

A name that leaves the choice open (友盟+, 百度SDK) keeps it: its SDKs are those of the vendor that the other cells of
the row allow.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mingcha_analyzers.policy.claims.sdknames.companies import (
    brand_at_start,
    company_core,
    is_company,
    load_companies,
    vendors_of,
)
from mingcha_analyzers.policy.claims.sdknames.directory import (
    load_directory,
    names_of,
    products_of,
    vendors_of_house,
)
from mingcha_analyzers.policy.claims.sdknames.forms import core, inside, level, outside, parts, plain, shorten
from mingcha_analyzers.policy.claims.sdknames.kinds import is_general, kind_words, kinds_of, load_houses, load_kinds
from mingcha_analyzers.policy.claims.sdknames.likeness import most_like
from mingcha_analyzers.policy.claims.sdknames.sentences import longest_within
from mingcha_analyzers.policy.claims.words import pattern
from mingcha_analyzers.policy.values import MatchedBy, SdkMatch
from mingcha_corpora.sdks import SdkRecord, load_sdk_base

# How sure each way is; ``values.SURE_MATCH`` parts what counts as the SDK's own row from what has to be looked at.
EXACT = 1.0
PACKAGE = 0.95
WITHIN = 0.9
KIND_OF_VENDOR = 0.8
ONLY_OF_VENDOR = 0.6
OPEN = 0.5
HOST = 0.5
LIKE = 0.85
"""A likeness of 0.9 and more is sure: 0.85 times the share of letters that agree."""

MOST_OF_HOST = 4
LONG_LATIN = 8
LONGEST_NAME = 200
LONGEST_CELL = 400


@dataclass(frozen=True, slots=True)
class Named:
    """What a row says of an SDK: its name, and what tells which one is meant if the name alone does not."""

    name: str
    vendor: str | None = None
    purpose: str | None = None
    url: str | None = None

    def cut(self) -> "Named":
        """Return the same without what is too long to be looked through: a cell may hold a whole page."""
        vendor, purpose, url = (text[:LONGEST_CELL] if text else None for text in (self.vendor, self.purpose, self.url))
        return Named(self.name[:LONGEST_NAME], vendor, purpose, url)

    def vendors(self) -> tuple[str, ...]:
        """Return the vendors of the base that the row's company is, or its name if that is a company's."""
        found = vendors_of(self.vendor) if self.vendor else ()
        return found or (vendors_of(self.name) if is_company(self.name) else ())


def resolve(named: Named) -> SdkMatch | None:
    """Return the SDKs of the base that a row means; null where it means none that is known."""
    named = named.cut()
    vendors = named.vendors()
    if vendors and (is_general(outside(named.name)) or is_company(named.name)):
        found = by_vendor(named, vendors)
        if found:
            return found
    return (
        by_name(outside(named.name), named, whole=True)
        or by_package(named.name)
        or by_parts(named)
        or by_word(named.name)
        or by_brand(named)
        or by_only_product(named, vendors)
        or by_likeness(named.name)
        or by_host(named)
        or by_word(named.name, doubted=True)
    )


def is_sdk_name(name: str) -> bool:
    """Return whether ``name`` alone, without company and purpose, is the name of an SDK or of a house of SDKs."""
    if by_name(outside(name), Named(name), whole=False) or by_package(name):
        return True
    return bool(longest_within(outside(name)) or by_parts(Named(name)))


def by_name(name: str, named: Named, *, whole: bool) -> SdkMatch | None:
    """Return the records that ``name`` is a name of, the fewest suffixes cut; ``whole``: it is the name of a row."""
    directory = load_directory()
    for form in shorten(name):
        if form in load_houses():
            return narrow(products_of(vendors_of_house(form)), named, "")
        if ids := directory.find(form):
            return SdkMatch(ids, EXACT, MatchedBy.EXACT)
        if whole and (ids := directory.others.get(form, ())) and not is_general(form):
            return SdkMatch(ids, EXACT, MatchedBy.EXACT)
    return None


def by_parts(named: Named) -> SdkMatch | None:
    """Return what the first known part of an enumerating or bracketed name means."""
    for part in list(parts(named.name))[1:]:
        if found := by_name(part, named, whole=part.isascii() and len(part) >= LONG_LATIN):
            return found
    return None


def by_package(name: str) -> SdkMatch | None:
    """Return the records whose code the package names in ``name`` belong to."""
    ids = tuple(dict.fromkeys(owners_in(name)))
    return SdkMatch(ids, PACKAGE, MatchedBy.PACKAGE) if ids else None


def owners_in(name: str) -> Iterator[str]:
    """Yield the record that each package or class name in ``name`` belongs to."""
    base = load_sdk_base()
    for found in pattern("sdk_lists", "package", "zh").finditer(level(name)):
        if owner := base.owner_of(found.group()):
            yield owner


def by_word(name: str, *, doubted: bool = False) -> SdkMatch | None:
    """Return the record of the longest name of the base that stands within ``name``.

    ``doubted``: even where the rest of the name speaks of another kind of SDK, without being sure.
    """
    for text in (outside(name), level(name)):
        found = longest_within(text)
        if found and (doubted or agrees(found, text)):
            return SdkMatch((found,), OPEN if doubted else WITHIN, MatchedBy.WITHIN)
    return None


def agrees(sdk: str, text: str) -> bool:
    """Return whether a name speaks of no other kind of SDK than the one whose name stands in it (微信热补丁)."""
    kinds, own = kinds_of(text), load_sdk_base().records[sdk].category
    return not kinds or own in kinds or own not in load_kinds().values()


def by_brand(named: Named) -> SdkMatch | None:
    """Return the SDKs of the brand that the name begins with, of the kind that the rest of it says (魅族消息推送)."""
    bare = outside(named.name)
    for name in (bare, core(bare), company_core(f"{core(bare)}公司")):
        brand, vendors = brand_at_start(name)
        if vendors and is_general(name[len(brand) :]):
            return narrow(products_of(vendors), named, name[len(brand) :])
    return None


def by_vendor(named: Named, vendors: Sequence[str]) -> SdkMatch | None:
    """Return the SDKs of the row's company whose kind the name is (一键登录 of 上海游昆)."""
    form = "" if is_company(named.name) else core(outside(named.name))
    products = products_of(vendors)
    for brand in brands_of(vendors) if form else ():
        if ids := load_directory().find(brand + form):
            return SdkMatch(ids, EXACT, MatchedBy.VENDOR)
    return narrow(products, named, form)


def brands_of(vendors: Iterable[str]) -> Iterator[str]:
    """Yield the short names of ``vendors``."""
    for vendor in vendors:
        yield from load_companies().brands.get(vendor, ())


def by_only_product(named: Named, vendors: Sequence[str]) -> SdkMatch | None:
    """Return the only SDK of the row's company, whatever the row calls it, unless it calls it by another kind."""
    ids = [sdk for vendor in vendors for sdk in load_directory().made.get(vendor, ())]
    if len(ids) != 1 or not kinds_of(named.name) <= {load_sdk_base().records[ids[0]].category}:
        return None
    return SdkMatch((ids[0],), ONLY_OF_VENDOR, MatchedBy.VENDOR)


def narrow(products: Sequence[SdkRecord], named: Named, rest: str) -> SdkMatch | None:
    """Return those of a vendor's SDKs that the row allows.

    A package name in the row decides; else the kind that the rest of the name says must fit, and that of the
    purpose and the host of the link are followed where they fit any.
    """
    owners = {*owners_in(named.name)}
    coded = [record for record in products if record.id in owners]
    if coded:
        return SdkMatch(tuple(record.id for record in coded), PACKAGE, MatchedBy.PACKAGE)
    if kind_words(rest):
        products = of_kind(products, rest) or of_kind(products, named.purpose or "")
    else:
        products = (
            of_bracket(products, named.name)
            or of_kind(products, "、".join(inside(named.name)))
            or of_kind(products, named.purpose or "")
            or products
        )
    if len(products) > 1:
        hosted = set(records_of_link(named.url))
        products = [record for record in products if record.id in hosted] or products
    if not products:
        return None
    score = KIND_OF_VENDOR if len(products) == 1 else OPEN
    return SdkMatch(tuple(sorted(record.id for record in products)), score, MatchedBy.VENDOR)


def of_kind(products: Sequence[SdkRecord], text: str) -> list[SdkRecord]:
    """Return the SDKs of the kinds that ``text`` speaks of; those with its very words in their names, if any."""
    words = kind_words(text)
    fitting = [record for record in products if record.category in words.values()]
    named = [
        record
        for record in fitting
        if any(
            word in plain(name) for word, kind in words.items() if kind == record.category for name in names_of(record)
        )
    ]
    return named or fitting


def of_bracket(products: Sequence[SdkRecord], name: str) -> list[SdkRecord]:
    """Return the SDKs that the brackets of ``name`` name."""
    meant: set[str] = set()
    for part in inside(name):
        for form in shorten(part):
            meant.update(load_directory().find(form))
    return [record for record in products if record.id in meant]


def by_likeness(name: str) -> SdkMatch | None:
    """Return the record whose name differs from ``name`` by a slip."""
    found = most_like(outside(name))
    return SdkMatch(found[0], round(LIKE * found[1], 2), MatchedBy.FUZZY) if found else None


def by_host(named: Named) -> SdkMatch | None:
    """Return the records that the host of the link belongs to, for a name that says no more than a kind."""
    if not is_general(outside(named.name)):
        return None
    ids = records_of_link(named.url)
    return SdkMatch(ids, HOST, MatchedBy.HOST) if 0 < len(ids) <= MOST_OF_HOST else None


def records_of_link(url: str | None) -> tuple[str, ...]:
    """Return the records that the host of ``url`` belongs to, sorted."""
    found = re.match(r"(?:https?://)?([a-z0-9.-]+\.[a-z]{2,})", url.lower()) if url else None
    return tuple(sorted(load_sdk_base().records_of_host(found.group(1)))) if found else ()
