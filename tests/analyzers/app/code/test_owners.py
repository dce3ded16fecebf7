"""Who a class belongs to."""

import pytest

from mingcha_analyzers.app.code.owners import Owners
from mingcha_analyzers.app.values import Component, ComponentKind, IntentFilter
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


@pytest.mark.parametrize(
    ("class_name", "expected"),
    [
        pytest.param("com.google.android.exoplayer2.Player", "sdk:exoplayer", id="a player inside another SDK"),
        pytest.param("com.loc.aps", "sdk:amap-location", id="code outside its maker's name"),
        pytest.param("com.ta.utdid2.device.UTDevice", "sdk:utdid", id="a part that several carry"),
        pytest.param("cn.example.shop.shaded.okhttp3.Call", "sdk:okhttp", id="relocated below the app's name"),
        pytest.param("cn.example.shop.com.umeng.analytics.Api", "sdk:umeng-analytics", id="below another name"),
        pytest.param("cn.example.shop.okhttp3.Call", "app", id="one label without a word before it"),
        pytest.param("cn.example.shop.shaded.Thing", "app", id="nothing known below the word"),
        pytest.param("com.android.tools.fd.runtime.BootstrapApplication", "platform", id="loader of Instant Run"),
    ],
)
def test_owner_of_code_inside_other_code(class_name: str, expected: str) -> None:
    assert owner(class_name) == expected


@pytest.mark.parametrize(
    ("class_name", "expected"),
    [
        pytest.param("a.b.c", "sdk:bugly", id="renamed code"),
        pytest.param("a.b.c$1", "sdk:bugly", id="inside a matched class"),
        pytest.param("a.b.d", "unknown:a.b", id="beside it"),
        pytest.param("cn.example.shop.a", "sdk:bugly", id="moved into the app's package"),
        pytest.param("com.umeng.commonsdk.UMConfigure", "sdk:umeng-common", id="a name that tells"),
        pytest.param("androidx.core.app.A", "platform", id="the platform's"),
    ],
)
def test_matched_classes_belong_to_what_they_are_built_like(class_name: str, expected: str) -> None:
    names = ("a.b.c", "cn.example.shop.a", "com.umeng.commonsdk.UMConfigure", "androidx.core.app.A")
    owners = Owners("cn.example.shop", [], load_sdk_base()).with_matched(dict.fromkeys(names, "bugly"))
    assert owners.of(class_name) == expected


@pytest.mark.parametrize(
    ("screen", "class_name", "expected"),
    [
        pytest.param("cn.jiguang.demo.Main", "cn.jiguang.demo.net.Client", "app", id="a demo below its maker's prefix"),
        pytest.param("cn.jiguang.demo.Main", "cn.jiguang.internal.A", "sdk:jcore", id="the SDK beside it"),
        pytest.param("cn.jiguang.Main", "cn.jiguang.Other", "sdk:jcore", id="the prefix itself"),
    ],
)
def test_the_first_screen_is_the_apps(screen: str, class_name: str, expected: str) -> None:
    launcher = IntentFilter((), ("android.intent.category.LAUNCHER",), ())
    components = [Component(ComponentKind.ACTIVITY, screen, True, None, (launcher,), ())]
    assert Owners("com.example.demo", components, load_sdk_base()).of(class_name) == expected


def test_an_application_class_that_an_sdk_offers_is_the_sdks() -> None:
    assert owner("com.mob.MobApplication", application="com.mob.MobApplication") == "sdk:mobtech-mobsdk"


@pytest.mark.parametrize(
    ("class_name", "present", "expected"),
    [
        pytest.param("com.umeng.b.C", ["com.umeng.analytics"], "sdk:umeng-analytics", id="beside one SDK"),
        pytest.param("com.umeng.b.c.D", ["com.umeng.analytics"], "sdk:umeng-analytics", id="deeper"),
        pytest.param("com.umeng.b.C", ["com.umeng.analytics", "com.umeng.socialize"], "unknown:com.umeng.b", id="two"),
        pytest.param(
            "com.umeng.tools.C", ["com.umeng.analytics"], "unknown:com.umeng.tools", id="a name that says more"
        ),
        pytest.param("com.github.b.C", ["com.github.mikephil.charting"], "unknown:com.github.b", id="a place of many"),
        pytest.param("com.vendor.b.C", ["com.umeng.analytics"], "unknown:com.vendor.b", id="beside none"),
    ],
)
def test_what_a_maker_renamed_belongs_to_the_sdk_beside_it(class_name: str, present: list[str], expected: str) -> None:
    assert Owners("cn.example.shop", [], load_sdk_base()).among(present).of(class_name) == expected
