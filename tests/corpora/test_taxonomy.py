"""The tree of data items is sound, and naming one discloses another as the judgement table says."""

from itertools import pairwise

import pytest

from mingcha_corpora.taxonomy import DataItem, NameMatch, load_taxonomy

TAXONOMY = load_taxonomy()
NAMED, ACCEPTED, BROADER, PART, NONE = NameMatch


@pytest.mark.parametrize(
    ("claimed", "observed", "match"),
    [
        pytest.param("device", "device.imei", BROADER, id="设备信息 for IMEI"),
        pytest.param("device.identifier", "device.imsi", BROADER, id="设备标识符 for IMSI"),
        pytest.param("device.identifier", "device.android_id", BROADER, id="设备标识符 for Android ID"),
        pytest.param("device.mac", "contacts.address_book", NONE, id="MAC地址等 for contacts"),
        pytest.param("device.imei", "device.imei", NAMED, id="IMEI for IMEI"),
        pytest.param("device.anonymous_id", "device.oaid", ACCEPTED, id="匿名设备标识符 for OAID"),
        pytest.param("device.sim", "device.imsi", BROADER, id="SIM卡信息 for IMSI"),
        pytest.param("device", "app.installed_list", BROADER, id="设备信息 for installed apps"),
        pytest.param("device", "device.screen", ACCEPTED, id="设备信息 for screen"),
        pytest.param("device.model", "device.brand", ACCEPTED, id="设备型号 for brand"),
        pytest.param("device", "network.ip", NONE, id="设备信息 for IP address"),
        pytest.param("usage.log", "network.ip", ACCEPTED, id="日志信息 for IP address"),
        pytest.param("location", "location.precise", ACCEPTED, id="位置信息 for precise position"),
        pytest.param("location.precise", "location.latlng", NAMED, id="精确位置 for coordinates"),
        pytest.param("location.precise", "location.precise", NAMED, id="精确位置 for precise position"),
        pytest.param("location.track", "location.precise", NONE, id="行踪轨迹 for precise position"),
        pytest.param("location", "network.wifi_list", BROADER, id="位置信息 for nearby access points"),
        pytest.param("network.wifi", "network.wifi_list", ACCEPTED, id="Wi-Fi信息 for nearby access points"),
        pytest.param("media.photos", "location.photo_exif", NONE, id="照片 for its position"),
        pytest.param("media.storage", "media.photos", ACCEPTED, id="相册/存储 for photos"),
        pytest.param("app.installed_list", "app.probe", NAMED, id="应用列表 for a probe"),
        pytest.param("basic.contact_details", "contacts.address_book", NONE, id="联系方式 for address book"),
        pytest.param("contacts", "contacts.address_book", ACCEPTED, id="联系人信息 for address book"),
        pytest.param("basic.contact_details", "basic.phone", ACCEPTED, id="联系方式 for phone number"),
        pytest.param("identity.id_card", "identity.id_photo", ACCEPTED, id="身份证 for its photo"),
        pytest.param("usage.browse", "usage.browser_history", BROADER, id="浏览记录 for browser history"),
        pytest.param("account.id", "account.device_accounts", NONE, id="账号 for accounts on the device"),
        pytest.param("bio.fingerprint", "bio", NAMED, id="指纹 for an unspecified biometric"),
        pytest.param("auth.sms_code", "comm.sms", PART, id="验证码 for messages"),
        pytest.param("other", "other.religion", NONE, id="其他信息 names nothing"),
        pytest.param("nonsense", "device.imei", NONE, id="unknown claim"),
        pytest.param("device.imei", "nonsense", NONE, id="unknown observation"),
    ],
)
def test_judges_names_as_the_table_says(claimed: str, observed: str, match: NameMatch) -> None:
    assert TAXONOMY.match(claimed, observed) is match


def test_an_accepted_word_tells_its_condition() -> None:
    accepted = TAXONOMY.acceptance("device.anonymous_id", "device.oaid")
    assert accepted is not None
    assert accepted.condition
    assert TAXONOMY.acceptance("device", "device.imei") is None


@pytest.mark.parametrize(
    ("denied", "observed", "covered"),
    [
        pytest.param("location", "location.precise", True, id="不收集位置信息 covers a precise position"),
        pytest.param("location.precise", "location.precise", True, id="the item itself"),
        pytest.param("location.precise", "location", False, id="never what is above"),
        pytest.param("device", "network.ip", False, id="another branch"),
        pytest.param("device.sim", "device.imsi", True, id="through also_under or parent"),
        pytest.param("device", "nonsense", False, id="unknown observation"),
    ],
)
def test_a_denial_covers_what_is_below(denied: str, observed: str, covered: bool) -> None:
    assert TAXONOMY.denies(denied, observed) is covered


@pytest.mark.parametrize("item", [pytest.param(item, id=item.id) for item in TAXONOMY.items.values()])
def test_each_item_has_its_place(item: DataItem) -> None:
    assert all(above in TAXONOMY.items for above in item.broader)
    assert item.id not in TAXONOMY.path_up(item.id)
    assert all(accepted.id in TAXONOMY.items and accepted.condition for accepted in item.accepted_as)
    assert (item.parent is None) == ("." not in item.id)
    root = item
    while root.parent:
        root = TAXONOMY.items[root.parent]
    assert root.id == item.category
    assert item.personal_information in ("yes", "depends", "no")
    assert item.sensitive in ("yes", "depends", "no")
    assert item.zh
    assert item.en


def test_an_umbrella_has_something_below() -> None:
    broader = {above for item in TAXONOMY.items.values() for above in item.broader}
    umbrellas = {item.id for item in TAXONOMY.items.values() if item.umbrella}
    assert umbrellas <= broader
    assert len(umbrellas) == 45
    assert sum(item.must_name for item in TAXONOMY.items.values()) == 30


def test_every_item_above_is_found() -> None:
    assert TAXONOMY.path_up("device.imei") >= {"device.hardware_id", "device.identifier", "device"}
    assert TAXONOMY.path_up("device.imsi") >= {"device.sim", "device.identifier", "device"}
    assert TAXONOMY.path_up("device") == frozenset()


def test_ids_are_in_order() -> None:
    assert all(a < b for a, b in pairwise(TAXONOMY.items))
