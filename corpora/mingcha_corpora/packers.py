"""The packers, protectors and obfuscators known by the files they leave in a package."""

from dataclasses import dataclass
from functools import cache

from mingcha_corpora.records import read_records


@dataclass(frozen=True, slots=True)
class PackerRecord:
    """One packer. Only ``kind`` packer means that the DEX in the package is not the real code.

    ``native_libs`` and ``assets`` may hold ``*``; ``app_classes`` are stub Application classes or loaders.
    ``unverified``: signals known from no published rule.
    """

    id: str
    name: str
    name_zh: str
    kind: str
    native_libs: tuple[str, ...]
    assets: tuple[str, ...]
    app_classes: tuple[str, ...]
    code_prefixes: tuple[str, ...]
    unverified: frozenset[str]


@cache
def load_packers() -> tuple[PackerRecord, ...]:
    """Return the packers, sorted by id."""
    return tuple(
        PackerRecord(
            id=record["id"],
            name=record["name"],
            name_zh=record["name_zh"],
            kind=record["kind"],
            native_libs=tuple(record["native_libs"]),
            assets=tuple(record["assets"]),
            app_classes=tuple(record["app_classes"]),
            code_prefixes=tuple(record["code_prefixes"]),
            unverified=frozenset(record["unverified"]),
        )
        for record in read_records("packers.jsonl")
    )
