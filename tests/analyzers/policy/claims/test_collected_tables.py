"""Tables of collected information: one claim a row, and which tables are none."""

import pytest

from analyzers.policy.claims.building import document
from mingcha_analyzers.policy.claims import extract
from mingcha_analyzers.policy.values import Claim

OWN = """功能场景 | 收集的个人信息 | 使用目的
注册登录 | 手机号码、昵称 | 创建账号
安全保障 | IMEI、MAC地址 | 识别异常登录"""


def claims(text: str) -> tuple[Claim, ...]:
    return extract([document(text)]).claims


def test_one_claim_a_row() -> None:
    first, second = claims(OWN)
    assert (first.data_items, first.action) == (("basic.phone", "basic.nickname"), "collect")
    assert first.purpose == "注册登录；创建账号"
    assert second.data_items == ("device.imei", "device.mac")
    assert OWN[second.span.start : second.span.end].startswith("安全保障 |")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("SDK名称 | 公司名称 | 使用目的 | 收集信息\n某SDK | 某公司 | 统计 | IMEI", id="SDK table"),
        pytest.param("信息类型 | 定义\n设备信息 | IMEI", id="vocabulary"),
        pytest.param("功能场景 | 收集的个人信息\n浏览 | 不收集手机号码", id="denied"),
    ],
)
def test_other_tables_make_no_claim(text: str) -> None:
    assert claims(text) == ()


@pytest.mark.parametrize(
    ("text", "purposes"),
    [
        pytest.param("权限名称 | 使用目的\n短信 | 用于自动填写验证码", ["用于自动填写验证码"], id="permission column"),
        pytest.param("服务名称 | 使用说明\n短信 | 用于自动填写验证码", [], id="another column"),
    ],
)
def test_bare_words_in_tables_of_permissions(text: str, purposes: list[str]) -> None:
    found = [entry for entry in extract([document(text)]).permissions if entry.surface == "短信"]
    assert sorted({str(entry.purpose) for entry in found}) == purposes
