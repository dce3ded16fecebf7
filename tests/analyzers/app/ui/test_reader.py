"""In-app texts of packages made by hand: where they are found, and what consent prompts they make."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.app.arscfile import Block, resource_id, resource_table
from analyzers.app.axmlfile import Element, Reference, binary_xml, el, manifest
from analyzers.app.packages import app, package
from mingcha_analyzers.app.ui.cues import MAX_TEXT
from mingcha_analyzers.app.ui.values import ConsentBox, ConsentPrompt, Ui

STRING = {
    "policy": "请阅读《隐私政策》",
    "agree": "同意",
    "refuse": "不同意",
    "remember": "记住密码",
    "close": "注销账号",
}
_IDS = {name: Reference(resource_id(1, number)) for number, name in enumerate(STRING)}


def read(
    layouts: Mapping[str, Element], *, strings: Mapping[str, str] = STRING, more: dict[str, bytes] | None = None
) -> Ui:
    paths = {name: f"r/{number}.xml" for number, name in enumerate(layouts)}
    blocks = [Block("string", strings)] + ([Block("layout", paths)] if paths else [])
    files = {paths[name]: binary_xml(root) for name, root in layouts.items()}
    found = app(package(more={"resources.arsc": resource_table(*blocks), **files, **(more or {})})).ui
    assert found is not None
    return found


def prompt(*widgets: Element) -> ConsentPrompt | None:
    prompts = read({"first": el("LinearLayout", *widgets)}).prompts
    return prompts[0] if prompts else None


def said(ui: Ui) -> list[tuple[str, str, str]]:
    return [(each.fact, each.text, each.place) for each in ui.texts]


def test_a_text_is_found_among_the_strings() -> None:
    assert ("UI-R01", "注销账号", "string/close") in said(read({}))


def test_a_text_is_placed_on_the_screen_that_shows_it() -> None:
    ui = read({"settings": el("LinearLayout", el("Button", text=_IDS["close"]))})
    assert ("UI-R01", "注销账号", "layout/settings") in said(ui)
    assert ("UI-R01", "注销账号", "string/close") not in said(ui)


def test_a_policy_an_agree_and_a_refuse_make_a_prompt() -> None:
    found = prompt(
        el("TextView", text=_IDS["policy"]), el("Button", text=_IDS["agree"]), el("Button", text=_IDS["refuse"])
    )
    assert found is not None
    assert (found.place, found.policy, found.agree, found.refuse) == (
        "layout/first", STRING["policy"], ("同意",), ("不同意",),
    )  # fmt: skip


def test_a_bare_link_and_a_plain_button_make_no_prompt() -> None:
    assert prompt(el("TextView", text="隐私政策"), el("Button", text="确定")) is None


def test_an_included_layout_is_part_of_the_prompt() -> None:
    layouts = {
        "first": el(
            "LinearLayout", el("TextView", text=_IDS["policy"]), el("include", layout=Reference(resource_id(2, 1)))
        ),
        "buttons": el("LinearLayout", el("Button", text=_IDS["agree"])),
    }
    ui = read(layouts)
    assert [(each.place, each.agree) for each in ui.prompts] == [("layout/first", ("同意",))]


def test_layouts_whose_names_were_taken_away_are_all_read() -> None:
    texts = {"aa": "注销账号", "ab": "撤回同意"}
    table = resource_table(Block("layout", {name: f"{name}.xml" for name in texts}))
    files = {f"{name}.xml": binary_xml(el("Button", text=text)) for name, text in texts.items()}
    one_name = table.replace(b"\x02\x02ab\0", b"\x02\x02aa\0")
    assert one_name != table
    ui = app(package(more={"resources.arsc": one_name, **files})).ui
    assert ui is not None
    assert [(each.text, each.place) for each in ui.texts] == [
        ("注销账号", "layout/aa"),
        ("撤回同意", "layout/aa@7f010001"),
    ]


def test_layouts_that_include_each_other_end() -> None:
    loop = el("LinearLayout", *(el("include", layout=Reference(resource_id(2, 0))) for _ in range(30)))
    assert read({"first": loop}).prompts == ()


@pytest.mark.parametrize(
    ("widgets", "boxes"),
    [
        pytest.param(
            [el("CheckBox", checked=True, text=_IDS["policy"])],
            (ConsentBox("", "CheckBox", ticked=True, own_text=True),),
            id="the box names the policy",
        ),
        pytest.param(
            [el("CheckBox", checked=True), el("TextView", text=_IDS["policy"])],
            (ConsentBox("", "CheckBox", ticked=True, own_text=True),),
            id="the policy stands beside the box",
        ),
        pytest.param(
            [el("FrameLayout", el("CheckBox", checked=True)), el("TextView", text=_IDS["policy"])],
            (ConsentBox("", "CheckBox", ticked=True, own_text=False),),
            id="the policy stands elsewhere",
        ),
        pytest.param(
            [el("a.b.MyCheckBox", checked=False, text=_IDS["policy"])],
            (ConsentBox("", "a.b.MyCheckBox", ticked=False, own_text=True),),
            id="not ticked, of an own class",
        ),
    ],
)
def test_boxes_of_a_prompt(widgets: list[Element], boxes: tuple[ConsentBox, ...]) -> None:
    found = prompt(*widgets)
    assert found is not None
    assert found.boxes == boxes


def test_a_box_for_something_else_is_no_consent() -> None:
    assert prompt(el("CheckBox", checked=True, text=_IDS["remember"]), el("TextView", text=_IDS["policy"])) is None


def test_only_fields_to_type_in_are_inputs() -> None:
    ui = read({"login": el("LinearLayout", el("EditText", hint="请输入手机号"), el("TextView", text="密码错误"))})
    assert [each for each in said(ui) if each[0].startswith("UI-I")] == [("UI-I03", "请输入手机号", "layout/login")]


def strength(*widgets: Element) -> list[bool]:
    ui = read({"settings": el("LinearLayout", *widgets)})
    return [each.strong for each in ui.texts if each.fact == "UI-R03"]


def test_recommendations_need_a_way_to_stop_them() -> None:
    assert strength(el("TextView", text="个性化推荐")) == [False]
    assert strength(el("Switch", text="个性化推荐")) == [True]
    assert strength(el("TextView", text="关闭个性化推荐")) == [True]


def test_an_activity_speaks_by_its_name_and_weakly() -> None:
    data = package(manifest(el("application", el("activity", name=".CancelAccountActivity"))))
    ui = app(data).ui
    assert ui is not None
    assert [(each.fact, each.strong) for each in ui.texts if each.source == "activity"] == [("UI-R01", False)]


def test_scripts_of_hybrid_apps_are_read_and_pages_only_weakly() -> None:
    script = b'a={t:"\\u6ce8\\u9500\\u8d26\\u53f7"}'
    ui = read({}, strings={"a": "b"}, more={"assets/www/a.js": script, "assets/rules.html": "<p>撤回同意</p>".encode()})
    assert [(each.fact, each.strong, each.place) for each in ui.texts] == [
        ("UI-R01", True, "assets/www/a.js"),
        ("UI-R02", False, "assets/rules.html"),
    ]


def limits(data: bytes) -> list[tuple[str, str]]:
    return [(each.reason, each.detail) for each in app(data).limits if each.stage == "ui"]


def test_screens_that_are_drawn_elsewhere_are_said() -> None:
    assert limits(package(more={"lib/arm64-v8a/libflutter.so": b""})) == [("ui_drawn_elsewhere", "Flutter")]


def test_damaged_layouts_are_counted() -> None:
    table = resource_table(Block("layout", {"a": "a.xml"}))
    data = package(more={"resources.arsc": table, "a.xml": b"\x03\x00" + bytes(20)})
    assert limits(data) == [("layouts_damaged", "1")]


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 1 << 16), st.integers(0, 255)), max_size=6))
@settings(max_examples=60, deadline=None)
def test_random_damage_is_read_over(changes: list[tuple[bool, int, int]]) -> None:
    layout = el("LinearLayout", el("CheckBox", checked=True, text=_IDS["policy"]), el("Button", text=_IDS["agree"]))
    parts = [
        bytearray(resource_table(Block("string", STRING), Block("layout", {"first": "a.xml"}))),
        bytearray(binary_xml(layout)),
    ]
    for second, place, value in changes:
        part = parts[second]
        part[place % len(part)] = value
    found = app(package(more={"resources.arsc": bytes(parts[0]), "a.xml": bytes(parts[1])}))
    assert found.ui is not None
    assert all(len(text.text) <= MAX_TEXT for text in found.ui.texts)
