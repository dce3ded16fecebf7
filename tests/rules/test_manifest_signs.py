"""Lines of the manifest that look like a sign and are none."""

from builders import app, policy, receiver, service
from mingcha_rules.engine import assess
from mingcha_rules.values import Assessment

BOOT = receiver("cn.a.Boot", "android.intent.action.BOOT_COMPLETED")
ACCESSIBILITY = "BIND_ACCESSIBILITY_SERVICE"


def rules(result: Assessment) -> set[str]:
    return {finding.rule_id for finding in result.findings}


def test_a_boot_receiver_without_its_permission_never_starts() -> None:
    told = policy(without=("collect.autostart",))
    assert "MC603" not in rules(assess(told, app(components=(BOOT,)), as_of="2026-11-01"))
    assert "MC603" in rules(assess(told, app("RECEIVE_BOOT_COMPLETED", components=(BOOT,)), as_of="2026-11-01"))


def test_a_request_of_a_bind_permission_does_nothing() -> None:
    assert "MC306" not in rules(assess(policy(), app(ACCESSIBILITY), as_of="2026-11-01"))
    bound = app(components=(service("cn.a.Help", ACCESSIBILITY),))
    assert "MC306" in rules(assess(policy(), bound, as_of="2026-11-01"))
