"""What could not be seen, in words."""

import pytest

from builders import app
from mingcha_analyzers.values import Limit
from mingcha_rules.engine import assess


@pytest.mark.parametrize(
    ("limit", "zh"),
    [
        (Limit("code", "packed", "Tencent Legu"), "腾讯乐固"),
        (Limit("later_code", "dynamic_code", "app 2"), "APP2处"),
        (Limit("later_code", "code_in_assets", "assets/a.dex"), "assets/a.dex"),
    ],
)
def test_details_are_words(limit: Limit, zh: str) -> None:
    (finding,) = assess(None, app(limits=(limit,)), as_of="2026-11-24").findings
    assert f"（{zh}）" in finding.message.zh
