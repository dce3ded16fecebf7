"""A small base of made-up records, one for each kind of sign and relation, and what is found by it."""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any

from mingcha_analyzers.app.sdks import Traces, find_sdks
from mingcha_analyzers.app.values import Component, ComponentKind, MetaData, SdkFound
from mingcha_corpora.sdks import RecordFile, SdkBase
from mingcha_corpora.sdks.compiling import compile_files
from mingcha_corpora.sdks.index import INDEXED
from mingcha_corpora.sdks.values import LazyRecords

APP = "cn.example.app"
RECORDS = """\
sdks:
- {id: push, name: Push, vendor: Maker, category: push, collects_pi: true, tier: curated, sources: [a],
   packages: [com.maker.push, cn.pu], unverified: [cn.pu], components: [com.other.PushService, .wxapi.PushEntry],
   native_libs: [libpush.so, libpushx*.so, libshared.so], shared_native_libs: [libshared.so],
   meta_keys: [PUSH_KEY, PUSH_CHANNEL, api_key], domains: [push.maker.cn], assets: [push/*.dat],
   files: [META-INF/push*.kotlin_module], resources: [push_dialog, push_bar_*], strings: [push_cache_v2, push.lock],
   purls: [pkg:maven/com.maker/push]}
- {id: share, name: Share, vendor: Other, category: social-login/share, collects_pi: true, tier: curated,
   sources: [a], packages: [com.other.share], meta_keys: [api_key]}
- {id: core, name: Core, vendor: Maker, category: other, collects_pi: true, tier: curated, sources: [a],
   packages: [com.maker.core, com.maker.both.service],
   unverified: [com.maker.both.service], meta_keys: [PUSH_KEY, CORE_KEY], carried_by: [push]}
- {id: device-id, name: Device id, category: other, collects_pi: true, tier: curated, sources: [a], embedded: true,
   packages: [com.di], carried_by: [push, share]}
- {id: login, name: Login, vendor: Third, category: social-login/share, collects_pi: true, tier: curated, sources: [a],
   packages: [com.third.login, com.third.deep.unverified], unverified: [com.third.deep.unverified], carried_by: [share]}
- {id: beacon, name: Beacon, vendor: Fourth, category: analytics, collects_pi: true, tier: curated, sources: [a],
   packages: [com.fourth.beacon], part_of: share}
- {id: http, name: Http, category: network, collects_pi: false, tier: library-list, sources: [a], packages: [httpx5]}
"""


def small_base(records: str = RECORDS) -> SdkBase:
    """Return a base of these records."""
    compiled = compile_files([RecordFile("small.yaml", records.encode())])
    indexes = {name: MappingProxyType(getattr(compiled, name)) for name in INDEXED}
    return SdkBase(LazyRecords(compiled.records), MappingProxyType(compiled.by_prefix), **indexes, digest="")


def found(**traces: Any) -> dict[str, SdkFound]:
    """Return the SDKs that traces show by the small base, by id."""
    given = {"own": (APP,), "classes": (), "components": (), "libraries": (), **traces}
    return {sdk.id: sdk for sdk in find_sdks(Traces(**given), small_base())}


def classes(package: str, count: int) -> list[str]:
    """Return so many classes of a package."""
    return [f"{package}.C{number}" for number in range(count)]


def keys(*names: str) -> Sequence[Component]:
    """Return the application with meta-data of these names."""
    return [Component(ComponentKind.APPLICATION, f"{APP}.App", False, None, (), tuple(MetaData(n, "1") for n in names))]
