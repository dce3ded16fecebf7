"""Loaders give values that cannot be changed, and a damaged file is named with line and fault."""

from collections.abc import Mapping, MutableMapping
from dataclasses import FrozenInstanceError, fields
from pathlib import Path
from string import Formatter

import pytest
import yaml

from corpora.knowledge_files import WORDS, records
from mingcha_corpora import records as reading
from mingcha_corpora.errors import KnowledgeError
from mingcha_corpora.facts import load_acts, load_api_facts, load_security_facts, load_ui_facts
from mingcha_corpora.lexicon import load_terms
from mingcha_corpora.packers import load_packers
from mingcha_corpora.permissions import load_permissions
from mingcha_corpora.rights import load_rights
from mingcha_corpora.sdks import load_sdk_base
from mingcha_corpora.taxonomy import load_taxonomy
from mingcha_corpora.template import load_template
from mingcha_corpora.version import _files_digest, knowledge_version
from mingcha_corpora.words import load_words, phrase

TABLES: Mapping[str, Mapping[str, object]] = {
    "items": load_taxonomy().items,
    "permissions": load_permissions(),
    "acts": load_acts(),
    "sdks": load_sdk_base().records,
    "prefixes": load_sdk_base().by_prefix,
    "rights": load_rights().of_element,
    "words": load_words("errors"),
    "words of one error": load_words("errors")["file_missing"],
    "more of a fact": load_ui_facts()[0].more,
}


@pytest.mark.parametrize("table", [pytest.param(table, id=name) for name, table in TABLES.items()])
def test_tables_cannot_be_changed(table: Mapping[str, object]) -> None:
    assert table
    assert not isinstance(table, MutableMapping)


@pytest.mark.parametrize(
    "value",
    [
        load_taxonomy().items["device.imei"],
        load_terms("zh")[0],
        load_template()[0],
        load_template()[0].elements[0],
        load_permissions()["android.permission.CAMERA"],
        load_sdk_base().records["jpush"],
        load_packers()[0],
        load_api_facts()[0],
        load_security_facts()[0],
        load_ui_facts()[0],
    ],
    ids=lambda value: type(value).__name__,
)
def test_values_cannot_be_changed(value: object) -> None:
    first = fields(value)[0].name  # type: ignore[arg-type]
    with pytest.raises(FrozenInstanceError):
        setattr(value, first, "other")


def test_every_record_is_loaded() -> None:
    assert len(load_api_facts()) == len(records("android/api_facts.jsonl")) == 1345
    assert len(load_security_facts()) == len(records("android/security_facts.jsonl")) == 79
    assert len(load_ui_facts()) == len(records("android/ui_facts.jsonl"))
    assert len(load_packers()) == len(records("packers.jsonl")) == 78


def test_the_template_is_in_order_and_complete() -> None:
    sections = load_template()
    assert [section.order for section in sections] == list(range(14))
    elements = [element.id for section in sections for element in section.elements]
    assert len(elements) == len(set(elements)) == 95
    assert "collect.method_frequency" in [a for s in sections for e in s.elements for a in e.aliases]


def test_every_right_has_its_elements_facts_and_words() -> None:
    rights = load_rights()
    kinds = {
        "access", "correct", "delete", "withdraw_consent", "cancel_account", "copy", "automated_decision",
        "personalised_opt_out", "complaint",
    }  # fmt: skip
    assert {kind for kind in rights.of_element.values() if kind} == kinds
    assert set(rights.cues_zh) == set(rights.cues_en) == kinds
    assert all(rights.cues_zh[kind] and rights.cues_en[kind] for kind in kinds)
    elements = {element.id for section in load_template() for element in section.elements}
    assert set(rights.of_element) <= elements
    assert {name for name in elements if name.startswith("right.")} <= set(rights.of_element)
    assert set(rights.of_ui_fact) == {fact.id for fact in load_ui_facts() if fact.section == "right"}
    assert rights.of_ui_fact["UI-R01"] == "cancel_account"
    assert rights.of_ui_fact["UI-R08"] == "correct"
    assert rights.ui_facts_of["access"] == ("UI-R08",)
    assert rights.of_ui_fact["UI-R06"] is None


