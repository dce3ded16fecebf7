"""Signs outside names of classes: libraries, assets, resources, files of builds, meta-data, constants, hosts.

Each is worth little by itself; what several records claim only adds to what else shows one of them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from mingcha_analyzers.app.sdks.coordinates import purl_of
from mingcha_analyzers.app.sdks.patterns import Patterns
from mingcha_analyzers.app.sdks.signs import Found, Worth
from mingcha_analyzers.app.sdks.traces import Traces, prefix_of
from mingcha_analyzers.app.values import EvidenceKind
from mingcha_corpora.sdks import SdkBase

_ASSETS = "assets/"

# Fewer names may be those of types that other code only mentions.
_NAMES = 3


def add_meta_data(found: Found, base: SdkBase, traces: Traces) -> None:
    """Add the keys of meta-data."""
    for key in sorted({entry.name for component in traces.components for entry in component.meta_data}):
        owners = base.by_meta_key.get(key, ())
        # Keys such as api_key are claimed by SDKs that have nothing to do with each other.
        one_vendor = len({base.records[owner].vendor for owner in owners}) == 1
        for owner in owners:
            found.add(owner, EvidenceKind.META_DATA, key, Worth.WEAK if one_vendor else Worth.ADDS)


def add_libraries(found: Found, base: SdkBase, traces: Traces) -> None:
    """Add the native libraries."""
    by_name: dict[str, set[str]] = {}
    for name, value in Patterns(base.by_library).find(sorted(set(traces.libraries))):
        by_name.setdefault(name, set()).update(base.by_library[value])
    for library, owners in by_name.items():
        for owner in owners:
            shared = len(owners) > 1 or library in base.records[owner].shared_native_libs
            found.add(owner, EvidenceKind.NATIVE_LIBRARY, library, Worth.ADDS if shared else Worth.WEAK)


def add_entries(found: Found, base: SdkBase, traces: Traces) -> None:
    """Add assets, files that builds leave, and Maven coordinates."""
    assets = [name.removeprefix(_ASSETS) for name in traces.entries if name.startswith(_ASSETS)]
    _add_named(found, base.by_asset, assets, EvidenceKind.ASSET)
    left = [name for name in traces.entries if not name.startswith((_ASSETS, "res/", "lib/"))]
    _add_named(found, base.by_file, left, EvidenceKind.FILE)
    for name in left:
        for owner in base.by_purl.get(purl_of(name) or "", ()):
            found.add(owner, EvidenceKind.FILE, name, Worth.SOLID)


def add_resources(found: Found, base: SdkBase, traces: Traces) -> None:
    """Add the names of resources."""
    _add_named(found, base.by_resource, sorted(traces.resources), EvidenceKind.RESOURCE)


def add_strings(found: Found, base: SdkBase, traces: Traces) -> None:
    """Add the constants of code."""
    for text, count in sorted(traces.strings.items()):
        owners = base.by_string.get(text) or base.by_meta_key.get(text, ())
        for owner in owners:
            worth = Worth.WEAK if len(owners) == 1 else Worth.ADDS
            found.add(owner, EvidenceKind.STRING, text, worth, count)


def add_registered(found: Found, base: SdkBase, traces: Traces) -> None:
    """Add the classes that native libraries name, by prefix: shrinkers keep their names."""
    for name in traces.registered:
        prefix = prefix_of(name, base, traces.own)
        if prefix is not None:
            owner = base.by_prefix[prefix]
            sure = prefix not in base.records[owner].unverified
            found.add(owner, EvidenceKind.JNI_NAME, prefix, Worth.SOLID if sure else Worth.WEAK)


def add_kept_names(found: Found, base: SdkBase, traces: Traces) -> None:
    """Add the names of renamed classes that annotations kept, by prefix."""
    prefixes = (prefix_of(name, base, traces.own) for name in traces.kept_names)
    for prefix, count in sorted(Counter(prefix for prefix in prefixes if prefix is not None).items()):
        owner = base.by_prefix[prefix]
        if EvidenceKind.CLASS_PREFIX in found.kinds_of(owner):  # Not renamed: only some of its classes were removed.
            continue
        sure = count >= _NAMES and prefix not in base.records[owner].unverified
        found.add(owner, EvidenceKind.ANNOTATION, prefix, Worth.SOLID if sure else Worth.WEAK, count)


def add_hosts(found: Found, traces: Traces) -> None:
    """Add hosts as one weak sign however many they are: whoever speaks to a service may do so without its SDK."""
    first: set[str] = set()
    for owner, host in sorted(set(traces.hosts)):
        found.add(owner, EvidenceKind.HOST, host, Worth.ADDS if owner in first else Worth.WEAK)
        first.add(owner)


def _add_named(found: Found, index: Mapping[str, tuple[str, ...]], names: Iterable[str], kind: EvidenceKind) -> None:
    if not index:
        return
    for _, value in Patterns(index).find(names):
        for owner in index[value]:
            found.add(owner, kind, value, Worth.WEAK if len(index[value]) == 1 else Worth.ADDS)
