"""The SDK base: who makes an SDK, what it is known by in code and in policies, and what data it takes.

The records are YAML files below ``records/``, a file a vendor or a letter; see ``schema.json``.
"""

from collections.abc import Iterable
from functools import lru_cache
from types import MappingProxyType

from mingcha_corpora.sdks.files import RecordFile
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
    "lay_over",
    "load_sdk_base",
]

_layers: tuple[RecordFile, ...] = ()


def lay_over(layers: Iterable[RecordFile]) -> None:
    """Have ``load_sdk_base`` return, from now on in this process, the shipped base with these files over it.

    Whatever is drawn from a base and kept must be kept by that base.

    Raises:
        UnreadableInputError: a file is no YAML, or a record is not as ``schema.json`` says.
    """
    global _layers
    layers = tuple(layers)
    _base_with(layers)
    _layers = layers


def load_sdk_base() -> SdkBase:
    """Return the SDK base: the shipped records, with the layers of ``lay_over``."""
    return _base_with(_layers)


@lru_cache(maxsize=2)
def _base_with(layers: tuple[RecordFile, ...]) -> SdkBase:
    from mingcha_corpora.sdks.index import INDEXED
    from mingcha_corpora.sdks.loading import load_compiled

    compiled = load_compiled()
    if layers:
        from mingcha_corpora.sdks.layers import lay

        compiled = lay(compiled, layers)
    return SdkBase(
        records=LazyRecords(compiled.records),
        by_prefix=MappingProxyType(compiled.by_prefix),
        **{name: MappingProxyType(getattr(compiled, name)) for name in INDEXED},
        digest=compiled.digest,
    )
