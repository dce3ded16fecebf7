"""Types of sections, elements with their sentences, roles and several files as one policy."""

import pytest

from mingcha_analyzers.policy.layout import ReadDocument
from mingcha_analyzers.policy.reader import read_documents
from mingcha_analyzers.policy.roles import find_summary
from mingcha_analyzers.policy.values import DocumentRole
from mingcha_analyzers.values import SourceFile


def read(*texts: str) -> tuple[ReadDocument, ...]:
    return read_documents([SourceFile(f"p{number}.txt", text.encode()) for number, text in enumerate(texts)])


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        pytest.param("一、我们如何收集和使用您的个人信息", "D.1.collect", id="collect"),
        pytest.param("2. 我们如何使用 Cookie 和同类技术", "D.2.cookie", id="cookie"),
        pytest.param("三、我們如何共享、轉讓、公開披露您的個人資訊", "D.3.share", id="share, traditional"),
        pytest.param("（四）信息的存储地点和期限", "D.4.protect", id="storage"),
        pytest.param("五、您如何管理您的个人信息", "D.5.rights", id="rights"),
        pytest.param("六、我们如何保护未成年人的个人信息", "D.6.children", id="minors before protection"),
        pytest.param("七、您的个人信息如何在全球范围转移", "D.7.crossborder", id="abroad"),
        pytest.param("八、本政策如何更新", "D.8.update", id="update"),
        pytest.param("九、如何联系我们", "D.9.contact", id="contact"),
        pytest.param("一、定义", "D.x.definitions", id="definitions"),
        pytest.param("十、免责条款", None, id="none of them"),
    ],
)
def test_a_heading_names_its_section(heading: str, kind: str | None) -> None:
    (found,) = read(f"隐私政策\n{heading}\n请您阅读这一部分。\n")
    assert [part.type for part in found.sections if part.heading] == [kind]


def test_a_part_belongs_to_the_section_above_it() -> None:
    (found,) = read("隐私政策\n五、您的权利\n您可以：\n（一）获取个人信息副本\n联系我们。\n（二）其他\n无。\n")
    assert {part.type for part in found.sections if part.heading} == {"D.5.rights"}


def _present(found: ReadDocument, element: str) -> str | None:
    spans = [item.span for part in found.sections for item in part.elements if item.id == element and item.span]
    return found.document.text[spans[0].start : spans[0].end] if spans else None


@pytest.mark.parametrize(
    ("body", "element", "sentence"),
    [
        pytest.param("本政策更新于2024年5月1日。谢谢。", "scope.update_date", "本政策更新于2024年5月1日。", id="date"),
        pytest.param("您可以注 销账号。", "right.close", "您可以注 销账号。", id="blanks inside a cue"),
        pytest.param("请完成实名认证。", "protect.cert", None, id="real-name check is no certificate"),
        pytest.param("我们收集MAC地址。", "ctrl.office_address", None, id="a device address is no office"),
        pytest.param("包括但不限于姓名。", "upd.major", None, id="a stock phrase proves nothing"),
        pytest.param("写信至a.b@example.com。", "contact.channel", "写信至a.b@example.com。", id="an address anywhere"),
    ],
)
def test_elements_show_the_sentence_that_proves_them(body: str, element: str, sentence: str | None) -> None:
    (found,) = read(f"某某应用隐私政策说明\n一、我们如何收集和使用您的个人信息\n我们重视隐私。{body}\n")
    assert _present(found, element) == sentence


def test_absent_elements_are_told_for_the_own_type_only() -> None:
    (found,) = read("隐私政策\n一、如何联系我们\n请来函，我们会认真阅读每一封信件。\n")
    absent = {item.id.split(".")[0] for part in found.sections for item in part.elements if not item.present}
    assert absent == {"contact"}


@pytest.mark.parametrize(
    ("title", "role"),
    [
        pytest.param("甲应用隐私政策", DocumentRole.MAIN, id="main"),
        pytest.param("第三方SDK目录", DocumentRole.SDK_LIST, id="sdk list"),
        pytest.param("个人信息收集清单", DocumentRole.COLLECTED_LIST, id="collected list"),
        pytest.param("儿童隐私保护指引", DocumentRole.MINORS, id="minors"),
    ],
)
def test_the_title_tells_the_role(title: str, role: DocumentRole) -> None:
    (found,) = read(f"{title}\n我们会收集您的手机号码，用于为您注册账号。\n")
    assert found.document.role is role


def test_the_longest_text_is_the_main_one_when_no_title_says_so() -> None:
    found = read("欢迎使用我们的产品，请您仔细阅读以下内容。", "欢迎使用我们的产品，请您仔细阅读以下全部的内容与条款。")
    assert [item.document.role for item in found] == [DocumentRole.OTHER, DocumentRole.MAIN]


def test_a_file_given_twice_is_read_once() -> None:
    text = "隐私政策\n我们会收集您的手机号码，用于为您注册账号。\n"
    assert [item.document.id for item in read(text, text, text + "。")] == ["doc1", "doc2"]


def test_the_summary_is_the_notice_in_front() -> None:
    found = read("隐私政策\n【特别提示】\n请阅读以下要点，共三条。\n一、定义\n个人信息是指各种信息。\n")
    summary = find_summary(found)
    assert summary is not None
    assert found[0].document.text[summary.span.start :].startswith("【特别提示】")


def test_language_is_told_by_its_characters() -> None:
    english, chinese = read(
        "Privacy Policy\nWe collect your e-mail address and IMEI.",
        "我们收集IMEI、IDFA、OAID、Android ID等设备标识信息。",
    )
    assert (english.document.language, chinese.document.language) == ("en", "zh")
