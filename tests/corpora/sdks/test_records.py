"""The shipped record files are as the schema says, and laid out in the one way."""

from dataclasses import fields

import jsonschema
import pytest

from mingcha_corpora.sdks import SdkRecord
from mingcha_corpora.sdks.faults import RecordFile
from mingcha_corpora.sdks.files import read_files
from mingcha_corpora.sdks.loading import RECORDS
from mingcha_corpora.sdks.shape import load_schema
from mingcha_corpora.sdks.writing import format_file
from mingcha_corpora.sdks.yamltext import parse_file

FILES = read_files(RECORDS)
VALIDATOR = jsonschema.Draft202012Validator(load_schema())
each_file = pytest.mark.parametrize("file", [pytest.param(file, id=file.path) for file in FILES])


@each_file
def test_a_file_is_as_the_schema_says(file: RecordFile) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(parse_file(file))] == []


@each_file
def test_a_file_is_laid_out_in_the_one_way(file: RecordFile) -> None:
    assert file.data.decode() == format_file(file), "run: mingcha sdks format"


def test_a_file_has_the_name_of_its_vendor_or_letter() -> None:
    for file in FILES:
        content = parse_file(file)
        if file.path.startswith("letters/"):
            assert "vendor" not in content, file.path
            letter = file.path.removeprefix("letters/").removesuffix(".yaml")
            firsts = {row["id"][0] for row in content["sdks"]}
            assert firsts == {letter} or (letter == "0-9" and all(map(str.isdigit, firsts))), file.path
        else:
            assert content["vendor"]["id"] == file.path.removesuffix(".yaml")


def test_the_schema_and_the_value_have_the_same_fields() -> None:
    described = set(load_schema()["$defs"]["sdk"]["properties"])
    assert described - {"extends"} == {field.name for field in fields(SdkRecord)} - {"vendor_id"}
