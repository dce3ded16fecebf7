"""PDF files: reading order, paragraphs, tables, margins, pages, and files that cannot be read or want too much."""

import time
import zlib

import pytest

from mingcha_analyzers.policy.formats import read_file
from mingcha_analyzers.policy.formats.lines import Lines
from mingcha_analyzers.policy.layout import BlockKind
from mingcha_analyzers.policy.reader import read_policy
from mingcha_analyzers.values import SourceFile
from mingcha_corpora.errors import UnreadableInputError
from pdf_files import Page, Typesetter, write_pdf

LONG = "我们会收集您的手机号码、设备型号和操作系统版本，用于登录和保障账号安全，并在实现目的所必需的期限内保存。"


def _read(data: bytes) -> Lines:
    return read_file(SourceFile("p.pdf", data))


def _words(read: Lines) -> list[str]:
    return [read.text[line.start : line.end] for line in read.lines]


def _cells(read: Lines) -> list[list[str]]:
    rows = (line for line in read.lines if line.kind is BlockKind.TABLE_ROW)
    return [[read.text[start:end] for start, end in row.cells] for row in rows]


def _set(*paragraphs: str, **typeset: str) -> Lines:
    setter = Typesetter(**typeset)  # type: ignore[arg-type]
    for words in paragraphs:
        setter.paragraph(words)
    return _read(write_pdf(setter.pages))


def test_lines_are_joined_to_the_paragraphs_they_were() -> None:
    paragraphs = ["一、我们如何收集", LONG, "1. " + LONG, "2. 邮箱", "结束语。"]
    assert _words(_set(*paragraphs)) == paragraphs


def test_latin_words_keep_the_blank_of_the_line_end_and_addresses_get_none() -> None:
    english = (
        "We collect your phone number, your device model and the version of the operating system for signing in. " * 2
    )
    address = (
        "详见 https://privacy.example.com/a-very-long-path/that-goes/on-and-on/and-does-not-fit/in-one-line.html 。"
    )
    assert _words(_set(english.strip(), address)) == [english.strip(), address]


def test_a_paragraph_goes_on_over_the_end_of_a_page_and_says_where_the_page_begins() -> None:
    paragraphs = [f"第{at}项服务：{LONG * 2}" for at in range(30)]
    read = _set(*paragraphs)
    assert _words(read) == paragraphs
    assert len(read.pages) == 3
    assert read.pages[0] == 0


def test_headers_footers_and_page_numbers_are_left_out() -> None:
    read = _set("隐私政策", *[LONG * 2] * 60, header="示例公司　内部资料　2024")
    assert "内部资料" not in read.text
    assert "页" not in read.text


def test_size_and_weight_are_headings_and_emphasis() -> None:
    setter = Typesetter()
    setter.paragraph("隐私政策", size=20, bold=True)
    setter.paragraph("一、收集", size=14)
    setter.paragraph(LONG)
    setter.paragraph("我们会收集您的身份证号。", bold=True)
    read = _read(write_pdf(setter.pages))
    assert [line.level for line in read.lines] == [1, 2, None, None]
    assert [line.strong for line in read.lines] == [True, True, False, True]


def test_two_columns_are_read_one_after_the_other() -> None:
    page = Page()
    page.text(60, 60, "隐私政策摘要", 18)
    for at in range(10):
        page.text(60, 100 + at * 16, f"左栏第{at}行的文字写到栏目的右边缘为止", 10)
        page.text(310, 100 + at * 16, f"右栏第{at}行的文字写到栏目的右边缘为止", 10)
    text = _read(write_pdf([page])).text
    assert text.index("左栏第9行") < text.index("右栏第0行")


