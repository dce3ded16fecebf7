"""Which vendors of the SDK base a company name or a brand means."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from mingcha_analyzers.policy.claims.sdknames.forms import level, plain
from mingcha_corpora.sdks import SdkBase, load_sdk_base

_BESIDE = re.compile(r"[、,，;；/|]|以及|及其")
_PLACES = re.compile(
    r"^(?:中国|北京|上海|天津|重庆|广州|深圳|杭州|南京|苏州|武汉|成都|西安|厦门|珠海|合肥|长沙|济南|青岛|大连|福州|宁波|无锡"
    r"|郑州|海口|海南|贵州|贵阳|广东|浙江|江苏|湖北|湖南|四川|山东|福建)(?:省|市)?"
)
_ENDINGS = re.compile(
    r"(?:有限责任公司|股份有限公司|有限公司|股份公司|集团公司|公司|集团|控股|股份|科技|技术|信息|网络|软件|计算机系统"
    r"|文化|传媒|发展|incorporated|inc|limited|ltd|llc|corporation|corp|co)$"
)
_COMPANY = re.compile(r"(?:公司|集团|inc|ltd|llc|corp)\.?$")
_LATIN_WORD = re.compile(r"[a-z]{2}")
_SHORTEST = 2


@lru_cache(maxsize=8192)
def company_core(name: str) -> str:
    """Return the part of a company's name that tells it from others: 深圳市和讯华谷信息技术有限公司 → 和讯华谷."""
    text = plain(re.sub(r"\([^()]{2,6}\)", "", level(name)))
    text = _cut(_ENDINGS, text) if is_company(name) else text
    return _cut(_PLACES, text) if is_company(name) else text


def _cut(words: re.Pattern[str], text: str) -> str:
    while len(shorter := words.sub("", text)) >= _SHORTEST and shorter != text:
        text = shorter
    return text


def is_company(name: str) -> bool:
    """Return whether ``name`` is that of a company and not of a product."""
    return _COMPANY.search(level(name)) is not None


@dataclass(frozen=True, slots=True)
class Companies:
    """``vendors``: name of a company or brand, as it is looked up → vendors that bear it; ``brands``: the way back.

    ``longest``: letters of the longest name.
    """

    vendors: Mapping[str, tuple[str, ...]]
    brands: Mapping[str, tuple[str, ...]]
    longest: int


@cache
def _load(base: SdkBase) -> Companies:
    vendors: dict[str, set[str]] = {}
    brands: dict[str, set[str]] = {}
    told = {
        (record.vendor, name)
        for record in base.records.values()
        for name in (record.vendor, record.vendor_zh, *record.vendor_aliases)
        if name
    }
    for vendor, name in told:
        for form in {company_core(name), plain(name)}:
            if len(form) >= _SHORTEST:
                vendors.setdefault(form, set()).add(vendor)
        if not is_company(name):
            brands.setdefault(vendor, set()).add(plain(name))
    return Companies(
        MappingProxyType({form: tuple(sorted(names)) for form, names in vendors.items()}),
        MappingProxyType({vendor: tuple(sorted(names)) for vendor, names in brands.items()}),
        max(map(len, vendors), default=0),
    )


def load_companies() -> Companies:
    """Return the names of the vendors of the SDK base."""
    return _load(load_sdk_base())


def brand_at_start(name: str) -> tuple[str, tuple[str, ...]]:
    """Return the brand that a plain or levelled ``name`` begins with and its vendors; empty where there is none."""
    companies = load_companies()
    for size in range(min(len(name), companies.longest), _SHORTEST - 1, -1):
        vendors = companies.vendors.get(name[:size])
        if vendors and _LATIN_WORD.fullmatch(name[size - 1 : size + 1]) is None:
            return name[:size], vendors
    return "", ()


def vendors_of(cell: str) -> tuple[str, ...]:
    """Return the vendors that the company cell of a row names, in text order."""
    companies = load_companies()
    found: dict[str, None] = {}
    for name in companies_in(cell):
        form = company_core(name)
        found.update(dict.fromkeys(companies.vendors.get(form) or brand_at_start(form)[1]))
    return tuple(found)


def companies_in(cell: str) -> Iterator[str]:
    """Yield the companies that a cell enumerates."""
    for name in _BESIDE.split(level(cell)):
        if len(name) >= _SHORTEST:
            yield name


def is_vendor(name: str) -> bool:
    """Return whether ``name`` is the name of a company that makes SDKs, no matter how it is written."""
    return company_core(name) in load_companies().vendors
