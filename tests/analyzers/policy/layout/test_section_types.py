"""Sections of several types, headings without numbers, and what told each type."""

import pytest

from mingcha_analyzers.policy.layout import ReadDocument
from mingcha_analyzers.policy.reader import read_documents
from mingcha_analyzers.policy.values import Section, TypedBy
from mingcha_analyzers.values import SourceFile

BODY = "我们会收集您的手机号码，用于为您注册账号并保护账号安全，您可以随时查看和更改。"


def read(text: str, name: str = "p.txt") -> ReadDocument:
    return read_documents([SourceFile(name, text.encode())])[0]


def types(section: Section) -> list[str]:
    return [told.type for told in section.types]


def headed(text: str, name: str = "p.txt") -> dict[str, list[str]]:
    return {part.heading: types(part) for part in read(text, name).sections if part.heading}


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        pytest.param("一、定义及适用范围", {"D.x.definitions", "D.0.scope"}, id="definitions and scope"),
        pytest.param("三、信息保存及跨境传输", {"D.4.protect", "D.7.crossborder"}, id="storage and abroad"),
        pytest.param("七、本政策的适用和修订", {"D.0.scope", "D.8.update"}, id="scope and update"),
        pytest.param("二、Cookie和第三方服务的使用", {"D.2.cookie", "D.3.share"}, id="cookies and third parties"),
        pytest.param("九、关于我们及如何联系我们", {"D.0.controller", "D.9.contact"}, id="who and how to reach"),
        pytest.param("二、我们如何收集、使用和共享您的个人信息", {"D.1.collect", "D.3.share"}, id="collect and share"),
        pytest.param("六、未成年人个人信息的收集和保护", {"D.6.children"}, id="minors take all"),
        pytest.param("四、我们如何存储和保护您的信息", {"D.4.protect"}, id="one type of two words"),
        pytest.param("五、您如何管理您的个人信息", {"D.5.rights"}, id="one type"),
        pytest.param("八、接入的第三方SDK说明", {"D.x.sdk_annex"}, id="list of SDKs"),
        pytest.param("九、设备权限调用说明", {"D.x.sdk_annex"}, id="list of permissions"),
        pytest.param("七、《隐私政策》的修订和通知", {"D.8.update"}, id="the name of the policy is no title"),
        pytest.param("十、隐私说明的修改", {"D.8.update"}, id="another name of the policy"),
        pytest.param("十一、法律适用与管辖", {"D.9.contact"}, id="governing law"),
        pytest.param("七、个人敏感信息提示", {"D.1.collect"}, id="a hint is no summary"),
        pytest.param("三、信息保留政策", {"D.4.protect"}, id="retention policy"),
        pytest.param("四、访问您的设备上的其他功能", set(), id="access to the device is no right"),
    ],
)
def test_a_heading_may_name_several_sections(heading: str, expected: set[str]) -> None:
    assert set(headed(f"甲应用隐私政策\n{heading}\n请您阅读这一部分。\n")[heading]) == expected


def test_the_main_type_comes_first_and_each_says_what_told_it() -> None:
    found = read("甲应用隐私政策\n三、信息保存及跨境传输\n请您阅读这一部分。\n")
    (section,) = (part for part in found.sections if part.heading)
    assert section.types[0].type == section.type
    for told in section.types:
        assert told.by is TypedBy.HEADING
        assert told.span is not None
        assert found.document.text[told.span.start : told.span.end] == section.heading
        assert told.words


def test_a_part_without_a_name_of_its_own_says_that_it_follows_the_part_above() -> None:
    found = read("甲应用隐私政策\n五、您的权利\n您可以：\n（一）其他\n无。\n")
    assert [told.by for told in found.sections[-1].types] == [TypedBy.ABOVE]


def test_a_place_of_storage_speaks_of_transfer_only_where_its_words_do() -> None:
    lines = "甲应用隐私政策\n三、信息存储\n1、信息存储的地域\n{}\n2、期限\n{}\n"
    abroad = headed(lines.format("存储于境内，目前不会向境外传输。", BODY))
    inside = headed(lines.format("存储于境内的服务器。", BODY))
    assert abroad["1、信息存储的地域"] == ["D.4.protect", "D.7.crossborder"]
    assert inside["1、信息存储的地域"] == ["D.4.protect"]


