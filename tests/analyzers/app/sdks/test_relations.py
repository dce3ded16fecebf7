"""One SDK is not reported as five: parts, bringers, stubs."""

from analyzers.app.sdks.bases import classes, found, keys
from mingcha_analyzers.app.values import SdkForm

PUSH, SHARE = ["com.maker.push.Api"], ["com.other.share.Api"]


def test_a_part_of_the_same_maker_is_brought_in() -> None:
    core = found(classes=[*PUSH, *classes("com.maker.core", 100)])["core"]
    assert (core.form, core.brought_in_by, core.confidence) == (SdkForm.PART, ("push",), 0.85)
    assert found(classes=["com.maker.core.A"])["core"].form is SdkForm.WHOLE


def test_a_part_of_a_suite_is_brought_in_by_it_however_large() -> None:
    beacon = found(classes=[*SHARE, *classes("com.fourth.beacon", 99)])["beacon"]
    assert (beacon.form, beacon.brought_in_by, beacon.confidence) == (SdkForm.PART, ("share",), 0.85)
    assert found(classes=classes("com.fourth.beacon", 99))["beacon"].form is SdkForm.WHOLE


def test_an_embedded_part_names_all_that_may_have_brought_it_and_no_host() -> None:
    alone = found(classes=classes("com.di", 9))
    assert {key: (sdk.form, sdk.brought_in_by) for key, sdk in alone.items()} == {"device-id": (SdkForm.PART, ())}
    both = found(classes=[*PUSH, *SHARE, *classes("com.di", 9)])
    assert both["device-id"].brought_in_by == ("push", "share")


def test_a_few_classes_of_another_maker_inside_an_aggregator_are_a_stub() -> None:
    login = found(classes=[*SHARE, *classes("com.third.login", 19)])["login"]
    assert (login.form, login.brought_in_by, login.confidence) == (SdkForm.STUB, ("share",), 0.6)


def test_many_classes_none_of_which_is_surely_the_sdks_own_are_a_stub() -> None:
    login = found(classes=[*SHARE, *classes("com.third.deep.unverified", 50)])["login"]
    assert (login.form, login.brought_in_by, login.confidence) == (SdkForm.STUB, ("share",), 0.5)


def test_the_sdk_itself_beside_an_aggregator_stands_for_itself() -> None:
    login = found(classes=[*SHARE, *classes("com.third.login", 20)])["login"]
    assert (login.form, login.brought_in_by) == (SdkForm.WHOLE, ())
    assert found(classes=classes("com.third.login", 3))["login"].form is SdkForm.WHOLE


def test_keys_that_an_sdk_in_view_explains_name_no_part_of_it() -> None:
    assert "core" in found(components=keys("PUSH_KEY", "CORE_KEY"))
    assert "core" not in found(classes=PUSH, components=keys("PUSH_KEY", "CORE_KEY"))
    assert "core" in found(classes=[*PUSH, "com.maker.core.A"], components=keys("PUSH_KEY", "CORE_KEY"))


def test_classes_that_both_hold_name_the_part_only_beside_its_own() -> None:
    shared = classes("com.maker.both.service", 9)
    assert "core" in found(classes=shared)
    assert "core" not in found(classes=[*PUSH, *shared])
    assert "core" in found(classes=[*PUSH, *shared, "com.maker.core.A"])


def test_vendors_stand_beside_names() -> None:
    assert found(classes=PUSH)["push"].vendor == "Maker"
    assert found(classes=classes("com.di", 9))["device-id"].vendor is None


def test_what_another_sdk_of_the_maker_explains_names_no_second_one() -> None:
    """The key is also Core's, and Core's host is named."""
    core = {"components": keys("PUSH_KEY"), "hosts": [("core", "core.maker.cn")]}
    assert "core" in found(**core)
    assert "core" not in found(**core, classes=PUSH)
    assert "core" in found(**core, classes=["com.other.share.Api"])
