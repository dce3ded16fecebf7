"""The annotated page of a policy: marks, margin, escaping, bounds."""

import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from mingcha.main import cli
from mingcha.pipeline import Request, run
from mingcha.render.explain import page, render_explanation
from mingcha.render.explain.marks import MAX_DEPTH, Mark, Piece, split
from mingcha.render.explain.reading import Kind
from mingcha.result import Result
from mingcha.words import page_words
from mingcha_analyzers.policy.values import Action, ContactKind, Mechanism, Polarity

SAMPLES = Path(__file__).parents[2] / "samples" / "policies"
HOSTILE = (
    "# 隐私政策\n\n## 一、我们收集的信息\n\n我们会收集您的手机号，<script>alert(1)</script>用于“注册”。\n"
    '</style></script><img src=x onerror="alert(1)"><a href="javascript:alert(1)">点</a>&lt;b&gt;\u202e倒\u0007\n'
)
VOID = {"meta", "input", "br", "hr"}


class _Reader(HTMLParser):
    """Counts elements and attributes, and holds that every element is closed in its place."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str | None]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"script", "style"} & set(self.open):
            self.words.append(data)


def _read(text: str) -> _Reader:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    assert reader.open == []
    return reader


def _explain(path: Path, lang: str = "zh") -> str:
    return render_explanation(run(Request(app=None, policies=(str(path),), as_of="2026-11-01")), lang)


def _written(tmp_path: Path, text: str, name: str = "p.md") -> Path:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["careful.zh.html", "careless.zh.txt", "careful.en.md", "sdk-list.zh.html"])
def test_a_sample_gives_a_well_formed_page_that_asks_the_network_for_nothing(name: str, lang: str) -> None:
    text = _explain(SAMPLES / name, lang)
    reader = _read(text)
    assert reader.tags["script"] == 1
    assert reader.tags["mark"] > 0
    assert [pair for pair in reader.attributes if pair[1] in ("src", "srcset", "action", "data", "poster")] == []
    assert all(value and value.startswith("#") for _, key, value in reader.attributes if key == "href")
    assert any(value and value.startswith("default-src 'none'; ") for _, key, value in reader.attributes)
    assert "url(" not in text
    assert "@import" not in text


def test_all_of_the_text_stands_on_the_page_in_order() -> None:
    path = SAMPLES / "careful.zh.html"
    result = run(Request(app=None, policies=(str(path),), as_of="2026-11-01"))
    assert result.policy is not None
    shown = re.sub(r"\s", "", "".join(_read(render_explanation(result, "zh")).words))
    document = result.policy.documents[0]
    at = 0
    for block in document.blocks:
        for start, end in [(cell.start, cell.end) for cell in block.cells] or [(block.start, block.end)]:
            words = re.sub(r"\s", "", document.text[start:end])
            at = shown.find(words, at) if words in shown[at:] else shown.find(words)
            assert at >= 0, words


def test_tables_stay_tables() -> None:
    reader = _read(_explain(SAMPLES / "careful.zh.html"))
    assert reader.tags["table"] == 2
    assert reader.tags["th"] > 4


def test_what_is_read_stands_in_the_notes_by_name(tmp_path: Path) -> None:
    text = "隐私政策\n一、我们如何收集信息\n注册时，我们会收集您的手机号码，用于创建账号。\n我们不会收集您的通讯录。\n"
    path = _written(tmp_path, text, "p.txt")
    page_zh, page_en = _explain(path), _explain(path, "en")
    for kind in ("collect", "denied"):
        assert f'<mark class="k {kind} d0 h"' in page_zh
    assert "<dt>目的</dt><dd>用于创建账号</dd>" in page_zh
    assert "<dt>Data</dt><dd>phone number" in page_en.lower().replace("<dt>data", "<dt>Data")
    assert "第3行" in page_zh


def test_what_the_policy_lacks_stands_at_its_place_with_its_finding(tmp_path: Path) -> None:
    text = "隐私政策\n一、如何联系我们\n请来函。\n二、您的权利\n您可以查阅您的信息。\n"
    shown = _explain(_written(tmp_path, text, "p.txt"))
    assert re.search(r'class="gap lacking"[^>]*><b>此处缺“D\.1 ', shown)
    assert re.search(r'<a href="#f\d+" title="MC4\d\d">\[\d+\]</a>', shown)
    rights = shown[shown.index('aria-label="章节类型', shown.index("请来函")) :]
    assert "副本" in rights[: rights.index("您可以查阅")]


def test_the_margin_says_what_told_the_type_of_a_section(tmp_path: Path) -> None:
    text = "隐私政策\n一、如何联系我们\n请来函。\n"
    margin = re.findall(r"<aside class=\"margin\".*?</aside>", _explain(_written(tmp_path, text, "p.txt")))
    assert 'D.9 如何联系我们</p><p class="why">标题：“如何联系”' in margin[-1]


def test_hostile_text_is_text(tmp_path: Path) -> None:
    shown = _explain(_written(tmp_path, HOSTILE))
    reader = _read(shown)
    assert reader.tags["script"] == 1
    assert reader.tags["img"] == 0
    assert not any(name.startswith("on") for _, name, _ in reader.attributes)
    assert "<script>alert(1)</script>" in "".join(reader.words)
    assert "\u202e" not in shown
    assert "\\u202e倒\\x07" in shown


def test_a_hostile_file_name_is_text(tmp_path: Path) -> None:
    path = _written(tmp_path, HOSTILE, "<img src=x onerror=alert(1)>.md")
    assert _read(_explain(path)).tags["img"] == 0


def test_a_page_is_bounded_and_says_what_it_leaves_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "MAX_TEXT", 400)
    monkeypatch.setattr(page, "MAX_READINGS", 5)
    body = "".join(f"第{at}章 收集\n我们会收集您的手机号，用于注册账号。\n" for at in range(200))
    shown = _explain(_written(tmp_path, f"隐私政策\n{body}", "p.txt"))
    assert "未显示" in shown
    assert "未在本页标注" in shown
    assert shown.count("我们会收集您的") < 40


def test_an_app_alone_has_no_policy_to_show(result: Result) -> None:
    assert "未提供隐私政策" in render_explanation(replace(result, policy=None), "zh")


def test_marks_that_cross_are_split_so_that_they_nest() -> None:
    first, second = Mark(0, 6, Kind.COLLECT, (1,)), Mark(4, 9, Kind.SHARE, (2,))
    assert list(split([second, first], 0, 10)) == [
        Piece(0, 4, (first,)),
        Piece(4, 6, (first, second)),
        Piece(6, 9, (second,)),
        Piece(9, 10, ()),
    ]


def test_no_more_marks_lie_over_one_another_than_can_be_seen() -> None:
    marks = [Mark(0, 100 - at, Kind.USE, (at,)) for at in range(50)]
    assert max(len(piece.marks) for piece in split(marks, 0, 100)) == MAX_DEPTH


def test_every_kind_and_value_has_its_words() -> None:
    keys = {f"{group}.{kind}" for kind in Kind for group in ("kind", "letter")}
    groups = (("action", Action), ("polarity", Polarity), ("mechanism", Mechanism), ("contact", ContactKind))
    keys |= {f"{group}.{value}" for group, values in groups for value in values}
    assert keys - page_words().keys() == set()
    for lang in ("zh", "en"):
        letters = [page_words()[f"letter.{kind}"][lang] for kind in Kind]
        assert len(set(letters)) == len(letters)


def test_every_kind_can_be_told_without_its_colour() -> None:
    sheet = (Path(page.__file__).parent / "explain.css").read_text("utf-8")
    for kind in Kind:
        assert re.search(rf"mark\.{kind}\b[^{{]*{{[^}}]*text-decoration-style", sheet), kind


def test_the_command_writes_the_page_beside_the_report(tmp_path: Path) -> None:
    out = tmp_path / "out.html"
    source = SAMPLES / "careless.en.html"
    done = CliRunner().invoke(cli, ["policy", str(source), "--explain", str(out), "--lang", "en", "--fail-on", "never"])
    assert done.exit_code == 0, done.stderr
    assert "Taihen" in done.stdout
    assert out.read_text("utf-8").startswith("<!DOCTYPE html>")
    twice = CliRunner().invoke(cli, ["policy", str(source), "--explain", str(out), "-f", f"json={out}"])
    assert twice.exit_code == 2


def test_a_saved_result_gives_the_same_page(tmp_path: Path) -> None:
    saved, first, second = tmp_path / "r.json", tmp_path / "a.html", tmp_path / "b.html"
    source = str(SAMPLES / "careful.zh.html")
    CliRunner().invoke(cli, ["policy", source, "-f", f"json={saved}", "--explain", str(first), "--lang", "zh"])
    done = CliRunner().invoke(cli, ["report", str(saved), "--explain", str(second), "-q", "--lang", "zh"])
    assert done.exit_code == 0, done.stderr
    assert first.read_bytes() == second.read_bytes()
