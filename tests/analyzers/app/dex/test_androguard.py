"""Every reference the reader finds in real packages is one androguard finds, and the other way round.

All DEX files of packages of up to 45,000 methods; larger ones by ``python -m benchmarks.dex equal APK…``.
"""

import pytest
from benchmarks.references import read_dexes

from analyzers.app.dex.dexbytes import sample_dex
from realfiles import real_apk

equality = pytest.importorskip("benchmarks.equality")
pytest.importorskip("androguard.core.dex")


@pytest.mark.network
@pytest.mark.parametrize("name", ["app-uiautomator", "appium-settings", "apidemos", "uiautomator2-server-test"])
def test_references_equal_androguards(name: str) -> None:
    for dex_name, data in read_dexes(str(real_apk(name))):
        found = equality.compare_dex(data)
        assert (dex_name, found.missing, found.extra, found.examples) == (dex_name, 0, 0, [])


def test_a_reference_that_is_lost_is_noticed() -> None:
    found = equality.compare_dex(sample_dex("careless"))
    assert found.equal
    assert found.references > found.edges > 300
    assert found.left_out["fields of other files"]
    found.hold({("LA;->a()V", 0, 0x6E, "LB;->b()V")}, set())
    assert not found.equal
    assert found.examples
