"""Words of policies lead to the data item they mean."""

import re

import pytest
import yaml

from corpora.knowledge_files import DATA
from mingcha_corpora.lexicon import Term, load_terms
from mingcha_corpora.taxonomy import load_taxonomy

ZH = {term.form: term for term in load_terms("zh")}
EN = {term.form: term for term in load_terms("en")}


@pytest.mark.parametrize(
    ("form", "item"),
    [
        pytest.param("位置信息", "location", id="a word for any position is no precise position"),
        pytest.param("经纬度", "location.precise", id="coordinates"),
        pytest.param("精确位置", "location.precise", id="precise position"),
        pytest.param("SSID", "network.ssid", id="SSID is not the Wi-Fi at large"),
        pytest.param("BSSID", "network.bssid", id="BSSID"),
        pytest.param("广告标识符", "device.advertising_id", id="any advertising id"),
        pytest.param("IDFA", "device.idfa", id="one advertising id"),
        pytest.param("照片", "media.photos", id="photos"),
        pytest.param("联系方式", "basic.contact_details", id="ways to reach the user"),
        pytest.param("联系人信息", "contacts", id="whom the user knows"),
        pytest.param("紧急联系人", "contacts", id="emergency contact"),
        pytest.param("通讯录", "contacts.address_book", id="address book"),
        pytest.param("身份信息", "identity", id="a wide word for identity"),
        pytest.param("设备序列号", "device.serial", id="serial number"),
        pytest.param("唯一设备标识符", "device.identifier", id="unique device identifier"),
        pytest.param("应用安装列表", "app.installed_list", id="installed apps"),
        pytest.param("已安装应用列表", "app.installed_list", id="installed apps, other words"),
        pytest.param("剪切板", "content.clipboard", id="clipboard"),
        pytest.param("系统版本", "device.os", id="system version"),
        pytest.param("设备制造商", "device.brand", id="manufacturer"),
        pytest.param("心率", "health.heart_rate", id="heart rate"),
        pytest.param("网络信息", "network", id="a wide word for the network"),
    ],
)
def test_a_form_means_its_item(form: str, item: str) -> None:
    assert ZH[form].item == item


@pytest.mark.parametrize(
    ("form", "item"),
    [
        pytest.param("location", "location", id="any position"),
        pytest.param("precise location", "location.precise", id="precise position"),
        pytest.param("contact information", "basic.contact_details", id="ways to reach the user"),
        pytest.param("photos", "media.photos", id="photos"),
        pytest.param("IMEI", "device.imei", id="IMEI"),
    ],
)
def test_an_english_form_means_its_item(form: str, item: str) -> None:
    assert EN[form].item == item


def test_words_moved_elsewhere_are_gone_from_their_old_item() -> None:
    moves = yaml.safe_load((DATA.parents[1] / "knowledge" / "moved_forms.yaml").read_text(encoding="utf-8"))
    assert len(moves) == 33
    for move in moves:
        for form in move["forms"]:
            assert ZH[form].item == move["to"], form


@pytest.mark.parametrize(
    "form", ["位置", "定位", "文件", "语言", "品牌", "专业", "发票", "手术", "关注", "视频", "图片", "渠道"]
)
def test_ordinary_words_need_a_verb_near(form: str) -> None:
    assert ZH[form].ambiguous


@pytest.mark.parametrize(
    "form", ["IMEI", "MAC地址", "通讯录", "剪切板", "设备型号", "位置信息", "身份证号码", "MAC", "序列号"]
)
def test_words_that_mean_data_only_stand_alone(form: str) -> None:
    assert not ZH[form].ambiguous


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_lists_speak_of_forms_and_items_that_exist(lang: str) -> None:
    items = load_taxonomy().items
    forms = {term.form.casefold() for term in load_terms("zh" if lang == "zh" else "en")}
    ordinary = yaml.safe_load((DATA / "lexicon/ambiguous.yaml").read_text(encoding="utf-8"))[lang]
    extra = yaml.safe_load((DATA / "lexicon/extra_forms.yaml").read_text(encoding="utf-8"))[lang]
    assert [word for word in ordinary if word.casefold() not in forms] == []
    assert len(ordinary) == len(set(ordinary))
    assert set(extra) <= set(items)
    added = [form for entry in extra.values() for form in entry]
    assert sorted(added) == sorted(set(added)), "a form stands under one item"


@pytest.mark.parametrize("terms", [load_terms("zh"), load_terms("en")], ids=["zh", "en"])
def test_terms_are_clean(terms: tuple[Term, ...]) -> None:
    assert [term.form for term in terms] == sorted({term.form for term in terms})
    assert all(term.item in load_taxonomy().items for term in terms)
    assert all(term.form == term.form.strip() and len(term.form) > 1 for term in terms)
    assert not any(re.search(r"[，。；\n]", term.form) for term in terms)


def test_spellings_that_differ_in_case_mean_the_same_item() -> None:
    items: dict[str, set[str]] = {}
    for term in load_terms("zh"):
        items.setdefault(term.form.casefold(), set()).add(term.item)
    assert {form: found for form, found in items.items() if len(found) > 1} == {}
