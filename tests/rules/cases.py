"""For every rule card one pair that makes it fire and one, as near as can be, that leaves it silent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from builders import (
    PLACE,
    TEXT,
    act,
    app,
    box,
    claim,
    contact,
    document,
    embedded,
    endpoint,
    mention,
    packer,
    permission_prompt,
    policy,
    prompt,
    read,
    receiver,
    right,
    rights,
    row,
    screen_text,
    screens,
    sdk,
    service,
    unrequested,
    weakness,
)
from mingcha_analyzers.app.values import App
from mingcha_analyzers.policy.values import Contradiction, ContradictionKind, Dates, Policy
from mingcha_analyzers.values import Limit, Span

__all__ = ["CASES", "ELEMENT_CASES", "Case", "packer"]


@dataclass(frozen=True, slots=True)
class Case:
    """A policy and an app, either of which may be missing."""

    policy: Policy | None
    app: App | None = None


# Card → elements whose absence makes it fire; the complete policy leaves it silent.
ELEMENT_CASES: Mapping[str, tuple[str, ...]] = {
    "MC401": ("ctrl.name",),
    "MC402": ("ctrl.office_address",),
    "MC403": ("ctrl.officer_contact", "contact.officer"),
    "MC404": ("scope.product",),
    "MC405": ("scope.update_date",),
    "MC406": ("scope.effective_date",),
    "MC407": ("sum.key_points", "sum.contents"),
    "MC408": ("sum.principles",),
    "MC409": ("collect.functions",),
    "MC410": ("collect.purpose",),
    "MC411": ("collect.types",),
    "MC412": ("collect.basic_extended",),
    "MC413": ("collect.method",),
    "MC414": ("collect.frequency",),
    "MC415": ("store.place", "cb.local"),
    "MC416": ("store.term", "store.term_method"),
    "MC417": ("protect.risk",),
    "MC418": ("collect.refusal_effect",),
    "MC419": ("protect.measures",),
    "MC420": ("share.share",),
    "MC421": ("share.transfer",),
    "MC422": ("share.disclose",),
    "MC423": ("cb.local", "cb.abroad", "store.place"),
    "MC424": ("cookie.manage",),
    "MC425": ("upd.notice",),
    "MC426": ("contact.channel",),
    "MC427": ("contact.complaint",),
    "MC428": ("contact.dispute",),
    "MC429": ("collect.purpose_change",),
    "MC430": ("upd.major",),
    "MC433": ("child.guardian",),
    "MC501": ("right.access",),
    "MC502": ("right.correct",),
    "MC503": ("right.delete",),
    "MC504": ("right.withdraw",),
    "MC505": ("right.close",),
    "MC506": ("right.copy",),
    "MC507": ("right.automated",),
    "MC508": ("collect.personalised_exit", "right.no_ads"),
    "MC510": ("right.response", "contact.deadline"),
}

# Card → section that is left out together with all its elements.
SECTION_CASES: Mapping[str, str] = {
    "MC440": "D.1.collect",
    "MC441": "D.3.share",
    "MC442": "D.4.protect",
    "MC443": "D.5.rights",
    "MC444": "D.8.update",
    "MC445": "D.7.crossborder",
}

# Card → a security fact that makes it fire, and the nearest one that does not.
SECURITY_CASES: Mapping[str, tuple[str, str]] = {
    "MC801": ("SF-NET01", "SF-NET10"),
    "MC802": ("SF-NET10", "SF-NET12"),
    "MC803": ("SF-NET06", "SF-NET09"),
    "MC804": ("SF-NET09", "SF-WEB01"),
    "MC805": ("SF-NET04", "SF-NET03"),
    "MC806": ("SF-STO02", "SF-PLT01"),
    "MC807": ("SF-STO01", "SF-STO03"),
    "MC808": ("SF-STO03", "SF-STO01"),
    "MC809": ("SF-STO12", "SF-STO03"),
    "MC810": ("SF-STO05", "SF-STO06"),
    "MC811": ("SF-STO06", "SF-STO07"),
    "MC812": ("SF-STO07", "SF-STO06"),
    "MC813": ("SF-STO08", "SF-STO11"),
    "MC814": ("SF-STO11", "SF-PLT03"),
    "MC815": ("SF-CRY01", "SF-CRY09"),
    "MC816": ("SF-CRY05", "SF-CRY06"),
    "MC817": ("SF-CRY03", "SF-CRY02"),
    "MC818": ("SF-KEY01", "SF-KEY08"),
    "MC819": ("SF-PLT02", "SF-PLT03"),
    "MC820": ("SF-PLT03", "SF-PLT02"),
    "MC821": ("SF-PLT04", "SF-PLT02"),
    "MC822": ("SF-PLT08", "SF-PLT02"),
    "MC823": ("SF-PLT09", "SF-PLT14"),
    "MC824": ("SF-PLT14", "SF-PLT09"),
    "MC825": ("SF-PLT13", "SF-PLT02"),
    "MC826": ("SF-WEB02", "SF-WEB01"),
    "MC827": ("SF-PLT01", "SF-SIG02"),
    "MC828": ("SF-SIG01", "SF-PLT01"),
    "MC829": ("SF-PLT06", "SF-PLT07"),
    "MC830": ("SF-PLT10", "SF-PLT11"),
    "MC831": ("SF-PLT15", "SF-PLT12"),
    "MC832": ("SF-PLT12", "SF-PLT15"),
    "MC833": ("SF-INJ01", "SF-INJ03"),
}

BARE = "我们申请相机权限，收集IMEI。"
_COMPLETE = policy()
_JPUSH = app(sdks=(sdk("jpush"),))
_CONTACTS = app("READ_CONTACTS")
_THREE = ("CAMERA", "RECORD_AUDIO", "READ_CONTACTS")
_CHAINED = app(reads=(act("app.chain_start", "cn.jpush.android.intent.DaemonService", "sdk:jpush"),))
_BOOT = app("RECEIVE_BOOT_COMPLETED", components=(receiver("cn.a.Boot", "android.intent.action.BOOT_COMPLETED"),))
_ABROAD = app(sdks=(sdk("google-fcm"),))
_ADS = app(sdks=(sdk("csj-pangle"),))
_READS_IMEI = app(reads=(read("device.imei"),))
_IMEI_READ = Case(policy(), _READS_IMEI)
_JPUSH_READS = app(sdks=(sdk("jpush"),), reads=(read("device.imei", owner="sdk:jpush"),))
_SIGN_IN = Case(None, app(ui=screens()))
SENT = read(
    "device.imei", stage="sent_possible", sends=("Lcn/a/Ids;->load", "Lcn/a/Api;->call", "Ljava/net/URL;->openStream")
)
_UNREAD = Case(None, app(limits=(Limit("code", "dex_truncated", "classes.dex"), Limit("reach", "reflection", "app 1"))))
_EXPORT_SILENT = ("cb.consent",)

# Card → in-app fact whose text is the entry that the card looks for.
ENTRY_CASES: Mapping[str, str] = {
    "MC520": "UI-R08",
    "MC521": "UI-R09",
    "MC522": "UI-R02",
    "MC523": "UI-R01",
    "MC524": "UI-R07",
    "MC525": "UI-R10",
}


def _prompting(*, agree: tuple[str, ...] = ("同意",), **parts: tuple[Any, ...]) -> Case:
    return Case(None, app(ui=screens(prompts=(prompt(agree=agree, **parts),))))


def _entries() -> dict[str, tuple[Case, Case]]:
    return {card: (_SIGN_IN, Case(None, app(ui=screens(screen_text(fact))))) for card, fact in ENTRY_CASES.items()}


# Card → (firing, silent).
_OTHERS: Mapping[str, tuple[Case, Case]] = {
    "MC101": (
        Case(policy(claims=(claim("identity.id_card", emphasis=False),))),
        Case(policy(claims=(claim("identity.id_card", emphasis=False), claim("identity.id_card", emphasis=True)))),
    ),
    "MC102": (
        Case(policy(contradictions=(Contradiction(ContradictionKind.SAME_ITEM, PLACE, Span("doc1", 9, 14)),))),
        Case(policy(claims=(claim("location", polarity="denied"),))),
    ),
    "MC103": (
        Case(policy(text=BARE, claims=(claim("device.imei", purpose=None),))),
        Case(policy(text=BARE, claims=(claim("device.imei", purpose=None), claim("device.imei", purpose="风控")))),
    ),
    "MC104": (
        Case(policy(claims=(claim("device"),))),
        Case(policy(claims=(claim("device", "device.imei"),))),
    ),
    "MC105": (_IMEI_READ, Case(policy(claims=(claim("device.imei"),)), _READS_IMEI)),
    "MC106": (
        Case(policy(sdks=(row("极光推送", "jpush", items=("device.model",)),)), _JPUSH_READS),
        Case(policy(sdks=(row("极光推送", "jpush", items=("device.imei",)),)), _JPUSH_READS),
    ),
    "MC107": (
        Case(policy(claims=(claim("device", polarity="denied"),)), _READS_IMEI),
        Case(policy(claims=(claim("location", polarity="denied"),)), _READS_IMEI),
    ),
    "MC108": (
        Case(policy(claims=(claim("device"),)), _READS_IMEI),
        Case(policy(claims=(claim("device"), claim("device.imei"))), _READS_IMEI),
    ),
    "MC109": (Case(policy(), app(reads=(read("device.imei", stage="present"),))), _IMEI_READ),
    "MC110": (_SIGN_IN, Case(None, app(ui=screens(screen_text("UI-R06"))))),
    "MC111": (
        Case(policy(), app(policies=(embedded("另一份隐私政策"),))),
        Case(policy(), app(policies=(embedded(TEXT), embedded("另一份隐私政策")))),
    ),
    "MC112": (
        Case(None, app(policies=(embedded("一"), embedded("二")))),
        Case(None, app(policies=(embedded("一"), embedded("一"), embedded("二", role="sdk_list")))),
    ),
    "MC201": (Case(policy(), _JPUSH), Case(policy(sdks=(row("极光推送", "jpush"),)), _JPUSH)),
    "MC202": (
        Case(policy(), app(sdks=(sdk("jad"),))),
        Case(policy(text="我们接入极光广告 SDK（cn.jiguang.ads）"), app(sdks=(sdk("jad"),))),
    ),
    "MC203": (Case(policy(), app(sdks=(sdk("jpush", confidence=0.6),))), Case(policy(), _JPUSH)),
    "MC204": (
        Case(policy(sdks=(row("第三方推送服务商"),)), _JPUSH),
        Case(policy(sdks=(row("第三方推送服务商"), row("极光推送SDK"))), _JPUSH),
    ),
    "MC205": (
        Case(policy(sdks=(row("极光认证", "jverification"),)), _JPUSH),
        Case(policy(sdks=(row("极光推送", "jpush"),)), _JPUSH),
    ),
    "MC206": (
        Case(policy(sdks=(row("极光推送", "jpush", vendor=None),)), _JPUSH),
        Case(policy(sdks=(row("极光推送", "jpush", vendor=None), row("极光推送", "jpush"))), _JPUSH),
    ),
    "MC207": (
        Case(policy(sdks=(row("极光推送", "jpush", url=None),)), _JPUSH),
        Case(policy(sdks=(row("极光推送", "jpush", url=None, purpose=None),)), _JPUSH),
    ),
    "MC208": (
        Case(policy(text="本应用使用 JPush SDK 推送消息。"), _JPUSH),
        Case(policy(text="本应用使用 JPush SDK 推送消息。", sdks=(row("极光推送", "jpush"),)), _JPUSH),
    ),
    "MC209": (
        Case(policy(sdks=(row("极光推送", "jpush"),)), app()),
        Case(policy(sdks=(row("极光推送", "jpush"),)), _JPUSH),
    ),
    "MC301": (Case(policy(), _CONTACTS), Case(policy(permissions=(mention("READ_CONTACTS"),)), _CONTACTS)),
    "MC302": (
        Case(policy(text=BARE, permissions=(mention("CAMERA", purpose=None),)), app("CAMERA")),
        Case(policy(text=BARE, permissions=(mention("CAMERA", purpose=None), mention("CAMERA"))), app("CAMERA")),
    ),
    "MC303": (
        Case(policy(claims=(claim("contacts", polarity="denied"),)), _CONTACTS),
        Case(policy(claims=(claim("contacts", polarity="denied_except"),)), _CONTACTS),
    ),
    "MC304": (
        Case(policy(claims=(claim("device"),)), app("READ_PHONE_STATE")),
        Case(policy(claims=(claim("device.imei"),)), app("READ_PHONE_STATE")),
    ),
    "MC305": (
        Case(policy(permissions=(mention("CAMERA"),)), app("READ_CONTACTS")),
        Case(policy(permissions=(mention("READ_MEDIA_IMAGES"),)), app("READ_EXTERNAL_STORAGE")),
    ),
    "MC306": (
        Case(policy(), app(components=(service("cn.a.Help", "BIND_ACCESSIBILITY_SERVICE"),))),
        Case(policy(text="开启无障碍服务"), app(components=(service("cn.a.Help", "BIND_ACCESSIBILITY_SERVICE"),))),
    ),
    "MC307": (
        Case(policy(permissions=(mention("ACCESS_FINE_LOCATION"),)), app("ACCESS_BACKGROUND_LOCATION")),
        Case(policy(text="我们会在后台获取位置"), app("ACCESS_BACKGROUND_LOCATION")),
    ),
    "MC310": (
        Case(None, app("CAMERA", prompts=(permission_prompt("CAMERA", before="guarded"),))),
        Case(None, app("CAMERA", prompts=(permission_prompt("CAMERA", before="no"),))),
    ),
    "MC311": (
        Case(
            None, app("CAMERA", prompts=(permission_prompt("CAMERA", on_refusal=("ends_app",), grade="refusal_ends"),))
        ),
        Case(None, app("CAMERA", prompts=(permission_prompt("CAMERA", on_refusal=("closes_screen",)),))),
    ),
    "MC312": (
        Case(None, app(*_THREE, prompts=(permission_prompt(*_THREE, before="yes"),))),
        Case(None, app(*_THREE[:2], prompts=(permission_prompt(*_THREE, before="yes"),))),
    ),
    "MC313": (
        Case(None, app("CAMERA", prompts=(permission_prompt("CAMERA"),))),
        Case(None, app("CAMERA", prompts=(permission_prompt("CAMERA", purpose="相机权限用于扫码"),))),
    ),
    "MC314": (
        Case(None, app("CAMERA", prompts=(permission_prompt("CAMERA"),), used_by={"CAMERA": ()})),
        Case(None, app("CAMERA", prompts=(permission_prompt("CAMERA"),), used_by={"CAMERA": ("sdk:zxing",)})),
    ),
    "MC315": (
        Case(None, app("CAMERA", used_by={"CAMERA": ()})),
        Case(None, app("CAMERA")),
    ),
    "MC316": (
        Case(None, app("CAMERA", used_by={"CAMERA": ("sdk:zxing",)})),
        Case(None, app("CAMERA", used_by={"CAMERA": ("app", "sdk:zxing")})),
    ),
    "MC317": (
        Case(None, app(unrequested=(unrequested("CAMERA"),))),
        Case(None, app(unrequested=(unrequested("CAMERA", owner="sdk:zxing"),))),
    ),
    "MC318": (
        Case(None, app("CAMERA", prompts=(permission_prompt("CAMERA", on_refusal=("asks_again",)),))),
        Case(None, app("CAMERA", prompts=(permission_prompt("CAMERA", on_refusal=("closes_screen",)),))),
    ),
    "MC431": (Case(policy(text="我们是XX公司。")), Case(policy(text="我们是明察公司。【重要提示】【 021-1】"))),
    "MC432": (Case(policy(documents=(document("Privacy policy", language="en"),))), Case(_COMPLETE)),
    "MC434": (
        Case(policy(dates=Dates("2027-01-01", None))),
        Case(policy(dates=Dates("2026-01-01", "2027-01-01"))),
    ),
    "MC509": (
        Case(policy(rights=rights(delete="unspecified"))),
        Case(policy(rights=(*rights(delete="unspecified"), right("delete", "email")))),
    ),
    "MC511": (Case(policy(rights=(right("access", days=45),))), Case(policy(rights=(right("access", days=30),)))),
    "MC512": (
        Case(policy(rights=(right("access", days=30),))),
        Case(policy(rights=(right("access", days=15, day_kind="working"),))),
    ),
    "MC526": (
        Case(None, app(sdks=(sdk("csj-pangle"),), ui=screens())),
        Case(None, app(sdks=(sdk("csj-pangle"),), ui=screens(screen_text("UI-R03", "关闭个性化广告")))),
    ),
    "MC601": (
        Case(policy(text="您使用本应用即视为同意本政策。", flags=("consent.implied_flag",))),
        Case(policy(text="政策更新后您继续使用即视为同意。", flags=("consent.implied_flag",))),
    ),
    "MC602": (Case(policy(flags=("upd.continue_flag",))), Case(_COMPLETE)),
    "MC603": (
        Case(policy(without=("collect.autostart",)), _BOOT),
        Case(policy(without=("collect.autostart",), text="为推送消息，本应用会自启动。"), _BOOT),
    ),
    "MC604": (
        Case(None, app(reads=(read("device.imei", before="yes"),))),
        Case(None, app(reads=(read("device.imei", before="guarded"),))),
    ),
    "MC605": (
        Case(None, app(reads=(read("device.imei", owner="sdk:jpush", before="yes"),))),
        Case(None, app(reads=(read("device.imei", owner="sdk:jpush", before="unknown"),))),
    ),
    "MC610": (_prompting(boxes=(box(ticked=True),)), _prompting(boxes=(box(ticked=False),))),
    "MC611": (
        _prompting(boxes=(box(ticked=True, beside=False),)),
        _prompting(boxes=(box(ticked=False, beside=False),)),
    ),
    "MC612": (_prompting(), _prompting(basic_mode=("仅浏览",))),
    "MC613": (
        _prompting(agree=(), weak_buttons=("我知道了",)),
        _prompting(agree=("同意",), weak_buttons=("我知道了",)),
    ),
    "MC614": (
        Case(None, app(ui=screens(screen_text("UI-C02", "登录即代表同意", role="implied")))),
        Case(None, app(ui=screens(screen_text("UI-C01", "同意", role="agree")))),
    ),
    "MC621": (
        Case(policy(), _CHAINED),
        Case(policy(text="为推送消息，本应用会关联启动其他应用。"), _CHAINED),
    ),
    "MC701": (
        Case(policy(claims=(claim("basic.phone", action="share"),))),
        Case(policy(claims=(claim("basic.phone", action="share", recipient="甲公司"),))),
    ),
    "MC702": (Case(policy(cross_border="denied"), _ABROAD), Case(policy(cross_border="conditional"), _ABROAD)),
    "MC703": (Case(policy(), _ADS), Case(policy(without=("child.rules",)), _ADS)),
    "MC704": (
        Case(policy(cross_border="affirmed", without=_EXPORT_SILENT)),
        Case(policy(cross_border="denied", without=_EXPORT_SILENT)),
    ),
    "MC710": (
        Case(None, app(endpoints=(endpoint("api.taihen.cn", "http"),), reads=(SENT,), target_sdk=27)),
        Case(None, app(endpoints=(endpoint("api.taihen.cn", "https"),), reads=(SENT,), target_sdk=27)),
    ),
    "MC711": (
        Case(policy(cross_border="denied"), app(endpoints=(endpoint("api.taihen.com", country="US"),))),
        Case(policy(cross_border="denied"), app(endpoints=(endpoint("api.taihen.com", country="CN"),))),
    ),
    "MC712": (
        Case(None, app(endpoints=(endpoint("47.95.10.20", "http", form="ip"),))),
        Case(None, app(endpoints=(endpoint("47.95.10.20", None, form="ip"),))),
    ),
    "MC713": (
        Case(None, app(endpoints=(endpoint("im64.jpush.cn", sdk="jpush"),))),
        Case(None, app(sdks=(sdk("jpush"),), endpoints=(endpoint("im64.jpush.cn", sdk="jpush"),))),
    ),
    "MC901": (Case(None, app(limits=(Limit("code", "packed", "Legu"),))), _UNREAD),
    "MC902": (Case(None, app(limits=(Limit("hybrid", "form_not_read", "flutter"),))), _UNREAD),
    "MC903": (Case(None, app(limits=(Limit("later_code", "dynamic_code", "app 1"),))), _UNREAD),
    "MC904": (Case(None, app(limits=(Limit("names", "names_shortened", "app 30/60"),))), _UNREAD),
}


def _elements() -> dict[str, tuple[Case, Case]]:
    told = (contact(),)
    return {
        card: (Case(policy(without=names)), Case(policy(contacts=told if card == "MC426" else ())))
        for card, names in ELEMENT_CASES.items()
    }


def _sections() -> dict[str, tuple[Case, Case]]:
    return {card: (Case(policy(without_sections=(name,))), Case(_COMPLETE)) for card, name in SECTION_CASES.items()}


def _security() -> dict[str, tuple[Case, Case]]:
    return {
        card: (Case(None, app(security=(weakness(fires),))), Case(None, app(security=(weakness(silent),))))
        for card, (fires, silent) in SECURITY_CASES.items()
    }


CASES: Mapping[str, tuple[Case, Case]] = {**_elements(), **_sections(), **_entries(), **_security(), **_OTHERS}
