import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import mingcha
from mingcha.batch.journal import Status
from mingcha.render.untrusted import visible
from mingcha.words import page_words, report_words
from mingcha_analyzers.app.values import ContainerKind, EvidenceKind
from mingcha_analyzers.policy.values import DocumentRole
from mingcha_corpora.words import load_words

SOURCES = sorted(Path(mingcha.__file__).parent.rglob("*.py"))
TERMS = Path(__file__).parents[2].parent / "shared/standards/terms.yaml"


def _code() -> str:
    return "\n".join(path.read_text("utf-8") for path in SOURCES)


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_word_is_there_in_both_languages_with_the_same_braces() -> None:
    assert report_words().keys() & page_words().keys() == set()
    for key, entry in {**report_words(), **page_words()}.items():
        assert set(entry) == {"zh", "en"}, key
        assert all(text.strip() for text in entry.values()), key
        assert _fields(entry["zh"]) == _fields(entry["en"]), key


def test_every_word_that_the_code_asks_for_is_there() -> None:
    asked = set(re.findall(r"""(?<!_)\bwords\(\s*["']([a-z_.]+)["']""", _code()))
    assert asked
    assert asked - report_words().keys() - page_words().keys() == set()


def test_every_kind_of_value_has_its_word() -> None:
    keys = {f"role.{role.value}" for role in DocumentRole}
    keys |= {f"status.{status.value}" for status in Status}
    keys |= {f"evidence.{kind.value}" for kind in EvidenceKind} | {"evidence.permission"}
    keys |= {f"container.{kind.value}" for kind in ContainerKind if kind is not ContainerKind.APK}
    keys |= {f"confidence.{grade}" for grade in ("high", "medium", "low")}
    assert keys - report_words().keys() == set()


def test_every_error_of_the_command_has_words() -> None:
    raised = set(re.findall(r"Error\(\s*\"([a-z_]+)\"", _code()))
    assert len(raised) > 15
    assert raised - load_words("errors").keys() == set()


def _avoided() -> Iterator[tuple[str, str]]:
    for row in yaml.safe_load(TERMS.read_text("utf-8")):
        if row["group"] in {"verdict", "report", "parties", "app"}:
            yield from ((word, row["zh"]) for word in row["zh_avoid"])


@pytest.mark.shared
def test_words_to_avoid_are_not_printed() -> None:
    if not TERMS.is_file():
        pytest.skip("the terms do not lie beside this checkout")
    # 责任主体 is avoided for the owner only: it is the word for the responsible party.
    avoided = {word for word, _ in _avoided()} - {"责任主体"}
    for key, entry in {**report_words(), **page_words()}.items():
        assert [word for word in avoided if word in entry["zh"]] == [], key


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("正文 text", "正文 text", id="plain"),
        pytest.param("a\r\n b\t c\u3000d", "a b c d", id="blanks and line breaks"),
        pytest.param("\x1b[2J\x9b31m", "\\x1b[2J\\x9b31m", id="terminal codes"),
        pytest.param("\u202eabc\u2066", "\\u202eabc\\u2066", id="direction marks"),
        pytest.param("a\u200bb\ufeff", "a\\u200bb\\ufeff", id="zero width"),
        pytest.param("\ud800", "\\ud800", id="half a pair"),
        pytest.param("\U000e0041", "\\U000e0041", id="tag characters"),
        pytest.param("“引号”…—😀", "“引号”…—😀", id="signs"),
    ],
)
def test_only_visible_characters_are_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_bound_counts_characters_of_the_text() -> None:
    assert visible("字" * 10, 4) == "字字字字…"
    assert visible("字" * 4, 4) == "字字字字"
