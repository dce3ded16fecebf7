"""Endpoints of packages: who names a host, whose host it is, where it was seen."""

from pathlib import Path

import pytest

from analyzers.app.axmlfile import Element, binary_xml, el, manifest
from analyzers.app.packages import app, package
from mingcha_analyzers.app.network.endpoints import country_of_host, sdk_of_host
from mingcha_analyzers.app.reader import read_app
from mingcha_analyzers.app.values import Endpoint
from mingcha_analyzers.values import SourceFile
from mingcha_corpora.sdks import load_sdk_base

BASE = load_sdk_base()
SAMPLES = Path(__file__).parents[4] / "samples" / "apps"


def in_files(**files: str) -> list[tuple[str, str | None, str | None]]:
    more = {name.replace("__", "/"): text.encode() for name, text in files.items()}
    return [(each.host, each.scheme, each.place.dex) for each in app(package(manifest(), more=more)).endpoints]


def sample(name: str) -> tuple[Endpoint, ...]:
    path = SAMPLES / f"{name}.apk"
    return read_app(SourceFile(path.name, path.read_bytes())).endpoints


def test_host_in_code_has_owner_place_and_stage() -> None:
    (found,) = [each for each in sample("careless") if each.host == "report.taihen.example"]
    assert (found.scheme, found.owner, found.stage, found.place.class_, found.place.method) == (
        "http",
        "app",
        "reachable",
        "cn.example.taihen.Report",
        "send",
    )


def test_host_in_a_string_resource_is_the_apps() -> None:
    (found,) = [each for each in sample("careless") if each.host == "www.taihen.example"]
    assert (found.scheme, found.owner, found.place.dex) == ("http", "app", "resources.arsc:privacy_url")


def test_hosts_of_assets_are_the_apps() -> None:
    assert in_files(**{"assets/www/app.js": 'fetch("https://api.taihen.cn/u")'}) == [
        ("api.taihen.cn", "https", "assets/www/app.js")
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("assets/a.js", "// see http://api.taihen.cn", id="comment"),
        pytest.param("assets/open_source_licenses.html", "<a href='http://api.taihen.cn'>", id="licences"),
        pytest.param("assets/dict.bin", "http://api.taihen.cn", id="no text file"),
        pytest.param("assets/a.svg.xml", "<svg xmlns='http://www.w3.org/2000/svg'/>", id="namespace"),
    ],
)
def test_other_assets_name_no_host(name: str, text: str) -> None:
    assert in_files(**{name: text}) == []


@pytest.mark.parametrize(
    ("host", "sdk"),
    [
        pytest.param("pms.mb.qq.com", "tbs-x5", id="one SDK's"),
        pytest.param("api.taihen.cn", None, id="nobody's"),
        pytest.param("bucket.oss-cn-hangzhou.aliyuncs.com", None, id="hosting"),
        pytest.param("restapi.amap.com", None, id="of two SDKs"),
    ],
)
def test_sdk_of_a_host(host: str, sdk: str | None) -> None:
    assert sdk_of_host(host, BASE) == sdk


@pytest.mark.parametrize(
    ("host", "country"),
    [
        pytest.param("restapi.amap.com", "CN", id="both SDKs are of one country"),
        pytest.param("graph.facebook.com", "US", id="a known company"),
        pytest.param("api.taihen.cn", "CN", id="ending of a country"),
        pytest.param("api.taihen.com", None, id="not known"),
        pytest.param("api.taihen.io", None, id="ending that says nothing"),
    ],
)
def test_country_of_a_host(host: str, country: str | None) -> None:
    assert country_of_host(host, BASE) == country


def test_a_file_of_nothing_but_urls_is_a_limit_and_takes_no_time() -> None:
    found = app(package(manifest(), more={"assets/a.js": b"http://a.taihen.cn " * 250_000, "assets/b.js": b"://" * 9}))
    assert found.endpoints == ()
    assert ("assets", "entry_not_searched", "assets/a.js") in {(e.stage, e.reason, e.detail) for e in found.limits}


def test_many_files_are_counted_and_not_listed() -> None:
    more = {f"assets/{number}.json": b"{}" for number in range(600)}
    limits = [each for each in app(package(manifest(), more=more)).limits if each.stage == "assets"]
    assert [(each.reason, each.detail) for each in limits] == [("entry_not_searched", "100 files")]


def test_domains_of_the_network_security_configuration() -> None:
    path = "res/xml/net.xml"
    domains = [Element("domain", text=text) for text in ("api.taihen.cn", "localhost", "10.0.2.2")]
    config = Element("network-security-config", children=[Element("domain-config", children=domains)])
    root = manifest(el("application", networkSecurityConfig=path))
    found = app(package(root, more={path: binary_xml(config)})).endpoints
    assert [(each.host, each.scheme, each.place.dex) for each in found] == [("api.taihen.cn", None, path)]
