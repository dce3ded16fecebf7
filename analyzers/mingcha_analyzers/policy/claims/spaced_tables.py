"""Tables that lost their markup to blanks: heads run together on one line, and rows on lines of their own below it."""

import re
from collections.abc import Iterator, Sequence

from mingcha_analyzers.policy.claims.fields import LONGEST_LABEL, Cell, Row, is_sdk_head, name_field
from mingcha_analyzers.policy.claims.flat_tables import MOST_COLUMNS, Piece, find_pieces, is_title
from mingcha_analyzers.policy.claims.words import spoken
from mingcha_analyzers.policy.layout import ReadDocument

FEWEST = 3
SHORTEST_HEADS, LONGEST_HEADS = 8, 80
MOST_BETWEEN = 5
MOST_TRIES = 100
HEAD_WORDS = re.compile(
    r"(?i)sdk|第三方|名称|目的|用途|场景|功能|信息|数据|公司|机构|主体|隐私|政策|协议|类型|链接|权限|方式|name|purpose|data|policy"
)
# Heads are no sentence: nobody speaks in them.
HEAD_BEGINS = re.compile(r"(?i)(?!.*[我您你])(?:序号|编号|第三方|sdk|合作|插件|产品|接入|服务|公司|提供|name|no)")
WORD = re.compile(r"[^\W\d_]{2}")
HEADS = re.compile(r"[\w/（）()、 \t\u00a0]+")


def find_spaced_rows(document: ReadDocument) -> Iterator[Row]:
    """Yield the rows of such tables of ``document``, if their heads are those of an SDK list."""
    text, lang = document.document.text, spoken(document.document.language)
    lines = tuple(find_pieces(document))
    tries = 0
    for index, line in enumerate(lines):
        likely = (
            line.end - line.start <= 2 * LONGEST_HEADS and len(HEAD_WORDS.findall(text, line.start, line.end)) >= FEWEST
        )
        tries += likely
        heads = read_heads(text[line.start : line.end], lang) if likely and tries <= MOST_TRIES else ()
        if heads:
            yield from read_lines(text, lines[index + 1 :], heads)


def read_heads(words: str, lang: str) -> tuple[str, ...]:
    """Return the fields of heads that make up a whole line, without blanks between them or with."""
    joined = "".join(words.split())
    if not SHORTEST_HEADS <= len(joined) <= LONGEST_HEADS or not HEADS.fullmatch(words):
        return ()
    if not HEAD_BEGINS.match(joined) or len(HEAD_WORDS.findall(joined)) < FEWEST:
        return ()
    # best[end]: the most different heads that make up the letters before it.
    best: list[tuple[str, ...] | None] = [()] + [None] * len(joined)
    for end in range(2, len(joined) + 1):
        for start in range(max(0, end - LONGEST_LABEL), end - 1):
            before, field = best[start], name_field(joined[start:end], lang)
            if before is None or field is None or field in before or len(before) >= MOST_COLUMNS:
                continue
            if len(before) + 1 > len(best[end] or ()):
                best[end] = (*before, field)
    heads = best[-1] or ()
    return heads if len(heads) >= FEWEST and heads[0] in ("name", "number") and is_sdk_head(heads) else ()


def read_lines(text: str, lines: Sequence[Piece], heads: Sequence[str]) -> Iterator[Row]:
    """Yield the rows on ``lines``: name first, then cells parted by blanks; a few others may stand between."""
    between = 0
    for line in lines:
        tokens = [
            (line.start + found.start(), line.start + found.end())
            for found in re.finditer(r"[^\s\u00a0]+", text[line.start : line.end])
        ]
        name = text[slice(*tokens[0])] if tokens else ""
        if len(tokens) < 2 or not WORD.search(name) or not is_title(name):
            between += 1
            if between > MOST_BETWEEN:
                return
            continue
        between = 0
        yield read_tokens(tokens, heads)


def read_tokens(tokens: Sequence[tuple[int, int]], heads: Sequence[str]) -> Row:
    """Return the row of ``tokens``; what is left over when each column has one belongs to its text of most words."""
    fields: dict[str, Cell] = {}
    columns = [head for head in heads if head != "url"]
    for index, head in enumerate(columns):
        last = len(tokens) - 1 if index == len(columns) - 1 else index
        if index < len(tokens) and head != "number":
            fields[head] = Cell(tokens[index][0], tokens[last][1])
    return Row(fields, tokens[0][0], tokens[-1][1])
