"""SDKs that the policy names and that the package does not show."""

from builders import app, packer, policy, row
from mingcha_rules.engine import assess


def test_no_sdk_is_called_absent_where_code_is_hidden() -> None:
    told = policy(sdks=(row("极光推送", "jpush"),))
    rules = {
        hidden: {item.rule_id for item in assess(told, package, as_of="2026-11-24").findings}
        for hidden, package in ((False, app()), (True, app(packer=packer())))
    }
    assert "MC209" in rules[False]
    assert "MC209" not in rules[True]
