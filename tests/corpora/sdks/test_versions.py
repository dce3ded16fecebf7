"""Places of versions are such that they tell an SDK's own version and no other's."""

import re

import pytest

from corpora.sdks.record_files import PUSH, record_file
from mingcha_corpora.sdks import SdkRecord, load_sdk_base
from mingcha_corpora.sdks.compiling import compile_files
from mingcha_corpora.sdks.faults import FaultyRecordsError

BASE = load_sdk_base()
VERSIONED = sorted({key for keys in BASE.by_version.values() for key in keys})
each_record = pytest.mark.parametrize("record", [pytest.param(BASE.records[key], id=key) for key in VERSIONED])


@each_record
def test_a_place_is_one_of_its_forms(record: SdkRecord) -> None:
    for place in record.versions:
        ways = [place.class_name or place.string, place.file, place.meta_key, place.entry]
        assert sum(map(bool, ways)) == 1, place
        assert place.file or not place.key, place


@each_record
def test_a_class_that_tells_a_version_is_the_record_s_own(record: SdkRecord) -> None:
    for place in record.versions:
        name = place.class_name.removesuffix(".*")
        assert not name or BASE.owner_of(name) == record.id or name in record.packages, place


@each_record
def test_a_text_of_any_code_has_words_beside_the_digits(record: SdkRecord) -> None:
    for place in record.versions:
        assert place.class_name or not place.string or re.search("[A-Za-z]{3}", place.string), place


def test_an_expression_that_is_none_is_named_with_its_line() -> None:
    with pytest.raises(FaultyRecordsError) as caught:
        compile_files([record_file(f"{PUSH}  versions:\n  - string: 'example (\\d'\n")])
    assert (caught.value.fault.code, caught.value.fault.line) == ("sdk_regex", 10)


@pytest.mark.parametrize("expression", ["a{99999999999}", "(" * 50_000 + ")" * 50_000], ids=["repeat", "depth"])
def test_an_expression_too_large_to_compile_is_named(expression: str) -> None:
    with pytest.raises(FaultyRecordsError) as caught:
        compile_files([record_file(f"{PUSH}  versions:\n  - string: '{expression}'\n")])
    assert caught.value.fault.code == "sdk_regex"


@pytest.mark.parametrize("text", ["5", "- a", "words", ""])
def test_a_file_without_records_is_told_what_belongs_in_it(text: str) -> None:
    with pytest.raises(FaultyRecordsError) as caught:
        compile_files([record_file(text)])
    assert caught.value.fault.code == "sdk_no_records"


def test_places_are_found_by_class_or_expression() -> None:
    compiled = compile_files([record_file(f"{PUSH}  versions:\n  - class: com.example.push.Constants\n")])
    assert compiled.by_version == {"com.example.push.Constants": ("example-push",)}
