"""Layers of the user: a record takes the place of the shipped one, or adds to it; a fault is told by file and line."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.sdks.record_files import PUSH, VENDOR, record_file
from mingcha_corpora.errors import UnreadableInputError
from mingcha_corpora.sdks import RecordFile, SdkBase, fingerprinted_ids, lay_over, layered_fingerprints, load_sdk_base
from mingcha_corpora.sdks.lint import lint_files
from mingcha_corpora.version import knowledge_version

SHIPPED = load_sdk_base()
REPLACED = PUSH.replace("id: example-push", "id: jpush")
ADDED = """\
sdks:
- id: jpush
  extends: true
  aliases: [推送服务甲, JPush]
  packages: [com.example.jpush]
  domains: [push.example.com]
  policy_url: https://example.com/policy
"""


@pytest.fixture(autouse=True)
def _shipped_again() -> Iterator[None]:
    yield
    lay_over(())


def laid(*files: RecordFile) -> SdkBase:
    lay_over(files)
    return load_sdk_base()


def test_a_new_record_is_found_by_its_signals() -> None:
    base = laid(record_file(VENDOR + PUSH))
    assert base.owner_of("com.example.push.Service") == "example-push"
    assert base.records["example-push"].vendor_aliases == ("示例",)
    assert len(base.records) == len(SHIPPED.records) + 1
    assert list(base.records) == sorted(base.records)


def test_a_record_of_the_same_id_takes_the_place_of_the_shipped_one() -> None:
    base = laid(record_file(REPLACED))
    assert base.records["jpush"].name == "Example Push"
    assert base.records["jpush"].domains == ()
    assert base.owner_of("com.example.push.A") == "jpush"
    assert base.owner_of("cn.jpush.android.A") != "jpush"
    assert "jpush" not in base.by_host.get("jpush.cn", ())
    assert "jpush" not in base.by_meta_key.get("JPUSH_APPKEY", ())


def test_a_record_that_extends_adds_to_lists_and_replaces_the_rest() -> None:
    shipped, record = SHIPPED.records["jpush"], laid(record_file(ADDED)).records["jpush"]
    assert record.aliases == (*shipped.aliases, "推送服务甲")
    assert record.packages == (*shipped.packages, "com.example.jpush")
    assert record.policy_url == "https://example.com/policy"
    assert (record.name, record.vendor_id) == (shipped.name, shipped.vendor_id)
    assert load_sdk_base().records_of_host("push.example.com") == ("jpush",)


def test_the_last_layer_lies_on_top() -> None:
    base = laid(record_file(PUSH), record_file(PUSH.replace("Example Push", "Other Push"), "other.yaml"))
    assert base.records["example-push"].name == "Other Push"


def test_a_prefix_belongs_to_the_record_laid_last() -> None:
    base = laid(record_file(PUSH.replace("com.example.push", "cn.jpush.android")))
    assert base.owner_of("cn.jpush.android.A") == "example-push"


def test_layers_change_the_version_of_the_knowledge() -> None:
    shipped = knowledge_version()
    lay_over([record_file(PUSH)])
    layered = knowledge_version()
    lay_over([record_file(PUSH, "elsewhere/other.yaml")])
    assert knowledge_version() == layered
    lay_over(())
    assert knowledge_version() == shipped != layered


def test_fingerprints_of_a_layer_are_kept_apart_and_change_the_version() -> None:
    shipped = knowledge_version()
    laid(record_file(PUSH), RecordFile("fingerprints/example-push.json", b"{}"))
    assert [file.path for file in layered_fingerprints()] == ["fingerprints/example-push.json"]
    assert "example-push" in fingerprinted_ids()
    first = knowledge_version()
    laid(record_file(PUSH), RecordFile("fingerprints/example-push.json", b"[]"))
    assert len({shipped, first, knowledge_version()}) == 3


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        pytest.param(PUSH.replace("packages:", "package:"), "sdk_field_unknown", "7", id="misspelt field"),
        pytest.param(PUSH.replace("  name: Example Push\n", ""), "sdk_field_missing", "2", id="no name"),
        pytest.param(PUSH.replace("true", "yes, it does"), "sdk_not_boolean", "5", id="no flag"),
        pytest.param(PUSH.replace("Example Push", "360"), "sdk_not_string", "3", id="a number"),
        pytest.param(PUSH.replace("[com.example.push]", "com.example.push"), "sdk_not_array", "7", id="no list"),
        pytest.param(PUSH.replace("category: push", "category: pushing"), "sdk_choice", "4", id="unknown category"),
        pytest.param(PUSH.replace("com.example.push", "com/example"), "sdk_pattern", "7", id="no package"),
        pytest.param(ADDED.replace("jpush", "jpushes"), "sdk_extends_nothing", "2", id="extends nothing"),
        pytest.param(PUSH + "  name: Other\n", "sdk_yaml_twice", "9", id="a field twice"),
        pytest.param(PUSH + "  note: [a\n", "sdk_yaml", "10", id="no YAML"),
        pytest.param(PUSH + "  note: \x00\n", "sdk_yaml", "1", id="a null byte"),
        pytest.param("a: &a [1]\nsdks: [*a, *a]\n", "sdk_yaml_anchor", "2", id="an alias"),
        pytest.param("sdks: " + "[" * 100_000, "sdk_yaml", "1", id="deep nesting"),
        pytest.param("sdks: []\n---\nsdks: []\n", "sdk_yaml", "3", id="two documents"),
        pytest.param("[]\n", "sdk_no_records", "1", id="a list"),
        pytest.param("", "sdk_no_records", "1", id="an empty file"),
        pytest.param("sdks: 3\n", "sdk_not_array", "1", id="no records"),
        pytest.param("sdks: [3]\n", "sdk_not_object", "1", id="no record"),
        pytest.param("? [a]\n: b\n", "sdk_yaml", "1", id="a list as key"),
        pytest.param(PUSH.replace("Example Push", "2020-99-99"), "sdk_not_string", "3", id="an impossible date"),
    ],
)
def test_a_faulty_layer_is_told_by_file_and_line(text: str, code: str, line: str) -> None:
    with pytest.raises(UnreadableInputError) as caught:
        laid(record_file(text, "my/sdks.yaml"))
    assert (caught.value.code, caught.value.params["line"]) == (code, line)
    assert caught.value.params["path"] == "my/sdks.yaml"
    assert load_sdk_base() is SHIPPED


def test_a_file_that_is_no_utf8_is_told() -> None:
    with pytest.raises(UnreadableInputError) as caught:
        laid(RecordFile("a.yaml", b"sdks:\n- \xff\n"))
    assert (caught.value.code, caught.value.params["line"]) == ("sdk_yaml", "2")


yaml_like = st.text("[]{}:,-&*!?'\"#\n a", max_size=60).map(str.encode)


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode), yaml_like))
def test_whatever_a_file_holds_it_is_read_or_told_of(data: bytes) -> None:
    file = RecordFile("a.yaml", data)
    with suppress(UnreadableInputError):
        lay_over([file])
    assert all(fault.line >= 1 for fault in lint_files([file]))
