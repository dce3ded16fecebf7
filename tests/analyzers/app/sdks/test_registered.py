"""Classes named in native libraries."""

import pytest

from analyzers.app.packages import zipped
from mingcha_analyzers.app.archive import open_archive
from mingcha_analyzers.app.sdks.registered import find_registered
from mingcha_analyzers.values import SourceFile


def names(**libraries: bytes) -> tuple[str, ...]:
    entries = {f"lib/{place.replace('__', '/')}.so": data for place, data in libraries.items()}
    return find_registered(open_archive(SourceFile("a.apk", zipped(entries))))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"\0Java_com_maker_push_Native_start\0", ("com.maker.push.Native",), id="exported method"),
        pytest.param(b"\0Java_com_maker_a_1b_Cls_run__I\0", ("com.maker.a_b.Cls",), id="underscores and parameters"),
        pytest.param(b"\0com/maker/push/Native\0", ("com.maker.push.Native",), id="registered class"),
        pytest.param(b"\0(Lcn/maker/Data;)V\0", ("cn.maker.Data",), id="descriptor"),
        pytest.param(b"\0JNI_OnLoad\0com/maker/lower\0", (), id="no class"),
    ],
)
def test_names(data: bytes, expected: tuple[str, ...]) -> None:
    assert names(x86__liba=data) == expected


def test_of_the_copies_for_several_processors_one_is_read() -> None:
    found = names(**{"x86__liba": b"com/maker/Old", "arm64-v8a__liba": b"com/maker/New"})
    assert found == ("com.maker.New",)


def test_many_names_end() -> None:
    data = b"".join(b"\0com/maker/C%d" % number for number in range(50_000))
    assert len(names(x86__liba=data)) == 2_000


def test_a_library_beyond_the_bound_is_left_out() -> None:
    assert names(x86__liba=b"com/maker/New" + bytes(9 << 20)) == ()
