"""Which vendors of the SDK base a company name or a brand means."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from mingcha_analyzers.policy.claims.sdknames.forms import level, plain
from mingcha_corpora.records import read_yaml
from mingcha_corpora.sdks import SdkRecord, load_sdk_base

_DATA = Path(__file__).parents[1] / "data"
_BESIDE = re.compile(r"[、,，;；/|]|以及|及其|及|和(?=.{4})")
_PLACES = re.compile(
    r"^(?:中国|北京|上海|天津|重庆|广州|深圳|杭州|南京|苏州|武汉|成都|西安|厦门|珠海|合肥|长沙|济南|青岛|大连|福州|宁波|无锡"
    r"|郑州|海口|海南|贵州|贵阳|广东|浙江|江苏|湖北|湖南|四川|山东|福建)(?:省|市)?"
)
_ENDINGS = re.compile(
    r"(?:有限责任公司|股份有限公司|有限公司|股份公司|集团公司|公司|集团|控股|股份|科技|技术|信息|网络|软件|计算机系统"
    r"|数据|智能|移动|互动|文化|传媒|发展|服务|incorporated|inc|limited|ltd|llc|corporation|corp|co)$"
)
_COMPANY = re.compile(r"(?:公司|集团|inc|ltd|llc|corp)\.?$")
_SHORTEST = 2


@lru_cache(maxsize=4096)
def company_core(name: str) -> str:
    """Return the part of a company's name that tells it from others: 深圳市和讯华谷信息技术有限公司 → 和讯华谷."""
    text = plain(re.sub(r"\([^()]{2,6}\)", "", level(name)))
    while len(shorter := _PLACES.sub("", text)) >= _SHORTEST and shorter != text:
        text = shorter
    while len(shorter := _ENDINGS.sub("", text)) >= _SHORTEST and shorter != text:
        text = shorter
    return text


def is_company(name: str) -> bool:
    """Return whether ``name`` is that of a company and not of a product."""
    return _COMPANY.search(level(name)) is not None


def names_of_vendor(record: SdkRecord) -> tuple[str, ...]:
    """Return the names of the vendor of ``record``: English, Chinese, brands and other legal names."""
    return tuple(name for name in (record.vendor, record.vendor_zh, *_more_names().get(record.vendor, ())) if name)


@cache
def _more_names() -> Mapping[str, tuple[str, ...]]:
    names: dict[str, list[str]] = read_yaml("sdk_vendors.yaml", _DATA)
    return MappingProxyType({vendor: tuple(map(str, more)) for vendor, more in names.items()})


@cache
def load_companies() -> Mapping[str, tuple[str, ...]]:
    """Return core of a company's name, or brand → vendors that bear it, sorted."""
    vendors: dict[str, set[str]] = {}
    for record in load_sdk_base().records.values():
        for name in names_of_vendor(record):
            for form in {company_core(name), plain(name)}:
                if len(form) >= _SHORTEST:
                    vendors.setdefault(form, set()).add(record.vendor)
    return MappingProxyType({form: tuple(sorted(names)) for form, names in vendors.items()})


@cache
def load_brands() -> re.Pattern[str]:
    """Return a pattern for a brand at the beginning of a name, the longest first."""
    longest = sorted(load_companies(), key=lambda form: (-len(form), form))
    return re.compile("|".join(rf"{re.escape(form)}(?![a-z])" if form.isascii() else re.escape(form) for form in longest))


@lru_cache(maxsize=4096)
def brand_at_start(name: str) -> tuple[str, tuple[str, ...]]:
    """Return the brand that ``name`` begins with and its vendors; empty where there is none."""
    found = load_brands().match(plain(name))
    return (found.group(), load_companies()[found.group()]) if found else ("", ())


@lru_cache(maxsize=4096)
def vendors_of(cell: str) -> tuple[str, ...]:
    """Return the vendors that the company cell of a row names, in text order."""
    found: dict[str, None] = {}
    for name in companies_in(cell):
        vendors = load_companies().get(company_core(name)) or brand_at_start(company_core(name))[1]
        found.update(dict.fromkeys(vendors))
    return tuple(found)


def companies_in(cell: str) -> Iterator[str]:
    """Yield the companies that a cell enumerates."""
    for name in _BESIDE.split(level(cell)):
        if len(name) >= _SHORTEST:
            yield name


def is_vendor(name: str) -> bool:
    """Return whether ``name`` is the name of a company that makes SDKs, no matter how it is written."""
    return company_core(name) in load_companies()