def test_ruled_tables_keep_merged_cells() -> None:
    setter = Typesetter()
    rows = [
        ["SDK名称", "公司", "目的"],
        ["友盟统计", "示例公司", "统计分析"],
        ["友盟推送", "^", "推送"],
        ["其他", "<", "无"],
    ]
    setter.table(rows)
    assert _cells(_read(write_pdf(setter.pages))) == [
        ["SDK名称", "公司", "目的"],
        ["友盟统计", "示例公司", "统计分析"],
        ["友盟推送", "示例公司", "推送"],
        ["其他", "其他", "无"],
    ]


def test_a_table_goes_on_over_pages_with_its_header_repeated_or_not() -> None:
    setter = Typesetter()
    setter.table([["SDK名称", "目的"], *([f"示例{at}SDK", "用于" + LONG] for at in range(20))])
    read = _read(write_pdf(setter.pages))
    assert len(setter.pages) > 1
    assert {line.table for line in read.lines} == {0}
    assert [line.header for line in read.lines].count(True) == 1
    assert len(read.lines) == 21


def test_a_table_with_one_row_on_each_page_is_one_table() -> None:
    setter = Typesetter()
    setter.table([["SDK名称", "目的"], *([f"示例{at}SDK", "用于" + LONG * 14] for at in range(4))])
    read = _read(write_pdf(setter.pages))
    assert len(setter.pages) == 4
    assert [row[0] for row in _cells(read)] == ["SDK名称", "示例0SDK", "示例1SDK", "示例2SDK", "示例3SDK"]


def test_boxes_side_by_side_are_no_table() -> None:
    page = Page()
    page.draw("50 700 m 500 700 l 500 800 l 50 800 l h 250 700 m 250 800 l S")
    page.text(60, 70, "左框")
    page.text(260, 70, "右框")
    assert [line.kind for line in _read(write_pdf([page])).lines] == [BlockKind.PARAGRAPH] * 2


def test_columns_without_rules_are_a_table() -> None:
    page = Page()
    for at, row in enumerate(
        [
            ("SDK名称", "公司", "用途"),
            ("友盟", "甲公司", "统计"),
            ("极光", "乙公司", "推送"),
            ("高德", "丙公司", "定位"),
        ]
    ):
        for column, cell in enumerate(row):
            page.text(80 + column * 150, 100 + at * 30, cell)
    read = _read(write_pdf([page]))
    assert _cells(read)[1:] == [["友盟", "甲公司", "统计"], ["极光", "乙公司", "推送"], ["高德", "丙公司", "定位"]]


def test_a_frame_around_text_is_no_table() -> None:
    page = Page()
    page.draw("50 100 m 500 100 l 500 800 l 50 800 l h S")
    page.text(60, 100, "特别提示")
    assert [line.kind for line in _read(write_pdf([page])).lines] == [BlockKind.PARAGRAPH]


def test_radicals_of_fonts_are_the_characters_they_look_like() -> None:
    page = Page()
    page.text(60, 60, "⽤⼾个⼈信息")
    assert _read(write_pdf([page])).text == "用户个人信息"


def test_text_beside_the_page_and_watermarks_are_left_out() -> None:
    page = Page()
    page.text(60, 60, "隐私政策")
    page.text(2000, 60, "藏在页外")
    page.draw("BT /F1 40 Tf 0.7 0.7 -0.7 0.7 200 300 Tm <6c345370> Tj ET")
    assert _read(write_pdf([page])).text == "隐私政策"


def test_a_turned_page_is_read_as_it_is_shown() -> None:
    page = Page(rotate=90)
    for at, words in enumerate(["隐私政策", "我们收集手机号。"]):
        code = words.encode("utf-16-be").hex()
        page.draw(f"BT /F1 11 Tf 0 1 -1 0 {100 + at * 30} 100 Tm <{code}> Tj ET")
    assert _words(_read(write_pdf([page]))) == ["隐私政策", "我们收集手机号。"]


def _scan() -> Page:
    page = Page()
    page.picture()
    return page


