"""Policies of several documents: folders, archives and saved pages; what is linked and not there."""

import io
import zipfile

import pytest

from docx_files import paragraph, write_docx
from mingcha_analyzers.policy.reader import read_policy
from mingcha_analyzers.policy.values import Policy
from mingcha_analyzers.values import SourceFile, SourceFolder
from mingcha_corpora.errors import MingchaError
from pdf_files import Page, write_pdf

BODY = "<p>我们会收集您的个人信息，用于登录。个人信息的处理规则见下。您可以查询个人信息。</p>"


def _page(title: str, links: str = "") -> bytes:
    return f"<html><body><h1>{title}</h1>{BODY}{links}</body></html>".encode()


SITE = {
    "index.html": _page(
        "示例隐私政策", '<a href="sub/sdk.html#top">第三方SDK目录</a> <a href="../outside.html">收集清单</a>'
    ),
    "sub/sdk.html": _page("第三方SDK目录", '<a href="/children.html">儿童规则</a>'),
    "children.html": _page("儿童个人信息保护规则"),
    "old.html": _page("旧版隐私政策"),
    "news.html": b"<html><body><p>" + "公司新闻。".encode() * 50 + b"</p></body></html>",
    "index_files/frame.html": _page("广告"),
    "logo.png": b"\x89PNG",
}


def _zip(entries: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _paths(policy: Policy) -> list[tuple[str, str]]:
    return [(document.path, document.role) for document in policy.documents]


def _said(policy: Policy) -> list[tuple[str, str]]:
    return [(limit.reason, limit.detail) for limit in policy.limits]


def test_links_lead_from_the_index_to_the_pages_of_an_archive() -> None:
    policy = read_policy([SourceFile("a.zip", _zip(SITE))])
    assert _paths(policy) == [
        ("a.zip!/index.html", "main"),
        ("a.zip!/sub/sdk.html", "sdk_list"),
        ("a.zip!/children.html", "minors"),
    ]
    assert _said(policy) == [("not_linked", "a.zip!/old.html"), ("not_supplied", "收集清单 ../outside.html")]


def test_a_folder_is_read_like_an_archive() -> None:
    files = tuple(SourceFile(f"pages/{name}", data) for name, data in SITE.items() if name.endswith(".html"))
    policy = read_policy([SourceFolder("pages", files)])
    assert [path for path, _ in _paths(policy)] == ["pages/index.html", "pages/sub/sdk.html", "pages/children.html"]


def test_without_an_index_all_that_may_be_a_policy_is_read() -> None:
    entries = {
        "1.html": _page("隐私政策"),
        "2.html": _page("第三方SDK目录"),
        "1_files/ad.html": _page("广告"),
        "x.css": b"",
    }
    assert [path for path, _ in _paths(read_policy([SourceFile("a.zip", _zip(entries))]))] == [
        "a.zip!/1.html",
        "a.zip!/2.html",
    ]


def test_an_archive_holds_any_format() -> None:
    page = Page()
    page.text(60, 60, "第三方SDK目录")
    page.text(60, 90, "友盟统计SDK，用于统计分析，收集设备标识符等信息。")
    entries = {
        "隐私政策.docx": write_docx(paragraph("示例隐私政策") + paragraph("我们收集您的手机号，用于登录。" * 3)),
        "sdk.pdf": write_pdf([page]),
    }
    policy = read_policy([SourceFile("a.zip", _zip(entries))])
    assert [role for _, role in _paths(policy)][:1] == ["main"]


def test_names_that_chinese_windows_wrote_are_read() -> None:
    data = _zip({"XXXXXXXX.html": _page("隐私政策")}).replace(b"XXXXXXXX", "隐私政策".encode("gb18030"))
    assert _paths(read_policy([SourceFile("a.zip", data)])) == [("a.zip!/隐私政策.html", "main")]


def test_a_page_without_text_inside_is_said() -> None:
    shell = b"<html><script>" + "隐私 个人信息 ".encode() * 9 + b"</script><body></body></html>"
    policy = read_policy([SourceFile("a.zip", _zip({"1.html": _page("隐私政策"), "2.html": shell}))])
    assert _said(policy) == [("not_readable", "a.zip!/2.html")]


MHTML = """From: <Saved by Blink>
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----x"

------x
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable
Content-Location: https://example.com/privacy

{page}
------x
Content-Type: text/css
Content-Transfer-Encoding: 7bit

.off {{ display: none }}
------x--
"""


def test_a_page_saved_in_one_file_is_read_with_its_style_sheets() -> None:
    html = _page("隐私政策", '<p class="off">藏起来的话</p>')
    quoted = "".join(f"={byte:02X}" for byte in html)
    lines = "=\n".join(quoted[at : at + 72] for at in range(0, len(quoted), 72))
    document = read_policy([SourceFile("p.mht", MHTML.format(page=lines).encode())]).documents[0]
    assert document.path == "p.mht"
    assert "收集您的个人信息" in document.text
    assert "藏起来" not in document.text


@pytest.mark.parametrize(
    ("link", "missing"),
    [
        ('<a href="https://a.example/sdk">《第三方SDK目录》</a>', ["《第三方SDK目录》 https://a.example/sdk"]),
        ('<a href="child.html">儿童隐私保护声明</a>', ["儿童隐私保护声明 child.html"]),
        ('<a href="#sdk">第三方SDK目录</a>', []),
        ('<a href="https://a.example">官网</a>', []),
    ],
)
def test_documents_that_are_linked_and_not_there_are_named(link: str, missing: list[str]) -> None:
    policy = read_policy([SourceFile("p.html", _page("隐私政策", link))])
    assert [limit.detail for limit in policy.limits if limit.reason == "not_supplied"] == missing


def test_a_list_that_is_there_is_not_missed() -> None:
    main = _page("隐私政策", '<a href="https://a.example/sdk">第三方SDK目录</a>')
    policy = read_policy([SourceFile("p.html", main), SourceFile("s.html", _page("第三方SDK目录"))])
    assert policy.limits == ()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(_zip({"a.png": b"x"}), "policy_nothing_inside", id="no page inside"),
        pytest.param(_zip({"a.html": _page("隐私政策")})[:-30], "policy_archive_damaged", id="cut off"),
        pytest.param(_zip({"a.txt": bytes(33 << 20)}), "limit_part", id="an entry that inflates"),
        pytest.param(_zip({f"{at}.css": b"" for at in range(20_001)}), "limit_entries", id="too many entries"),
        pytest.param(_zip({"classes.dex": b"", "a.html": _page("隐私政策")}), "policy_binary", id="a package"),
        pytest.param(
            MHTML.replace("text/html", "image/png").encode(), "policy_no_text", id="saved page without a page"
        ),
    ],
)
def test_archives_that_cannot_be_read_say_why(data: bytes, code: str) -> None:
    with pytest.raises(MingchaError) as caught:
        read_policy([SourceFile("a.zip", data)])
    assert caught.value.code == code
