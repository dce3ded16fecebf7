"""Who a class belongs to."""

import pytest

from mingcha_analyzers.app.code.owners import Owners
from mingcha_analyzers.app.values import Component, ComponentKind
from mingcha_corpora.sdks import load_sdk_base


def owner(class_name: str, package_name: str = "cn.example.shop", application: str = "cn.example.core.App") -> str:
    component = Component(ComponentKind.APPLICATION, application, False, None, (), ())
    return Owners(package_name, [component], load_sdk_base()).of(class_name)


@pytest.mark.parametrize(
    ("class_name", "expected"),
    [
        pytest.param("cn.example.shop.Main", "app", id="below the application id"),
        pytest.param("cn.example.core.net.Client", "app", id="below the application class"),
        pytest.param("cn.example.other.Thing", "app", id="of the same vendor"),
        pytest.param("com.umeng.commonsdk.UMConfigure", "sdk:umeng-common", id="an SDK"),
        pytest.param("androidx.core.app.ActivityCompat", "platform", id="AndroidX"),
        pytest.param("kotlin.Unit", "platform", id="Kotlin"),
        pytest.param("com.somevendor.tool.inner.Deep", "unknown:com.somevendor.tool", id="a third party"),
        pytest.param("a.b.C", "unknown:a.b", id="renamed code"),
        pytest.param("C", "unknown:", id="no package"),
    ],
)
def test_owner(class_name: str, expected: str) -> None:
    assert owner(class_name) == expected


def test_an_app_below_an_sdk_prefix_is_the_app() -> None:
    assert owner("com.tencent.mm.ui.Launcher", "com.tencent.mm", "com.tencent.mm.app.App") == "app"
    assert owner("com.tencent.mm.opensdk.openapi.WXApi", "com.tencent.mm", "com.tencent.mm.app.App").startswith("sdk:")


@pytest.mark.parametrize(
    ("application", "class_name", "expected"),
    [
        pytest.param("activity.App", "fragments.Home", "app", id="beside own code in such a package"),
        pytest.param("activity.App", "ab.Home", "unknown:ab", id="a name that a shrinker gave"),
        pytest.param("cn.example.core.App", "fragments.Home", "unknown:fragments", id="elsewhere"),
    ],
)
def test_packages_of_one_label(application: str, class_name: str, expected: str) -> None:
    assert owner(class_name, application=application) == expected


def test_the_application_class_of_a_packer_is_not_the_apps() -> None:
    assert owner("com.tencent.StubShell.TxAppEntry", application="com.tencent.StubShell.TxAppEntry") == (
        "unknown:com.tencent.StubShell"
    )
