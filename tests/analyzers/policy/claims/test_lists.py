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


ONE_LINE = (
    "示例应用接入第三方SDK清单： 1.示例支付SDK 官网链接：https://example.com/a 隐私政策：https://example.com/b "
    "使用目的：用于您购买服务； 2.友盟SDK 官网链接： https://example.com/c "
    "隐私政策：https://example.com/d "
    "使用目的：用于统计分析 3.OPPO推送SDK（Android 版本） 官网链接：https://example.com/e "
    "隐私政策：https://example.com/f "
    "使用目的：推送提醒 4.实现功能的共享信息 我们会向您说明。"
)
WITHOUT_BLANKS = (
    "目前我们接入的SDK目录如下：极光推送：使用目的：向用户推送消息数据类型：IMEI。访问网络。文档链接：https://example.com/a/"
    "集成范围：安卓、ios友盟：使用目的：统计分析数据类型：MAC地址文档链接：https://example.com/b集成范围：安卓、ios"
    "蒲公英使用目的：检测更新数据类型：设备型号文档链接：https://example.com/c集成范围：安卓、ios我们会努力要求这些主体保护信息。"
)
LINKS_RUN_INTO_NUMBERS = (
    "包含的信息如下：1）“友盟统计”包含的权限如下：读取手机状态；"
    "\u00a0 \u00a0 收集信息的目的：数据统计\u00a0 \u00a0 收集的信息：IMEI"
    "\u00a0 \u00a0 隐私政策链接：https://example.com/policy2）“甲乙分享SDK”包含的权限如下：网络访问；"
    "\u00a0 \u00a0 收集信息的目的：分享"
    "\u00a0 \u00a0 收集的信息：MAC地址\u00a0 \u00a0 隐私政策链接：https://example.com/share3）“Bugly”包含的权限如下：网络访问；"
    "\u00a0 \u00a0 收集信息的目的：崩溃分析\u00a0 \u00a0 收集的信息：设备型号\u00a0 \u00a0 隐私政策链接：https://example.com/bugly"
)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param(
            ONE_LINE,
            [
                ("示例支付SDK", "用于您购买服务", "https://example.com/b"),
                ("友盟SDK", "用于统计分析", "https://example.com/d"),
                ("OPPO推送SDK（Android 版本）", "推送提醒", "https://example.com/f"),
            ],
            id="blanks",
        ),
        pytest.param(
            WITHOUT_BLANKS,
            [
                ("极光推送", "向用户推送消息", "https://example.com/a/"),
                ("友盟", "统计分析", "https://example.com/b"),
                ("蒲公英", "检测更新", "https://example.com/c"),
            ],
            id="no blanks",
        ),
        pytest.param(
            LINKS_RUN_INTO_NUMBERS,
            [
                ("友盟统计", "数据统计", "https://example.com/policy"),
                ("甲乙分享SDK", "分享", "https://example.com/share"),
                ("Bugly", "崩溃分析", "https://example.com/bugly"),
            ],
            id="numbers behind links",
        ),
    ],
)
def test_records_on_one_line(text: str, rows: list[tuple[str, str, str]]) -> None:
    found = extract([document(text)]).sdk_disclosures
    assert [(row.name, row.purpose, row.url) for row in found] == rows


def test_labels_that_repeat_need_no_mark_before_them() -> None:
    text = "SDK名称：甲乙推送使用目的：推送收集信息：IMEISDK名称：丙丁地图使用目的：定位收集信息：位置信息" * 2
    found = extract([document(text)]).sdk_disclosures
    assert [(row.name, row.purpose) for row in found] == [("甲乙推送", "推送"), ("丙丁地图", "定位")] * 2


LABELLED_COMPANY = """合作方：中国移动
合作方类型：号码认证
SDK简称：号码认证SDK
合作目的：免密登录
个人信息收集范围：手机号
合作方：中国联通
合作方类型：号码认证
SDK简称：号码认证SDK
合作目的：免密登录
个人信息收集范围：手机号"""


def test_a_short_name_names_the_sdk_of_a_partner() -> None:
    found = extract([document(LABELLED_COMPANY)]).sdk_disclosures
    assert [(row.name, row.vendor) for row in found] == [("号码认证SDK", "中国移动"), ("号码认证SDK", "中国联通")]
