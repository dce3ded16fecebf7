"""The lines, tables and conspicuous type of text, Markdown and HTML."""

import time

import pytest

from mingcha_analyzers.policy.formats import read_lines
from mingcha_analyzers.policy.formats.lines import Lines
from mingcha_analyzers.policy.layout import BlockKind


def _words(read: Lines) -> list[str]:
    return [read.text[line.start : line.end] for line in read.lines]


def _cells(read: Lines) -> list[list[str]]:
    rows = (line for line in read.lines if line.kind is BlockKind.TABLE_ROW)
    return [[read.text[start:end] for start, end in row.cells] for row in rows]


def _marked(read: Lines) -> list[str]:
    return [read.text[start:end] for start, end in read.marked or ()]


def _html(body: str) -> Lines:
    return read_lines(f"<html><head><title>x</title></head><body>{body}</body></html>", "p.html")


def test_plain_text_keeps_every_character_and_knows_no_bold() -> None:
    text = "\u3000隐私政策\r\n\r\n 一、定义 \n"
    read = read_lines(text, "p.txt")
    assert (read.text, read.marked, _words(read)) == (text, None, ["隐私政策", "一、定义"])


def test_lines_parted_by_equally_many_tabs_are_a_table() -> None:
    read = read_lines("SDK\n名称\t公司\t目的\n甲\t乙\t丙\n丁\t\t己\n完", "p.txt")
    assert _cells(read) == [["名称", "公司", "目的"], ["甲", "乙", "丙"], ["丁", "", "己"]]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("## 一、定义 ##", ["一、定义"], id="heading marks belong before the heading"),
        pytest.param("## **一、定义**", ["一、定义"], id="bold heading"),
        pytest.param("定义\n====\n内容", ["定义", "内容"], id="underlined heading"),
        pytest.param("- 手机号\n* 邮箱", ["手机号", "邮箱"], id="bullets"),
        pytest.param("---\ntitle: x\n---\n正文", ["正文"], id="front matter"),
        pytest.param("> 引用", ["引用"], id="quotation"),
    ],
)
def test_markdown_lines(text: str, lines: list[str]) -> None:
    read = read_lines(text, "p.md")
    assert (read.text, _words(read)) == (text, lines)


def test_markdown_tables_keep_their_cells() -> None:
    read = read_lines("| **名称** | 目的 |\n| --- | :-: |\n| 甲 | 乙 \\| 丙 |\n", "p.md")
    assert _cells(read) == [["**名称**", "目的"], ["甲", "乙 \\| 丙"]]
    assert [line.header for line in read.lines] == [True, False]


def test_markdown_bold_covers_the_words_between_the_marks() -> None:
    assert _marked(read_lines("我们**收集**您的__位置__。** 不**\n", "p.md")) == ["收集", "位置"]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        pytest.param("<p>甲<p>乙", ["甲", "乙"], id="paragraphs left open"),
        pytest.param("<div>甲<span>乙</span><br>丙</div>丁", ["甲乙", "丙", "丁"], id="inline stays, block breaks"),
        pytest.param("<p>收集\n  信息 and\n data</p>", ["收集信息 and data"], id="white space folds"),
        pytest.param("甲<script>x()</script><style>p{}</style>乙", ["甲乙"], id="scripts and styles"),
        pytest.param('甲<p style="display: none">隐</p><p hidden>藏</p>', ["甲"], id="hidden elements"),
        pytest.param("<nav><a>首页</a><a>关于</a></nav><p>甲</p>", ["甲"], id="navigation"),
        pytest.param(
            "<footer><p>生效日期：2024年1月1日</p></footer>", ["生效日期：2024年1月1日"], id="footer with words"
        ),
        pytest.param("<pre>甲\n乙</pre>", ["甲", "乙"], id="preformatted"),
        pytest.param("<p>&nbsp;</p><p>甲&amp;乙</p>", ["甲&乙"], id="entities"),
    ],
)
def test_html_lines(body: str, lines: list[str]) -> None:
    assert _words(_html(body)) == lines


@pytest.mark.parametrize(
    "hidden",
    [
        pytest.param('<p class="off">藏</p>', id="class"),
        pytest.param('<div id="off"><b>藏</b></div>', id="id"),
        pytest.param('<div class="box"><p><i class="deep">藏</i></p></div>', id="below another"),
        pytest.param('<p style="visibility:hidden">藏</p>', id="invisible"),
        pytest.param('<p style="font-size: 0px">藏</p>', id="no size"),
        pytest.param('<p style="opacity:0">藏</p>', id="no opacity"),
        pytest.param('<p style="color:#fff">藏</p>', id="white on white"),
        pytest.param('<div style="background:#333"><p style="color:#333333">藏</p></div>', id="grey on grey"),
        pytest.param('<p style="text-indent:-9999px">藏</p>', id="indented away"),
        pytest.param('<p style="position:absolute;left:-9999px">藏</p>', id="beside the page"),
        pytest.param('<div style="height:0;overflow:hidden">藏</div>', id="no height"),
        pytest.param('<p style="color:transparent">藏</p>', id="transparent"),
    ],
)
def test_text_that_styles_hide_is_no_text(hidden: str) -> None:
    sheet = "<style>/* x */ .off, #off {display:none !important} @media print {p {display:none}}</style>"
    sheet += "<style>.box .deep{display:none}</style>"
    assert _words(_html(f"{sheet}<p>甲</p>{hidden}<p>乙</p>")) == ["甲", "乙"]


