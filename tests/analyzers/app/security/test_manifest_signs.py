"""What a manifest and a signature show, each beside the nearest declaration that shows nothing."""

import pytest

from analyzers.app.axmlfile import Element, Value, el, manifest
from analyzers.app.packages import app, package
from analyzers.app.security.sighted import facts
from mingcha_analyzers.app.security.signatures import find_in_signing
from mingcha_analyzers.app.values import Certificate, Signing

VIEW = el("action", name="android.intent.action.VIEW")
BROWSABLE = el("category", name="android.intent.category.BROWSABLE")
LAUNCHER = el(
    "intent-filter",
    el("action", name="android.intent.action.MAIN"),
    el("category", name="android.intent.category.LAUNCHER"),
)


def levels(target: int, minimum: int = 24) -> Element:
    return el("uses-sdk", minSdkVersion=minimum, targetSdkVersion=target)


def told(*children: Element, target: int = 34, minimum: int = 24) -> set[str]:
    return {fact.id for fact in facts(root=manifest(levels(target, minimum), *children))}


def application(*children: Element, target: int = 34, minimum: int = 24) -> set[str]:
    return told(el("application", *children, allowBackup=False), target=target, minimum=minimum)


def filtered(*children: Element) -> Element:
    return el("intent-filter", VIEW, *children)


@pytest.mark.parametrize(
    ("fact", "shown", "not_shown"),
    [
        pytest.param("SF-NET01", {"usesCleartextTraffic": True}, {"usesCleartextTraffic": False}, id="clear text"),
        pytest.param("SF-PLT01", {"debuggable": True}, {"debuggable": False}, id="debuggable"),
        pytest.param("SF-STO02", {"allowBackup": True}, {"allowBackup": False}, id="backup"),
        pytest.param(
            "SF-STO02",
            {"allowBackup": True},
            {"allowBackup": True, "fullBackupContent": "@xml/a"},
            id="backup by rules",
        ),
    ],
)
def test_attributes_of_the_application(fact: str, shown: dict[str, Value], not_shown: dict[str, Value]) -> None:
    assert fact in told(el("application", **{"allowBackup": False, **shown}))
    assert fact not in told(el("application", **{"allowBackup": False, **not_shown}))


def test_a_configuration_takes_the_place_of_the_attribute_where_every_system_reads_it() -> None:
    both = el("application", usesCleartextTraffic=True, networkSecurityConfig="res/xml/a.xml")
    assert "SF-NET01" not in told(both, minimum=24)
    assert "SF-NET01" in told(both, minimum=21)


def test_backup_is_less_sure_where_adb_takes_none() -> None:
    found = {
        target: fact.confidence
        for target in (30, 31)
        for fact in facts(root=manifest(levels(target), el("application")))
        if fact.id == "SF-STO02"
    }
    assert found == {30: 0.9, 31: 0.6}


@pytest.mark.parametrize(
    ("fact", "shown", "not_shown"),
    [
        pytest.param(
            "SF-PLT02",
            el("activity", name=".A", exported=True),
            el("activity", name=".A", exported=False),
            id="exported",
        ),
        pytest.param(
            "SF-PLT02",
            el("service", name=".A", exported=True),
            el("service", name=".A", exported=True, permission="p.A"),
            id="guarded",
        ),
        pytest.param(
            "SF-PLT02",
            el("activity", name=".A", exported=True),
            el("activity", LAUNCHER, name=".A", exported=True),
            id="launcher",
        ),
        pytest.param(
            "SF-PLT02",
            el("activity", name=".A", exported=True),
            el("activity", name=".wxapi.WXEntryActivity", exported=True),
            id="called back by contract",
        ),
        pytest.param(
            "SF-PLT02",
            el("receiver", filtered(), name=".A", exported=True),
            el(
                "receiver",
                el("intent-filter", el("action", name="android.intent.action.BOOT_COMPLETED")),
                name=".A",
                exported=True,
            ),
            id="sent by the system alone",
        ),
        pytest.param(
            "SF-PLT02",
            el("activity", name=".A", exported=True),
            el("activity", name=".A", exported=True, enabled=False),
            id="off",
        ),
        pytest.param(
            "SF-PLT03",
            el("provider", name=".P", exported=True),
            el("provider", name=".P", exported=True, readPermission="p.A"),
            id="provider",
        ),
        pytest.param(
            "SF-PLT08",
            el("activity", filtered(BROWSABLE, el("data", scheme="https")), name=".A", exported=True),
            el(
                "activity",
                Element("intent-filter", {"autoVerify": True}, [BROWSABLE, el("data", scheme="https")]),
                name=".A",
                exported=True,
            ),
            id="links without verification",
        ),
        pytest.param(
            "SF-PLT08",
            el("activity", filtered(BROWSABLE, el("data", scheme="shop")), name=".A", exported=True),
            el("activity", filtered(BROWSABLE, el("data", scheme="tencent100371282")), name=".A", exported=True),
            id="own scheme",
        ),
        pytest.param(
            "SF-PLT15",
            el("activity", name=".A", exported=False),
            el("activity", LAUNCHER, name=".A", exported=True),
            id="no launcher",
        ),
    ],
)
def test_components(fact: str, shown: Element, not_shown: Element) -> None:
    assert fact in application(shown)
    assert fact not in application(not_shown)


