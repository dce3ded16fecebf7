"""SDKs in a package, by class prefix, manifest component, native library, meta-data and host, graded by evidence.

Whole labels, the longest prefix wins. What proves nothing is left out: ``R`` and ``BuildConfig`` classes, which
bear the name of the app's own module, and classes below the app's package name unless a longer prefix covers them.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cache

from mingcha_analyzers.app.values import Component, EvidenceKind, SdkEvidence, SdkFound
from mingcha_corpora.sdks import SdkBase, SdkRecord, load_sdk_base

# Named for sure from here, for review up to there; see ``SdkFound``.
SURE = 0.8
_MOST_SURE = 0.95
LIKELY = 0.5
_MOST_LIKELY = 0.6
_STEP = 0.05
# An unverified prefix needs this many labels and classes to name an SDK.
_LABELS = 3
_CLASSES = 5
_WEAK_SIGNS = 2
_GENERATED = frozenset(("R", "BuildConfig"))


@dataclass(frozen=True, slots=True)
class Traces:
    """What of a package can show an SDK; ``libraries`` are file names of native libraries.

    ``hosts``: pairs of an SDK and a host that is its own only, named by other code than another SDK's.
    """

    package_name: str
    classes: Sequence[str]
    components: Sequence[Component]
    libraries: Sequence[str]
    hosts: Sequence[tuple[str, str]] = ()


@dataclass(slots=True)
class _Signs:
    """The signs of one record: how often each was seen, and which are strong."""

    seen: Counter[tuple[EvidenceKind, str]] = field(default_factory=Counter)
    strong: set[tuple[EvidenceKind, str]] = field(default_factory=set)
    weak: set[tuple[EvidenceKind, str]] = field(default_factory=set)


def find_sdks(traces: Traces) -> tuple[SdkFound, ...]:
    """Return the SDKs with enough evidence to be named, by id."""
    base = load_sdk_base()
    signs: dict[str, _Signs] = {}
    _add_classes(signs, base, traces)
    _add_components(signs, base, traces)
    _add_meta_data(signs, base, traces)
    _add_libraries(signs, base, traces)
    _add_hosts(signs, traces)
    graded = (_grade(base.records[key], signs[key]) for key in sorted(signs))
    found = [sdk for sdk in graded if sdk is not None]
    ids = {sdk.id for sdk in found}
    return tuple(replace(sdk, brought_in_by=_bringers(base.records[sdk.id], ids)) for sdk in found)


def _bringers(record: SdkRecord, found: Set[str]) -> tuple[str, ...]:
    return tuple(sorted(found & set(record.carried_by)))


def prefix_of(name: str, base: SdkBase, package_name: str) -> str | None:
    """Return the longest SDK prefix that covers a class or package, None for the app's own code."""
    prefix = name
    while prefix and prefix not in base.by_prefix:
        prefix = prefix.rpartition(".")[0]
    if prefix and f"{name}.".startswith(f"{package_name}.") and f"{package_name}.".startswith(f"{prefix}."):
        return None
    return prefix or None


def _add(signs: dict[str, _Signs], owner: str, kind: EvidenceKind, value: str, count: int = 1) -> _Signs:
    record = signs.setdefault(owner, _Signs())
    record.seen[kind, value] += count
    return record


def _add_classes(signs: dict[str, _Signs], base: SdkBase, traces: Traces) -> None:
    counts: Counter[str] = Counter()
    package_prefix: dict[str, str | None] = {}
    for name in traces.classes:
        outer = name.partition("$")[0]
        package, _, simple = outer.rpartition(".")
        if simple in _GENERATED:
            continue
        if outer in base.by_prefix:
            counts[outer] += 1
            continue
        if package not in package_prefix:
            package_prefix[package] = prefix_of(package, base, traces.package_name)
        if (prefix := package_prefix[package]) is not None:
            counts[prefix] += 1
    for prefix, count in counts.items():
        owner = base.by_prefix[prefix]
        record = _add(signs, owner, EvidenceKind.CLASS_PREFIX, prefix, count)
        if prefix not in base.records[owner].unverified:
            record.strong.add((EvidenceKind.CLASS_PREFIX, prefix))
        elif count >= _CLASSES:
            record.weak.add((EvidenceKind.CLASS_PREFIX, prefix))


