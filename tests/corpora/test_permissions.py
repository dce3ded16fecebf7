"""Permissions guard data items, do acts and are known by the words of policies."""

import pytest

from corpora.knowledge_files import records
from mingcha_corpora.facts import load_acts
from mingcha_corpora.permissions import PermissionFact, load_permissions
from mingcha_corpora.taxonomy import load_taxonomy

FACTS = load_permissions()
RUNTIME = [fact for fact in FACTS.values() if fact.kind == "dangerous" and fact.group not in (None, "HEALTH")]


@pytest.mark.parametrize("fact", [pytest.param(fact, id=fact.name) for fact in FACTS.values()])
def test_each_permission_speaks_the_vocabulary(fact: PermissionFact) -> None:
    taxonomy = load_taxonomy()
    assert set(fact.data_items) <= set(taxonomy.items)
    assert set(fact.acts) <= set(load_acts())
    assert fact.zh_name
    assert len(fact.zh_phrases) == len(set(fact.zh_phrases))
    assert not set(fact.zh_words) & set(fact.zh_phrases)
    assert fact.group is None or "." not in fact.group


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        pytest.param("读取电话状态权限", "READ_PHONE_STATE", id="phone state"),
        pytest.param("位置权限", "ACCESS_FINE_LOCATION", id="position"),
        pytest.param("定位权限", "ACCESS_COARSE_LOCATION", id="rough position"),
        pytest.param("相机", "CAMERA", id="camera"),
        pytest.param("摄像头", "CAMERA", id="camera, other word"),
        pytest.param("存储权限", "READ_EXTERNAL_STORAGE", id="storage, reading"),
        pytest.param("存储权限", "WRITE_EXTERNAL_STORAGE", id="storage, writing"),
        pytest.param("麦克风", "RECORD_AUDIO", id="microphone"),
        pytest.param("通讯录权限", "READ_CONTACTS", id="contacts"),
        pytest.param("应用列表权限", "QUERY_ALL_PACKAGES", id="installed apps"),
    ],
)
def test_words_of_policies_lead_to_the_permission(phrase: str, name: str) -> None:
    assert phrase in FACTS[f"android.permission.{name}"].zh_phrases


@pytest.mark.parametrize("word", ["设备信息", "电话", "存储", "短信", "通知"])
def test_bare_words_are_kept_apart_from_phrases(word: str) -> None:
    assert not any(word in fact.zh_phrases for fact in FACTS.values())
    assert any(word in fact.zh_words for fact in FACTS.values())


def test_common_runtime_permissions_have_english_words() -> None:
    common = {fact.name.rpartition(".")[2] for fact in RUNTIME if fact.en_phrases}
    assert common >= {
        "ACCESS_BACKGROUND_LOCATION", "ACCESS_COARSE_LOCATION", "ACCESS_FINE_LOCATION", "ACTIVITY_RECOGNITION",
        "CALL_PHONE", "CAMERA", "GET_ACCOUNTS", "POST_NOTIFICATIONS", "READ_CALENDAR", "READ_CALL_LOG",
        "READ_CONTACTS", "READ_EXTERNAL_STORAGE", "READ_PHONE_STATE", "READ_SMS", "RECORD_AUDIO",
        "WRITE_EXTERNAL_STORAGE",
    }  # fmt: skip


def test_sensitive_follows_the_items() -> None:
    assert FACTS["android.permission.READ_CALL_LOG"].sensitive
    assert FACTS["android.permission.BODY_SENSORS"].sensitive
    assert not FACTS["android.permission.ACCESS_NETWORK_STATE"].sensitive


def test_an_act_is_no_data() -> None:
    call = FACTS["android.permission.CALL_PHONE"]
    assert (call.data_items, call.acts) == ((), ("comm.call_action",))


def test_all_records_are_loaded() -> None:
    assert len(FACTS) == len(records("android/permissions.jsonl")) == 296


def test_groups_of_items_hold_the_permissions_that_guard_them() -> None:
    items = load_taxonomy().items
    odd = {
        (fact.name, item)
        for fact in FACTS.values()
        for item in fact.data_items
        if fact.group and fact.group not in items[item].permission_groups
    }
    assert odd == set()
