"""Whose code a class is: the app's own, an SDK's, the platform libraries', or that of a third party not known."""

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from functools import cache

from mingcha_analyzers.app.code.tables import load_owner_names
from mingcha_analyzers.app.values import Component, ComponentKind
from mingcha_corpora.packers import load_packers
from mingcha_corpora.sdks import SdkBase

APP, PLATFORM = "app", "platform"
_UNKNOWN_LABELS = 3
# Packages of one label are nobody's publication; shorter ones are names that a shrinker gave.
_LEAST_LABEL = 3
# A known prefix inside a longer name counts from so many labels on.
_RELOCATED_LABELS = 3
# More labels than any prefix has, one that lies below another name included.
_MOST_LABELS = 20
# A maker's part of a name, and labels as a maker's own shrinker gives them below it.
_PARENT_LABELS, _SHORT = 2, 2


class Owners:
    """Answers for one package; names are dotted."""

    def __init__(self, package_name: str, components: Iterable[Component], base: SdkBase) -> None:
        self.package_name = package_name
        self._base = base
        self._matched: Mapping[str, str] = {}
        self._beside: Mapping[str, frozenset[str]] = {}
        self._names = load_owner_names()
        own = {package_name, *self._front_packages(components)}
        # Packages that are the app's by what stands in them, not by what others are called there.
        self.packages = tuple(sorted(own))
        self._own = own | {family for prefix in own if (family := self._family(prefix))}
        # Whether the app keeps its own code in packages of one label (``activity``, ``fragments``).
        self._flat = any("." not in prefix for prefix in own)
        # Names alone decide on a package, matched classes or not.
        self._known: dict[str, str] = {}

    def _front_packages(self, components: Iterable[Component]) -> Iterator[str]:
        """Yield the packages of the application class and the first screen, whatever the application id was changed to.

        A packer puts its own application class in front, and SDKs offer theirs; the first screen of a demo may lie
        below its maker's prefix.
        """
        for component in components:
            package = component.name.rpartition(".")[0]
            if not package or package in _stub_packages() or self._is_platform(package):
                continue
            sdk = self._sdk_prefix(package)
            if _is_first_screen(component):
                if len(sdk) < len(package):
                    yield package
            elif component.kind is ComponentKind.APPLICATION and not sdk:
                yield package

    def among(self, packages: Iterable[str]) -> "Owners":
        """Return owners for a package whose code lies in these: what a maker renamed belongs to what stands beside it.

        Makers rename all but the entrance of an SDK (``com.vendor.sdk`` keeps its name, ``com.vendor.a`` had one).
        """
        beside: dict[str, set[str]] = {}
        for package in packages:
            owner = self.of_package(package)
            if owner.startswith("sdk:"):
                beside.setdefault(_parent(package), set()).add(owner)
        other = copy(self)
        other._beside = {parent: frozenset(owners) for parent, owners in beside.items()}
        other._known = {}
        return other

    def with_matched(self, matched: Mapping[str, str]) -> "Owners":
        """Return owners that know whose some classes are whose names do not tell: SDK by class name."""
        other = copy(self)
        other._matched = matched
        return other

    def starts_another(self, component: Component) -> bool:
        """Return whether an application class stands in front of the real one, which no manifest names."""
        package = component.name.rpartition(".")[0]
        return component.kind is ComponentKind.APPLICATION and package in _stub_packages() | self._names.loaders

    def _family(self, prefix: str) -> str | None:
        """Return the vendor's part of a package name: com.vendor, or com.github.vendor."""
        labels = prefix.split(".")
        count = 2
        while count < len(labels) and labels[count - 1] in self._names.shared_labels:
            count += 1
        family = ".".join(labels[:count])
        return family if len(labels) > count and not self._sdk_prefix(family) else None

    def of(self, class_name: str) -> str:
        """Return the owner of a class."""
        owner = self.of_package(class_name.rpartition(".")[0])
        # Prefixes may name a class, too.
        outer = class_name.partition("$")[0]
        exact = self._base.by_prefix.get(outer)
        if exact and owner != APP:
            return f"sdk:{exact}"
        match = None if is_foreign(owner) else (self._matched.get(class_name) or self._matched.get(outer))
        return f"sdk:{match}" if match else owner

    def of_package(self, package: str) -> str:
        """Return the owner of the classes of a package."""
        if package not in self._known:
            self._known[package] = self._decide(package)
        return self._known[package]

    def _decide(self, package: str) -> str:
        if self._is_platform(package):
            return PLATFORM
        own = max((prefix for prefix in self._own if _covers(prefix, package)), key=len, default="")
        sdk = self._sdk_prefix(package)
        if sdk and len(sdk) > len(own):
            return f"sdk:{self._base.by_prefix[sdk]}"
        carried = find_relocated(package, self._base)
        if carried is not None:
            return f"sdk:{self._base.by_prefix[carried]}"
        if own or (self._flat and not sdk and "." not in package and len(package) >= _LEAST_LABEL):
            return APP
        labels = package.split(".")
        beside = self._beside.get(_parent(package), ()) if len(labels) > _PARENT_LABELS else ()
        if len(beside) == 1 and len(labels[_PARENT_LABELS]) <= _SHORT and labels[1] not in self._names.shared_labels:
            return next(iter(beside))
        return f"unknown:{'.'.join(labels[:_UNKNOWN_LABELS])}"

    def _sdk_prefix(self, package: str) -> str:
        return longest_prefix(package, self._base)

    def _is_platform(self, package: str) -> bool:
        return any(_covers(prefix, package) for prefix in self._names.platform)


def longest_prefix(name: str, base: SdkBase) -> str:
    """Return the longest SDK prefix that covers a class or package, nothing where there is none."""
    # A name may be made of thousands of labels, each step shorter by one.
    prefix = ".".join(name.split(".", _MOST_LABELS)[:_MOST_LABELS])
    while prefix and prefix not in base.by_prefix:
        prefix = prefix.rpartition(".")[0]
    return prefix


def _parent(package: str) -> str:
    return ".".join(package.split(".", _PARENT_LABELS)[:_PARENT_LABELS])


def find_relocated(package: str, base: SdkBase) -> str | None:
    """Return the prefix of an SDK that stands inside a longer package name, the first and there the longest.

    Build tools put a library's packages below another (``cn.example.shaded.okhttp3``). Prefixes of one label are
    looked for only behind a word that says so.
    """
    labels = package.split(".", _MOST_LABELS)[:_MOST_LABELS]
    words = load_owner_names().relocating_labels
    for first in range(1, len(labels)):
        least = first + (1 if labels[first - 1] in words else _RELOCATED_LABELS)
        if labels[first - 1] not in words and labels[first] not in load_owner_names().shared_labels:
            continue
        for end in range(len(labels), least - 1, -1):
            prefix = ".".join(labels[first:end])
            if prefix in base.by_prefix:
                return prefix
    return None


def _is_first_screen(component: Component) -> bool:
    return any("android.intent.category.LAUNCHER" in each.categories for each in component.intent_filters)


@cache
def _stub_packages() -> frozenset[str]:
    """Return the packages in which packers keep the application class that starts the real one."""
    return frozenset(name.rpartition(".")[0] for packer in load_packers() for name in packer.app_classes)


def _covers(prefix: str, package: str) -> bool:
    return package == prefix or package.startswith(f"{prefix}.")


def is_foreign(owner: str) -> bool:
    """Return whether an owner is an SDK or the platform."""
    return owner == PLATFORM or owner.startswith("sdk:")
