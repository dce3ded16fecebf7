"""The SDK base names SDKs by what proves them, and by nothing that several SDKs carry."""

import re
from itertools import pairwise

import pytest

from mingcha_corpora.packers import PackerRecord, load_packers
from mingcha_corpora.sdks import SdkRecord, load_sdk_base
from mingcha_corpora.taxonomy import load_taxonomy

BASE = load_sdk_base()
COLLECTING = [sdk for sdk in BASE.records.values() if sdk.collects_pi]


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        pytest.param("com.ta.utdid2.device.UTDevice", "utdid", id="UTDID is not Alipay"),
        pytest.param("com.ut.device.AidConstants", "utdid", id="UTDID under its other name"),
        pytest.param("com.alipay.sdk.app.PayTask", "alipay-sdk", id="Alipay"),
        pytest.param("com.alipay.mobile.framework.service.annotation.A", "alipay-sdk", id="annotations of Alipay"),
        pytest.param("com.alipay.mobile.framework.App", "alipay-mpaas", id="mPaaS"),
        pytest.param("com.taobao.accs.ACCSClient", "taobao-accs", id="the Taobao channel is not Aliyun push"),
        pytest.param("org.android.agoo.umeng.X", "umeng-push", id="a longer prefix wins"),
        pytest.param("com.alibaba.sdk.android.push.X", "aliyun-push", id="Aliyun push"),
        pytest.param("cn.jiguang.ar.b", "jcore", id="short packages of JCore"),
        pytest.param("cn.jiguang.analytics.page.A", "jcore", id="page counts come with JCore"),
        pytest.param("cn.jiguang.analytics.android.A", "janalytics", id="JAnalytics"),
        pytest.param("com.tencent.mm.opensdk.modelpay.PayReq", "wechat-opensdk", id="pay requests prove no payment"),
        pytest.param("com.tencent.wxop.stat.StatService", "mta-in-wechat", id="MTA inside WeChat"),
        pytest.param("com.tencent.stat.StatService", "tencent-mta", id="MTA"),
        pytest.param("com.tencent.map.a.B", "qq-connect", id="position code of the QQ SDK"),
        pytest.param("com.tencent.map.geolocation.X", "tencent-location", id="Tencent positioning"),
        pytest.param("com.heytap.openid.IOpenID", "msa-oaid", id="an OAID stub is not OPPO's push"),
        pytest.param("u.aly.bk", "umeng-analytics", id="old Umeng"),
        pytest.param("com.umeng.common.Log", "umeng-common", id="Umeng's old base"),
        pytest.param("com.newqm.pointwall.A", "qumi", id="a new record"),
        pytest.param("com.example.MainActivity", None, id="the app's own code"),
        pytest.param("com.alipay.sdkother.A", None, id="whole labels only"),
        pytest.param("", None, id="no name"),
    ],
)
def test_code_belongs_to_the_record_with_the_longest_prefix(name: str, owner: str | None) -> None:
    assert BASE.owner_of(name) == owner


@pytest.mark.parametrize("sdk", ["utdid", "taobao-accs", "msa-oaid", "cmic-sso", "ctcc-account", "cucc-unicom"])
def test_parts_that_several_sdks_carry_are_marked(sdk: str) -> None:
    assert BASE.records[sdk].embedded


@pytest.mark.parametrize(
    ("sdk", "prefix"),
    [("weibo-sdk", "com.sina.weibo"), ("qq-connect", "com.tencent.tauth"),
     ("tpns", "com.qq.taf"), ("quying", "com.android.main")],
)  # fmt: skip
def test_weak_prefixes_are_flagged(sdk: str, prefix: str) -> None:
    assert prefix in BASE.records[sdk].unverified


def test_no_prefix_and_no_component_has_two_owners() -> None:
    prefixes = [prefix for sdk in BASE.records.values() for prefix in sdk.packages]
    assert len(prefixes) == len(set(prefixes)) == len(BASE.by_prefix)
    assert all(len(owners) == 1 for owners in BASE.by_component.values())


def test_the_umeng_key_names_both_umeng_records() -> None:
    assert BASE.by_meta_key["UMENG_APPKEY"] == ("umeng-analytics", "umeng-common")


@pytest.mark.parametrize("sdk", [pytest.param(sdk, id=sdk.id) for sdk in COLLECTING])
def test_each_collecting_record_is_sound(sdk: SdkRecord) -> None:
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]*", sdk.id)
    assert sdk.packages or sdk.components
    assert set(sdk.data_items) <= set(load_taxonomy().items)
    assert set(sdk.weak_aliases) <= set(sdk.aliases)
    assert sdk.unverified <= {*sdk.packages, *sdk.native_libs, *sdk.domains}
    assert not any(source.startswith("policy:") for source in sdk.sources)
    assert sdk.sources


def test_plain_libraries_are_sound() -> None:
    for sdk in BASE.records.values():
        assert sdk.packages or sdk.components, sdk.id
        assert sdk.tier in ("curated", "tracker-list", "rule-list", "library-list"), sdk.id
        assert all(not prefix.endswith(".") and " " not in prefix for prefix in sdk.packages), sdk.id


def test_records_are_in_order() -> None:
    assert all(a < b for a, b in pairwise(BASE.records))


@pytest.mark.parametrize("packer", [pytest.param(packer, id=packer.id) for packer in load_packers()])
def test_each_packer_is_sound(packer: PackerRecord) -> None:
    assert packer.kind in ("packer", "protector", "obfuscator", "anti-root", "native-packer")
    assert packer.name
    signals = {*packer.native_libs, *packer.assets, *packer.app_classes, *packer.code_prefixes}
    assert packer.unverified <= signals
