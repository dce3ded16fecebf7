"""Remedies tell what the guide of an SDK says: the call after consent, what can be switched off, when to upgrade."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from builders import app, sdk
from mingcha_corpora.sdks import RecordFile, lay_over
from mingcha_rules.checks.sdk_advice import start_words, switch_words
from mingcha_rules.values import Words

RECORDS = """\
sdks:
- id: told
  name: Told
  category: push
  collects_pi: true
  tier: curated
  packages: [com.told]
  deferred_init: {call: 'Lcom/told/Push;->init', note_zh: 同意后再调用 init。, note_en: Call init after consent.}
  optional_switches:
  - {call: 'Lcom/told/Push;->setImei(Z)V', stops: [device.imei], note_zh: 传 false, note_en: pass false}
  - {call: 'manifest: TOLD_LOCATION', stops: [location], note_zh: 设为 false, note_en: set to false}
  compliant_since: '5.6.0'
  sources: [jar:told-5.6]
- id: untold
  name: Untold
  category: push
  collects_pi: true
  tier: curated
  packages: [com.untold]
  sources: [jar:untold-1.0]
"""
NOTHING = Words("", "")


@pytest.fixture(autouse=True)
def _records() -> Iterator[None]:
    lay_over([RecordFile("mine.yaml", RECORDS.encode())])
    yield
    lay_over([])


def start(owner: str, version: str | None = None) -> Words:
    """Return the advice on starting an SDK of that version."""
    return start_words(app(sdks=(replace(sdk("told"), version=version),)), owner)


def test_the_call_after_consent_is_told() -> None:
    assert start("sdk:told") == Words("该SDK的做法：同意后再调用 init。", " For this SDK: Call init after consent.")


@pytest.mark.parametrize("owner", ["sdk:untold", "sdk:nobody", "unknown:com.told", "app"])
def test_nothing_is_told_of_code_whose_guide_is_not_known(owner: str) -> None:
    assert start(owner) == switch_words(owner, ["device.imei"]) == NOTHING


@pytest.mark.parametrize(("version", "old"), [("5.5.9", True), ("5.10.0", False), ("5.6.0", False), (None, False)])
def test_an_old_version_is_to_be_upgraded(version: str | None, old: bool) -> None:
    assert ("请升级到5.6.0" in start("sdk:told", version).zh) is old


def test_what_can_be_switched_off_is_told_of_the_items_read() -> None:
    told = switch_words("sdk:told", ["device.imei", "device.mac"])
    assert told == Words(
        "该SDK可关闭的读取：Push.setImei：传 false。",
        " What this SDK can switch off: Push.setImei: pass false.",
    )
    assert switch_words("sdk:told", ["device.mac"]) == NOTHING
