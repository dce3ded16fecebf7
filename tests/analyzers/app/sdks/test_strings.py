"""Constants of code: whose code names them, and where they are not looked for."""

import pytest

from analyzers.app.code.programs import Code, static
from analyzers.app.dex.assemble import Class, assemble
from analyzers.app.sdks.bases import APP, small_base
from mingcha_analyzers.app.code import find_observations
from mingcha_analyzers.app.code.owners import Owners
from mingcha_analyzers.app.sdks.strings import StringFinder

TEXT = "push_cache_v2"


def seen(class_: str, text: str = TEXT, *, used: bool = True) -> dict[str, int]:
    code: Code = [("const-string", 0, text)] if used else []
    finder, base = StringFinder(small_base()), small_base()
    find_observations(
        [("classes.dex", assemble([Class(class_, [static("a", code)])]))],
        owners=Owners(APP, (), base),
        components=(),
        target_sdk=30,
        watchers=[finder],
    )
    return dict(finder.found)


@pytest.mark.parametrize(
    ("class_", "expected"),
    [
        pytest.param("La/b/c;", {TEXT: 1}, id="renamed"),
        pytest.param("Lcom/unknown/vendor/Cache;", {TEXT: 1}, id="of a third party"),
        pytest.param("Lcn/example/app/a;", {TEXT: 1}, id="renamed into the app's package"),
        pytest.param("Lcn/example/app/Settings;", {}, id="the app's own"),
        pytest.param("Lcom/other/share/Api;", {}, id="another SDK's"),
        pytest.param("Lcom/maker/push/Api;", {}, id="its own, whose name says more"),
        pytest.param("Landroidx/core/A;", {}, id="the platform's"),
    ],
)
def test_a_constant_counts_where_code_has_lost_its_name(class_: str, expected: dict[str, int]) -> None:
    assert seen(class_) == expected


def test_keys_of_meta_data_are_constants_of_the_code_that_reads_them() -> None:
    assert seen("La/b/c;", "PUSH_KEY") == {"PUSH_KEY": 1}


def test_constants_in_part_and_constants_that_no_code_names_do_not_count() -> None:
    assert seen("La/b/c;", f"{TEXT}.tmp") == {}
    assert seen("La/b/c;", used=False) == {}
