"""Third-party code that nobody knows: how large, and what it reads."""

import pytest

from analyzers.app.code.programs import reader, static
from analyzers.app.dex.assemble import Class, assemble
from mingcha_analyzers.app.code import find_observations
from mingcha_analyzers.app.code.owners import Owners
from mingcha_analyzers.app.values import UnknownCode
from mingcha_corpora.sdks import load_sdk_base


def unknown(*classes: Class) -> tuple[UnknownCode, ...]:
    return find_observations(
        [("classes.dex", assemble(classes))],
        owners=Owners("cn.example", (), load_sdk_base()),
        components=(),
        target_sdk=30,
    ).unknown


def code(name: str, length: int = 1) -> Class:
    return Class(name, [static("run", [("nop",)] * (length - 1))])


def test_code_that_reads_data_stands_first_then_the_largest() -> None:
    found = unknown(
        code("Lcn/example/Own;", 5),
        reader("Lcom/vendor/device/Id;"),
        code("Lcom/vendor/tool/x/Small;", 2),
        code("Lcom/vendor/tool/Other;", 2),
        code("Lcom/big/vendor/Large;", 50),
    )
    assert [each.package for each in found] == ["com.vendor.device", "com.big.vendor", "com.vendor.tool"]
    assert [each.data_items for each in found] == [("device.android_id",), (), ()]
    assert (found[2].classes, found[2].size) == (2, 8)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("Lcn/example/Own;", id="the app's own"),
        pytest.param("Lcom/umeng/analytics/A;", id="an SDK's"),
        pytest.param("Landroidx/core/A;", id="the platform's"),
    ],
)
def test_known_code_is_not_unknown(name: str) -> None:
    assert unknown(code(name)) == ()


def test_shares_leave_out_the_platform() -> None:
    (found,) = unknown(code("Lcn/example/Own;", 30), code("Lcom/vendor/tool/A;", 10), code("Landroidx/core/A;", 500))
    assert found.share == 0.25


@pytest.mark.parametrize(("name", "renamed"), [("La/b/c;", True), ("Lcom/vendor/tool/c;", False)])
def test_renamed_packages_are_marked(name: str, renamed: bool) -> None:
    assert unknown(code(name))[0].renamed is renamed


def test_the_list_ends() -> None:
    assert len(unknown(*(code(f"Lcom/vendor{number}/tool/A;") for number in range(30)))) == 20