def _add_components(signs: dict[str, _Signs], base: SdkBase, traces: Traces) -> None:
    for component in traces.components:
        name = component.name
        # Components such as wxapi.WXPayEntryActivity lie in the app's own package: the base lists them with a dot.
        tail = ".".join(["", *name.split(".")[-2:]])
        listed = base.by_component.get(name) or base.by_component.get(tail, ())
        prefix = prefix_of(name, base, traces.package_name)
        # A listed component of another's code (a location service in a map SDK's list) belongs to that other.
        owners = listed if prefix is None else (base.by_prefix[prefix],)
        for owner in owners:
            record = _add(signs, owner, EvidenceKind.COMPONENT, name)
            verified = owner in listed or prefix not in base.records[owner].unverified
            (record.strong if verified else record.weak).add((EvidenceKind.COMPONENT, name))


def _add_meta_data(signs: dict[str, _Signs], base: SdkBase, traces: Traces) -> None:
    for key in sorted({entry.name for component in traces.components for entry in component.meta_data}):
        owners = base.by_meta_key.get(key, ())
        # Keys such as api_key are claimed by SDKs that have nothing to do with each other.
        one_vendor = len({base.records[owner].vendor for owner in owners}) == 1
        for owner in owners:
            record = _add(signs, owner, EvidenceKind.META_DATA, key)
            if one_vendor:
                record.weak.add((EvidenceKind.META_DATA, key))


def _add_libraries(signs: dict[str, _Signs], base: SdkBase, traces: Traces) -> None:
    exact, patterns = _library_index()
    for library in sorted(set(traces.libraries)):
        owners = set(exact.get(library, ()))
        owners.update(owner for pattern, owner in patterns if pattern.fullmatch(library))
        for owner in sorted(owners):
            record = _add(signs, owner, EvidenceKind.NATIVE_LIBRARY, library)
            if len(owners) == 1 and library not in base.records[owner].shared_native_libs:
                record.weak.add((EvidenceKind.NATIVE_LIBRARY, library))


def _add_hosts(signs: dict[str, _Signs], traces: Traces) -> None:
    """Add hosts as one weak sign however many they are: whoever speaks to a service may do so without its SDK."""
    for owner, host in sorted(set(traces.hosts)):
        record = _add(signs, owner, EvidenceKind.HOST, host)
        if not any(kind is EvidenceKind.HOST for kind, _ in record.weak):
            record.weak.add((EvidenceKind.HOST, host))


@cache
def _library_index() -> tuple[Mapping[str, tuple[str, ...]], tuple[tuple[re.Pattern[str], str], ...]]:
    """Return the records by exact library name, and by wildcard."""
    libraries = load_sdk_base().by_library
    exact = {library: owners for library, owners in libraries.items() if "*" not in library}
    patterns = tuple(
        (re.compile(re.escape(library).replace(r"\*", ".*")), owner)
        for library, owners in libraries.items()
        if "*" in library
        for owner in owners
    )
    return exact, patterns


def _grade(record: SdkRecord, signs: _Signs) -> SdkFound | None:
    confidence = _confidence(signs)
    if confidence is None:
        return None
    return SdkFound(
        id=record.id,
        name=record.name,
        version=None,
        confidence=confidence,
        brought_in_by=(),
        evidence=tuple(_evidence(signs)),
    )


def _confidence(signs: _Signs) -> float | None:
    """Return how sure the evidence makes us, None when it names nothing."""
    kinds = len({kind for kind, _ in signs.seen})
    if signs.strong:
        many = sum(signs.seen[sign] for sign in signs.strong) >= _CLASSES
        return round(min(SURE + _STEP * (kinds - 1 + many), _MOST_SURE), 2)
    prefixes = {value for kind, value in signs.weak if kind is EvidenceKind.CLASS_PREFIX}
    deep = any(prefix.count(".") + 1 >= _LABELS for prefix in prefixes)
    # Prefixes of two labels name nothing by themselves; another weak sign beside them does.
    if deep or (len(signs.weak) >= _WEAK_SIGNS and len(signs.weak) > len(prefixes)):
        return round(min(LIKELY + _STEP * (kinds - 1), _MOST_LIKELY), 2)
    return None


def _evidence(signs: _Signs) -> Iterator[SdkEvidence]:
    for (kind, value), count in sorted(signs.seen.items()):
        yield SdkEvidence(kind, value, count)