OPENING = "甲应用隐私政策\n更新日期：2024年5月1日\n{}\n一、我们如何收集和使用您的个人信息\n" + BODY + "\n"


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        pytest.param("甲乙丙（杭州）科技有限公司（以下简称“我们”）重视隐私。", {"D.0.controller"}, id="company"),
        pytest.param("本政策适用于甲应用的全部服务。", {"D.0.scope"}, id="scope"),
        pytest.param("本政策不适用于第三方提供的服务。", set(), id="what it does not hold for"),
        pytest.param("我们将说明收集的信息。其中要点如下：\n1. 我们收集什么。", {"D.0.summary"}, id="key points"),
        pytest.param("感谢您使用甲应用。", set(), id="a greeting"),
        pytest.param(
            "甲应用由丁戊科技有限公司运营，本隐私政策适用于甲应用。", {"D.0.controller", "D.0.scope"}, id="both"
        ),
    ],
)
def test_the_opening_gives_what_it_tells(opening: str, expected: set[str]) -> None:
    first = read(OPENING.format(opening)).sections[0]
    assert set(types(first)) == expected
    assert all(told.by is TypedBy.OPENING and told.span for told in first.types)


def test_a_preface_with_a_heading_tells_more_than_its_heading() -> None:
    text = OPENING.format("引言\n甲乙丙科技有限公司（下称“我们”）写下本政策。\n本政策适用于甲应用。")
    assert set(headed(text)["引言"]) == {"D.0.summary", "D.0.controller", "D.0.scope"}


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        pytest.param("我们怎样收集个人信息？", "D.1.collect", id="a question"),
        pytest.param("我们如何使用Cookie、Beacon等技术", "D.2.cookie", id="cookies"),
        pytest.param("未成年人隐私特别约定", "D.6.children", id="minors"),
        pytest.param("项目集成的第三方SDK", "D.x.sdk_annex", id="SDKs"),
        pytest.param("甲应用接入第三方SDK清单：", "D.x.sdk_annex", id="with a colon"),
        pytest.param("本政策的修订", "D.8.update", id="update"),
        pytest.param("专业名词和缩略词解释：", "D.x.definitions", id="glossary"),
        pytest.param("概要", "D.0.summary", id="summary"),
    ],
)
def test_a_short_line_between_paragraphs_is_a_heading(heading: str, kind: str) -> None:
    text = f"甲应用隐私政策\n欢迎使用。\n我们怎样保护信息\n{BODY}\n{heading}\n{BODY}\n联系我们\n请来信。\n"
    assert headed(text)[heading.rstrip("：")] == [kind]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("为了提供服务，我们收集信息：", id="a sentence that leads into a list"),
        pytest.param("我们不会共享您的信息。", id="a sentence"),
        pytest.param("信息收集范围：手机号码", id="a labelled field"),
        pytest.param("收集和使用信息的", id="the end of a line that was broken"),
    ],
)
def test_other_short_lines_are_none(line: str) -> None:
    assert line not in headed(f"甲应用隐私政策\n欢迎使用。\n一、联系我们\n{BODY}\n{line}\n{BODY}\n二、其他\n{BODY}\n")


def test_a_list_of_headings_that_almost_come_again_is_a_table_of_contents() -> None:
    text = (
        "甲应用隐私政策\n一、我们如何收集和使用您的个人信息\n二、您如何访问和控制自己提供的信息\n三、未成年人保护\n"
        f"四、联系我们\n一、我们如何收集和使用您的个人信息\n{BODY}\n二、您如何访问和控制自己的个人信息\n{BODY}\n"
        f"三、未成年人保护\n{BODY}\n四、联系我们\n{BODY}\n"
    )
    assert [part.heading for part in read(text).sections if part.heading] == [
        "一、我们如何收集和使用您的个人信息",
        "二、您如何访问和控制自己的个人信息",
        "三、未成年人保护",
        "四、联系我们",
    ]
