"""Each fault that lint knows is found where it is, and sound records have none."""

import pytest

from corpora.sdks.record_files import PUSH, VENDOR, record_file
from mingcha_corpora.sdks import load_shipped_base
from mingcha_corpora.sdks.files import read_files
from mingcha_corpora.sdks.lint import lint_files
from mingcha_corpora.sdks.loading import RECORDS
from mingcha_corpora.words import load_words

SHIPPED = load_shipped_base()
OTHER = PUSH.replace("push", "maps").replace("Push", "Maps").replace("category: maps", "category: map-location")


def with_line(line: str, text: str = PUSH) -> str:
    """Return a record with one more field before its sources."""
    return text.replace("  sources", f"  {line}\n  sources")


def with_vendor(text: str, name: str) -> str:
    return text.replace("  category", f"  vendor: {name}\n  category")


def both(first: str, second: str) -> str:
    return first + second.removeprefix("sdks:\n")


def codes(text: str, path: str = "letters/e.yaml") -> list[str]:
    return [fault.code for fault in lint_files([record_file(text, path)])]


def test_the_shipped_records_are_clean() -> None:
    assert lint_files(read_files(RECORDS)) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(with_line("packages: [com.tencent]").replace("  packages: [com.example.push]\n", ""),
                     ["sdk_prefix_generic"], id="a prefix of everybody"),
        pytest.param(PUSH.replace("  packages: [com.example.push]\n", ""), ["sdk_no_signal"], id="no signal"),
        pytest.param(PUSH.replace("[jar:example-push-1.0]", "[]"), ["sdk_no_source"], id="no source"),
        pytest.param(with_line("domains: [https://push.example.com/]"), ["sdk_no_host"], id="an address for a host"),
        pytest.param(with_line("components: [libpush.so]"), ["sdk_no_class"], id="a library for a class"),
        pytest.param(with_line("weak_aliases: [推送]"), ["sdk_layout", "sdk_not_among"], id="weak, but no alias"),
        pytest.param(with_line("unverified: [com.other]"), ["sdk_not_among"], id="unverified, but no signal"),
        pytest.param(with_line("data_items: [device.shoe_size]"), ["sdk_data_item"], id="unknown data item"),
        pytest.param(with_line("versions: [{file: a, meta_key: b}]"), ["sdk_version_place"], id="two places in one"),
        pytest.param(with_line("part_of: nothing"), ["sdk_layout", "sdk_relation_nowhere"], id="part of nothing"),
        pytest.param(with_line("replaced_by: example-push"), ["sdk_layout", "sdk_relation_circle"], id="its own heir"),
        pytest.param(both(PUSH, PUSH), ["sdk_id_twice"], id="an id twice"),
        pytest.param(both(OTHER, PUSH.replace("com.example.push", "com.example.maps")), ["sdk_prefix_twice"],
                     id="a prefix of two"),
        pytest.param(both(with_line("components: [com.a.B]", OTHER), with_line("components: [com.a.B]")),
                     ["sdk_component_twice"], id="a component of two"),
        pytest.param(both(with_line("native_libs: [liba.so]", OTHER), with_line("native_libs: [liba.so]")),
                     ["sdk_library_unshared", "sdk_library_unshared"], id="a library of two"),
        pytest.param(both(with_vendor(with_line("aliases: [推送]", OTHER), "A"),
                          with_vendor(with_line("aliases: [推 送]"), "B")),
                     ["sdk_alias_shared", "sdk_layout", "sdk_alias_shared"], id="an alias of two vendors"),
        pytest.param(PUSH + "# a remark\n", ["sdk_layout"], id="a remark that would be lost"),
        pytest.param(both(PUSH, OTHER), ["sdk_layout"], id="out of order"),
        pytest.param(VENDOR + PUSH, ["sdk_file_name"], id="a vendor's record among the letters"),
        pytest.param("sdks: [3]\n", ["sdk_not_object"], id="against the schema"),
    ],
)  # fmt: skip
def test_a_fault_is_found(text: str, found: list[str]) -> None:
    assert sorted(codes(text)) == sorted(found)
    assert set(found) <= set(load_words("errors"))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(PUSH, id="the least that a record needs"),
        pytest.param("# yaml-language-server: $schema=x\n" + both(OTHER, PUSH), id="two records below a remark"),
    ],
)
def test_a_sound_file_has_none(text: str) -> None:
    assert codes(text) == []


def test_an_alias_shared_within_one_vendor_is_no_fault() -> None:
    text = both(with_vendor(with_line("aliases: [示例]", OTHER), "A"), with_vendor(with_line("aliases: [示例]"), "A"))
    assert "sdk_alias_shared" not in codes(text)


def test_records_come_round_over_several() -> None:
    text = both(with_line("carried_by: [example-push]", OTHER), with_line("carried_by: [example-maps]"))
    assert codes(text).count("sdk_relation_circle") == 2


def test_a_layer_may_name_shipped_records_and_lay_over_them() -> None:
    text = with_line("part_of: jpush", PUSH.replace("com.example.push", "cn.jpush").replace("example-push", "jpush-x"))
    faults = lint_files([record_file(text)], SHIPPED)
    assert [fault.code for fault in faults] == ["sdk_layout", "sdk_prefix_twice"]
    over = PUSH.replace("id: example-push", "id: jpush").replace("com.example.push", "cn.jpush")
    assert lint_files([record_file(over)], SHIPPED) == ()
    added = "sdks:\n- id: jpush\n  extends: true\n  aliases: [推送]\n"
    assert lint_files([record_file(added)], SHIPPED) == ()


def test_a_fault_names_line_record_and_value() -> None:
    (fault,) = lint_files([record_file(with_line("data_items: [device.shoe_size]"), "letters/e.yaml")])
    assert (fault.path, fault.line) == ("letters/e.yaml", 8)
    assert dict(fault.params) == {"record": "example-push", "value": "device.shoe_size"}
