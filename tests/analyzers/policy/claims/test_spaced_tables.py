"""Tables whose cells are parted by blanks."""

from mingcha_analyzers.policy.claims.flat_tables import Piece
from mingcha_analyzers.policy.claims.spaced_tables import read_lines


def test_a_line_of_blanks_is_no_row() -> None:
    text = "友盟 友盟公司 统计\n\u00a0 \n个推 每日公司 推送"
    lines = [Piece(0, 10, 1), Piece(11, 13, 1), Piece(14, 24, 1)]
    assert len(list(read_lines(text, lines, ("name", "vendor", "purpose")))) == 2
