"""How bytes become text, and which files are refused with which words."""

import pytest

from mingcha_analyzers.policy.encoding import MAX_BYTES, decode
from mingcha_analyzers.policy.reader import read_documents
from mingcha_analyzers.values import SourceFile
from mingcha_corpora.errors import LimitExceededError, MingchaError

POLICY = "隐私政策\r\n一、我们如何收集和使用您的个人信息\n我们会收集您的手机号码，用于注册账号。\n" * 3
TRADITIONAL = "隱私政策\n一、我們如何收集和使用您的個人資料\n我們會收集您的手機號碼，用於註冊帳號。\n" * 3


def _page(charset: str) -> str:
    return f'<html><head><meta charset="{charset}"></head><body><p>{POLICY}</p></body></html>'


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(POLICY.encode("utf-8"), POLICY, id="utf-8"),
        pytest.param(b"\xef\xbb\xbf" + POLICY.encode("utf-8"), POLICY, id="utf-8 with mark"),
        pytest.param(b"\xff\xfe" + POLICY.encode("utf-16-le"), POLICY, id="utf-16 little endian with mark"),
        pytest.param(b"\xfe\xff" + POLICY.encode("utf-16-be"), POLICY, id="utf-16 big endian with mark"),
        pytest.param(POLICY.encode("utf-16-le"), POLICY, id="utf-16 little endian without mark"),
        pytest.param(POLICY.encode("utf-16-be"), POLICY, id="utf-16 big endian without mark"),
        pytest.param(POLICY.encode("gb18030"), POLICY, id="gb18030"),
        pytest.param(TRADITIONAL.encode("big5"), TRADITIONAL, id="big5"),
        pytest.param(_page("gb2312").encode("gbk"), _page("gb2312"), id="declared gb2312 holds gbk"),
        pytest.param(_page("big5").encode("utf-8"), _page("big5"), id="a wrong declaration yields to utf-8"),
        pytest.param(b"Privacy Policy\r\nWe collect data.\r\n", "Privacy Policy\r\nWe collect data.\r\n", id="ascii"),
    ],
)
def test_text_is_decoded_unchanged(data: bytes, text: str) -> None:
    assert decode(SourceFile("p.txt", data)) == text


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        pytest.param("p.txt", b"", "file_empty", id="empty"),
        pytest.param("p.txt", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "policy_binary", id="picture"),
        pytest.param("p.txt", b"PK\x03\x04" + b"AndroidManifest.xml" * 20, "policy_binary", id="app package"),
        pytest.param("p.txt", b"\x7fELF" + bytes(range(256)), "policy_binary", id="program"),
        pytest.param("p.txt", bytes(range(256)) * 20, "policy_binary", id="noise"),
        pytest.param("p.txt", b"\0" * 4000, "policy_binary", id="zeros"),
        pytest.param("p.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 50, "policy_format_not_read", id="old Word"),
        pytest.param("p.rtf", b"{\\rtf1" + b"x" * 50, "policy_format_not_read", id="rtf"),
        pytest.param("p.docx", b"PK\x03\x04....word/document.xml", "policy_docx_damaged", id="docx in name only"),
        pytest.param("p.txt", b"\xff\xfe\x00", "policy_unknown_encoding", id="cut off in a character"),
        pytest.param("p.txt", b"\x81\x20\xff\xfd\xfe\xff\x80" * 40, "policy_unknown_encoding", id="no known encoding"),
        pytest.param("p.txt", b" \r\n\t" * 40, "policy_no_text", id="blanks"),
        pytest.param("p.md", b"---\n\n***\n", "policy_no_text", id="marks only"),
        pytest.param(
            "p.html", b"<html><script>var a='" + b"x" * 400 + b"'</script></html>", "policy_no_text", id="shell"
        ),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(name: str, data: bytes, code: str) -> None:
    with pytest.raises(MingchaError) as caught:
        read_documents([SourceFile(name, data)])
    assert (caught.value.code, caught.value.params["path"]) == (code, name)


def test_a_file_beyond_the_limit_is_not_read() -> None:
    with pytest.raises(LimitExceededError):
        read_documents([SourceFile("p.txt", b"a" * (MAX_BYTES + 1))])
