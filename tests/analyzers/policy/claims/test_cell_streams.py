"""Tables whose cells follow each other without wider gaps between rows: on lines, or parted by blanks only."""

import pytest

from analyzers.policy.claims.building import document
from mingcha_analyzers.policy.claims import extract
from mingcha_analyzers.policy.values import SdkDisclosure

HEADS = ("SDK名称", "收集的个人信息", "使用目的", "第三方机构名称")
ROWS = (
    ("极光推送SDK", "设备信息（IMEI/Mac/Android ID/SIM 卡 IMSI", "推送消息", "示例信息技术有限公司"),
    ("甲乙加固", "无", "加固代码", "个人开发者"),
    ("高德地图", "地理位置", "为您定位", "示例软件有限公司"),
    ("丙丁客服系统", "相机权限, 存储空间", "用户反馈图片、视频消息", "示例网络有限公司"),
)
LEAD = "本应用接入的第三方SDK如下："
TAIL = "如您拒绝向第三方机构提供上述信息，您仍可以使用我们的其他服务。"


def read(text: str) -> list[SdkDisclosure]:
    return list(extract([document(text)]).sdk_disclosures)


def told(rows: list[SdkDisclosure]) -> list[tuple[str, str | None, str | None]]:
    return [(row.name, row.purpose, row.vendor) for row in rows]


EXPECTED = [(name, purpose, vendor) for name, _, purpose, vendor in ROWS]


@pytest.mark.parametrize("mark", ["\n", "\n\n", " "])
def test_rows_of_one_gap(mark: str) -> None:
    cells = [LEAD, *HEADS, *(cell for row in ROWS for cell in row), TAIL]
    assert told(read(mark.join(cells))) == EXPECTED


@pytest.mark.parametrize("mark", ["\n", " "])
def test_a_cell_of_two_lines_and_one_that_is_missing(mark: str) -> None:
    first = ("极光推送SDK", "设备信息（IMEI/Mac", "/Android ID）,设备型号", "推送消息", "示例信息技术有限公司")
    second = ("Bugly", "设备型号", "示例科技有限公司")
    cells = [LEAD, *HEADS, *first, *second, *ROWS[2], TAIL]
    rows = read(mark.join(cells))
    assert [row.name for row in rows] == ["极光推送SDK", "Bugly", "高德地图"]
    assert rows[0].data_items[-1] == "device.model"
    assert [row.vendor for row in rows] == ["示例信息技术有限公司", "示例科技有限公司", "示例软件有限公司"]


def test_links_part_rows_on_one_line() -> None:
    heads = ("序号", "SDK名称", "使用目的", "共享信息类型", "隐私政策链接")
    rows = (
        ("1", "友盟统计 SDK", "统计分析", "IMEI、MAC 地址", "https://example.com/umeng"),
        ("2", "甲乙支付SDK", "帮助您完成支付", "订单号", "https://example.com/pay"),
        ("3", "腾讯 Bugly", "分析崩溃", "设备型号 系统版本", "https://example.com/bugly"),
    )
    found = read(" ".join([LEAD, *heads, *(cell for row in rows for cell in row), TAIL]))
    assert [(row.name, row.purpose, row.url) for row in found] == [
        (" ".join(row[1].split()), row[2], row[4]) for row in rows
    ]


def test_a_second_table_on_the_line() -> None:
    cells = [LEAD, *HEADS, *ROWS[0], *ROWS[1], "2.iOS版：", *HEADS, *ROWS[2], *ROWS[3], TAIL]
    assert told(read(" ".join(cells))) == EXPECTED


@pytest.mark.parametrize(
    "text",
    [
        "SDK名称 使用目的 收集信息 " + "我们会向您说明第三方SDK的名称、使用目的和收集的信息。 " * 12,
        "第三方SDK\n使用目的\n收集信息\n我们会向您说明。\n请您查看其政策。\n我们会评估。",
    ],
)
def test_heads_above_sentences_are_no_table(text: str) -> None:
    assert read(text) == []


def test_a_long_line_costs_time_in_proportion() -> None:
    text = " ".join([LEAD, *HEADS, *("甲乙推送SDK", "IMEI", "推送", "示例有限公司") * 4000])
    assert len(read(text)) == 4000
