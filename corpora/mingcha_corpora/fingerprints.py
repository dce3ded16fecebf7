"""Fingerprints of SDKs: hashes of what code of known versions names, learnt from published archives; no text, no names.

A file ``sdks/fingerprints/<id>.json`` an SDK. Tokens are numbers of 40 bits (``mingcha_analyzers.app.fingerprints``),
stored as five bytes each, little end first, sorted, in base64: ``own`` are met in this SDK only, ``shared`` in others
of one to three makers, too. ``members`` of a version is a bit for each token, the own ones first: whether it has it.
"""

import base64
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from mingcha_corpora.errors import UnreadableInputError
from mingcha_corpora.sdks import RecordFile, layered_fingerprints

FORMAT = 1
FOLDER = Path(__file__).parent / "sdks" / "fingerprints"
COMMON = "common.bin"
_BYTES = 5
# Bits of the filter that a token sets.
_HASHES = 4
_MAX_TOKENS = 1 << 20

Tokens = npt.NDArray[np.uint64]
Members = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class LearntVersion:
    """One archive that was learnt: where it is from (``npm:package@version path``) and how many classes it has."""

    version: str
    source: str
    sha256: str
    classes: int


@dataclass(frozen=True, slots=True, eq=False)
class Fingerprint:
    """What is known of one SDK; ``members``: a row for each version, a column for each token, the own ones first."""

    id: str
    versions: tuple[LearntVersion, ...]
    own: Tokens
    shared: Tokens
    members: Members

    @property
    def tokens(self) -> Tokens:
        """Return all tokens, in the order of the columns."""
        return np.concatenate((self.own, self.shared))


class CommonTokens:
    """A filter of tokens that plain libraries or many makers have; it takes some strange tokens for known ones."""

    __slots__ = ("_bits",)

    def __init__(self, bits: bytes) -> None:
        self._bits = np.frombuffer(bits, np.uint8)

    def has(self, tokens: Tokens) -> Members:
        """Return which tokens are common."""
        found = np.ones(len(tokens), np.bool_)
        for place in _places(tokens, len(self._bits) * 8):
            found &= self._bits[place >> 3] >> (place & 7).astype(np.uint8) & 1 != 0
        return found


def make_common(tokens: Tokens, bits: int) -> bytes:
    """Return a filter of so many bits (a power of two) that has these tokens."""
    flags = np.zeros(bits, np.bool_)
    for place in _places(tokens, bits):
        flags[place] = True
    return np.packbits(flags, bitorder="little").tobytes()


def _places(tokens: Tokens, bits: int) -> Iterable[npt.NDArray[np.int64]]:
    # Tokens are hashes already; two halves make as many more as are wanted.
    low, high = tokens & np.uint64(0xFFFFF), tokens >> np.uint64(20) | np.uint64(1)
    for number in range(_HASHES):
        spread = (low * np.uint64(0x9E3779B1) + np.uint64(number) * high * np.uint64(0x85EBCA77)) >> np.uint64(7)
        yield (spread & np.uint64(bits - 1)).astype(np.int64)


@cache
def load_common() -> CommonTokens:
    """Return the shipped filter."""
    return CommonTokens((FOLDER / COMMON).read_bytes())


def load_fingerprints() -> tuple[Fingerprint, ...]:
    """Return the fingerprints, by id: shipped ones, each replaced by one of the same id in a later layer."""
    return _load(layered_fingerprints())


@lru_cache(maxsize=2)
def _load(layers: tuple[RecordFile, ...]) -> tuple[Fingerprint, ...]:
    shipped = (RecordFile(path.name, path.read_bytes()) for path in sorted(FOLDER.glob("*.json")))
    found = {each.id: each for each in map(parse_fingerprint, (*shipped, *layers))}
    return tuple(found[key] for key in sorted(found))


