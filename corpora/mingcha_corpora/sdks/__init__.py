"""The SDK base: who makes an SDK, what it is known by in code and in policies, and what data it takes.

The records are YAML files below ``records/``, a file a vendor or a letter; see ``schema.json``.
"""

from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path, PurePath
from types import MappingProxyType

from mingcha_corpora.sdks.faults import RecordFile, holds_records
from mingcha_corpora.sdks.index import INDEXED, Compiled
from mingcha_corpora.sdks.values import (
    DeferredInit,
    LazyRecords,
    OptionalSwitch,
    SdkBase,
    SdkRecord,
    VersionPlace,
)

__all__ = [
    "DeferredInit",
    "OptionalSwitch",
    "RecordFile",
    "SdkBase",
    "SdkRecord",
    "VersionPlace",
    "fingerprinted_ids",
    "lay_over",
    "layered_fingerprints",
    "load_sdk_base",
    "load_shipped_base",
]

FINGERPRINTS = Path(__file__).parent / "fingerprints"
_layers: tuple[RecordFile, ...] = ()


def lay_over(layers: Iterable[RecordFile]) -> None:
    """Have ``load_sdk_base`` return, from now on in this process, the shipped base with these files over it.

    Files that end in .json hold fingerprints; ``layered_fingerprints`` returns them.
    Whatever is drawn from a base and kept must be kept by that base.

    Raises:
        UnreadableInputError: a file is no YAML, or a record is not as ``schema.json`` says.
    """
    global _layers
    layers = tuple(layers)
    if layers:
        _layered_base(layers)
    _layers = layers


def load_sdk_base() -> SdkBase:
    """Return the SDK base: the shipped records, with the layers of ``lay_over``."""
    return _layered_base(_layers) if _layers else load_shipped_base()


def layered_fingerprints() -> tuple[RecordFile, ...]:
    """Return the fingerprint files of the layers, the last on top."""
    return tuple(file for file in _layers if not holds_records(file))


def fingerprinted_ids() -> frozenset[str]:
    """Return the ids of which fingerprints are shipped or laid over."""
    shipped = {path.stem for path in FINGERPRINTS.glob("*.json")}
    return frozenset(shipped | {PurePath(file.path).stem for file in layered_fingerprints()})


@cache
def load_shipped_base() -> SdkBase:
    """Return the shipped records without layers."""
    return _base_of(_load_shipped())


@lru_cache(maxsize=1)
def _layered_base(layers: tuple[RecordFile, ...]) -> SdkBase:
    from mingcha_corpora.sdks.layers import lay

    return _base_of(lay(_load_shipped(), layers))


@cache
def _load_shipped() -> Compiled:
    from mingcha_corpora.sdks.loading import load_compiled

    return load_compiled()


def _base_of(compiled: Compiled) -> SdkBase:
    return SdkBase(
        records=LazyRecords(compiled.records),
        by_prefix=MappingProxyType(compiled.by_prefix),
        **{name: MappingProxyType(getattr(compiled, name)) for name in INDEXED},
        digest=compiled.digest,
    )
