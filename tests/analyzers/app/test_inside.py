"""What the code shows, told of those whose it is when all of it was seen."""

import pytest

from mingcha_analyzers.app.code.owners import Owners
from mingcha_analyzers.app.inside import own_signs
from mingcha_analyzers.app.security.looks import Sign, load_looks
from mingcha_analyzers.app.values import Place
from mingcha_corpora.sdks import load_sdk_base


@pytest.mark.parametrize(
    ("place", "owner"),
    [
        pytest.param(Place("classes.dex", "a.b.c", "d", "()V", 0), "sdk:bugly", id="a class told by its make"),
        pytest.param(Place("classes.dex", "a.b.x", "d", "()V", 0), "unknown:a.b", id="the class beside it"),
        pytest.param(None, "unknown:a.b", id="no class"),
    ],
)
def test_signs_belong_to_what_their_class_is_built_like(place: Place | None, owner: str) -> None:
    look = load_looks()["call"][0]
    sign = Sign(look, "unknown:a.b", "classes.dex", place, None, 0.8)
    owners = Owners("cn.example", [], load_sdk_base()).with_matched({"a.b.c": "bugly"})
    assert [each.owner for each in own_signs([sign], owners)] == [owner]
