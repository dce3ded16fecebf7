"""Chunks, of which resource tables and binary XML are made: a header of type, header size and size, then the body."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

CHUNK_HEADER = 8
MAX_CHUNKS = 1_000_000

_HEAD = struct.Struct("<HHI")


class DamagedError(Exception):
    """A binary file of the package cannot be read; the message says where, for the report's detail."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """One chunk; ``start``, ``body`` (where its header ends) and ``end`` are places in the file."""

    kind: int
    start: int
    body: int
    end: int


def read_chunks(data: bytes, start: int, end: int) -> Iterator[Chunk]:
    """Yield the chunks that stand one behind the other between two places.

    Raises:
        DamagedError: a chunk does not fit, or there are more than ``MAX_CHUNKS``.
    """
    for _ in range(MAX_CHUNKS):
        if start + CHUNK_HEADER > end:
            return
        chunk = read_chunk(data, start, end)
        yield chunk
        start = chunk.end
    raise DamagedError(f"more than {MAX_CHUNKS} chunks")


def read_chunk(data: bytes, start: int, end: int) -> Chunk:
    """Return the chunk at a place.

    Raises:
        DamagedError: its header or its size does not fit before ``end``.
    """
    if start + CHUNK_HEADER > min(end, len(data)):
        raise DamagedError(f"no chunk at {start:#x}")
    kind, header_size, size = _HEAD.unpack_from(data, start)
    if header_size < CHUNK_HEADER or size < header_size or start + size > end:
        raise DamagedError(f"chunk at {start:#x}")
    return Chunk(kind, start, start + header_size, start + size)
