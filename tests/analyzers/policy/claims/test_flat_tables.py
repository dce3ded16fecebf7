"""Tables whose cells stand on lines of their own."""

import pytest

from analyzers.policy.claims.building import document
from mingcha_analyzers.policy.claims import extract
from mingcha_analyzers.policy.values import SdkDisclosure

HEADS = ("SDK名称", "使用目的", "所属公司", "收集信息", "隐私政策")
PUSH = ("示例推送SDK", "推送消息", "示例信息技术有限公司", "IMEI、MAC地址", "https://example.com/push")
MAP = ("示例地图SDK", "定位", "示例地图有限公司", "位置信息", "https://example.com/map")


def laid_out(*rows: tuple[str, ...], cell: str = "\n", row: str = "\n") -> str:
    return "本应用接入的第三方SDK如下：\n\n" + row.join(cell.join(cells) for cells in rows)


def read(text: str) -> list[SdkDisclosure]:
    return list(extract([document(text)]).sdk_disclosures)


@pytest.mark.parametrize(("cell", "row"), [("\n", "\n"), ("\n", "\n\n\n"), ("\n\n\n\n\n", "\n\n\n\n\n\n\n")])
def test_rows_are_told_by_their_gaps_or_their_number_of_cells(cell: str, row: str) -> None:
    push, map_ = read(laid_out(HEADS, PUSH, MAP, cell=cell, row=row))
    assert (push.name, push.purpose, push.vendor, push.url) == (PUSH[0], PUSH[1], PUSH[2], PUSH[4])
    assert (map_.name, map_.vendor, map_.data_items) == (MAP[0], MAP[2], ("location",))


def test_a_cell_of_several_lines() -> None:
    heads = ("SDK\n名称", "使用\n目的", "所属公司", "收集信息", "隐私政策")
    push = ("示例\n推送SDK", "推送\n消息", *PUSH[2:])
    (row,) = read(laid_out(heads, push, cell="\n\n\n\n\n", row="\n\n\n\n\n\n\n"))
    assert (row.name, row.vendor) == ("示例 推送SDK", PUSH[2])


def test_missing_cells_do_not_shift_links_and_companies() -> None:
    (row,) = read(laid_out(HEADS, (PUSH[0], PUSH[2], PUSH[4]), cell="\n", row="\n\n\n"))
    assert (row.name, row.purpose, row.vendor, row.url) == (PUSH[0], None, PUSH[2], PUSH[4])


def test_the_table_ends_where_no_row_follows() -> None:
    text = (
        laid_out(HEADS, PUSH, cell="\n", row="\n\n\n")
        + "\n\n\n我们会评估这类第三方服务的合法性。\n请您查看其隐私政策。"
    )
    assert [row.name for row in read(text)] == [PUSH[0]]


@pytest.mark.parametrize(
    "text",
    [
        "权限名称\n使用目的\n是否可关闭\n相机\n拍照\n是",
        "第三方SDK\n为了向您提供服务，我们会接入第三方SDK。\n使用目的\n推送",
        "一\n二\n三\n四",
        "",
    ],
)
def test_other_lines_are_no_table_of_sdks(text: str) -> None:
    assert read(text) == []


SPACED = """技术支持类合作伙伴如下：
SDK名称场景共享个人信息字段第三方隐私权政策
示例推送SDK 消息推送 IMEI、MAC地址（SIM 卡信息）
第三方网站
示例地图 定位 位置信息
1 以上合作方均已签署协议"""


def test_heads_run_together_and_cells_parted_by_blanks() -> None:
    push, map_ = read(SPACED)
    assert (push.name, push.purpose) == ("示例推送SDK", "消息推送")
    assert set(push.data_items) >= {"device.imei", "device.mac"}
    assert (map_.name, map_.purpose) == ("示例地图", "定位")


def test_a_line_of_words_is_no_head() -> None:
    assert read("我们接入的第三方SDK名称和用途见下文。\n示例推送 推送 IMEI") == []


def test_numbered_records_on_one_line() -> None:
    text = (
        "接入的第三方SDK：(1) 示例定位SDK；用于定位；数据类型：位置信息；官网链接：https://example.com/map   "
        "(2) 极光推送；用于推送；数据类型：IMEI；官网链接：https://example.com/push"
    )
    assert [(row.name, row.sdk) for row in read(text)] == [("示例定位SDK", None), ("极光推送", "jpush")]


def test_a_sentence_that_names_the_provider() -> None:
    text = "1.2.6 “OPPO Push”：由“广东欢太科技有限公司”提供，用于在OPPO设备上接收消息推送。"
    (row,) = read(text)
    assert (row.name, row.sdk, row.vendor) == ("OPPO Push", "oppo-push", "广东欢太科技有限公司")
    assert read("“示例活动”由“示例某某科技有限公司”提供奖品。") == []


def test_of_two_purposes_the_plain_one_counts() -> None:
    (row,) = read("SDK名称 | 功能类型 | 第三方名称 | 使用目的\n示例推送SDK | 登录分享 | 示例有限公司 | 推送消息")
    assert (row.purpose, row.vendor) == ("推送消息", "示例有限公司")


def test_what_a_sentence_says_of_a_listed_sdk_is_a_claim_on_it() -> None:
    table = "SDK名称 | 使用目的 | 收集信息\n极光推送SDK | 推送 | IMEI"
    found = extract([document(f"{table}\n\n我们接入了极光推送SDK。\n极光推送SDK会收集您的MAC地址。")])
    assert [row.data_items for row in found.sdk_disclosures] == [("device.imei",)]
    assert [(claim.sdk, claim.data_items) for claim in found.claims] == [("jpush", ("device.mac",))]


RUN_ON = (
    "合作的第三方如下：第三方SDK名称使用场景共享个人信息类型第三方SDK所属公司第三方SDK隐私协议地址"
    "个推支持安卓系统的通知推送设备信息（IMEI）浙江每日互动网络科技股份有限公司https://www.getui.com/privacy"
    "示例快递查询物流手机号示例有限公司https://example.com/a"
    "腾讯Bugly用于收集崩溃时的设备信息（MAC地址）深圳市腾讯计算机系统有限公司https://bugly.qq.com/v2/contract前述服务商收集信息。"
)


def test_cells_that_run_together() -> None:
    getui, bugly = read(RUN_ON)
    assert (getui.name, getui.sdk, getui.vendor, getui.url) == (
        "个推",
        "getui-push",
        "浙江每日互动网络科技股份有限公司",
        "https://www.getui.com/privacy",
    )
    assert (bugly.name, bugly.sdk, bugly.data_items[-1]) == ("腾讯Bugly", "bugly", "device.mac")


def test_heads_without_rows_are_no_table() -> None:
    assert read("请您阅读第三方SDK名称使用目的收集信息隐私政策链接的说明，见https://example.com/a") == []
