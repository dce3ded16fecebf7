"""SDK lists written as lines: which lines name an SDK and where a record ends."""

import pytest

from analyzers.policy.claims.building import document
from mingcha_analyzers.policy.claims import extract

VERTICAL = """本应用接入的SDK
示例统计SDK（示例分析SDK）
使用目的：统计日活
收集方式：自动收集
收集范围：设备型号、MAC地址
SDK厂商信息：示例网络技术有限公司
官网链接：https://example.com/
隐私政策：https://example.com/privacy
示例推送SDK
使用目的：推送消息
数据类型：IMEI
SDK厂商信息：示例信息技术有限公司
隐私政策：https://example.com/push"""
UNDER_HEADINGS = """# 10、示例推送SDK
使用目的：推送消息
使用场景：推送消息时
第三方名称：示例移动软件有限公司
涉及个人信息：Android ID
# （2）合作伙伴类型：地图服务
使用SDK名称：示例地图SDK
使用目的：定位
涉及个人信息：位置信息"""


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param(VERTICAL, ["示例统计SDK（示例分析SDK）", "示例推送SDK"], id="name line, then labels"),
        pytest.param(UNDER_HEADINGS, ["示例推送SDK", "示例地图SDK"], id="headings"),
        pytest.param("SDK\n1.2.9 个性化推荐\n使用目的：推荐\n收集信息：设备型号", [], id="function, no SDK"),
        pytest.param("我们是谁\n公司全称：示例有限公司\n注册地址：示例路1号", [], id="the controller"),
        pytest.param("如何联系我们\n电话：400-000-0000\n地址：示例路1号", [], id="contacts"),
    ],
)
def test_names_of_records(text: str, names: list[str]) -> None:
    assert [sdk.name for sdk in extract([document(text)]).sdk_disclosures] == names


def test_record_has_vendor_and_link() -> None:
    row = extract([document(VERTICAL)]).sdk_disclosures[0]
    assert (row.vendor, row.url, row.data_items) == (
        "示例网络技术有限公司",
        "https://example.com/privacy",
        ("device.model", "device.mac"),
    )


def test_sign_within_a_name_is_kept() -> None:
    (row,) = extract([document("SDK名称 | 使用目的 | 收集信息\n友盟+SDK | 统计 | IMEI")]).sdk_disclosures
    assert (row.name, row.sdk) == ("友盟+SDK", "umeng-analytics")
