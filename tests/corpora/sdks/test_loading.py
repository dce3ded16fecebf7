"""The compiled index is fresh, whole and optional: a cache may be gone, damaged or not writable."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from corpora.knowledge_files import CHECKOUT
from corpora.sdks.record_files import PUSH, VENDOR, record_folder
from mingcha_corpora.errors import KnowledgeError
from mingcha_corpora.sdks import load_sdk_base
from mingcha_corpora.sdks.index import decode, encode
from mingcha_corpora.sdks.loading import INDEX, load_compiled


def test_a_first_use_compiles_and_a_second_reads_what_was_kept(tmp_path: Path) -> None:
    folder, cache = record_folder(tmp_path, a=PUSH), tmp_path / "cache"
    first = load_compiled(folder, cache)
    (kept,) = cache.iterdir()
    made = kept.stat().st_mtime_ns
    assert load_compiled(folder, cache) == first
    assert kept.stat().st_mtime_ns == made
    assert first.by_prefix == {"com.example.push": "example-push"}


def test_an_edited_record_counts_at_once(tmp_path: Path) -> None:
    folder, cache = record_folder(tmp_path, a=PUSH), tmp_path / "cache"
    before = load_compiled(folder, cache)
    record_folder(tmp_path, a=PUSH.replace("com.example.push", "com.example.pushes"))
    after = load_compiled(folder, cache)
    assert set(after.by_prefix) == {"com.example.pushes"}
    assert after.digest != before.digest


@pytest.mark.parametrize("damage", [b"", b"mingcha", b"mingcha sdks\n" + bytes(64)], ids=["empty", "cut", "zeros"])
def test_a_damaged_cache_is_made_again(tmp_path: Path, damage: bytes) -> None:
    folder, cache = record_folder(tmp_path, a=PUSH), tmp_path / "cache"
    first = load_compiled(folder, cache)
    (kept,) = cache.iterdir()
    kept.write_bytes(damage)
    assert load_compiled(folder, cache) == first
    assert decode(kept.read_bytes()) == first


def test_one_changed_byte_is_noticed(tmp_path: Path) -> None:
    data = bytearray(encode(load_compiled(record_folder(tmp_path, a=PUSH), tmp_path / "cache")))
    data[-3] ^= 1
    assert decode(bytes(data)) is None


def test_a_cache_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    folder, cache = record_folder(tmp_path, a=PUSH), tmp_path / "cache"
    cache.write_text("a file where the folder should be")
    assert list(load_compiled(folder, cache).records) == ["example-push"]


def test_few_old_indexes_are_kept(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    for number in range(9):
        load_compiled(record_folder(tmp_path, a=PUSH.replace("Push", f"Push {number}")), cache)
    assert len(list(cache.iterdir())) == 6


def test_a_record_takes_its_vendor_from_its_file(tmp_path: Path) -> None:
    own = PUSH.replace("  category", "  vendor: Other\n  category").replace("example-push", "other")
    own = own.replace("com.example.push", "com.example.other").removeprefix("sdks:\n")
    compiled = load_compiled(record_folder(tmp_path, a=VENDOR + PUSH + own), tmp_path / "cache")
    assert b"example" in compiled.records["example-push"]
    assert "示例".encode() in compiled.records["example-push"]
    assert "示例".encode() not in compiled.records["other"]


def test_a_faulty_shipped_record_is_our_fault_with_file_and_line(tmp_path: Path) -> None:
    folder = record_folder(tmp_path, a=PUSH.replace("category: push", "category: posh"))
    with pytest.raises(KnowledgeError) as caught:
        load_compiled(folder, tmp_path / "cache")
    assert caught.value.params["line"] == "4"
    assert caught.value.params["path"].endswith("a.yaml")


def test_a_damaged_index_of_a_wheel_is_named(tmp_path: Path) -> None:
    (tmp_path / INDEX).write_bytes(b"mingcha sdks\n")
    with pytest.raises(KnowledgeError):
        load_compiled(tmp_path, tmp_path / "cache")


def test_a_wheel_brings_the_compiled_records_and_no_yaml(tmp_path: Path) -> None:
    build = "from hatchling.build import build_wheel; print(build_wheel(__import__('sys').argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", build, str(tmp_path)], cwd=CHECKOUT, check=True, capture_output=True, text=True
    )
    with zipfile.ZipFile(tmp_path / done.stdout.split()[-1]) as wheel:
        names = [name for name in wheel.namelist() if name.startswith("mingcha_corpora/sdks/")]
        compiled = decode(wheel.read(f"mingcha_corpora/sdks/{INDEX}"))
    assert not [name for name in names if name.endswith(".yaml")]
    assert compiled is not None
    assert compiled.digest == load_sdk_base().digest
    assert list(compiled.records) == list(load_sdk_base().records)
