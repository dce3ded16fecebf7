"""Signing: schemes present, certificates as text, and damage that stays a limit."""

import struct
from pathlib import Path

import pytest

from analyzers.app.packages import app, package
from mingcha_analyzers.app.archive import open_archive
from mingcha_analyzers.app.signing import read_signing
from mingcha_analyzers.app.values import Signing
from mingcha_analyzers.values import SourceFile

SAMPLE = Path(__file__).parents[3] / "samples" / "apps" / "careless.apk"


def with_block(pairs: bytes, *, size: int | None = None) -> bytes:
    """Return a package with these pairs in its signing block."""
    data = package()
    directory = data.index(b"PK\x01\x02")
    length = len(pairs) + 24 if size is None else size
    block = struct.pack("<Q", length) + pairs + struct.pack("<Q", length) + b"APK Sig Block 42"
    end = bytearray(data[directory:])
    place = end.index(b"PK\x05\x06")
    struct.pack_into("<I", end, place + 16, directory + len(block))
    return data[:directory] + block + bytes(end)


def pair(key: int, value: bytes) -> bytes:
    return struct.pack("<QI", 4 + len(value), key) + value


def test_the_sample_is_signed_by_its_key() -> None:
    data = SAMPLE.read_bytes()
    signing = app(data).signing
    assert signing.schemes == ("v1", "v2", "v3")
    (certificate,) = signing.certificates
    assert certificate.subject == certificate.issuer
    assert "CN=" in certificate.subject
    assert len(certificate.sha256) == 64
    assert certificate.not_before is not None
    assert certificate.not_before.endswith("+00:00")


def test_an_unsigned_package() -> None:
    assert app(package()).signing == Signing((), ())


@pytest.mark.parametrize(
    ("data", "schemes", "limits"),
    [
        pytest.param(with_block(pair(0x42, b"padding")), (), [], id="other blocks only"),
        pytest.param(with_block(pair(0x7109871A, b"\xff" * 9)), ("v2",), ["signature_damaged"], id="v2 damaged"),
        pytest.param(with_block(pair(0x1B93AD61, b"\0\0\0\0")), ("v3.1",), [], id="v3.1 without signers"),
        pytest.param(with_block(struct.pack("<QI", 1 << 60, 1)), (), ["signature_damaged"], id="endless pair"),
        pytest.param(with_block(b"", size=1 << 62), (), ["signature_damaged"], id="endless block"),
        pytest.param(
            package(more={"META-INF/A.RSA": b"junk", "META-INF/A.SF": b""}),
            ("v1",),
            ["signature_damaged"],
            id="v1 junk",
        ),
        pytest.param(package(more={"META-INF/A.RSA": b"junk"}), (), [], id="v1 without its digests"),
    ],
)
def test_damage_is_a_limit(data: bytes, schemes: tuple[str, ...], limits: list[str]) -> None:
    signing, found = read_signing(open_archive(SourceFile("x.apk", data)))
    assert (signing.schemes, [limit.reason for limit in found]) == (schemes, limits)


def test_a_damaged_certificate_is_a_limit() -> None:
    data = bytearray(SAMPLE.read_bytes())
    certificate = data.index(b"APK Sig Block 42")
    place = data.rindex(b"\x30\x82", 0, certificate)
    data[place : place + 2] = b"\xff\xff"
    app(bytes(data))