@pytest.mark.parametrize("path", sorted(WORDS.glob("*.yaml")), ids=lambda path: path.stem)
def test_words_exist_in_both_languages_with_the_same_parameters(path: Path) -> None:
    table = load_words(path.stem)
    assert list(table) == sorted(table)
    for key, words in table.items():
        assert set(words) == {"zh", "en"}, key
        used = {lang: [field for _, field, _, _ in Formatter().parse(text) if field] for lang, text in words.items()}
        assert sorted(used["zh"]) == sorted(used["en"]), key
        assert all(fields[0] == "path" for fields in used.values()), key


@pytest.mark.parametrize(
    "code",
    [
        "file_missing", "file_is_directory", "file_empty", "apk_not_zip", "apk_no_manifest", "apk_truncated",
        "apk_manifest_damaged", "policy_binary", "policy_no_text", "policy_unknown_encoding", "limit_time",
        "limit_memory", "worker_died", "knowledge_damaged", "standard_unknown", "internal_bug",
    ],
)  # fmt: skip
def test_every_agreed_code_has_words(code: str) -> None:
    assert code in load_words("errors")


def test_a_phrase_is_filled() -> None:
    assert phrase("errors", "file_missing", "zh", path="a.apk").startswith("a.apk：")
    assert phrase("errors", "file_missing", "en", path="a.apk").startswith("a.apk: ")


@pytest.mark.parametrize(
    ("name", "key", "params"),
    [
        pytest.param("errors", "no_such_code", {"path": "x"}, id="unknown key"),
        pytest.param("errors", "file_missing", {}, id="parameter left out"),
        pytest.param("no_such_table", "file_missing", {}, id="unknown table"),
    ],
)
def test_a_phrase_that_is_missing_is_our_fault(name: str, key: str, params: dict[str, str]) -> None:
    with pytest.raises(KnowledgeError) as caught:
        phrase(name, key, "zh", **params)
    assert caught.value.code == "knowledge_damaged"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        pytest.param(b'{"id": "a"}\n{"id": \n', "2", id="cut line"),
        pytest.param(b'{"id": "a"}\n[1]\n', "2", id="not an object"),
        pytest.param(b"\xff\xfe", "1", id="not UTF-8"),
    ],
)
def test_a_damaged_file_is_named_with_its_line(tmp_path: Path, content: bytes, line: str) -> None:
    (tmp_path / "x.jsonl").write_bytes(content)
    with pytest.raises(KnowledgeError) as caught:
        reading.read_records("x.jsonl", tmp_path)
    assert caught.value.params["line"] == line
    assert caught.value.params["path"].endswith("x.jsonl")


@pytest.mark.parametrize("content", [b"a: [1\nb: 2\n", b"\xff", b"a: \x00"], ids=["open list", "not UTF-8", "NUL"])
def test_a_damaged_yaml_file_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.yaml").write_bytes(content)
    with pytest.raises(KnowledgeError) as caught:
        reading.read_yaml("x.yaml", tmp_path)
    assert caught.value.exit_code == 70


@pytest.mark.parametrize("text", ["", "a: [1, 2.5, no, ~, '1', x y]", "- {a: b}\n- {}\n- 2020-01-01"])
def test_yaml_is_read_as_the_library_reads_it(text: str) -> None:
    assert reading.parse_yaml(text) == yaml.safe_load(text)


def test_the_version_is_a_short_digest_that_stays() -> None:
    first = knowledge_version()
    _files_digest.cache_clear()
    assert knowledge_version() == first
    assert first.startswith("sha256:")
    assert len(first) == len("sha256:") + 12