def test_task_affinity_matters_below_android_11() -> None:
    part = el("activity", name=".A", exported=True, taskAffinity="com.other", launchMode=2)
    assert "SF-PLT13" in application(part, minimum=21)
    assert "SF-PLT13" not in application(part, minimum=30)
    assert "SF-PLT13" not in application(el("activity", name=".A", exported=True, launchMode=2), minimum=21)


def test_a_permission_that_everybody_gets_guards_nothing() -> None:
    guarded = el("application", el("service", name=".A", exported=True, permission="cn.example.P"), allowBackup=False)
    assert "SF-PLT04" in told(el("permission", name="cn.example.P"), guarded)
    assert "SF-PLT04" not in told(el("permission", name="cn.example.P", protectionLevel=2), guarded)


def test_a_permission_with_a_name_of_the_platform() -> None:
    assert "SF-PLT05" in told(el("permission", name="android.permission.MINE", protectionLevel=2))
    assert "SF-PLT05" not in told(el("permission", name="cn.example.permission.MINE", protectionLevel=2))


@pytest.mark.parametrize(
    ("target", "minimum", "expected"), [(29, 24, {"SF-PLT06"}), (30, 20, {"SF-PLT07"}), (30, 21, set())]
)
def test_levels(target: int, minimum: int, expected: set[str]) -> None:
    assert told(target=target, minimum=minimum) & {"SF-PLT06", "SF-PLT07"} == expected


def test_accessibility_counts_together_with_the_overlay() -> None:
    service = el("service", name=".A", exported=True, permission="android.permission.BIND_ACCESSIBILITY_SERVICE")
    overlay = el("uses-permission", name="android.permission.SYSTEM_ALERT_WINDOW")
    assert "SF-PLT12" in told(overlay, el("application", service))
    assert "SF-PLT12" not in told(el("application", service))


def certificate(subject: str = "CN=A", bits: int = 2048, algorithm: str = "sha256_rsa") -> Certificate:
    return Certificate(subject, subject, "00", None, None, "rsa", bits, algorithm)


@pytest.mark.parametrize(
    ("signing", "expected"),
    [
        pytest.param(Signing(("v1",), (certificate(),)), {("SF-SIG01", "v1")}, id="v1 alone"),
        pytest.param(Signing(("v1", "v2"), (certificate(),)), set(), id="v2, a good key"),
        pytest.param(
            Signing(("v2",), (certificate("C=US,O=Android,CN=Android Debug"),)),
            {("SF-SIG02", "C=US,O=Android,CN=Android Debug")},
            id="debug certificate",
        ),
        pytest.param(
            Signing(("v2",), (certificate("CN=Android Debugger Tools"),)), set(), id="a name that looks alike"
        ),
        pytest.param(Signing(("v2",), (certificate(bits=1024),)), {("SF-SIG03", "RSA 1024")}, id="short key"),
        pytest.param(Signing(("v2",), (certificate(algorithm="md5_rsa"),)), {("SF-SIG03", "md5_rsa")}, id="MD5"),
    ],
)
def test_signatures(signing: Signing, expected: set[tuple[str, str]]) -> None:
    assert {(sign.look.fact, sign.detail) for sign in find_in_signing(signing)} == expected


def test_a_manifest_with_very_many_components_is_cut_and_said() -> None:
    parts = [el("activity", name=f".A{number}", exported=True) for number in range(1100)]
    found = app(package(manifest(levels(34), el("application", *parts, allowBackup=False))))
    assert found.security is not None
    assert sum(fact.id == "SF-PLT02" for fact in found.security) == 1000
    assert [limit.detail for limit in found.limits if limit.stage == "security"] == ["SF-PLT02: 100"]