@pytest.mark.parametrize(
    "shown",
    [
        pytest.param('<div class="box"><p style="display:block" class="off">显</p></div>', id="own style goes first"),
        pytest.param('<p class="deep">显</p>', id="only below the other"),
        pytest.param('<div style="background:#000"><p style="color:#fff">显</p></div>', id="white on black"),
        pytest.param('<div style="background:url(a.png)"><p style="color:#fff">显</p></div>', id="white on a picture"),
        pytest.param('<p class="hover">显</p>', id="only while pointed at"),
        pytest.param('<div class="menu"><a href="#a">显</a></div>', id="contents of the page"),
    ],
)
def test_text_that_styles_show_is_text(shown: str) -> None:
    sheet = "<style>.off{display:none} .box .deep{display:none} .hover:hover{display:none}</style>"
    assert _words(_html(f"{sheet}<p>甲</p>{shown}")) == ["甲", "显"]


def test_much_hidden_text_is_said() -> None:
    read = _html(f'<p>我们收集手机号。</p><p style="display:none">{"藏" * 400}</p>')
    assert [(limit.stage, limit.reason, limit.detail) for limit in read.limits] == [("hidden_text", "not_shown", "400")]


@pytest.mark.parametrize(
    "furniture",
    [
        '<div class="top-nav"><a href="/">首页</a><a href="/a">关于</a></div>',
        '<ul role="navigation"><li><a href="/">首页</a></li></ul>',
        '<div id="cookie-banner">本网站使用Cookie，继续浏览即表示同意。</div>',
    ],
)
def test_the_furniture_of_a_page_is_no_text(furniture: str) -> None:
    assert _words(_html(f"{furniture}<p>甲</p>")) == ["甲"]


def test_html_tables_repeat_the_place_of_covering_cells() -> None:
    read = _html(
        "<table><tr><th>名称<th>公司<th>目的</tr><tr><td rowspan=2>友盟<td>甲<br>公司<td>统计</tr>"
        "<tr><td colspan=2>推送</tr></table>"
    )
    assert _cells(read) == [["名称", "公司", "目的"], ["友盟", "甲 公司", "统计"], ["友盟", "推送", "推送"]]
    assert [line.header for line in read.lines] == [True, False, False]


def test_a_table_that_lays_out_the_page_is_no_table() -> None:
    read = _html("<table><tr><td><h2>一、定义</h2><p>甲</p></td></tr></table>")
    assert [line.kind for line in read.lines] == [BlockKind.PARAGRAPH] * 2


def test_forged_spans_cost_nothing() -> None:
    rows = "<tr><td colspan=99999999 rowspan=99999999>a<td>b</tr>" * 50
    assert all(len(cells) <= 101 for cells in _cells(_html(f"<table>{rows}</table>")))


@pytest.mark.parametrize(
    ("body", "marked"),
    [
        pytest.param("<p>收集<b>身份证号</b>。</p>", ["身份证号"], id="b"),
        pytest.param('<p>收集<span style="font-weight:700">身份证号</span></p>', ["身份证号"], id="weight"),
        pytest.param('<p>收集<span style="color:#e60012">身份证号</span></p>', ["身份证号"], id="red"),
        pytest.param('<p>收集<span style="color:#333">身份证号</span></p>', [], id="grey is plain"),
        pytest.param('<p>收集<font color="red">身份证号</font></p>', ["身份证号"], id="font"),
        pytest.param('<b>甲<span style="font-weight:normal">乙</span></b>', ["甲"], id="normal inside bold"),
        pytest.param('<p><span style="font-size:22px">甲</span>乙</p>', ["甲"], id="large"),
        pytest.param(
            '<style>.w{font-weight:bold}</style><p>收集<i class="w">身份证号</i></p>', ["身份证号"], id="class"
        ),
        pytest.param(f'<div style="font-size:22px">{"甲" * 90}</div>', [], id="text set large throughout"),
    ],
)
def test_conspicuous_type_in_html(body: str, marked: list[str]) -> None:
    assert _marked(_html(body)) == marked


def test_lines_point_to_their_source_lines() -> None:
    read = read_lines(
        "<html><body>\n<p>甲</p>\n\n<p>乙\n</p><table><tr><td>丙<td>丁\n<tr><td>戊<td>己</table>", "p.html"
    )
    assert read.source_lines == (2, 4, 5, 6)


def test_folded_panels_are_unfolded_when_they_are_all_there_is() -> None:
    read = _html(f'<p>标题</p><div style="display:none">{"我们会收集您的信息。" * 80}</div>')
    assert len(read.text) > 500


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("<div>" * 300_000 + "收集信息" + "</div>" * 300_000, id="nested tags"),
        pytest.param("<html>" + "<b><i>" * 100_000 + "收集信息", id="open inline tags"),
        pytest.param("<html><p>收集信息" + "<!--" * 200_000, id="open comments"),
        pytest.param("<html><p>收集信息" + "<a " * 200_000, id="open attributes"),
        pytest.param("<html><table>" + "<tr><td>收集信息" * 50_000, id="open rows"),
        pytest.param("**收集信息 " * 100_000, id="open bold marks"),
        pytest.param("|收集信息" * 100_000, id="one endless row"),
        pytest.param("一、收集信息 " * 60_000, id="one endless line of numbers"),
    ],
)
def test_hostile_pages_are_read_in_bounded_time(data: str) -> None:
    started = time.process_time()
    assert "收集信息" in read_lines(data, "p.md" if data[0] in "*|" else "p.html").text
    assert time.process_time() - started < 5
