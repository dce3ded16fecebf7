"""How far an obfuscator renamed the code that the app's own build went over: its own, unknown and platform classes.

SDKs are left out: many come obfuscated by their makers. What a shrinker removed without renaming leaves no sign.
"""

from collections import Counter
from collections.abc import Callable, Iterable

from mingcha_analyzers.app.values import Renaming

# A simple name of so few letters says nothing; R and BuildConfig are made by every build.
_SHORT = 2
_GENERATED = frozenset(("R", "BuildConfig"))
# Of packages with a known build, those renamed had .3 and more short names in one of the groups, others .05 at most.
_SHARE = 0.2
_ENOUGH = 20


def measure_renaming(classes: Iterable[str], owner_of_package: Callable[[str], str]) -> Renaming:
    """Return how many classes have short names, by the kind of owner that has most of them."""
    total: Counter[str] = Counter()
    short: Counter[str] = Counter()
    kinds: dict[str, str] = {}
    for name in classes:
        package, _, simple = name.partition("$")[0].rpartition(".")
        if package not in kinds:
            kinds[package] = owner_of_package(package).partition(":")[0]
        kind = kinds[package]
        if kind == "sdk" or simple in _GENERATED:
            continue
        total[kind] += 1
        short[kind] += len(simple) <= _SHORT
    enough = [kind for kind in sorted(total) if total[kind] >= _ENOUGH]
    most = max(enough, key=lambda kind: short[kind] / total[kind], default=None)
    if most is None:
        return Renaming(None, 0, 0, False)
    return Renaming(most, total[most], short[most], short[most] >= _SHARE * total[most])
