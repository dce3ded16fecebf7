"""A record is found by whatever is known of it; what may mean several gives several."""

import pytest

from mingcha_corpora.sdks import load_sdk_base
from mingcha_corpora.sdks.lookup import Way, find_records, near_names

BASE = load_sdk_base()


@pytest.mark.parametrize(
    ("query", "sdk", "way"),
    [
        pytest.param("jpush", "jpush", Way.ID, id="id"),
        pytest.param("极光推送", "jpush", Way.NAME, id="Chinese name"),
        pytest.param("极光推送 SDK", "jpush", Way.NAME, id="alias with a blank"),
        pytest.param("ＪＰＵＳＨ　SDK", "jpush", Way.NAME, id="full width, another case"),
        pytest.param("深圳市和讯华谷信息技术有限公司", "jverification", Way.VENDOR, id="legal name of the vendor"),
        pytest.param("cn.jpush.android.service.Foo", "jpush", Way.PACKAGE, id="class"),
        pytest.param("Lcn/jpush/android/service/Foo;", "jpush", Way.PACKAGE, id="descriptor"),
        pytest.param("com.umeng.message", "umeng-push", Way.PACKAGE, id="package"),
        pytest.param("report.jpush.cn", "jpush", Way.HOST, id="host below a domain"),
        pytest.param("JPUSH_APPKEY", "jpush", Way.META_KEY, id="key of the manifest"),
        pytest.param("dingtalk", "dingtalk-share", Way.PART, id="part of an id"),
        pytest.param("libmsc.so", "iflytek", Way.LIBRARY, id="library"),
    ],
)
def test_an_sdk_is_found(query: str, sdk: str, way: Way) -> None:
    hits = {hit.id: hit.way for hit in find_records(BASE, query)}
    assert any(found.startswith(sdk) and by is way for found, by in hits.items()), hits


def test_a_name_of_several_gives_all_the_nearest_first() -> None:
    hits = find_records(BASE, "极光")
    assert hits[0].id == "jpush"
    assert {"jcore", "jverification"} <= {hit.id for hit in hits}


def test_an_id_is_that_record_alone() -> None:
    assert [hit.id for hit in find_records(BASE, " jpush ")] == ["jpush"]


@pytest.mark.parametrize("query", ["", " ", "com", "com.nobody.knows", "这不是任何SDK的名字", "sdk"])
def test_nothing_is_found_where_nothing_is_known(query: str) -> None:
    assert find_records(BASE, query) == ()


def test_near_names_help_with_a_slip() -> None:
    assert "jpush" in near_names(BASE, "jpusg")
    assert near_names(BASE, "这不是任何名字") == ()
