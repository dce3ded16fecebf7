"""DOCX files: the words a reader sees, computed numbers, tables, and files that are damaged or want too much."""

import io
import time
import zipfile

import pytest

from docx_files import SPACE, numbering, paragraph, run, table, write_docx
from mingcha_analyzers.policy.formats import read_file
from mingcha_analyzers.policy.formats.docx.numbering import spell
from mingcha_analyzers.policy.formats.lines import Lines
from mingcha_analyzers.policy.layout import BlockKind
from mingcha_analyzers.policy.reader import read_policy
from mingcha_analyzers.values import SourceFile
from mingcha_corpora.errors import MingchaError, UnreadableInputError


def _read(body: str, **parts: str) -> Lines:
    return read_file(SourceFile("p.docx", write_docx(body, {f"{name}.xml": text for name, text in parts.items()})))


def _words(read: Lines) -> list[str]:
    return [read.text[line.start : line.end] for line in read.lines]


def _marked(read: Lines) -> list[str]:
    return [read.text[start:end] for start, end in read.marked or ()]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        pytest.param(paragraph("我们收集", "手机号"), ["我们收集手机号"], id="runs of one paragraph"),
        pytest.param(paragraph("甲<w:br/>") + paragraph("乙"), ["甲<w:br/>", "乙"], id="words are words"),
        pytest.param(
            "<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r></w:p>", ["甲", "乙"], id="line break"
        ),
        pytest.param(
            paragraph("收集", f"<w:del>{run('位置')}</w:del>", f"<w:ins>{run('手机号')}</w:ins>"), ["收集手机号"],
            id="tracked changes",
        ),
        pytest.param(paragraph("甲", run("藏", "<w:vanish/>")), ["甲"], id="hidden"),
        pytest.param(paragraph("甲", run("白", '<w:color w:val="FFFFFF"/>')), ["甲"], id="white on white"),
        pytest.param(paragraph("甲", run("删", "<w:strike/>")), ["甲"], id="struck through"),
        pytest.param(
            paragraph("甲", f"<w:hyperlink>{run('链接')}</w:hyperlink>", "<w:r><w:instrText>PAGE</w:instrText></w:r>"),
            ["甲链接"], id="links and fields",
        ),
        pytest.param(
            f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('甲')}</w:sdtContent></w:sdt>", ["甲"], id="content control"
        ),
        pytest.param(
            f"<w:p><w:r><w:t>甲</w:t><w:pict><w:txbxContent>{paragraph('框内')}</w:txbxContent></w:pict></w:r></w:p>",
            ["甲", "框内"], id="text box",
        ),
        pytest.param(
            paragraph("<w:r><w:t>一、收集</w:t><w:tab/><w:t>3</w:t></w:r>", style="T1"), ["一、收集"], id="contents"
        ),
        pytest.param(paragraph('<w:r><w:sym w:char="F0B7"/><w:t>手机号</w:t></w:r>'), ["•手机号"], id="sign"),
    ],
)  # fmt: skip
def test_what_a_reader_sees_is_the_text(body: str, words: list[str]) -> None:
    assert _words(_read(body)) == words


