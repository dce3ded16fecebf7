"""DEX files that an auditor dumped from a packed app while it ran, given beside the package.

They stand before the package's own: of two definitions of a class the first counts, and a packer leaves in the
package emptied stand-ins of the classes whose real code the dump has.
"""

import struct
from collections.abc import Collection, Sequence

from mingcha_analyzers.app.dex.pools import HEADER_SIZE, read_pools
from mingcha_analyzers.app.dex.reader import DexError, find_headers
from mingcha_analyzers.values import Limit, SourceFile

STAGE = "extra_dex"
_DEX = b"dex\n"
# Files of the runtime that hold code in another form, by their first bytes.
_OTHER_FORMS = {
    b"cdex": "dump_cdex",
    b"dey\n": "dump_odex",
    b"vdex": "dump_vdex",
    b"\x7fELF": "dump_oat",
    b"PK\x03\x04": "dump_archive",
}
_ENDINGS = (".dex", ".cdex", ".vdex", ".odex", ".oat")
_HEAD = 4
_ENDIAN = 0x12345678
_CONTAINER_VERSION = b"041"
_PLAIN_MAGIC = b"dex\n035\0"


def looks_dumped(name: str, head: bytes) -> bool:
    """Return whether a file of a folder is meant as dumped code, by its ending or first bytes."""
    return name.lower().endswith(_ENDINGS) or head[:_HEAD] == _DEX or head[:_HEAD] in _OTHER_FORMS


def read_dumps(
    files: Sequence[SourceFile], own: Collection[tuple[str, bytes]]
) -> tuple[list[tuple[str, bytes]], list[Limit]]:
    """Return path and bytes of the DEX files among dumped ones, and a limit for each that is none or is damaged.

    Repeated files and those that the package itself holds (``own``) are left out.
    """
    seen = {data for _, data in own}
    found: list[tuple[str, bytes]] = []
    limits: list[Limit] = []
    for file in files:
        if file.data in seen:
            continue
        seen.add(file.data)
        reason = _fault(file.data)
        if reason is not None:
            limits.append(Limit(STAGE, reason, file.path))
            continue
        data, changes = _mended(file.data)
        limits.extend(Limit(STAGE, change, file.path) for change in changes)
        try:
            _check_tables(data)
        except DexError as error:
            limits.append(Limit(STAGE, error.reason, f"{file.path}: {error.detail}"))
        else:
            found.append((file.path, data))
    return found, limits


def _check_tables(data: bytes) -> None:
    for at in find_headers(data):
        read_pools(data, at)


def _fault(data: bytes) -> str | None:
    """Return why a file is no DEX, None if it is one, be it with its first bytes wiped."""
    other = _OTHER_FORMS.get(data[:_HEAD])
    if other is not None:
        return other
    return None if data[:_HEAD] == _DEX or _has_header(data) else "dump_no_dex"


def _has_header(data: bytes) -> bool:
    """Return whether the header's size and byte order stand where a DEX has them; packers wipe what is before."""
    return len(data) >= HEADER_SIZE and struct.unpack_from("<2I", data, 36) == (HEADER_SIZE, _ENDIAN)


def _mended(data: bytes) -> tuple[bytes, list[str]]:
    """Return a DEX with its first bytes restored, and what shows that a memory area was dumped rather than a file."""
    notes: list[str] = []
    if data[:_HEAD] != _DEX:
        data = _PLAIN_MAGIC + data[len(_PLAIN_MAGIC) :]
        notes.append("dump_magic_restored")
    size = int.from_bytes(data[32:36], "little")
    if data[4:7] != _CONTAINER_VERSION and HEADER_SIZE <= size < len(data):
        notes.append("dump_trailing")
    return data, notes