def _text_page() -> Page:
    page = Page()
    page.text(60, 60, "隐私政策")
    page.text(60, 90, "我们会收集您的手机号码，用于注册和登录账号。")
    return page


def test_scanned_pages_are_named() -> None:
    policy = read_policy([SourceFile("p.pdf", write_pdf([_text_page(), _scan(), _scan(), Page(), _scan()]))])
    assert [(limit.reason, limit.detail) for limit in policy.limits] == [("no_text_layer", "p.pdf 2–3, 5")]


def test_findings_can_name_the_page() -> None:
    document = read_policy([SourceFile("p.pdf", write_pdf([_text_page(), _text_page()]))]).documents[0]
    assert [document.page(at) for at in (0, document.text.rindex("隐私"), len(document.text))] == [1, 2, 2]


def test_a_picture_behind_text_is_no_scan() -> None:
    page = _scan()
    page.text(60, 60, "隐私政策：我们会收集您的手机号码，用于注册和登录。")
    assert _read(write_pdf([page])).limits == ()


ENCRYPTED = "/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <{}> /U <{}> >> /ID [<00><00>]".format(
    "5a" * 32, "5b" * 32
)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(write_pdf([_scan(), _scan()]), "policy_pdf_no_text_layer", id="scanned throughout"),
        pytest.param(write_pdf([_text_page()], known=False), "policy_pdf_characters_unknown", id="codes alone"),
        pytest.param(write_pdf([_text_page()], trailer=ENCRYPTED), "policy_pdf_encrypted", id="encrypted"),
        pytest.param(write_pdf([_text_page()])[:150], "policy_pdf_damaged", id="cut off"),
        pytest.param(b"%PDF-1.7\n" + bytes(3000), "policy_pdf_damaged", id="nothing behind the head"),
        pytest.param(write_pdf([Page()]), "policy_no_text", id="empty page"),
        pytest.param(write_pdf([]), "policy_pdf_damaged", id="no page"),
    ],
)  # fmt: skip
def test_files_that_cannot_be_read_say_why(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableInputError) as caught:
        read_policy([SourceFile("p.pdf", data)])
    assert caught.value.code == code


def _stream(data: bytes) -> bytes:
    packed = zlib.compress(data, 9)
    return b"<< /Filter /FlateDecode /Length %d >> stream\n%b\nendstream" % (len(packed), packed)


def _with_contents(data: bytes) -> bytes:
    page = _text_page()
    page.extra = "/Contents [10 0 R 11 0 R]"
    return write_pdf([page], objects=[_stream(data)])


def test_a_broken_directory_is_mended() -> None:
    data = write_pdf([_text_page()])
    assert "隐私政策" in _read(data.replace(b"startxref\n", b"startxref\n9")).text


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(write_pdf([_text_page()] + [Page()] * 10_000), id="ten thousand pages"),
        pytest.param(write_pdf([_text_page()], objects=[b"[" * 200_000 + b"]" * 200_000]), id="nested objects"),
        pytest.param(_with_contents(bytes(60 << 20)), id="a stream of nothing"),
        pytest.param(_with_contents(b"0 0 m 9 9 l S\n" * 500_000), id="half a million rules"),
        pytest.param(_with_contents(b"BT /F1 9 Tf 50 50 Td <4e004e00> Tj ET\n" * 200_000), id="text upon text"),
        pytest.param(_with_contents(b"q " * 500_000), id="states never restored"),
    ],
)  # fmt: skip
def test_hostile_files_are_read_in_bounded_time(data: bytes) -> None:
    started = time.process_time()
    assert "隐私政策" in _read(data).text
    assert time.process_time() - started < 10


def test_thirty_pages_take_less_than_a_second() -> None:
    setter = Typesetter()
    for _ in range(700):
        setter.paragraph(LONG * 2, indent=2)
    data = write_pdf(setter.pages[:30])
    started = time.process_time()
    _read(data)
    assert time.process_time() - started < 1.5
