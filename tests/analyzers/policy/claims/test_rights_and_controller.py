"""The way to a right is a menu path or none; the controller is a whole name or none."""

import pytest

from analyzers.policy.claims.building import document
from mingcha_analyzers.policy.claims import extract
from mingcha_analyzers.policy.values import RightKind


@pytest.mark.parametrize(
    ("text", "path"),
    [
        pytest.param(
            "您可以通过我的-设置-账号与安全-注销账号来注销账号。", "我的-设置-账号与安全-注销账号", id="plain"
        ),
        pytest.param("您可以在“我”→“设置”→“注销账号”中注销账号。", "我”→“设置”→“注销账号", id="quoted"),
        pytest.param("您可通过【我的】-【设置】-【注销账号】注销账号。", "我的】-【设置】-【注销账号", id="brackets"),
        pytest.param("1.3 您可以注销/删除账号，注销账号后我们删除信息。", None, id="slash"),
        pytest.param("账户信息——如果您希望注销账号，请拨打021-22300201。", None, id="dash and number"),
    ],
)
def test_path_of_cancellation(text: str, path: str | None) -> None:
    found = [right for right in extract([document(text)]).rights if right.kind is RightKind.CANCEL_ACCOUNT]
    assert found
    assert {right.path for right in found} == {path}


def test_days_stay_with_their_statement() -> None:
    rights = extract([document("您可以注销账号。\n您可以向我们投诉，我们将在15个工作日内答复。")]).rights
    assert {right.kind: right.days for right in rights} == {RightKind.CANCEL_ACCOUNT: None, RightKind.COMPLAINT: 15}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("本应用由示例市檐语软件有限公司开发。", "示例市檐语软件有限公司", id="after 由"),
        pytest.param(
            "本政策仅适用于示例市晴砚科技有限公司（以下简称“我们”）。", "示例市晴砚科技有限公司", id="after 适用于"
        ),
        pytest.param(
            "本隐私政策规定了深圳市示例实业有限公司如何保护信息。", "深圳市示例实业有限公司", id="after 规定了"
        ),
        pytest.param("关联公司指与我们有控制关系的集团公司。", None, id="kind of company"),
        pytest.param("我们委托示例云存储有限公司作为第三方存储。", None, id="third party"),
    ],
)
def test_controller(text: str, name: str | None) -> None:
    assert extract([document(text)]).controller == name
