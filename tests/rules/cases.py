"""For every rule card one pair that makes it fire and one, as near as can be, that leaves it silent."""

from collections.abc import Mapping
from dataclasses import dataclass

from builders import (
    PLACE,
    act,
    app,
    claim,
    contact,
    document,
    mention,
    packer,
    policy,
    prompt,
    read,
    receiver,
    right,
    rights,
    row,
    sdk,
    service,
    unrequested,
)
from mingcha_analyzers.app.values import App
from mingcha_analyzers.policy.values import Contradiction, Dates, Policy
from mingcha_analyzers.values import Span

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
_EXPORT_SILENT = ("cb.consent",)

# Card → (firing, silent).
_OTHERS: Mapping[str, tuple[Case, Case]] = {
    "MC101": (
        Case(policy(claims=(claim("identity.id_card", emphasis=False),))),
        Case(policy(claims=(claim("identity.id_card", emphasis=False), claim("identity.id_card", emphasis=True)))),
    ),
    "MC102": (
        Case(policy(contradictions=(Contradiction(PLACE, Span("doc1", 9, 14)),))),
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
        Case(None, app("CAMERA", prompts=(prompt("CAMERA", before="guarded"),))),
        Case(None, app("CAMERA", prompts=(prompt("CAMERA", before="no"),))),
    ),
    "MC311": (
        Case(None, app("CAMERA", prompts=(prompt("CAMERA", on_refusal=("ends_app",), grade="refusal_ends"),))),
        Case(None, app("CAMERA", prompts=(prompt("CAMERA", on_refusal=("closes_screen",)),))),
    ),
    "MC312": (
        Case(None, app(*_THREE, prompts=(prompt(*_THREE, before="yes"),))),
        Case(None, app(*_THREE[:2], prompts=(prompt(*_THREE, before="yes"),))),
    ),
    "MC313": (
        Case(None, app("CAMERA", prompts=(prompt("CAMERA"),))),
        Case(None, app("CAMERA", prompts=(prompt("CAMERA", purpose="相机权限用于扫码"),))),
    ),
    "MC314": (
        Case(None, app("CAMERA", prompts=(prompt("CAMERA"),), used_by={"CAMERA": ()})),
        Case(None, app("CAMERA", prompts=(prompt("CAMERA"),), used_by={"CAMERA": ("sdk:zxing",)})),
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
        Case(None, app("CAMERA", prompts=(prompt("CAMERA", on_refusal=("asks_again",)),))),
        Case(None, app("CAMERA", prompts=(prompt("CAMERA", on_refusal=("closes_screen",)),))),
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
    "MC620": (
        Case(None, app("CAMERA", prompts=(prompt("CAMERA", before="yes"),))),
        Case(None, app("CAMERA", prompts=(prompt("CAMERA", before="guarded"),))),
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
}


def _elements() -> dict[str, tuple[Case, Case]]:
    told = (contact(),)
    return {
        card: (Case(policy(without=names)), Case(policy(contacts=told if card == "MC426" else ())))
        for card, names in ELEMENT_CASES.items()
    }


def _sections() -> dict[str, tuple[Case, Case]]:
    return {card: (Case(policy(without_sections=(name,))), Case(_COMPLETE)) for card, name in SECTION_CASES.items()}


CASES: Mapping[str, tuple[Case, Case]] = {**_elements(), **_sections(), **_OTHERS}
