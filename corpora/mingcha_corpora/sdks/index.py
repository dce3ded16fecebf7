"""The compiled index of SDK records as a value and as bytes: packed records, and what each signal belongs to."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

MAGIC = b"mingcha sdks\n"
# The fields that each index of ``SdkBase`` is made of.
INDEXED: Mapping[str, tuple[str, ...]] = {
    "by_component": ("components",),
    "by_meta_key": ("meta_keys",),
    "by_library": ("native_libs", "shared_native_libs"),
    "by_host": ("domains",),
    "by_asset": ("assets",),
    "by_file": ("files",),
    "by_resource": ("resources",),
    "by_string": ("strings",),
    "by_purl": ("purls",),
    "by_version": ("versions",),
}


@dataclass(frozen=True, slots=True)
class Compiled:
    """What the index file holds: each record packed by itself, so that only those asked for are decoded."""

    digest: str
    records: dict[str, bytes]
    by_prefix: dict[str, str]
    by_component: dict[str, tuple[str, ...]]
    by_meta_key: dict[str, tuple[str, ...]]
    by_library: dict[str, tuple[str, ...]]
    by_host: dict[str, tuple[str, ...]]
    by_asset: dict[str, tuple[str, ...]]
    by_file: dict[str, tuple[str, ...]]
    by_resource: dict[str, tuple[str, ...]]
    by_string: dict[str, tuple[str, ...]]
    by_purl: dict[str, tuple[str, ...]]
    by_version: dict[str, tuple[str, ...]]


def encode(compiled: Compiled) -> bytes:
    """Return the index file; its checksum tells a damaged one."""
    import msgspec

    payload = msgspec.msgpack.encode(compiled)
    return MAGIC + hashlib.sha256(payload).digest() + payload


def decode(data: bytes) -> Compiled | None:
    """Return what an index file holds, None where it is damaged."""
    import msgspec

    start = len(MAGIC) + hashlib.sha256().digest_size
    payload = memoryview(data)[start:]
    if not data.startswith(MAGIC) or hashlib.sha256(payload).digest() != data[len(MAGIC) : start]:
        return None
    try:
        return msgspec.msgpack.decode(payload, type=Compiled)
    except msgspec.MsgspecError:
        return None
