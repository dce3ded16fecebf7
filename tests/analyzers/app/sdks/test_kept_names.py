"""Names that annotations kept: which texts are such names."""

import pytest

from analyzers.app.code.programs import Code, static
from analyzers.app.dex.assemble import Class, assemble
from analyzers.app.sdks.bases import APP, classes, found, small_base
from mingcha_analyzers.app.code import find_observations
from mingcha_analyzers.app.code.owners import Owners
from mingcha_analyzers.app.sdks.kept_names import KeptNames
from mingcha_analyzers.app.values import EvidenceKind


def kept(text: str) -> set[str]:
    """Return the names found where a text stands among the strings and nothing refers to it."""
    code: Code = [("const-string", 0, "Lcom/maker/push/Named;"), ("const-string", 1, text)]
    data = assemble([Class("La/b/c;", [static("a", code)]), Class("Lcom/maker/push/There;")])
    # The second constant is made to name the first text, so that nothing names its own.
    first, second = (data.index(bytes((0x1A, register))) for register in (0, 1))
    data = data[: second + 2] + data[first + 2 : first + 4] + data[second + 4 :]
    finder = KeptNames()
    owners = Owners(APP, (), small_base())
    find_observations([("classes.dex", data)], owners=owners, components=(), target_sdk=30, watchers=[finder])
    return finder.found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Lcom/maker/push/Api;", {"com.maker.push.Api"}, id="a class that is not there"),
        pytest.param("Lcom/maker/push/There;", set(), id="a class that is there"),
        pytest.param("Ljava/util/List<Lcom/maker/push/Api;>;", set(), id="a generic type"),
        pytest.param("Lcom/maker/push/Api", set(), id="part of one"),
        pytest.param("Logs of com/maker;", set(), id="a sentence"),
    ],
)
def test_names(text: str, expected: set[str]) -> None:
    assert kept(text) == expected


def test_three_names_name_for_review_and_fewer_are_weak() -> None:
    names = {f"com.maker.push.Kept{number}" for number in range(3)}
    assert found(kept_names=names)["push"].evidence[0].kind is EvidenceKind.ANNOTATION
    assert found(kept_names=names)["push"].confidence == 0.5
    assert found(kept_names=set(sorted(names)[:2])) == {}


def test_names_beside_the_classes_themselves_say_nothing_new() -> None:
    (sign,) = found(kept_names={"com.maker.push.Gone"}, classes=classes("com.maker.push", 3))["push"].evidence
    assert sign.kind is EvidenceKind.CLASS_PREFIX
