"""Tables whose cells run together without any mark between them: rows are told by their links and known names.

“第三方SDK名称使用场景…隐私协议地址七鱼完善客服系统…有限公司https://…个推支持安卓系统…”. A row begins with a name of
the SDK base, since nothing else says where its name ends; rows of other SDKs are not read.
"""

import re
from collections.abc import Iterator

from mingcha_analyzers.policy.claims.fields import Cell, Row
from mingcha_analyzers.policy.claims.sdknames import is_vendor, name_at_start
from mingcha_analyzers.policy.claims.spaced_tables import LONGEST_HEADS, SHORTEST_HEADS, read_heads
from mingcha_analyzers.policy.claims.words import spoken
from mingcha_analyzers.policy.layout import BlockKind, ReadDocument

BEGINNING = re.compile(r"(?i)(?:第三方)?(?:sdk|合作方|插件)(?:的)?(?:中文)?名称?(?=[^\s，。；：]{6})")
LINK = re.compile(r"https?://[\x21-\x7e]+")
COMPANY = re.compile(r"公司$")
MOST_TRIES = 20
LONGEST_ROW = 1200
LONGEST_COMPANY = 30


def find_run_on_rows(document: ReadDocument) -> Iterator[Row]:
    """Yield the rows of such tables of ``document``."""
    text, lang = document.document.text, spoken(document.document.language)
    for tries, found in enumerate(BEGINNING.finditer(text)):
        if tries >= MOST_TRIES:
            return
        if within_table(document, found.start()):
            continue
        end = end_of_heads(text, found.start(), lang)
        if end is not None:
            yield from read_body(text, end)


def within_table(document: ReadDocument, place: int) -> bool:
    """Return whether ``place`` lies in a table that kept its cells."""
    return any(block.kind is BlockKind.TABLE_ROW and block.start <= place < block.end for block in document.blocks)


def end_of_heads(text: str, start: int, lang: str) -> int | None:
    """Return where the heads that begin at ``start`` end, the last of which is that of links."""
    longest = None
    for end in range(start + SHORTEST_HEADS, min(len(text), start + LONGEST_HEADS)):
        if text[end - 1].isspace():
            break
        heads = read_heads(text[start:end], lang)
        if heads and heads[-1] == "url" and name_at_start(text[end : end + LONGEST_COMPANY]):
            longest = end
    return longest


def read_body(text: str, start: int) -> Iterator[Row]:
    """Yield the rows from ``start`` on, each up to its link."""
    for link in LINK.finditer(text, start):
        if link.start() - start > LONGEST_ROW:
            return
        size = name_at_start(text[start : link.start()])
        if size:
            yield read_row(text, start, size, link.start(), link.end())
        start = link.end()


def read_row(text: str, start: int, size: int, link: int, end: int) -> Row:
    """Return the row whose name takes ``size`` letters from ``start`` and whose link stands at ``link`` … ``end``."""
    company = next(
        (
            begin
            for begin in range(max(start + size, link - LONGEST_COMPANY), link - 3)
            if text[begin].isalpha() and COMPANY.search(text, begin, link) and is_vendor(text[begin:link])
        ),
        link,
    )
    fields = {"name": Cell(start, start + size), "data": Cell(start + size, company), "url": Cell(link, end)}
    if company < link:
        fields["vendor"] = Cell(company, link)
    return Row(fields, start, end)
