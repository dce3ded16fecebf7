"""Which texts name a host of the public net, and which merely look like it."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import mingcha_analyzers.app.network.tables as tables
from mingcha_analyzers.app.network.addresses import find_addresses, find_urls, is_public_address

ROWS = yaml.safe_load((Path(tables.__file__).parent / "data" / "hosts.yaml").read_text("utf-8"))


def hosts(*texts: str) -> list[tuple[str, str | None, str]]:
    found = find_addresses([text.encode() for text in texts])
    return [(address.host, address.scheme, address.form.value) for _, address in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("http://api.taihen.cn/v1", ("api.taihen.cn", "http", "url"), id="URL"),
        pytest.param("HTTPS://User:pw@API.Taihen.CN:8443/", ("api.taihen.cn", "https", "url"), id="user, port, case"),
        pytest.param("https://%s.taihen.cn/a", ("taihen.cn", "https", "url"), id="first label filled in later"),
        pytest.param('{"url":"wss://push.taihen.cn"}', ("push.taihen.cn", "wss", "url"), id="inside JSON"),
        pytest.param("https://例子.中国/", ("例子.中国", "https", "url"), id="name of Han characters"),
        pytest.param("http://47.95.10.20:8080/api", ("47.95.10.20", "http", "ip"), id="address in a URL"),
        pytest.param("47.95.110.20", ("47.95.110.20", None, "ip"), id="bare address"),
        pytest.param("1.2.3.4:8080", ("1.2.3.4", None, "ip"), id="small numbers with a port"),
        pytest.param("im64.taihen.cn", ("im64.taihen.cn", None, "host"), id="bare host"),
        pytest.param("pay.taihen.com/rest.htm", ("pay.taihen.com", None, "host"), id="bare host with a path"),
    ],
)
def test_hosts_are_found(text: str, expected: tuple[str, str | None, str]) -> None:
    assert hosts(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("See http://www.taihen.cn/doc for more", id="link in a message"),
        pytest.param("https://developer.taihen.cn/guide", id="pages for developers"),
        pytest.param("content://sms/inbox", id="content provider"),
        pytest.param("http://localhost:8080/a", id="this device"),
        pytest.param("http://192.168.1.1/", id="local net"),
        pytest.param("http://printer.local/", id="local name"),
        pytest.param("https://%s/api", id="host filled in later"),
        pytest.param("http://Config.properties", id="no such ending"),
        pytest.param("com.tencent.mm", id="package that ends in a country code"),
        pytest.param("org.apache.commons.net", id="package that ends like a host"),
        pytest.param("java.net", id="package of the class library"),
        pytest.param("index.html", id="file"),
        pytest.param("libnative.so", id="library that ends in a country code"),
        pytest.param("user.name", id="key"),
        pytest.param("2.5.29.15", id="object identifier"),
        pytest.param("1.3.6.1", id="short object identifier"),
        pytest.param("10.2.1.0", id="version"),
        pytest.param("69.0.3497.100", id="version of a browser"),
        pytest.param("224.0.0.251", id="multicast"),
        pytest.param("http://999.1.1.1/", id="no address"),
        pytest.param("a@taihen.cn", id="mail address"),
    ],
)
def test_what_only_looks_like_a_host_is_left_out(text: str) -> None:
    assert hosts(text) == []


@pytest.mark.parametrize("row", ROWS["not_services"], ids=lambda row: row["id"])
def test_each_kind_of_no_service_is_left_out(row: dict[str, str]) -> None:
    assert row["source"].strip()
    assert hosts(row["test"]) == []


def test_addresses_carry_the_place_of_their_text() -> None:
    texts = [b"", b"http://a.taihen.cn http", b"x", b'"http://b.taihen.cn","https://c.taihen.cn"']
    assert [(place, address.host) for place, address in find_urls(texts)] == [
        (1, "a.taihen.cn"),
        (3, "b.taihen.cn"),
        (3, "c.taihen.cn"),
    ]


@pytest.mark.parametrize(("host", "public"), [("100.64.0.1", False), ("172.31.255.255", False), ("172.32.0.1", True)])
def test_reserved_blocks(host: str, public: bool) -> None:
    assert is_public_address(host) is public


def test_endings_hold_every_bare_domain_and_country() -> None:
    table = tables.load_hosts()
    assert table.bare_domains <= table.endings
    assert all(host.rpartition(".")[2] in table.endings for host in table.countries)


@given(st.lists(st.binary(max_size=80) | st.sampled_from([b"http://", b"a.b.cn/", b"://", b"1.2.3.4:5"]), max_size=8))
def test_any_bytes_give_well_formed_hosts(texts: list[bytes]) -> None:
    for place, address in (*find_addresses(texts), *find_urls([b"".join(texts)])):
        assert 0 <= place < max(len(texts), 1)
        assert "." in address.host
        assert not set(address.host) & set(" /\\:@\n")
