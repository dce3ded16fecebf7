"""Signs in code: prefixes of classes, components by class, classes matched by their make, prefixes inside others.

Whole labels, the longest prefix wins. What proves nothing is left out: ``R`` and ``BuildConfig`` classes, which
bear the name of the app's own module, and classes below the app's package name unless a longer prefix covers them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from mingcha_analyzers.app.code.owners import find_relocated
from mingcha_analyzers.app.sdks.grading import SURE
from mingcha_analyzers.app.sdks.signs import Found, Worth
from mingcha_analyzers.app.sdks.traces import Traces, prefix_of
from mingcha_analyzers.app.values import EvidenceKind
from mingcha_corpora.sdks import SdkBase

# An unverified prefix needs this many labels and classes to name an SDK.
_LABELS = 3
_CLASSES = 5
_GENERATED = frozenset(("R", "BuildConfig"))


def add_classes(found: Found, base: SdkBase, traces: Traces) -> None:
    """Add the prefixes of classes, and those that stand inside longer names."""
    counts: Counter[str] = Counter()
    later: Counter[str] = Counter()
    rest: Counter[str] = Counter()
    by_package: dict[str, str | None] = {}
    for name, package, outer in _packaged(traces.classes):
        if outer in base.by_prefix:
            prefix: str | None = outer
        else:
            if package not in by_package:
                by_package[package] = prefix_of(package, base, traces.own)
            prefix = by_package[package]
        if prefix is None:
            rest[package] += 1
            continue
        counts[prefix] += 1
        later[prefix] += name in traces.later
    for prefix, count in counts.items():
        owner = base.by_prefix[prefix]
        worth = _worth_of_prefix(prefix, count, owner, base, traces)
        signs = found.add(owner, EvidenceKind.CLASS_PREFIX, prefix, worth, count)
        signs.classes += count
        signs.later += later[prefix]
    _add_relocated(found, base, rest)


def _packaged(classes: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield classes that say something, with their package and the class around them."""
    for name in classes:
        outer = name.partition("$")[0]
        package, _, simple = outer.rpartition(".")
        if simple not in _GENERATED:
            yield name, package, outer


def _worth_of_prefix(prefix: str, count: int, owner: str, base: SdkBase, traces: Traces) -> Worth:
    if prefix not in base.records[owner].unverified:
        return Worth.STRONG
    if count < _CLASSES:
        return Worth.ADDS
    # Prefixes of two labels name nothing by themselves, unless what stands there reads personal data.
    deep = prefix.count(".") + 1 >= _LABELS
    return Worth.SOLID if deep or owner in traces.readers else Worth.WEAK


def _add_relocated(found: Found, base: SdkBase, rest: Counter[str]) -> None:
    inside: Counter[str] = Counter()
    for package, count in rest.items():
        prefix = find_relocated(package, base)
        if prefix is not None:
            inside[prefix] += count
    for prefix, count in inside.items():
        worth = Worth.SOLID if count >= _CLASSES else Worth.WEAK
        found.add(base.by_prefix[prefix], EvidenceKind.RELOCATED, prefix, worth, count).classes += count


def add_components(found: Found, base: SdkBase, traces: Traces) -> None:
    """Add the components of the manifest."""
    for component in traces.components:
        name = component.name
        # Components such as wxapi.WXPayEntryActivity lie in the app's own package: the base lists them with a dot.
        tail = ".".join(["", *name.split(".")[-2:]])
        listed = base.by_component.get(name) or base.by_component.get(tail, ())
        prefix = prefix_of(name, base, traces.own)
        # A listed component of another's code (a location service in a map SDK's list) belongs to that other.
        owners = listed if prefix is None else (base.by_prefix[prefix],)
        for owner in owners:
            sure = owner in listed or prefix not in base.records[owner].unverified
            found.add(owner, EvidenceKind.COMPONENT, name, Worth.STRONG if sure else Worth.WEAK)


def add_matched(found: Found, traces: Traces) -> None:
    """Add the classes that are built like an SDK's own, by the package that they lie in."""
    counts = Counter((owner, name.rpartition(".")[0]) for name, owner in traces.matched.items())
    whole = Counter(traces.matched.values())
    for (owner, package), count in sorted(counts.items()):
        sure = whole[owner] >= _CLASSES and traces.likeness.get(owner, 0.0) >= SURE
        worth = Worth.STRONG if sure else Worth.SOLID
        found.add(owner, EvidenceKind.FINGERPRINT, package, worth, count).classes += count
