"""What XML resources and lists of other readers show: network security, shared paths, addresses, secrets in files."""

import pytest

from analyzers.app.axmlfile import Element, binary_xml, el, manifest
from analyzers.app.packages import app, package
from mingcha_analyzers.app.security.named import find_in_endpoints
from mingcha_analyzers.app.values import App, Endpoint, EndpointForm, Place, SecurityFact, Stage

CONFIG, PATHS = "res/xml/net.xml", "res/xml/paths.xml"
KEY = "AKIA" + "Q1W2E3R4T5Y6U7I8"


def plain(tag: str, *children: Element, text: str | None = None, **attributes: str) -> Element:
    """Return an element with attributes of no namespace."""
    return Element(tag, {}, list(children), attributes, text=text)


def configured(*children: Element) -> list[tuple[str, str | None]]:
    root = manifest(el("application", networkSecurityConfig=CONFIG, allowBackup=False))
    found = app(package(root, more={CONFIG: binary_xml(plain("network-security-config", *children))}))
    return shown(found, "SF-NET03", "SF-NET04")


def shared(*children: Element) -> list[tuple[str, str | None]]:
    entry = el("meta-data", name="android.support.FILE_PROVIDER_PATHS", value=PATHS)
    provider = el("provider", entry, name="androidx.core.content.FileProvider", exported=False)
    found = app(package(manifest(el("application", provider)), more={PATHS: binary_xml(plain("paths", *children))}))
    return shown(found, "SF-STO11")


def shown(found: App, *ids: str) -> list[tuple[str, str | None]]:
    return [(fact.id, fact.detail) for fact in found.security or () if fact.id in ids]


def domains(*names: str) -> Element:
    return plain("domain-config", *(plain("domain", text=name) for name in names), cleartextTrafficPermitted="true")


def trusting(where: str) -> Element:
    return plain(where, plain("trust-anchors", plain("certificates", src="user")))


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        pytest.param(
            plain("base-config", cleartextTrafficPermitted="true"), [("SF-NET03", "base-config")], id="for all"
        ),
        pytest.param(plain("base-config", cleartextTrafficPermitted="false"), [], id="for none"),
        pytest.param(domains("a.cn", "localhost"), [("SF-NET03", "a.cn")], id="for a domain"),
        pytest.param(domains("localhost", "10.0.2.2"), [], id="for the own machine"),
        pytest.param(domains("a.cn", "b.cn", "c.cn", "d.cn"), [("SF-NET03", "a.cn, b.cn, c.cn +1")], id="for many"),
        pytest.param(trusting("base-config"), [("SF-NET04", 'certificates src="user"')], id="certificates of the user"),
        pytest.param(trusting("debug-overrides"), [], id="certificates of the user in debug builds"),
    ],
)
def test_network_security_configuration(part: Element, expected: list[tuple[str, str]]) -> None:
    assert configured(part) == expected


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        pytest.param(plain("root-path", path="/"), [("SF-STO11", 'root-path path="/"')], id="root"),
        pytest.param(plain("external-path", path="."), [("SF-STO11", 'external-path path="."')], id="whole storage"),
        pytest.param(plain("external-path", path="pictures/"), [], id="a folder"),
        pytest.param(plain("cache-path", path="."), [], id="the own cache"),
    ],
)
def test_paths_of_file_providers(part: Element, expected: list[tuple[str, str]]) -> None:
    assert shared(part) == expected


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        pytest.param({}, "entry_missing", id="missing"),
        pytest.param({CONFIG: b"\x03\x00\x08\x00" + b"\xff" * 40}, "entry_damaged", id="damaged"),
    ],
)
def test_a_configuration_that_cannot_be_read_is_said(files: dict[str, bytes], reason: str) -> None:
    found = app(package(manifest(el("application", networkSecurityConfig=CONFIG)), more=files))
    assert [(limit.stage, limit.reason, limit.detail) for limit in found.limits if limit.stage == "security"] == [
        ("security", reason, CONFIG)
    ]


def endpoint(scheme: str, stage: Stage, owner: str = "app") -> Endpoint:
    place = Place("classes.dex", "cn.a.Report", "send", "()V", 2)
    return Endpoint("report.cn", scheme, EndpointForm.URL, owner, None, None, stage, place, 1)


def test_addresses_without_encryption_count_more_where_code_reaches_them() -> None:
    seen = [endpoint("http", Stage.REACHABLE), endpoint("http", Stage.PRESENT), endpoint("https", Stage.REACHABLE)]
    found = [(sign.look.fact, sign.detail, sign.confidence) for sign in find_in_endpoints(seen)]
    assert found == [("SF-NET10", "http://report.cn", 0.7), ("SF-NET10", "http://report.cn", 0.5)]
    assert list(find_in_endpoints([endpoint("http", Stage.REACHABLE, "platform")])) == []


def test_a_secret_in_a_file_is_told_by_its_ends() -> None:
    data = b'{"a": 1,\n "key": "' + KEY.encode() + b'"}'
    found = app(package(manifest(), more={"assets/config.json": data}))
    (fact,) = [fact for fact in found.security or () if fact.id == "SF-KEY03"]
    assert fact == SecurityFact("SF-KEY03", "app", "assets/config.json", None, "AKIA…I8", 0.9)


def test_a_file_that_many_providers_share_is_read_once_and_its_paths_up_to_a_bound_that_is_said() -> None:
    entry = el("meta-data", name="android.support.FILE_PROVIDER_PATHS", value=PATHS)
    providers = [el("provider", entry, name=f"cn.example.P{number}") for number in range(100)]
    wide = [plain("root-path", path=f"/{number}") for number in range(60)]
    found = app(
        package(manifest(el("application", *providers)), more={PATHS: binary_xml(plain("paths", *wide, *wide))})
    )
    assert len(shown(found, "SF-STO11")) == 1_000
    assert [limit.detail for limit in found.limits if limit.reason == "too_many_places"] == ["SF-STO11: 4000", PATHS]


def test_more_files_of_paths_than_any_app_has_are_said() -> None:
    providers = [
        el("provider", el("meta-data", name="FILE_PROVIDER_PATHS", value=f"{number}.xml"), name=f"cn.example.P{number}")
        for number in range(60)
    ]
    files = {f"{number}.xml": binary_xml(plain("paths")) for number in range(60)}
    found = app(package(manifest(el("application", *providers)), more=files))
    assert [limit.detail for limit in found.limits if limit.reason == "entry_not_searched"] == ["more than 50 files"]


def test_files_beyond_what_is_searched_for_secrets_are_said() -> None:
    files = {f"assets/{number}.js": b"x" * (3 << 20) for number in range(2)}
    limits = app(package(more=files)).limits
    assert ("security", "entry_not_searched", "1 files") in {(each.stage, each.reason, each.detail) for each in limits}