def parse_fingerprint(file: RecordFile) -> Fingerprint:
    """Return the fingerprint that a file holds.

    Raises:
        UnreadableInputError: it is none, or of a format that this version does not know.
    """
    try:
        row = json.loads(file.data)
        known = row["format"]
        if known == FORMAT:
            return _parse(row)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        raise UnreadableInputError("fingerprint_damaged", path=file.path) from error
    raise UnreadableInputError("fingerprint_format", path=file.path, format=str(known)[:20])


def _parse(row: dict[str, Any]) -> Fingerprint:
    own, shared = _unpack(row["own"]), _unpack(row["shared"])
    count = len(own) + len(shared)
    rows = [_unpack_bits(each["members"], count) for each in row["versions"]]
    versions = tuple(
        LearntVersion(str(each["version"]), str(each["source"]), str(each["sha256"]), int(each["classes"]))
        for each in row["versions"]
    )
    return Fingerprint(str(row["id"]), versions, own, shared, np.array(rows, np.bool_).reshape(len(rows), count))


def _unpack(text: str) -> Tokens:
    raw = np.frombuffer(base64.b64decode(text, validate=True), np.uint8).reshape(-1, _BYTES)
    if len(raw) > _MAX_TOKENS:
        raise ValueError(len(raw))
    wide = np.zeros((len(raw), 8), np.uint8)
    wide[:, :_BYTES] = raw
    return wide.view("<u8").reshape(-1)


def _unpack_bits(text: str, count: int) -> Members:
    bits = np.frombuffer(base64.b64decode(text, validate=True), np.uint8)
    if len(bits) != (count + 7) // 8:
        raise ValueError(len(bits))
    return np.unpackbits(bits, count=count, bitorder="little").astype(np.bool_)


def format_fingerprint(fingerprint: Fingerprint) -> str:
    """Return a fingerprint as the text of its file; the same fingerprint gives the same text."""
    versions = [
        {
            "version": each.version,
            "source": each.source,
            "sha256": each.sha256,
            "classes": each.classes,
            "members": _pack(np.packbits(row, bitorder="little")),
        }
        for each, row in zip(fingerprint.versions, fingerprint.members, strict=True)
    ]
    row = {"format": FORMAT, "id": fingerprint.id, "versions": versions}
    row |= {"own": _pack_tokens(fingerprint.own), "shared": _pack_tokens(fingerprint.shared)}
    return json.dumps(row, indent=1) + "\n"


def _pack_tokens(tokens: Tokens) -> str:
    wide = np.ascontiguousarray(tokens.astype("<u8")).view(np.uint8).reshape(-1, 8)
    return _pack(wide[:, :_BYTES])


def _pack(values: npt.NDArray[np.uint8]) -> str:
    return base64.b64encode(np.ascontiguousarray(values).tobytes()).decode()


# A version with its own tokens, those that it shares, and all that it has at all.
Learnt = tuple[LearntVersion, Tokens, Tokens, Tokens]


def merge_versions(id: str, learnt: Sequence[Learnt]) -> Fingerprint:
    """Return one fingerprint of several versions."""
    own = np.unique(np.concatenate([each[1] for each in learnt]))
    shared = np.setdiff1d(np.concatenate([each[2] for each in learnt]), own)
    columns = np.concatenate((own, shared))
    rows = [np.isin(columns, each[3]) for each in learnt]
    return Fingerprint(id, tuple(each[0] for each in learnt), own, shared, np.array(rows, np.bool_))


def add_version(known: Fingerprint, learnt: Learnt) -> Fingerprint:
    """Return a fingerprint with one version more; the same archive learnt again takes its old place."""
    kept = [place for place, each in enumerate(known.versions) if each.sha256 != learnt[0].sha256]
    old = [
        (known.versions[place], known.own[:0], known.shared[:0], known.tokens[known.members[place]]) for place in kept
    ]
    used: Members = np.asarray(known.members[kept].any(axis=0))
    owns = len(known.own)
    base = (learnt[0], np.union1d(learnt[1], known.own[used[:owns]]), np.union1d(learnt[2], known.shared[used[owns:]]))
    return merge_versions(known.id, [*old, (*base, learnt[3])])
