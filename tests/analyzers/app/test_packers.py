"""Packers: what names one, that only packers hide code, and that look-alike names do not."""

from collections.abc import Sequence

import pytest

from analyzers.app.axmlfile import el, manifest
from analyzers.app.packages import app, package
from mingcha_analyzers.app.packers import find_packer


def named(names: Sequence[str] = (), application: str | None = None, classes: Sequence[str] = ()) -> str | None:
    packer = find_packer(names, application, classes)
    return packer.id if packer else None


@pytest.mark.parametrize(
    ("names", "application", "classes", "expected"),
    [
        pytest.param(["lib/arm64-v8a/libjiagu.so"], None, [], "qihoo-jiagu", id="library"),
        pytest.param(["lib/armeabi/libshella-2.10.7.1.so"], None, [], "tencent-legu", id="library by pattern"),
        pytest.param(
            [], "com.tencent.StubShell.TxAppEntry", ["com.tencent.StubShell.A"], "tencent-legu", id="application"
        ),
        pytest.param(["assets/libjiagu.so", "assets/libjiagu_a64.so"], None, [], "qihoo-jiagu", id="two assets"),
        pytest.param(["assets/res.zip"], None, [], None, id="one asset of a general name"),
        pytest.param(["assets/libjiagu.so.txt", "libjiagu.so"], None, [], None, id="look-alikes"),
        pytest.param(
            ["lib/arm64-v8a/libmain.so", "assets/a.png"], "cn.example.App", ["cn.example.App"], None, id="none"
        ),
    ],
)
def test_signs(names: list[str], application: str | None, classes: list[str], expected: str | None) -> None:
    assert named(names, application, classes) == expected


def test_a_packer_outranks_a_protector_beside_it() -> None:
    packer = find_packer(["lib/arm64-v8a/libsgmain.so", "lib/arm64-v8a/libjiagu.so"], None, ())
    assert packer is not None
    assert (packer.id, packer.hides_code) == ("qihoo-jiagu", True)


def test_a_protector_does_not_hide_the_code() -> None:
    packer = find_packer(["lib/arm64-v8a/libsgmain.so"], None, ["com.alibaba.wireless.security.A"])
    assert packer is not None
    assert (packer.kind, packer.hides_code) == ("protector", False)
    assert packer.evidence == ("code:com.alibaba.wireless.security", "native_library:libsgmain.so")


def test_a_packed_app_says_that_its_code_was_not_seen() -> None:
    root = manifest(el("application", name="com.stub.StubApp"))
    found = app(package(root, classes=["com.stub.StubApp"], more={"lib/arm64-v8a/libjiagu.so": b"\x7fELF"}))
    assert found.packer is not None
    assert [(limit.stage, limit.detail) for limit in found.limits if limit.reason == "packed"] == [
        ("code", found.packer.name)
    ]
