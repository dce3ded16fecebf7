"""A result built by hand, with both sides, hostile text in it, and every kind of value once."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mingcha import __version__
from mingcha.result import SCHEMA_VERSION, InputFile, InputRole, Result, ToolInfo
from mingcha_analyzers.app import values as app_values
from mingcha_analyzers.app.embedded.values import EmbeddedPolicy, PolicyUrl
from mingcha_analyzers.app.ui import values as ui_values
from mingcha_analyzers.policy import values as policy_values
from mingcha_analyzers.policy.blocks import BlockKind, Cell, TextBlock
from mingcha_analyzers.policy.values import DocumentRole
from mingcha_analyzers.values import Limit, Span
from mingcha_corpora.sdks import lay_over
from mingcha_rules import values as rule_values
from mingcha_rules.values import Severity, Verdict, Words

TEXT = (
    "隐私政策\n一、我们收集的信息\n我们会收集您的设备信息，用于保障安全。\n二、您的权利\n您可以联系 a@example.com。\n"
)
HOSTILE = "[bold red]点此[/]\x1b[31m\u202e倒\x07\n第二行"


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _blocks() -> tuple[TextBlock, ...]:
    """Return the lines of the text, the third as a row of a table."""
    starts = [0, *(at + 1 for at, char in enumerate(TEXT) if char == "\n")]
    kinds = [BlockKind.HEADING, BlockKind.HEADING, BlockKind.TABLE_ROW, BlockKind.HEADING, BlockKind.LIST_ITEM]
    lines = zip(kinds, starts[:-1], starts[1:], strict=True)
    blocks = (TextBlock(kind, start, end - 1, 1 if kind is BlockKind.HEADING else None) for kind, start, end in lines)
    row = BlockKind.TABLE_ROW
    return tuple(
        replace(block, table=1, cells=(Cell(block.start, block.end),)) if block.kind is row else block
        for block in blocks
    )


def _policy() -> policy_values.Policy:
    span = Span("doc1", 15, 35)
    element = policy_values.Element("collect.types", True, span)
    document = policy_values.Document(
        "doc1",
        policy_values.DocumentRole.MAIN,
        "policies/隐私 政策.txt",
        _sha("file"),
        _sha(TEXT),
        TEXT,
        "zh",
        source_lines=(3, 5, 7, 9, 11, 13),
        marked=((0, 4),),
        blocks=_blocks(),
    )
    return policy_values.Policy(
        documents=(document,),
        title="隐私政策",
        controller="示例科技有限公司",
        dates=policy_values.Dates("2024-05-01", None),
        sections=(
            policy_values.Section(None, None, Span("doc1", 0, 5), ()),
            policy_values.Section("D.2.collect", "一、我们收集的信息", Span("doc1", 5, len(TEXT)), (element,)),
        ),
        claims=(
            policy_values.Claim(
                policy_values.Action.COLLECT,
                ("device.info",),
                ("设备信息",),
                policy_values.Polarity.AFFIRMED,
                "保障安全",
                policy_values.BusinessFunction.BASIC,
                None,
                None,
                None,
                None,
                span,
            ),
        ),
        sdk_disclosures=(policy_values.SdkDisclosure("示例SDK", None, None, None, None, (), (), None, None, span),),
        permissions=(policy_values.PermissionMention("android.permission.CAMERA", "相机", None, span),),
        rights=(
            policy_values.Right(
                policy_values.RightKind.ACCESS,
                policy_values.Mechanism.EMAIL,
                None,
                15,
                policy_values.DayKind.WORKING,
                span,
            ),
        ),
        contacts=(policy_values.Contact(policy_values.ContactKind.EMAIL, "a@example.com", span),),
        retention=(policy_values.Retention("三年", None, span),),
        storage_region=policy_values.StorageRegion("mainland_china", span),
        cross_border=policy_values.CrossBorder(policy_values.Polarity.DENIED, span),
        minors=policy_values.Minors(14, True, span),
        summary=policy_values.Summary(span),
        contradictions=(policy_values.Contradiction(policy_values.ContradictionKind.SAME_ITEM, span, span),),
    )


PLACE = app_values.Place("classes.dex", "Lcom/example/Main;", "read", "(Landroid/content/Context;)V", 12)


def _app() -> app_values.App:
    certificate = app_values.Certificate(
        "CN=示例", "CN=示例", _sha("cert"), "2020-01-01", None, "rsa", 2048, "sha256_rsa"
    )
    return app_values.App(
        package_name="com.example.demo",
        version_name=HOSTILE,
        version_code=7,
        min_sdk=21,
        target_sdk=29,
        signing=app_values.Signing(("v1", "v2"), (certificate,)),
        permissions=(
            app_values.PermissionRequest("android.permission.READ_PHONE_STATE", None, None),
            app_values.PermissionRequest("com.example.CUSTOM", 28, ("app",)),
            app_values.PermissionRequest(
                "android.permission.CAMERA", None, (), app_values.PermissionGrade.REQUESTED, HOSTILE
            ),
        ),
        components=(
            app_values.Component(
                app_values.ComponentKind.ACTIVITY,
                "com.example.Main",
                True,
                None,
                (app_values.IntentFilter(("android.intent.action.MAIN",), (), ()),),
                (app_values.MetaData("KEY", None),),
            ),
        ),
        sdks=(
            app_values.SdkFound(
                "jpush",
                "JPush",
                None,
                0.95,
                (),
                (app_values.SdkEvidence(app_values.EvidenceKind.CLASS_PREFIX, "cn.jpush.android", 12),),
            ),
            app_values.SdkFound("jcore", "JCore", None, 0.9, ("jpush",), (), "极光", app_values.SdkForm.PART),
            app_values.SdkFound("maybe", "Maybe", "1.0", 0.5, (), ()),
            app_values.SdkFound("tencent-tinker", "Tinker", None, 0.9, (), (), loaded_later=True),
        ),
        observations=(
            app_values.Observation(
                "device.imei",
                None,
                "TelephonyManager.getDeviceId",
                "com.example.Main.read",
                "app",
                app_values.Stage.PRESENT,
                (),
                PLACE,
                app_values.Reach(None, (), app_values.BeforeConsent.UNKNOWN, None),
                True,
                0.9,
            ),
        ),
        prompts=(
            app_values.PermissionPrompt(
                ("android.permission.CAMERA",),
                "Activity.requestPermissions",
                "com.example.Main.ask",
                "app",
                PLACE,
                app_values.Reach(None, (), app_values.BeforeConsent.UNKNOWN, None),
                HOSTILE,
                (app_values.OnRefusal.ENDS_APP,),
                app_values.PermissionGrade.REFUSAL_ENDS,
                0.9,
            ),
        ),
        unrequested=(
            app_values.UnrequestedUse(
                ("android.permission.READ_SMS",), "ContentResolver.query", "com.example.Main.read", "app", PLACE
            ),
        ),
        endpoints=(
            app_values.Endpoint(
                "api.example.com",
                "https",
                app_values.EndpointForm.URL,
                "app",
                None,
                None,
                app_values.Stage.PRESENT,
                PLACE,
                1,
            ),
        ),
        ui=_ui(),
        security=(app_values.SecurityFact("SF-CRY01", "app", "classes.dex", PLACE, HOSTILE, 0.9),),
        packer=app_values.Packer("jiagu", "示例加固", "packer", False, ("libjiagu.so",)),
        hybrid=(app_values.HybridPart("web", "assets/www", None, "app", app_values.HybridRead.SEARCHED),),
        container=app_values.Container(
            app_values.ContainerKind.XAPK,
            (app_values.PackagePart("base.apk", app_values.PartKind.BASE, _sha("base"), 3),),
        ),
        harmony=None,
        policies=(EmbeddedPolicy("assets/a.html", DocumentRole.MAIN, "隐私政策", "zh", 9, _sha("a"), _sha("b")),),
        policy_urls=(PolicyUrl("https://example.com/privacy.html", "string/privacy", "app"),),
        unknown_code=(
            app_values.UnknownCode("com.vendor.tool", 12, 3400, 0.034, ("device.imei", "location"), False),
            *(app_values.UnknownCode(HOSTILE, 1, 2, 0.0, (), True) for _ in range(6)),
        ),
        nested=(app_values.NestedCode(HOSTILE, app_values.NestedKind.ARCHIVE, 2, 30),),
        limits=(
            Limit("security", "not_analysed_yet", ""),
            Limit("archive", "duplicate_entry", HOSTILE),
        ),
    )


def _ui() -> ui_values.Ui:
    layout = ui_values.UiSource.LAYOUT
    text = ui_values.UiText("UI-R01", ui_values.UiRole.ENTRY, True, "注销账号", layout, "layout/a#close", "app")
    box = ui_values.ConsentBox("box", "CheckBox", ticked=True, own_text=True)
    prompt = ui_values.ConsentPrompt(layout, "layout/a", "app", "隐私政策", ("同意",), (), (), (), (box,))
    return ui_values.Ui((text,), (prompt,))


def _finding(rule_id: str, severity: Severity, subject: str, **changes: Any) -> rule_values.Finding:
    finding = rule_values.Finding(
        rule_id=rule_id,
        severity=severity,
        confidence=0.9,
        clauses=("gbt35273-2019d:5.6.a.3", "mps-2018d:6.1.2"),
        counterparts=("gbt35273-2020:5.5.a", "pipl:17"),
        scene="miit164:1.1-3",
        appid="appid-2019:2.1",
        owner="sdk:jpush",
        responsible=("operator", "sdk:jpush"),
        subject=subject,
        data_items=("device.imei",),
        params={"name": "JPush"},
        message=Words(
            f"安装包含有第三方SDK {HOSTILE}，隐私政策未列名。", f"The package holds the SDK {HOSTILE}; not named."
        ),
        remedy=Words("在隐私政策中列出该SDK的名称、目的和收集的信息。", "Name the SDK with its purpose and data."),
        parts=(rule_values.Part(None, _sha(subject)[:32]),),
        policy_evidence=(
            rule_values.PolicyEvidence("我们会收集您的设备信息" + HOSTILE * 40, Span("doc1", 15, 35), 3, 1),
        ),
        app_evidence=(
            rule_values.AppEvidence("class_prefix", "cn.jpush.android", "classes.dex", None),
            rule_values.AppEvidence("permission", "android.permission.READ_PHONE_STATE", "AndroidManifest.xml", PLACE),
        ),
        fingerprint=_sha(rule_id + subject)[:32],
        suppressed=None,
    )
    return replace(finding, **changes)


def _assessment() -> rule_values.Assessment:
    high = _finding("MC201", Severity.HIGH, "sdk:jpush")
    low = _finding("MC405", Severity.LOW, "element:right.copy", owner="policy", policy_evidence=(), app_evidence=())
    set_aside = _finding(
        "MC301", Severity.MEDIUM, "permission:x", suppressed=rule_values.Suppression("已说明", "张三", "2027-01-01")
    )
    standard = rule_values.StandardUsed(
        "gbt35273-2019d",
        Words("信息安全技术 个人信息安全规范", "Personal information security specification"),
        "GB/T 35273",
        "superseded_draft",
        Words("征求意见稿，已被2020版代替", "draft for comment, superseded"),
        None,
        "gbt35273-2020",
    )
    clauses = (
        rule_values.ClauseVerdict("gbt35273-2019d:5.6.a.3", Verdict.FAIL, None, (high.fingerprint,)),
        rule_values.ClauseVerdict("gbt35273-2019d:7.11.a", Verdict.REVIEW, None, (low.fingerprint,)),
        rule_values.ClauseVerdict("gbt35273-2019d:5.6.a.2", Verdict.PASS, None, ()),
        rule_values.ClauseVerdict("gbt35273-2019d:3.1", Verdict.NOT_APPLICABLE, "term", ()),
        rule_values.ClauseVerdict("gbt35273-2019d:10.1.a", Verdict.UNKNOWN, "attestation_required", ()),
    )
    disclosure = rule_values.Disclosure(
        rule_values.Subject.SDK,
        "jpush",
        None,
        "sdk:jpush",
        rule_values.Level.OMITTED,
        rule_values.Strength.MUST,
        ("background",),
        (Span("doc1", 15, 35),),
        (0,),
        0.9,
    )
    summary = rule_values.AssessmentSummary(
        {"high": 1, "medium": 0, "low": 1},
        {"pass": 1, "fail": 1, "review": 1, "unknown": 1, "not_applicable": 1, "attested": 0},
        1,
        ("archive", "security"),
    )
    return rule_values.Assessment((standard,), clauses, (disclosure,), (high, set_aside, low), summary)


@pytest.fixture(autouse=True)
def _shipped_sdks_again() -> Iterator[None]:
    # A command lays records over the base for the rest of its process, which here runs other tests.
    yield
    lay_over(())


@pytest.fixture
def result() -> Result:
    inputs = (
        InputFile(InputRole.APP, "apps/demo.apk", _sha("apk"), 12345),
        InputFile(InputRole.POLICY, "policies/隐私 政策.txt", _sha("file"), len(TEXT.encode())),
    )
    tool = ToolInfo("mingcha", __version__, "sha256:aaaaaaaaaaaa", "sha256:bbbbbbbbbbbb")
    return Result(SCHEMA_VERSION, tool, "2026-01-31", inputs, _policy(), _app(), _assessment())


@pytest.fixture
def saved_form() -> Callable[[Result], Result]:
    """Give a result as it comes back from a file: without the working values of its documents."""

    def strip(result: Result) -> Result:
        assert result.policy is not None
        documents = tuple(replace(item, marked=None) for item in result.policy.documents)
        return replace(result, policy=replace(result.policy, documents=documents))

    return strip


@pytest.fixture
def policy_file(tmp_path: Path) -> Path:
    path = tmp_path / "policy.txt"
    path.write_text(TEXT, "utf-8")
    return path
