import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest

from mingcha.codec import decode_result, encode_result
from mingcha.result import Result
from mingcha.schema import DIFF_SCHEMA_FILE, SCHEMA_FILE, diff_schema, result_schema, schema_text
from mingcha_corpora.errors import UnreadableInputError

Break = Callable[[dict[str, Any]], object]


@pytest.fixture
def saved(result: Result) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(encode_result(result))
    return report


def _validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(SCHEMA_FILE.read_text("utf-8")))


def test_the_published_file_is_current() -> None:
    assert SCHEMA_FILE.read_text("utf-8") == schema_text(result_schema()), "run python -m mingcha.schema"
    assert DIFF_SCHEMA_FILE.read_text("utf-8") == schema_text(diff_schema()), "run python -m mingcha.schema"


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(result_schema())


def test_every_object_requires_all_its_fields_and_no_others() -> None:
    for name, shape in result_schema()["$defs"].items():
        assert shape["required"] == list(shape["properties"]), name
        assert shape["additionalProperties"] is False, name


def test_a_whole_result_is_valid(saved: dict[str, Any]) -> None:
    _validator().validate(saved)


def test_a_result_without_a_side_is_valid(saved: dict[str, Any]) -> None:
    _validator().validate(saved | {"policy": None})
    _validator().validate(saved | {"app": None})


BROKEN: dict[str, Break] = {
    "no schema version": lambda r: r.pop("schema_version"),
    "another schema version": lambda r: r.update(schema_version="0.9"),
    "no tool": lambda r: r.pop("tool"),
    "tool without a version": lambda r: r["tool"].pop("version"),
    "no day": lambda r: r.pop("as_of"),
    "an extra field at the top": lambda r: r.update(comment="x"),
    "inputs is an object": lambda r: r.update(inputs={}),
    "an input of an unknown role": lambda r: r["inputs"][0].update(role="icon"),
    "a size in words": lambda r: r["inputs"][0].update(size="12 kB"),
    "policy without documents": lambda r: r["policy"].pop("documents"),
    "a document shows a working value": lambda r: r["policy"]["documents"][0].update(marked=[]),
    "a section without its elements": lambda r: r["policy"]["sections"][0].pop("elements"),
    "a claim with an unknown action": lambda r: r["policy"]["claims"][0].update(action="sell"),
    "an unknown polarity": lambda r: r["policy"]["claims"][0].update(polarity="maybe"),
    "data items as one string": lambda r: r["policy"]["claims"][0].update(data_items="device.info"),
    "a span without its document": lambda r: r["policy"]["claims"][0]["span"].pop("doc"),
    "a span that starts with a word": lambda r: r["policy"]["claims"][0]["span"].update(start="0"),
    "a package without a name": lambda r: r["app"].update(package_name=None),
    "a place under Python's name": lambda r: r["app"]["observations"][0]["place"].update(class_="x"),
    "a stage that does not exist": lambda r: r["app"]["observations"][0].update(stage="proved"),
    "no assessment": lambda r: r.update(assessment=None),
    "a verdict that does not exist": lambda r: r["assessment"]["clauses"][0].update(verdict="ok"),
    "a severity that does not exist": lambda r: r["assessment"]["findings"][0].update(severity="critical"),
    "a confidence in words": lambda r: r["assessment"]["findings"][0].update(confidence="high"),
    "a message in one language": lambda r: r["assessment"]["findings"][0]["message"].pop("zh"),
    "a parameter that is no text": lambda r: r["assessment"]["findings"][0]["params"].update(n=1),
    "a finding without a fingerprint": lambda r: r["assessment"]["findings"][0].pop("fingerprint"),
    "a count that is no number": lambda r: r["assessment"]["summary"]["findings"].update(high=None),
}


@pytest.mark.parametrize("damage", BROKEN.values(), ids=BROKEN)
def test_a_broken_report_is_refused(saved: dict[str, Any], damage: Break) -> None:
    damage(saved)
    assert not _validator().is_valid(saved)
    with pytest.raises(UnreadableInputError):
        decode_result(json.dumps(saved).encode(), "r.json")
