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
