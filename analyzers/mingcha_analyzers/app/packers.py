"""Packers, protectors and obfuscators recognised by library, asset, application class or code prefix.

Only a packer hides the code; the others are named because they explain what the reader meets.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from mingcha_analyzers.app.values import Packer
from mingcha_corpora.packers import PackerRecord, load_packers

PACKER = "packer"
# A packer outranks a protector shipped beside it: it alone makes the analysis incomplete.
_RANK = {PACKER: 0, "native-packer": 1, "protector": 2}
_LAST_RANK = 3
# One sure sign names a packer; of unsure ones (general asset names, signs no published rule has) it takes two.
_SURE = 2
_UNSURE = 1
# The only placeholder the records use beside ``*``.
_HEX_NAME = "{32 hex}"


@dataclass(frozen=True, slots=True)
class _Sign:
    text: str
    weight: int


@dataclass(frozen=True, slots=True)
class _Traces:
    names: Sequence[str]
    libraries: Sequence[str]
    application: tuple[str, ...]
    packages: frozenset[str]


def find_packer(names: Sequence[str], application: str | None, classes: Collection[str]) -> Packer | None:
    """Return the packer best supported by entry names, application class and class names, or None."""
    traces = _Traces(
        names,
        sorted({name.rpartition("/")[2] for name in names if name.startswith("lib/")}),
        () if application is None else (application,),
        _packages(classes),
    )
    found: list[tuple[int, int, str, Packer]] = []
    for record in load_packers():
        signs = sorted(set(_signs(record, traces)), key=lambda sign: sign.text)
        weight = sum(sign.weight for sign in signs)
        if weight >= _SURE:
            evidence = tuple(sign.text for sign in signs)
            packer = Packer(record.id, record.name, record.kind, record.kind == PACKER, evidence)
            found.append((_RANK.get(record.kind, _LAST_RANK), -weight, record.id, packer))
    return min(found, key=lambda row: row[:3])[3] if found else None


def _signs(record: PackerRecord, traces: _Traces) -> Iterator[_Sign]:
    for pattern in record.native_libs:
        weight = _UNSURE if pattern in record.unverified else _SURE
        yield from (_Sign(f"native_library:{name}", weight) for name in _matching(pattern, traces.libraries))
    for pattern in record.assets:
        yield from (_Sign(f"asset:{name}", _UNSURE) for name in _matching(pattern, traces.names))
    for pattern in record.app_classes:
        yield from (_Sign(f"application:{name}", _SURE) for name in _matching(pattern, traces.application))
    for prefix in record.code_prefixes:
        if prefix in traces.packages:
            yield _Sign(f"code:{prefix}", _UNSURE if prefix in record.unverified else _SURE)


def _matching(pattern: str, names: Sequence[str]) -> list[str]:
    if pattern.endswith("/"):
        return [name for name in names if name.startswith(pattern)][:1]
    if "*" not in pattern and _HEX_NAME not in pattern:
        return [pattern] if pattern in names else []
    expression = _expression(pattern)
    return [name for name in names if expression.fullmatch(name)]


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    escaped = re.escape(pattern).replace(re.escape(_HEX_NAME), "[0-9a-f]{32}")
    return re.compile(escaped.replace(r"\*", "[^/]*"))


def _packages(classes: Collection[str]) -> frozenset[str]:
    """Return every package that holds a class, directly or below."""
    packages: set[str] = set()
    for start in {name.rpartition(".")[0] for name in classes}:
        package = start
        while package and package not in packages:
            packages.add(package)
            package = package.rpartition(".")[0]
    return frozenset(packages)
