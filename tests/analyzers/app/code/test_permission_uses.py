"""Whose code uses a permission on which levels, and which calls need one that is not requested."""

import pytest

from mingcha_analyzers.app.code.permission_uses import Levels, find_unrequested, grade_requests
from mingcha_analyzers.app.values import (
    BeforeConsent,
    Observation,
    PermissionGrade,
    PermissionRequest,
    Place,
    Reach,
    Stage,
)
from mingcha_corpora.facts import ApiFact, PermissionNeed

ANDROID = "android.permission."
LEVELS = Levels(lowest=21, target=33)


def need(name: str, since: int | None = None, until: int | None = None, note: str = "") -> PermissionNeed:
    return PermissionNeed(ANDROID + name, since, until, note)


def fact(*needs: PermissionNeed, class_: str = "Landroid/hardware/Camera;") -> ApiFact:
    return ApiFact(
        "AF-1",
        "method",
        "media.camera",
        None,
        (),
        class_,
        "open",
        (),
        None,
        "getter",
        "invoke",
        "direct",
        needs,
        True,
        "",
    )


def use(shown: ApiFact, owner: str = "app", confidence: float = 0.9) -> tuple[ApiFact, Observation]:
    seen = Observation(
        data_item="media.camera",
        act=None,
        api="Landroid/hardware/Camera;->open",
        caller="Lcn/a/Main;->scan",
        owner=owner,
        stage=Stage.PRESENT,
        facets=(),
        place=Place("classes.dex", "cn.a.Main", "scan", "()V", 2),
        reach=Reach(None, (), BeforeConsent.UNKNOWN, None),
        effective=True,
        confidence=confidence,
        sends=(),
    )
    return shown, seen


def used_by(name: str, *uses: tuple[ApiFact, Observation], max_sdk: int | None = None) -> tuple[str, ...] | None:
    (request,) = grade_requests((PermissionRequest(ANDROID + name, max_sdk),), uses, (), LEVELS)
    return request.used_by


@pytest.mark.parametrize(
    ("name", "uses", "max_sdk", "owners"),
    [
        pytest.param("CAMERA", [use(fact(need("CAMERA")))], None, ("app",), id="own code"),
        pytest.param("CAMERA", [use(fact(need("CAMERA")), "sdk:zxing")], None, ("sdk:zxing",), id="an SDK"),
        pytest.param("CAMERA", [use(fact(need("CAMERA")), "platform")], None, (), id="the platform uses for others"),
        pytest.param("CAMERA", [use(fact(need("CAMERA")), confidence=0.3)], None, (), id="weak evidence shows none"),
        pytest.param("CAMERA", [], None, (), id="no use of one whose calls are known"),
        pytest.param("WRITE_CONTACTS", [], None, None, id="unknown where calls are not known"),
        pytest.param("READ_EXTERNAL_STORAGE", [use(fact(need("READ_EXTERNAL_STORAGE", 16, 32)))], 18, (), id="below"),
        pytest.param(
            "READ_EXTERNAL_STORAGE", [use(fact(need("READ_EXTERNAL_STORAGE", 33)))], 32, (), id="other levels"
        ),
    ],
)
def test_users_are_those_whose_calls_need_it_on_its_levels(
    name: str, uses: list[tuple[ApiFact, Observation]], max_sdk: int | None, owners: tuple[str, ...] | None
) -> None:
    assert used_by(name, *uses, max_sdk=max_sdk) == owners


def test_only_what_users_are_asked_for_has_a_grade() -> None:
    requests = (PermissionRequest(ANDROID + "CAMERA", None), PermissionRequest(ANDROID + "INTERNET", None))
    graded = grade_requests(requests, (), (), LEVELS)
    assert [request.grade for request in graded] == [PermissionGrade.DECLARED, None]


@pytest.mark.parametrize(
    ("shown", "requested", "missing"),
    [
        pytest.param(fact(need("CAMERA")), "RECORD_AUDIO", [(ANDROID + "CAMERA",)], id="not requested"),
        pytest.param(fact(need("CAMERA")), "CAMERA", [], id="requested"),
        pytest.param(fact(need("CAMERA", 34)), "RECORD_AUDIO", [], id="not needed at the target level"),
        pytest.param(fact(need("CAMERA", note="also accepted")), "RECORD_AUDIO", [], id="answers without"),
        pytest.param(fact(need("INTERNET")), "RECORD_AUDIO", [], id="nobody is asked for it"),
        pytest.param(
            fact(need("ACCESS_FINE_LOCATION"), class_="Landroid/location/Location;"),
            "RECORD_AUDIO",
            [],
            id="a value asks for nothing",
        ),
    ],
)
def test_calls_are_told_whose_permission_is_not_requested(
    shown: ApiFact, requested: str, missing: list[tuple[str, ...]]
) -> None:
    found = find_unrequested((PermissionRequest(ANDROID + requested, None),), (use(shown),), LEVELS)
    assert [each.permissions for each in found] == missing
