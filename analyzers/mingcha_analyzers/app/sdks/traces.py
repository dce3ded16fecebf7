"""What of a package can show an SDK, and whose a name is by the prefixes of the base."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from mingcha_analyzers.app.code.owners import longest_prefix
from mingcha_analyzers.app.values import Component
from mingcha_corpora.sdks import SdkBase


@dataclass(frozen=True, slots=True)
class Traces:
    """What of a package can show an SDK.

    ``own``: the app's own packages. ``libraries``: file names of native libraries. ``hosts``: pairs of an SDK and a
    host that is its own only, named by other code than another SDK's. ``entries``: names of all entries. ``resources``:
    names of resources. ``strings``: telling constants of code with the number of their places. ``registered``: classes
    that native libraries register methods of; ``kept_names``: those that annotations hold of renamed classes.
    ``matched``: SDK by class, where the make of renamed classes tells it, and ``likeness``: how sure that is, 0..1.
    ``later``: classes that the system does not load by itself. ``readers``: SDKs whose code reads personal data. Names
    of classes are dotted.
    """

    own: Sequence[str]
    classes: Sequence[str]
    components: Sequence[Component]
    libraries: Sequence[str]
    hosts: Sequence[tuple[str, str]] = ()
    entries: Sequence[str] = ()
    resources: Collection[str] = ()
    strings: Mapping[str, int] = field(default_factory=dict)
    registered: Sequence[str] = ()
    kept_names: Collection[str] = ()
    matched: Mapping[str, str] = field(default_factory=dict)
    likeness: Mapping[str, float] = field(default_factory=dict)
    later: Collection[str] = ()
    readers: Collection[str] = ()


def prefix_of(name: str, base: SdkBase, own: Sequence[str]) -> str | None:
    """Return the longest SDK prefix that covers a class or package, None for code in one of the app's own packages."""
    prefix = longest_prefix(name, base)
    if any(_covers(package, name) and _covers(prefix, package) for package in own if prefix):
        return None
    return prefix or None


def _covers(prefix: str, package: str) -> bool:
    return package == prefix or package.startswith(f"{prefix}.")
