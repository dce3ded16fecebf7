"""Signing schemes present in a package and their certificates; signatures are not verified.

v1 lives in META-INF, v2 and later in a block before the central directory. Damage is a limit, never a failure: who
signed is context for a report, not what it rests on.
"""

import hashlib
import struct
from collections.abc import Iterator
from typing import Any

from mingcha_analyzers.app.archive import Archive, EntryError
from mingcha_analyzers.app.values import Certificate, Signing
from mingcha_analyzers.values import Limit

_MAGIC = b"APK Sig Block 42"
_SCHEME_OF_BLOCK = {0x7109871A: "v2", 0xF05368C0: "v3", 0x1B93AD61: "v3.1"}
_SCHEMES = ("v1", "v2", "v3", "v3.1")
_V1_SUFFIXES = (".RSA", ".DSA", ".EC")
_MAX_V1_FILES = 32
_MAX_V1_BYTES = 4 << 20
_MAX_PARTS = 64
# RFC 4514 short names; other attributes are shown by their dotted number.
_SHORT_NAMES = {
    "common_name": "CN",
    "country_name": "C",
    "domain_component": "DC",
    "locality_name": "L",
    "organization_name": "O",
    "organizational_unit_name": "OU",
    "state_or_province_name": "ST",
    "street_address": "STREET",
    "user_id": "UID",
}
_ESCAPED = frozenset(',+"\\<>;=')


def read_signing(archive: Archive) -> tuple[Signing, tuple[Limit, ...]]:
    """Return the schemes and distinct certificates, oldest scheme first, with a limit for each damaged part."""
    schemes: set[str] = set()
    certificates: dict[str, Certificate] = {}
    limits: list[Limit] = []
    for scheme, place, encoded in (*_v1_certificates(archive, limits), *_block_certificates(archive, limits)):
        schemes.add(scheme)
        if encoded is None:
            continue
        try:
            certificate = _certificate(encoded)
        except Exception:  # asn1crypto raises what its lazy parsing stumbles on.
            limits.append(Limit("signing", "certificate_damaged", place))
        else:
            certificates.setdefault(certificate.sha256, certificate)
    ordered = tuple(scheme for scheme in _SCHEMES if scheme in schemes)
    return Signing(ordered, tuple(certificates.values())), tuple(dict.fromkeys(limits))


def _v1_certificates(archive: Archive, limits: list[Limit]) -> Iterator[tuple[str, str, bytes | None]]:
    """Yield scheme, place and DER bytes of each certificate in the v1 signature files."""
    from asn1crypto import cms

    names = [name for name in archive.names() if name.startswith("META-INF/") and name.upper().endswith(_V1_SUFFIXES)]
    for name in names[:_MAX_V1_FILES]:
        if not any(f"{name.rpartition('.')[0]}{suffix}" in archive for suffix in (".SF", ".sf")):
            continue  # Without its list of digests the file signs nothing.
        yield "v1", name, None
        try:
            content = cms.ContentInfo.load(archive.read(name, _MAX_V1_BYTES))["content"]
            encoded = [choice.chosen.dump() for choice in content["certificates"] if choice.name == "certificate"]
        except (EntryError, ValueError, TypeError, KeyError):
            limits.append(Limit("signing", "signature_damaged", name))
            continue
        for certificate in encoded:
            yield "v1", name, certificate


def _block_certificates(archive: Archive, limits: list[Limit]) -> Iterator[tuple[str, str, bytes | None]]:
    """Yield scheme, place and DER bytes of each certificate in the signing block."""
    for key, value in _block_pairs(archive, limits):
        scheme = _SCHEME_OF_BLOCK.get(key)
        if scheme is None:
            continue
        yield scheme, scheme, None
        try:
            encoded = list(_signer_certificates(value))
        except (ValueError, struct.error):
            limits.append(Limit("signing", "signature_damaged", scheme))
            continue
        for certificate in encoded:
            yield scheme, scheme, certificate


def _block_pairs(archive: Archive, limits: list[Limit]) -> Iterator[tuple[int, memoryview]]:
    """Yield the id-value pairs of the signing block, which ends where the central directory starts."""
    data, end = archive.data, archive.signing_end
    if end < 32 or data[end - 16 : end] != _MAGIC:
        return
    (size,) = struct.unpack_from("<Q", data, end - 24)
    start = end - size - 8
    if size < 24 or start < 0 or struct.unpack_from("<Q", data, start)[0] != size:
        limits.append(Limit("signing", "signature_damaged", "signing block"))
        return
    position, pairs_end = start + 8, end - 24
    while position + 12 <= pairs_end:
        length, key = struct.unpack_from("<QI", data, position)
        if length < 4 or position + 8 + length > pairs_end:
            limits.append(Limit("signing", "signature_damaged", "signing block"))
            return
        yield key, memoryview(data)[position + 12 : position + 8 + length]
        position += 8 + length


def _signer_certificates(block: memoryview) -> Iterator[bytes]:
    """Yield the certificates of every signer: block > signers > signer > signed data > (digests, certificates)."""
    signers, _ = _prefixed(block)
    for signer in _sequence(signers):
        signed_data, _ = _prefixed(signer)
        _, rest = _prefixed(signed_data)
        certificates, _ = _prefixed(rest)
        for certificate in _sequence(certificates):
            yield bytes(certificate)


def _sequence(data: memoryview) -> Iterator[memoryview]:
    for _ in range(_MAX_PARTS):
        if not data:
            return
        part, data = _prefixed(data)
        yield part
    raise ValueError("too many parts")


def _prefixed(data: memoryview) -> tuple[memoryview, memoryview]:
    """Return a part with its 32-bit length before it, and what follows."""
    (length,) = struct.unpack_from("<I", data)
    if 4 + length > len(data):
        raise ValueError("part is longer than what holds it")
    return data[4 : 4 + length], data[4 + length :]


def _certificate(encoded: bytes) -> Certificate:
    from asn1crypto import x509

    certificate = x509.Certificate.load(encoded)
    return Certificate(
        subject=_name(certificate.subject),
        issuer=_name(certificate.issuer),
        sha256=hashlib.sha256(encoded).hexdigest(),
        not_before=certificate.not_valid_before.isoformat(),
        not_after=certificate.not_valid_after.isoformat(),
        key_algorithm=certificate.public_key.algorithm,
        key_bits=certificate.public_key.bit_size,
        signature_algorithm=certificate["signature_algorithm"]["algorithm"].native,
    )


def _name(name: Any) -> str:
    """Return a distinguished name as RFC 4514 writes it, most specific part first."""
    parts = ["+".join(_attribute(attribute) for attribute in relative) for relative in name.chosen]
    return ",".join(reversed(parts))


def _attribute(attribute: Any) -> str:
    kind = attribute["type"]
    value = str(attribute["value"].native)
    shown = "".join(f"\\{sign}" if sign in _ESCAPED else sign for sign in value)
    return f"{_SHORT_NAMES.get(kind.native, kind.dotted)}={shown}"
