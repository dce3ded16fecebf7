"""Class files: what is read of a sound one, and that a damaged one ends in one clear error."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.app.classfile.jars import entries_of, jar
from analyzers.app.fingerprints.beacon_files import beacon_file
from mingcha_analyzers.app.classfile.archive import ClassFiles
from mingcha_analyzers.app.classfile.instructions import find_constants
from mingcha_analyzers.app.classfile.reader import ClassFileError, read_class
from mingcha_analyzers.values import SourceFile

CLASSES = entries_of(beacon_file("beacon.jar").data)
QUEUE = CLASSES["com/example/beacon/Queue.class"]


def _read(*files: SourceFile) -> tuple[list[str], list[tuple[str, str]]]:
    reader = ClassFiles()
    names = [each.name.decode() for each in reader.read(files)]
    return names, [(limit.reason, limit.detail) for limit in reader.limits]


def test_a_class_tells_its_names_members_and_constants() -> None:
    queue = read_class(QUEUE)
    assert (queue.name, queue.parent) == (b"com/example/beacon/Queue", b"android/database/sqlite/SQLiteOpenHelper")
    assert queue.source_file == b"Queue.java"
    assert [method.name for method in queue.methods] == [b"<init>", b"onCreate", b"onUpgrade", b"add", b"take"]
    create = next(method for method in queue.methods if method.name == b"onCreate")
    named = [number for _, number in find_constants(create.code)]
    assert (
        queue.constants.string(named[0])
        == b"create table beacon_rows (id integer primary key, body text, made integer)"
    )
    assert queue.constants.reference(named[1]).name == b"execSQL"


def test_initial_texts_are_those_of_constant_fields() -> None:
    assert read_class(CLASSES["com/example/beacon/Beacon.class"]).initial_texts == (b"beacon_settings_v1",)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "class_bad_magic", id="empty"),
        pytest.param(b"PK\x03\x04" + bytes(20), "class_bad_magic", id="an archive"),
        pytest.param(QUEUE[:6] + struct.pack(">H", 44) + QUEUE[8:], "class_unknown_version", id="older than all"),
        pytest.param(QUEUE[:6] + struct.pack(">H", 68) + QUEUE[8:], "class_unknown_version", id="newer than known"),
        pytest.param(QUEUE[:200], "class_constant", id="cut off in the pool"),
        pytest.param(QUEUE[:-3], "class_truncated", id="cut off at the end"),
        pytest.param(QUEUE[:8] + b"\xff\xff" + QUEUE[10:], "class_constant", id="more constants than there are"),
    ],
)
def test_what_is_no_sound_class_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(ClassFileError) as caught:
        read_class(data)
    assert caught.value.reason == reason


@pytest.mark.parametrize("version", [45, 52, 67])
def test_all_known_versions_are_read(version: int) -> None:
    assert read_class(QUEUE[:6] + struct.pack(">H", version) + QUEUE[8:]).name == b"com/example/beacon/Queue"


@given(place=st.integers(0, len(QUEUE) - 1), byte=st.integers(0, 255), cut=st.integers(0, len(QUEUE)))
def test_damage_never_leaves_another_error(place: int, byte: int, cut: int) -> None:
    damaged = bytearray(QUEUE)
    damaged[place] = byte
    for data in (bytes(damaged), QUEUE[:cut]):
        try:
            parsed = read_class(data)
            for method in parsed.methods:
                for _, number in find_constants(method.code):
                    parsed.constants.string(number)
        except ClassFileError:
            continue


@given(code=st.binary(max_size=80))
def test_any_bytecode_ends(code: bytes) -> None:
    try:
        assert len(list(find_constants(code))) <= len(code)
    except ClassFileError as error:
        assert error.reason == "class_code"  # noqa: PT017


def test_an_aar_gives_the_classes_of_all_its_jars() -> None:
    aar = jar(
        {
            "AndroidManifest.xml": b"<manifest/>",
            "classes.jar": jar({"com/example/beacon/Queue.class": QUEUE}),
            "libs/more.jar": jar({"Digest.class": CLASSES["com/example/beacon/Digest.class"], "Queue.class": QUEUE}),
        }
    )
    assert _read(SourceFile("x.aar", aar)) == (["com/example/beacon/Queue", "com/example/beacon/Digest"], [])


def test_other_releases_of_java_and_module_descriptors_are_left_out() -> None:
    entries = {"META-INF/versions/9/Queue.class": QUEUE, "module-info.class": QUEUE}
    assert _read(SourceFile("x.jar", jar(entries))) == ([], [])


def test_a_damaged_class_is_said_and_the_rest_is_read() -> None:
    names, limits = _read(SourceFile("x.jar", jar({"A.class": b"\xca\xfe\xba\xbe", "B.class": QUEUE})))
    assert names == ["com/example/beacon/Queue"]
    assert limits == [("class_bad_magic", "x.jar!/A.class: cafebabe")]


def test_archives_are_opened_two_levels_deep_only() -> None:
    inner = jar({"Queue.class": QUEUE})
    for _ in range(3):
        inner = jar({"inner.jar": inner})
    assert _read(SourceFile("x.jar", inner)) == ([], [])
