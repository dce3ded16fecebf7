import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from mingcha.codec import decode_result, encode_result
from mingcha.result import Result
from mingcha_corpora.errors import UnreadableInputError


def test_a_result_comes_back_as_it_was_saved(result: Result, saved_form: Callable[[Result], Result]) -> None:
    assert decode_result(encode_result(result), "r.json") == saved_form(result)


def test_the_same_result_gives_the_same_bytes(result: Result) -> None:
    first = encode_result(result)
    assert encode_result(decode_result(first, "r.json")) == first
    assert first.endswith(b"}\n")


def test_keys_stand_in_declared_order_and_text_in_utf_8(result: Result) -> None:
    data = encode_result(result)
    expected = ["schema_version", "tool", "as_of", "inputs", "policy", "app", "assessment"]
    assert list(json.loads(data)) == expected
    assert "示例科技有限公司".encode() in data


def test_python_names_do_not_show(result: Result) -> None:
    saved = json.loads(encode_result(result))
    assert saved["app"]["observations"][0]["place"]["class"] == "Lcom/example/Main;"
    assert '"class_"' not in encode_result(result).decode()
    assert set(saved["policy"]["documents"][0]) == {
        "id",
        "role",
        "path",
        "sha256",
        "text_sha256",
        "text",
        "language",
        "source_lines",
        "pages",
        "blocks",
    }


def test_half_a_surrogate_pair_is_saved_as_a_replacement(result: Result) -> None:
    assert result.policy is not None
    broken = replace(result, policy=replace(result.policy, title="a\ud800b"))
    back = decode_result(encode_result(broken), "r.json")
    assert back.policy is not None
    assert back.policy.title == "a\ufffdb"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"\xff\xfe", "report_not_json", id="bytes that are no text"),
        pytest.param(b"{", "report_not_json", id="cut off"),
        pytest.param(b"[" * 100_000, "report_not_json", id="deep nesting"),
        pytest.param(b"[]", "report_version", id="a list"),
        pytest.param(b'{"schema_version": "9.9"}', "report_version", id="a later version"),
        pytest.param(b'{"schema_version": "1.0"}', "report_invalid", id="nothing but the version"),
    ],
)
def test_what_is_no_result_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableInputError) as caught:
        decode_result(data, "r.json")
    assert caught.value.code == code
    assert caught.value.params["path"] == "r.json"
