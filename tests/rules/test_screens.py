"""Rules on what an app shows on its screens: when they hold back."""

import pytest

from builders import app, box, packer, policy, prompt, read, right, screen_text, screens, sdk
from mingcha_analyzers.app.embedded.values import PolicyUrl
from mingcha_analyzers.app.ui.values import Ui
from mingcha_analyzers.app.values import App
from mingcha_analyzers.policy.values import Policy
from mingcha_analyzers.values import Limit
from mingcha_rules.engine import assess
from mingcha_rules.values import Finding, Verdict

CLOSE = "MC523"


def findings(package: App, told: Policy | None = None) -> dict[str, Finding]:
    return {item.rule_id: item for item in assess(told, package, as_of="2026-11-24").findings}


@pytest.mark.parametrize(
    ("package", "told"),
    [
        pytest.param(app(ui=screens(accounts=False)), None, id="people have no accounts"),
        pytest.param(app(ui=screens(screen_text("UI-R01", strong=False))), None, id="a weak text may be the entry"),
        pytest.param(
            app(ui=screens(screen_text("UI-R01", "LogoffActivity", strong=False, source="activity"))),
            None,
            id="an activity may be the entry",
        ),
        pytest.param(
            app(ui=screens(), limits=(Limit("ui", "ui_drawn_elsewhere", "Flutter"),)), None, id="drawn elsewhere"
        ),
        pytest.param(app(ui=screens(), packer=packer()), None, id="packed"),
        pytest.param(app(), None, id="not analysed"),
        pytest.param(
            app(ui=screens()), policy(rights=(right("cancel_account", "email"),)), id="the policy names another way"
        ),
    ],
)
def test_a_missing_entry_is_not_said(package: App, told: Policy | None) -> None:
    assert CLOSE not in findings(package, told)


def test_an_entry_of_an_sdk_is_not_the_apps() -> None:
    assert CLOSE in findings(app(ui=screens(screen_text("UI-R01", owner="sdk:weibo-sdk"))))


def test_a_promise_of_the_policy_makes_the_gap_surer() -> None:
    silent = findings(app(ui=screens()))[CLOSE]
    promised = findings(app(ui=screens()), policy(rights=(right("cancel_account"),)))[CLOSE]
    assert silent.confidence < promised.confidence
    assert promised.policy_evidence


def test_what_is_not_seen_is_at_most_for_review() -> None:
    result = assess(None, app(ui=screens()), as_of="2026-11-24")
    verdicts = {clause.id: clause.verdict for clause in result.clauses}
    assert verdicts["gbt35273-2019d:7.10.a"] is Verdict.REVIEW


@pytest.mark.parametrize(
    ("ui", "fires"),
    [
        pytest.param(screens(prompts=(prompt(),)), True, id="agree alone"),
        pytest.param(screens(prompts=(prompt(refuse=("不同意",)),)), False, id="refuse beside it"),
        pytest.param(screens(prompts=(prompt(agree=("我已阅读并同意",)),)), False, id="the text of a box"),
        pytest.param(
            screens(screen_text("UI-C01", "不同意", role="refuse"), prompts=(prompt(),)), False, id="refuse elsewhere"
        ),
        pytest.param(
            screens(screen_text("UI-C01", "拒绝", role="refuse"), prompts=(prompt(),)), True, id="another refusal"
        ),
    ],
)
def test_a_prompt_that_can_only_be_agreed_to(ui: Ui, fires: bool) -> None:
    assert ("MC612" in findings(app(ui=ui))) is fires


def test_a_form_to_sign_in_is_no_vague_prompt() -> None:
    ui = screens(prompts=(prompt(agree=(), weak_buttons=("确定",), boxes=(box(ticked=False),)),))
    assert "MC613" not in findings(app(ui=ui))


def test_recommendations_without_a_switch_are_signs_too() -> None:
    ui = screens(screen_text("UI-R03", "猜你喜欢", strong=False))
    assert findings(app(ui=ui))["MC526"].params["signs"] == "猜你喜欢"
    named = screens(screen_text("UI-R03", "recommend_list", strong=False, source="resource_name"))
    assert "MC526" not in findings(app(ui=named))
    assert "MC526" not in findings(app(sdks=(sdk("jpush"),), ui=screens()))


def test_code_that_reads_personal_data_needs_a_policy_too() -> None:
    reading = app(reads=(read("basic.phone"),), ui=screens(accounts=False))
    assert "MC110" in findings(reading)
    assert "MC110" not in findings(app(ui=screens(accounts=False)))
    linked = app(ui=screens(), policy_urls=(PolicyUrl("https://a.example/privacy", "string/p", "app"),))
    assert "MC110" not in findings(linked)
    foreign = app(ui=screens(), policy_urls=(PolicyUrl("https://a.example/privacy", "La/b;->c", "sdk:jpush"),))
    assert "MC110" in findings(foreign)


@pytest.mark.parametrize(("rule", "told_again"), [("MC523", True), ("MC524", False)])
def test_silence_of_the_policy_is_told_of_the_screens_too_only_where_the_app_has_to_offer_the_function(
    rule: str, told_again: bool
) -> None:
    assert (rule in findings(app(ui=screens()), policy())) is told_again
    assert rule in findings(app(ui=screens()))
