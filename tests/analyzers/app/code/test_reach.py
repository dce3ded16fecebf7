"""What is said to run before consent, and what is left open."""

import pytest

from analyzers.app.code.programs import APP, GO, MAIN, Code, application, component, method, reach, reader
from analyzers.app.dex.assemble import Class, assemble
from mingcha_analyzers.app.code import find_observations
from mingcha_analyzers.app.code.owners import Owners
from mingcha_analyzers.app.values import BeforeConsent, ComponentKind
from mingcha_corpora.sdks import load_sdk_base

EQUALS = "Landroid/text/TextUtils;->equals(Ljava/lang/CharSequence;Ljava/lang/CharSequence;)Z"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param([GO], "yes", id="straight"),
        pytest.param([("goto", ":end"), ("move-exception", 0), GO, ":end"], "unknown", id="after an exception"),
        pytest.param([("goto", ":end"), GO, ":end"], "unknown", id="after an exception that nobody keeps"),
        pytest.param(
            [("goto", ":end"), ("move-exception", 0), ("throw", 0), ":end", GO], "yes", id="after a handler that leaves"
        ),
        pytest.param(
            [("if-eqz", 0, ":join"), ("goto", ":join"), ("move-exception", 0), ":join", GO],
            "yes",
            id="where a handler comes back",
        ),
    ],
)
def test_code_after_an_exception_is_left_open(code: Code, expected: str) -> None:
    assert reach([application(code)]).before_consent == expected


@pytest.mark.parametrize(
    ("parent", "name", "expected"),
    [
        pytest.param("Ljava/lang/Thread;", "run", "yes", id="a thread"),
        pytest.param("Landroid/content/BroadcastReceiver;", "onReceive", "unknown", id="an event"),
        pytest.param("Landroid/view/View$OnClickListener;", "onClick", "no", id="a click"),
        pytest.param("Landroid/widget/AdapterView$OnItemSelectedListener;", "onItemSelected", "no", id="a choice"),
    ],
)
def test_what_the_framework_calls_on_an_object(parent: str, name: str, expected: str) -> None:
    called = Class("Lcn/example/Called;", [method(name, [GO])], parent=parent)
    found = reach([application([("new-instance", 0, called.name)]), called])
    assert found.before_consent == expected
    assert found.chain == (f"{APP}->onCreate", f"{called.name}->{name}", "Lcn/example/Reader;->read")


def test_a_later_screen_is_not_before_consent() -> None:
    screen = Class(MAIN, [method("onCreate", [GO])], parent="Landroid/app/Activity;")
    found = reach([application([]), screen], component(ComponentKind.ACTIVITY, MAIN))
    assert found.before_consent is BeforeConsent.NO


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        pytest.param("cn.example.RECORD", "unknown", id="an action of its own"),
        pytest.param("android.intent.action.BOOT_COMPLETED", "yes", id="an action of the system"),
    ],
)
def test_what_runs_for_one_action_is_left_open(action: str, expected: str) -> None:
    """Which action a component is started with is not followed."""
    compare: Code = [
        ("invoke-virtual", (1,), "Landroid/content/Intent;->getAction()Ljava/lang/String;"),
        ("move-result-object", 2),
        ("const-string", 3, action),
        ("invoke-static", (2, 3), EQUALS),
        ("move-result", 0),
        ("if-eqz", 0, ":end"),
        GO,
        ":end",
    ]
    service = Class("Lcn/example/Sync;", [method("onStartCommand", compare)], parent="Landroid/app/Service;")
    start: Code = [
        ("const-class", 1, service.name),
        ("invoke-virtual", (0, 1), "Landroid/content/Context;->startService(Landroid/content/Intent;)V"),
    ]
    found = reach([application(start), service], component(ComponentKind.SERVICE, service.name))
    assert found.before_consent == expected
    assert found.chain[:2] == (f"{APP}->onCreate", f"{service.name}->onStartCommand")


@pytest.mark.parametrize(
    ("manifest_application", "expected"),
    [
        pytest.param("Lcom/tencent/StubShell/TxAppEntry;", "yes", id="a packer's"),
        pytest.param("Lcom/android/tools/fd/runtime/BootstrapApplication;", "yes", id="that of Instant Run"),
        pytest.param("Lcn/example/OtherApplication;", "unknown", id="another of the app"),
    ],
)
def test_the_application_class_behind_a_loader(manifest_application: str, expected: str) -> None:
    components = (component(ComponentKind.APPLICATION, manifest_application),)
    found = find_observations(
        [("classes.dex", assemble([application([GO]), reader(), Class(manifest_application)]))],
        owners=Owners("cn.example", components, load_sdk_base()),
        components=components,
        target_sdk=30,
    )
    (seen,) = [each.reach for each in found.observations if each.data_item]
    assert seen.before_consent == expected
