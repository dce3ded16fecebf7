"""Policies inside packages: which texts are one, what they are, and which make one policy."""

import time
from pathlib import Path

import pytest

from analyzers.app.arscfile import Block, resource_table
from analyzers.app.packages import app, package
from docx_files import paragraph, write_docx
from mingcha_analyzers.app.embedded.package import read_embedded_policy
from mingcha_analyzers.app.values import App
from mingcha_analyzers.values import SourceFile

POLICIES = Path(__file__).parents[4] / "samples" / "policies"
BODY = "我们收集您的个人信息，用于提供服务，不会向第三方提供。" * 20
POLICY = f"隐私政策\n{BODY}".encode()
AGREEMENT = f"用户服务协议\n{BODY}".encode()


def holding(files: dict[str, bytes], *blocks: Block) -> bytes:
    return package(more={"resources.arsc": resource_table(*blocks), **files} if blocks else files)


def found(data: bytes) -> list[tuple[str, str, str | None, str | None]]:
    return [(each.place, each.role.value, each.title, each.language) for each in app(data).policies]


def chosen(files: dict[str, bytes]) -> list[str]:
    return [file.path for file in read_embedded_policy(SourceFile("a.apk", holding(files)))]


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        pytest.param("assets/a.txt", POLICY, ("main", "隐私政策"), id="told by its title, not by its name"),
        pytest.param(
            "assets/p.html", (POLICIES / "careful.zh.html").read_bytes(), ("main", "檐语记账隐私政策"), id="a page"
        ),
        pytest.param("assets/p.txt", POLICY.decode().encode("gb18030"), ("main", "隐私政策"), id="in GB 18030"),
        pytest.param(
            "assets/s.txt", f"第三方SDK清单\n{BODY}".encode(), ("sdk_list", "第三方SDK清单"), id="the list of SDKs"
        ),
        pytest.param(
            "assets/c.txt",
            f"儿童隐私保护声明\n{BODY}".encode(),
            ("minors", "儿童隐私保护声明"),
            id="rules for children",
        ),
        pytest.param("assets/privacy.txt", AGREEMENT, None, id="a user agreement"),
        pytest.param("assets/privacy.txt", "隐私政策见官网。".encode(), None, id="a pointer"),
        pytest.param("assets/a.js", POLICY, None, id="a script"),
        pytest.param("res/layout/a.txt", POLICY, None, id="neither asset nor raw resource"),
    ],
)
def test_policies_among_files(name: str, data: bytes, expected: tuple[str, str] | None) -> None:
    assert [each[1:3] for each in found(holding({name: data}))] == ([expected] if expected else [])


def test_a_raw_resource_is_known_by_its_type() -> None:
    table = Block("raw", {"rules": "res/x1.txt"})
    assert found(holding({"res/x1.txt": POLICY}, table)) == [("res/x1.txt", "main", "隐私政策", "zh")]


def test_a_long_string_is_a_policy_too() -> None:
    block = Block("string", {"policy": POLICY.decode(), "short": "隐私政策"}, "zh")
    assert found(holding({}, block)) == [("resources.arsc#string/policy[zh]", "main", "隐私政策", "zh")]


def test_a_string_under_two_names_is_listed_under_both() -> None:
    block = Block("string", {"first": POLICY.decode(), "second": POLICY.decode()})
    assert [each[0] for each in found(holding({}, block))] == [
        "resources.arsc#string/first",
        "resources.arsc#string/second",
    ]


def test_pdf_and_docx_files_are_read_where_their_name_tells_them_for_policies() -> None:
    body = paragraph("隐私政策") + paragraph(BODY) * 3
    places = {"assets/privacy_policy.docx": write_docx(body), "assets/manual.docx": write_docx(body)}
    assert found(holding(places)) == [("assets/privacy_policy.docx", "main", "隐私政策", "zh")]


def test_a_format_that_is_not_read_is_listed() -> None:
    policies = app(holding({"assets/privacy_policy.pdf": b"%PDF-1.4"})).policies
    assert [(each.place, each.text_sha256) for each in policies] == [("assets/privacy_policy.pdf", None)]


def test_one_main_text_of_one_language_and_what_belongs_to_it() -> None:
    english = ("Privacy Policy\n" + "We collect personal information to provide the service. " * 20).encode()
    files = {
        "assets/en.txt": english,
        "assets/old.txt": POLICY,
        "assets/new.txt": POLICY + BODY.encode(),
        "assets/sdk.txt": f"第三方SDK清单\n{BODY}".encode(),
        "assets/copy.txt": f"第三方SDK清单\n{BODY}".encode(),
    }
    assert chosen(files) == ["a.apk!/assets/new.txt", "a.apk!/assets/copy.txt"]


def test_links_of_a_policy_are_no_hosts_of_the_app() -> None:
    link = '<a href="https://partner.yanyu.example/rules">注销账号</a>'
    page = f"<html><body><h1>隐私政策</h1><p>{BODY}</p>{link}</body></html>".encode()
    inside = app(holding({"assets/policy.html": page, "assets/help.html": link.encode()}))
    assert [(each.host, each.place.dex) for each in inside.endpoints] == [("partner.yanyu.example", "assets/help.html")]
    assert inside.ui is not None
    assert {each.place for each in inside.ui.texts} == {"assets/help.html"}


def test_nothing_is_chosen_of_a_package_without_a_policy() -> None:
    assert chosen({"assets/agreement.txt": AGREEMENT}) == []


def urls(found_app: App) -> list[tuple[str, str]]:
    return [(each.url, each.place) for each in found_app.policy_urls]


def test_addresses_of_policies() -> None:
    block = Block(
        "string",
        {"p": "https://a.example/privacy.html", "h": "https://a.example/help", "t": "见 https://b.example/yinsi 。"},
    )
    assert urls(app(holding({}, block))) == [
        ("https://a.example/privacy.html", "string/p"),
        ("https://b.example/yinsi", "string/t"),
    ]


def test_addresses_that_code_names() -> None:
    data = (Path(__file__).parents[4] / "samples" / "apps" / "careless.apk").read_bytes()
    assert ("http://www.taihen.example/privacy.html", "string/privacy_url") in urls(app(data))


def test_texts_made_of_beginnings_of_addresses_cost_no_time() -> None:
    block = Block("string", {"a": "http://" * 4_000, "b": "https://a.example/" + "x" * 9000 + "/privacy"})
    data = holding({"assets/" + "privacy" * 5000 + ".doc": b"x"}, block)
    begin = time.process_time()
    assert urls(app(data)) == []
    assert time.process_time() - begin < 3
