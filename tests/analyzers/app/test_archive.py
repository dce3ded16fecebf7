"""The ZIP container: what is tolerated, what is refused, and that no lie in it costs time or memory."""

import io
import struct
import time
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.app.packages import zipped
from mingcha_analyzers.app import archive
from mingcha_analyzers.app.archive import EntryError, open_archive
from mingcha_analyzers.values import SourceFile
from mingcha_corpora.errors import UnreadableInputError

TWO = zipped({"a": b"first" * 50, "b": b"second"})


def opened(data: bytes) -> archive.Archive:
    return open_archive(SourceFile("x.apk", data))


def patched(data: bytes, field: int, form: str, value: int) -> bytes:
    """Return the archive with a field of its first directory line overwritten."""
    changed = bytearray(data)
    struct.pack_into(form, changed, data.index(b"PK\x01\x02") + field, value)
    return bytes(changed)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", "file_empty", id="empty file"),
        pytest.param(b"hello, this is text", "apk_not_zip", id="text"),
        pytest.param(bytes(100_000), "apk_not_zip", id="zeros"),
        pytest.param(TWO[:-30], "apk_truncated", id="end cut off"),
        pytest.param(TWO[:20], "apk_truncated", id="only the first header"),
        pytest.param(b"PK\x03\x04", "apk_truncated", id="only the signature"),
    ],
)
def test_refuses_what_is_no_whole_archive(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableInputError) as caught:
        opened(data)
    assert (caught.value.code, caught.value.params) == (code, {"path": "x.apk"})


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(TWO, id="plain"),
        pytest.param(patched(TWO, 8, "<H", 1), id="forged encryption flag"),
        pytest.param(patched(TWO, 24, "<I", 7), id="wrong inflated size"),
        pytest.param(patched(TWO, 24, "<I", 0xFFFFFFFF), id="huge inflated size"),
        pytest.param(patched(TWO, 16, "<I", 7), id="wrong checksum"),
        pytest.param(patched(TWO, 20, "<I", 0xFFFFFFF0), id="packed size beyond the file"),
        pytest.param(patched(TWO, 10, "<H", 77), id="unknown method over deflated bytes"),
        pytest.param(b"dex\n035\0" + bytes(900) + TWO, id="bytes before the archive, not counted"),
        pytest.param(TWO + b"trailing", id="bytes after the archive"),
    ],
)
def test_reads_entries_whatever_the_headers_say(data: bytes) -> None:
    assert opened(data).read("a") == b"first" * 50


def test_reads_bytes_before_the_archive_that_are_counted() -> None:
    buffer = io.BytesIO(b"dex\n035\0" + bytes(900))
    buffer.seek(0, io.SEEK_END)
    with zipfile.ZipFile(buffer, "a") as janus:
        janus.writestr("a", b"first")
    assert opened(buffer.getvalue()).read("a") == b"first"


def test_unknown_method_over_stored_bytes_is_read_as_they_are_and_said() -> None:
    data = patched(zipped({"a": b"plain bytes"}, compression=zipfile.ZIP_STORED), 10, "<H", 0x1234)
    package = opened(data)
    assert package.read("a") == b"plain bytes"
    assert [(limit.reason, limit.detail) for limit in package.limits] == [("unknown_compression", "a")]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_first_of_two_entries_of_one_name_is_read_and_it_is_said() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as twice:
        twice.writestr("a", b"first")
        twice.writestr("a", b"second")
    package = opened(buffer.getvalue())
    assert (package.names(), package.read("a")) == (("a",), b"first")
    assert [(limit.reason, limit.detail) for limit in package.limits] == [("duplicate_entry", "a")]


@pytest.mark.parametrize(
    ("field", "form", "value"),
    [
        pytest.param(42, "<I", 0xFFFFFFF0, id="local header outside the file"),
        pytest.param(42, "<I", 5, id="local header elsewhere"),
        pytest.param(20, "<I", 3, id="packed size too small"),
    ],
)
def test_a_damaged_entry_does_not_hide_the_others(field: int, form: str, value: int) -> None:
    package = opened(patched(TWO, field, form, value))
    with pytest.raises(EntryError) as caught:
        package.read("a")
    assert caught.value.reason == "entry_damaged"
    assert package.read("b") == b"second"


def test_a_zip_bomb_stops_at_the_limit() -> None:
    package = opened(zipped({"bomb": bytes(64 << 20), "small": b"x"}))
    begin = time.process_time()
    with pytest.raises(EntryError) as caught:
        package.read("bomb", max_bytes=1 << 20)
    assert caught.value.reason == "entry_too_large"
    assert time.process_time() - begin < 1
    assert package.read("small") == b"x"


def test_many_entries_share_one_budget() -> None:
    package = opened(zipped({"a": bytes(1000), "b": bytes(1000)}))
    package.budget.bytes = 1500
    package.read("a")
    with pytest.raises(EntryError) as caught:
        package.read("b")
    assert caught.value.reason == "entry_too_large"


def test_the_number_of_entries_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_ENTRIES", 5)
    package = opened(zipped({str(number): b"" for number in range(9)}))
    assert len(package.names()) == 5
    assert [limit.reason for limit in package.limits] == ["too_many_entries"]


@pytest.mark.parametrize("name", ["现代通用字.txt", "Рахма́·.txt", "plain", "with space;"])
def test_names_of_any_script_are_kept(name: str) -> None:
    assert opened(zipped({name: b"x"})).names() == (name,)


@given(st.lists(st.tuples(st.integers(0, len(TWO) - 1), st.integers(0, 255)), max_size=8), st.integers(0, len(TWO)))
@settings(max_examples=200, deadline=1000)
def test_random_damage_ends_in_an_error_or_in_bytes(changes: list[tuple[int, int]], length: int) -> None:
    data = bytearray(TWO)
    for place, value in changes:
        data[place] = value
    for damaged in (bytes(data), bytes(data[:length])):
        try:
            package = opened(damaged)
        except UnreadableInputError:
            continue
        for name in package.names():
            with suppress(EntryError):
                package.read(name)