def test_numbers_that_word_computes_stand_in_the_text() -> None:
    levels = [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")]
    body = "".join(
        paragraph(words, numbered=(1, depth))
        for words, depth in [("收集", 0), ("手机", 1), ("位置", 1), ("精确", 2), ("共享", 0), ("伙伴", 1)]
    )
    read = _read(body, numbering=numbering(levels))
    assert _words(read) == ["一、收集", "（一）手机", "（二）位置", "1. 精确", "二、共享", "（一）伙伴"]


def test_numbers_of_upper_levels_are_spelled_in_those_below() -> None:
    body = paragraph("甲", numbered=(1, 0)) + paragraph("乙", numbered=(1, 1)) + paragraph("丙", numbered=(1, 1))
    read = _read(body, numbering=numbering([("decimal", "%1"), ("decimal", "%1.%2")]))
    assert _words(read) == ["1 甲", "1.1 乙", "1.2 丙"]


def test_bullets_are_list_items() -> None:
    read = _read(paragraph("手机号", numbered=(1, 0)), numbering=numbering([("bullet", "\uf0b7")]))
    assert (_words(read), read.lines[0].kind) == (["• 手机号"], BlockKind.LIST_ITEM)


@pytest.mark.parametrize(
    ("count", "style", "spelled"),
    [
        (10, "chineseCounting", "十"),
        (21, "chineseCountingThousand", "二十一"),
        (105, "chineseCounting", "一百零五"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (3, "decimalEnclosedCircle", "③"),
        (28, "lowerLetter", "bb"),
        (4, "upperRoman", "IV"),
        (3, "ideographTraditional", "丙"),
        (7, "decimalZero", "07"),
        (99999, "chineseCounting", "99999"),
    ],
)
def test_numbers_are_spelled_as_word_does(count: int, style: str, spelled: str) -> None:
    assert spell(count, style) == spelled


def test_styles_make_headings_and_emphasis() -> None:
    body = paragraph("隐私政策", style="1") + paragraph(
        "收集", run("身份证号", "<w:b/>"), run("等", '<w:b w:val="0"/>')
    )
    read = _read(body + paragraph(run("提示", '<w:color w:val="FF0000"/>')))
    assert [line.level for line in read.lines] == [1, None, None]
    assert _marked(read) == ["隐私政策", "身份证号", "提示"]


def test_tables_keep_merged_cells() -> None:
    rows = [
        ["SDK名称", "公司", "目的"],
        ["友盟统计", "示例公司", "统计"],
        ["友盟推送", "^", "推送"],
        ["其他", "<", "无"],
    ]
    read = _read(table(rows))
    assert [[read.text[start:end] for start, end in line.cells] for line in read.lines] == [
        ["SDK名称", "公司", "目的"],
        ["友盟统计", "示例公司", "统计"],
        ["友盟推送", "示例公司", "推送"],
        ["其他", "其他", "无"],
    ]


def test_a_table_around_the_page_is_no_table() -> None:
    inner = paragraph("我们收集手机号。") + table([["名称", "目的"], ["甲", "乙"]])
    read = _read(table([[inner]]))
    assert [line.kind for line in read.lines] == [BlockKind.PARAGRAPH, BlockKind.TABLE_ROW, BlockKind.TABLE_ROW]


def test_footnotes_are_read_behind_their_paragraph() -> None:
    notes = f'<w:footnotes xmlns:w="{SPACE}"><w:footnote w:type="separator" w:id="0">{paragraph("线")}</w:footnote>'
    notes += f'<w:footnote w:id="2">{paragraph("指示例公司。")}</w:footnote></w:footnotes>'
    read = _read(
        '<w:p><w:r><w:t>关联方</w:t><w:footnoteReference w:id="2"/></w:r></w:p>' + paragraph("乙"), footnotes=notes
    )
    assert _words(read) == ["关联方", "指示例公司。", "乙"]


def test_an_embedded_document_is_said_not_to_be_read() -> None:
    assert [limit.reason for limit in _read(paragraph("甲") + "<w:altChunk/>").limits] == ["embedded_document"]


def _zip(**entries: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(f"word/{name}.xml", data)
    return buffer.getvalue()


BOMB = (
    b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "%b">]>' % (b"&a;" * 10)
    + b"<document><body><p><r><t>&b;</t></r></p></body></document>"
)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(write_docx(paragraph("甲"))[:-60], "policy_docx_damaged", id="cut off"),
        pytest.param(_zip(document=b"<w:document"), "policy_docx_damaged", id="broken XML"),
        pytest.param(_zip(document=b"<a><b/></a>"), "policy_docx_damaged", id="no body"),
        pytest.param(write_docx(paragraph("")), "policy_no_text", id="no words"),
        pytest.param(_zip(document=bytes(49 << 20)), "limit_part", id="a part that inflates"),
        pytest.param(_zip(document=BOMB), "policy_no_text", id="entities"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "policy_docx_encrypted",
            id="protected by a password",
        ),
    ],
)  # fmt: skip
def test_files_that_cannot_be_read_say_why(data: bytes, code: str) -> None:
    with pytest.raises(MingchaError) as caught:
        read_policy([SourceFile("p.docx", data)])
    assert caught.value.code == code


def _nested(depth: int) -> str:
    body = paragraph("我们收集手机号。")
    for _ in range(depth):
        body = f"<w:tbl><w:tr><w:tc>{body}</w:tc></w:tr></w:tbl>"
    return paragraph("隐私政策") + body


def test_tables_nested_too_deeply_are_said_not_to_be_read() -> None:
    read = _read(_nested(40))
    assert (read.text, [limit.reason for limit in read.limits]) == ("隐私政策", ["nested_too_deep"])


def test_xml_nested_beyond_what_the_parser_takes_is_refused() -> None:
    with pytest.raises(UnreadableInputError):
        _read(_nested(3000))


def test_a_huge_table_takes_time_in_proportion() -> None:
    started = time.process_time()
    read = _read(table([["名称", "公司", "目的", "信息"]] * 5_000))
    assert len(read.lines) == 5_000
    assert time.process_time() - started < 3
