"""The resource table: what a reference comes to, and that a small table cannot cost hours."""

import struct
import time

import pytest

from mingcha_analyzers.app.resources import Resources, is_reference


def table(entries: int, values: int, *, complex_: bool) -> bytes:
    """Return a table whose entries all stand at one place and claim that many values."""
    body = struct.pack("<HHIII", 16, 1 if complex_ else 0, 0, 0, values) + bytes(12 * min(values, 5000))
    offsets = bytes(4 * entries)
    header = 20 + 4
    size = header + len(offsets) + len(body)
    kind = struct.pack("<HHIBBHII", 0x0201, header, size, 1, 0, 0, entries, header + len(offsets)) + bytes(4)
    package = struct.pack("<HHI", 0x0200, 288, 288 + size) + bytes(280) + kind + offsets + body
    return struct.pack("<HHII", 0x0002, 12, 12 + len(package), 1) + package


@pytest.mark.parametrize(
    ("data", "damaged"),
    [
        pytest.param(table(5000, 5000, complex_=True), "entries overlap", id="every entry claims the same values"),
        pytest.param(table(5000, 0xFFFFFFFF, complex_=True), "entries overlap", id="counts beyond the chunk"),
        pytest.param(b"\x02\x00\x0c\x00" + b"\xff" * 60, "chunk at", id="chunks that do not fit"),
        pytest.param(b"", "ResParserError", id="empty"),
    ],
)
def test_a_lying_table_is_refused_at_once(data: bytes, damaged: str) -> None:
    resources = Resources(data)
    begin = time.process_time()
    assert resources.resolve("@7F010000") is None
    assert time.process_time() - begin < 2
    assert resources.damaged is not None
    assert resources.damaged.startswith(damaged)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@7F050001", True),
        ("@android:01030010", True),
        ("@7f050001", False),
        ("plain", False),
        ("@", False),
        ("", False),
    ],
)
def test_references_are_told_from_text(text: str, expected: bool) -> None:
    assert is_reference(text) is expected


def test_text_stands_for_itself() -> None:
    assert Resources(None).resolve("1.0") == "1.0"
    assert Resources(None).resolve(None) is None
    assert Resources(None).resolve("@7F050001") is None
