"""What of a package can show an SDK, and whose a name is by the prefixes of the base."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from mingcha_analyzers.app.values import Component
from mingcha_corpora.sdks import SdkBase


@dataclass(frozen=True, slots=True)
class Traces:
    """What of a package can show an SDK; ``libraries`` are file names of native libraries.

    ``hosts``: pairs of an SDK and a host that is its own only, named by other code than another SDK's. ``entries``:
    names of all entries. ``resources``: names of resources. ``strings``: telling constants of code with the number of
    their places. ``registered``: dotted names of classes that native libraries register methods of. ``matched``: SDK by
    class, where the make of renamed classes tells it. ``later``: classes that the system does not load by itself.
    ``readers``: SDKs whose code reads personal data.
    """

    package_name: str
    classes: Sequence[str]
    components: Sequence[Component]
    libraries: Sequence[str]
    hosts: Sequence[tuple[str, str]] = ()
    entries: Sequence[str] = ()
    resources: Collection[str] = ()
    strings: Mapping[str, int] = field(default_factory=dict)
    registered: Sequence[str] = ()
    matched: Mapping[str, str] = field(default_factory=dict)
    later: Collection[str] = ()
    readers: Collection[str] = ()


def prefix_of(name: str, base: SdkBase, package_name: str) -> str | None:
    """Return the longest SDK prefix that covers a class or package, None for the app's own code."""
    prefix = name
    while prefix and prefix not in base.by_prefix:
        prefix = prefix.rpartition(".")[0]
    if prefix and f"{name}.".startswith(f"{package_name}.") and f"{package_name}.".startswith(f"{prefix}."):
        return None
    return prefix or None
