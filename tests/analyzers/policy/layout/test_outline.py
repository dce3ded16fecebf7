"""Headings, their depth, tables of contents and flattened texts."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.policy.layout.policy_invariants import hold_invariants
from mingcha_analyzers.policy.layout import OutlineNode, ReadDocument
from mingcha_analyzers.policy.reader import read_documents
from mingcha_analyzers.values import SourceFile

BODY = "我们会收集您的手机号码，用于为您注册账号并保护账号安全。"


def read(text: str, name: str = "p.txt") -> ReadDocument:
    return read_documents([SourceFile(name, text.encode())])[0]


def _tree(text: str, nodes: Sequence[OutlineNode]) -> list[object]:
    found: list[object] = []
    for node in nodes:
        found.append(text[node.start : node.heading_end])
        if node.children:
            found.append(_tree(text, node.children))
    return found


def outline(text: str, name: str = "p.txt") -> list[object]:
    found = read(text, name)
    return _tree(found.document.text, found.outline)


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        pytest.param(
            f"一、定义\n{BODY}\n二、我们如何收集信息\n（一）注册\n{BODY}\n"
            f"1. 手机\n{BODY}\n2. 邮箱\n{BODY}\n（二）登录\n{BODY}",
            "p.txt",
            ["一、定义", "二、我们如何收集信息", ["（一）注册", ["1. 手机", "2. 邮箱"], "（二）登录"]],
            id="usual nesting",
        ),
        pytest.param(
            f"1. 收集\n{BODY}\n1.1 注册\n{BODY}\n1.1.1 手机\n{BODY}\n1.2 登录\n{BODY}\n2. 共享\n{BODY}",
            "p.txt",
            ["1. 收集", ["1.1 注册", ["1.1.1 手机"], "1.2 登录"], "2. 共享"],
            id="dotted numbers",
        ),
        pytest.param(
            f"第一章 总则\n{BODY}\n第一条 定义\n{BODY}\n第二章 收集\n{BODY}",
            "p.txt",
            ["第一章 总则", ["第一条 定义"], "第二章 收集"],
            id="chapters and articles",
        ),
        pytest.param(
            f"一、收集\n{BODY}\n1、身份证号码；\n2、手机号码；\n3、邮箱\n二、共享\n{BODY}",
            "p.txt",
            ["一、收集", "二、共享"],
            id="list items are no headings",
        ),
        pytest.param(f"\u3000一、\u00a0定义\u200b\n{BODY}", "p.txt", ["一、\u00a0定义"], id="blanks that show nothing"),
        pytest.param(
            f"目录\n一、定义 1\n二、如何收集 2\n三、联系我们 5\n一、定义\n"
            f"{BODY}\n二、如何收集\n{BODY}\n三、联系我们\n{BODY}",
            "p.txt",
            ["目录", "一、定义", "二、如何收集", "三、联系我们"],
            id="a table of contents is dropped",
        ),
        pytest.param(
            f"# 隐私政策\n{BODY}\n## 一、收集\n{BODY}\n### 注册\n{BODY}\n## 二、共享\n{BODY}",
            "p.md",
            ["隐私政策", ["一、收集", ["注册"], "二、共享"]],
            id="markdown",
        ),
        pytest.param(
            f"<html><h1>隐私政策</h1><p>{BODY}</p><h2>收集</h2><p>{BODY}</p><p><b>共享的情形</b></p><p>{BODY}</p></html>",
            "p.html",
            ["隐私政策", ["收集", ["共享的情形"]]],
            id="html headings and a bold line",
        ),
        pytest.param(
            "Privacy Policy\n1. Information We Collect\nWe collect your e-mail address.\n"
            "2. How We Share\nWe do not share.\n",
            "p.txt",
            ["1. Information We Collect", "2. How We Share"],
            id="english",
        ),
    ],
)
def test_outline(text: str, name: str, expected: list[object]) -> None:
    assert outline(text, name) == expected


def test_a_flattened_text_is_cut_where_numbers_run_in_sequence() -> None:
    line = (
        f"隐私政策一、我们如何收集和使用您的个人信息{BODY * 8}（一）Cookie的使用：{BODY * 6}详见“二、信息”和版本3.1。"
        f"二、我们如何共享、转让、公开披露您的个人信息我们{BODY * 4}三、如何联系我们您可以致电。"
    )
    assert outline(line) == [
        "一、我们如何收集和使用您的个人信息",
        ["（一）Cookie的使用"],
        "二、我们如何共享、转让、公开披露您的个人信息",
        "三、如何联系我们",
    ]


def test_tables_hold_no_headings() -> None:
    assert outline("隐私政策\n一、名称\t甲\t乙\n二、名称\t丙\t丁\n三、名称\t戊\t己\n") == []


_HEADS = [
    "一、",
    "二、",
    "三、",
    "（一）",
    "（二）",
    "1. ",
    "2、",
    "（1）",
    "1.1 ",
    "1.1.1",
    "①",
    "a. ",
    "第一条 ",
    "# ",
    "## ",
    "**",
    "",
]
_TAILS = [
    "定义",
    "我们如何收集信息",
    "身份证号；",
    "共享：",
    BODY,
    "",
    "**",
    "\u00a0",
    "|a|b|",
    "\t甲\t乙",
    "目录",
    BODY * 15,
]
_LINES = st.tuples(st.sampled_from(_HEADS), st.sampled_from(_TAILS), st.sampled_from(["\n", "\r\n", " ", ""])).map(
    "".join
)


@settings(max_examples=120, deadline=None)
@given(lines=st.lists(_LINES, max_size=30), name=st.sampled_from(["p.txt", "p.md", "p.html"]))
def test_any_mix_of_numbers_keeps_the_invariants(lines: list[str], name: str) -> None:
    hold_invariants(read(f"隐私政策 {BODY}" + "".join(lines), name))


@settings(max_examples=60, deadline=None)
@given(
    tags=st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<table>", "<tr>", "<td>", "</td>", "</table>", "<h2>", "<b>", "甲一、乙", "</b>"]
        )
    )
)
def test_any_mix_of_tags_keeps_the_invariants(tags: list[str]) -> None:
    hold_invariants(read(f"<html><body><p>隐私政策{BODY}</p>" + "".join(tags), "p.html"))


def test_lists_that_begin_anew_without_end_nest_no_deeper() -> None:
    found = read("隐私政策\n" + "1. 收集\n" * 3000)
    hold_invariants(found)
    assert max(map(depth, found.outline), default=0) <= 10


def depth(node: OutlineNode) -> int:
    return 1 + max(map(depth, node.children), default=0)


def test_a_document_holds_its_blocks_with_the_level_of_headings_and_the_cells_of_rows() -> None:
    found = read(f"# 隐私政策\n\n## 一、收集\n{BODY}\n\n| 名称 | 目的 |\n| --- | --- |\n| 甲SDK | 推送 |\n", "p.md")
    text, blocks = found.document.text, found.document.blocks
    assert [(text[block.start : block.end], block.level) for block in blocks if block.level] == [
        ("隐私政策", 1),
        ("一、收集", 2),
    ]
    rows = [block for block in blocks if block.table is not None]
    assert [block.header for block in rows] == [True, False]
    assert [text[cell.start : cell.end] for cell in rows[1].cells] == ["甲SDK", "推送"]
