"""Builds policies and apps for tests from words of the domain; every value has a sensible default."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256

from mingcha_analyzers.app.embedded.values import EmbeddedPolicy, PolicyUrl
from mingcha_analyzers.app.ui.values import ConsentBox, ConsentPrompt, Ui, UiRole, UiSource, UiText
from mingcha_analyzers.app.values import (
    App,
    BeforeConsent,
    Component,
    ComponentKind,
    Container,
    ContainerKind,
    Endpoint,
    EndpointForm,
    EvidenceKind,
    IntentFilter,
    Observation,
    OnRefusal,
    Packer,
    PermissionGrade,
    PermissionPrompt,
    PermissionRequest,
    Place,
    Reach,
    Renaming,
    SdkEvidence,
    SdkFound,
    SecurityFact,
    Signing,
    Stage,
    UnrequestedUse,
)
from mingcha_analyzers.policy.values import (
    Action,
    Claim,
    Contact,
    ContactKind,
    Contradiction,
    CrossBorder,
    Dates,
    DayKind,
    Document,
    DocumentRole,
    Element,
    MatchedBy,
    Mechanism,
    Minors,
    PermissionMention,
    Polarity,
    Policy,
    Right,
    RightKind,
    SdkDisclosure,
    SdkMatch,
    Section,
)
from mingcha_analyzers.values import Limit, Span
from mingcha_corpora.template import load_template

TEXT = "示例App隐私政策。我们收集手机号，用于登录。详情请联系客服。"
PLACE = Span("doc1", 0, 8)
NO_DATES = Dates(None, None)
ANDROID = "android.permission."

USUAL_RIGHTS = ("access", "correct", "delete", "withdraw_consent", "cancel_account", "copy")


def document(
    text: str = TEXT, *, name: str = "doc1", language: str = "zh", role: str = "main", marked: bool = True
) -> Document:
    """Return a document; ``marked``: its format shows the typeface."""
    digest = sha256(text.encode()).hexdigest()
    shown = ((0, 2),) if marked else None
    return Document(name, DocumentRole(role), f"{name}.txt", digest, digest, text, language, (), shown)


def claim(
    *items: str,
    action: str = "collect",
    polarity: str = "affirmed",
    purpose: str | None = "登录",
    recipient: str | None = None,
    sdk: str | None = None,
    emphasis: bool | None = True,
    span: Span = PLACE,
) -> Claim:
    """Return a claim on data items."""
    return Claim(Action(action), items, items, Polarity(polarity), purpose, None, recipient, sdk, None, emphasis, span)


def row(
    name: str,
    sdk: str | None = None,
    *,
    vendor: str | None = "某公司",
    purpose: str | None = "推送",
    items: tuple[str, ...] = ("device.android_id",),
    url: str | None = "https://example.com/privacy",
) -> SdkDisclosure:
    """Return one row of an SDK list, complete unless told otherwise."""
    match = SdkMatch((sdk,), 1.0, MatchedBy.EXACT) if sdk else None
    return SdkDisclosure(name, sdk, match, vendor, purpose, items, items, None, url, PLACE)


def mention(name: str, purpose: str | None = "拍照") -> PermissionMention:
    """Return a mention of an Android permission; ``name`` without its prefix."""
    return PermissionMention(ANDROID + name, name, purpose, PLACE)


def right(kind: str, mechanism: str = "in_app_path", days: int | None = None, day_kind: str = "calendar") -> Right:
    """Return a right with the way to use it."""
    return Right(RightKind(kind), Mechanism(mechanism), None, days, DayKind(day_kind) if days else None, PLACE)


def rights(**mechanisms: str) -> tuple[Right, ...]:
    """Return the usual rights, each by a menu path unless named with another mechanism."""
    return tuple(right(kind, mechanisms.get(kind, "in_app_path")) for kind in USUAL_RIGHTS)


def policy(
    *,
    text: str = TEXT,
    documents: tuple[Document, ...] | None = None,
    without: Iterable[str] = (),
    flags: Iterable[str] = (),
    without_sections: Iterable[str] = (),
    controller: str | None = None,
    claims: tuple[Claim, ...] = (),
    sdks: tuple[SdkDisclosure, ...] = (),
    permissions: tuple[PermissionMention, ...] = (),
    rights: tuple[Right, ...] = (),
    contacts: tuple[Contact, ...] = (),
    cross_border: str | None = None,
    minors: Minors | None = None,
    dates: Dates = NO_DATES,
    contradictions: tuple[Contradiction, ...] = (),
) -> Policy:
    """Return a policy that holds every element of the template but those of ``without`` and the flags.

    Its sections all stand at the same place: rules look at elements, never at the order of sections.
    """
    absent = frozenset(without)
    raised = frozenset(flags)
    gone = frozenset(without_sections)
    sections = tuple(
        Section(
            part.id,
            part.title_zh,
            PLACE,
            tuple(
                Element(item.id, there, PLACE if there else None)
                for item in part.elements
                for there in [item.id in raised or (item.presence != "flag" and item.id not in absent)]
            ),
        )
        for part in load_template()
        if part.id not in gone
    )
    return Policy(
        documents=documents or (document(text),),
        controller=controller,
        dates=dates,
        sections=sections,
        claims=claims,
        sdk_disclosures=sdks,
        permissions=permissions,
        rights=rights,
        contacts=contacts,
        cross_border=CrossBorder(Polarity(cross_border), PLACE) if cross_border else None,
        minors=minors,
        contradictions=contradictions,
    )


def contact(value: str = "privacy@mingcha.example") -> Contact:
    """Return a mail address of the controller."""
    return Contact(ContactKind.EMAIL, value, PLACE)


def sdk(
    name: str, *, confidence: float = 0.95, brought_in_by: tuple[str, ...] = (), kind: str = "class_prefix"
) -> SdkFound:
    """Return an SDK of the SDK base found in a package."""
    sign = SdkEvidence(EvidenceKind(kind), f"com.{name}", 12)
    return SdkFound(name, name, None, confidence, brought_in_by, (sign,))


def receiver(name: str, *actions: str) -> Component:
    """Return a broadcast receiver of the manifest."""
    return Component(ComponentKind.RECEIVER, name, False, None, (IntentFilter(actions, (), ()),), ())


def service(name: str, permission: str) -> Component:
    """Return a service that only callers with the permission may bind."""
    return Component(ComponentKind.SERVICE, name, True, ANDROID + permission, (), ())


def packer(*, hides_code: bool = True) -> Packer:
    """Return a packer."""
    return Packer("legu", "Legu", "packer", hides_code, ("libshella.so",))


def read(
    item: str,
    *,
    owner: str = "app",
    stage: str = "reachable",
    before: str = "no",
    effective: bool = True,
    confidence: float = 0.9,
    sends: tuple[str, ...] = (),
) -> Observation:
    """Return code that reads a data item; ``before``: whether it can run before consent."""
    reached = stage != "present"
    chain = ("Lcn/a/App;->onCreate", "Lcn/a/Ids;->load") if reached else ()
    return Observation(
        data_item=item,
        act=None,
        api="Landroid/telephony/TelephonyManager;->getDeviceId()Ljava/lang/String;",
        caller="Lcn/a/Ids;->load",
        owner=owner,
        stage=Stage(stage),
        facets=(),
        place=Place("classes.dex", "cn.a.Ids", "load", "()V", 4),
        reach=Reach(chain[0] if chain else None, chain, BeforeConsent(before if reached else "unknown"), None),
        effective=effective,
        confidence=confidence,
        sends=sends,
    )


def act(name: str, api: str, owner: str = "app") -> Observation:
    """Return code that does an act."""
    return replace(read("device.imei", owner=owner), data_item=None, act=name, api=api)


def permission_prompt(
    *permissions: str,
    owner: str = "app",
    before: str = "no",
    purpose: str | None = None,
    on_refusal: tuple[str, ...] = (),
    grade: str = "requested",
) -> PermissionPrompt:
    """Return code that asks for permissions; names without their prefix."""
    chain = ("Lcn/a/Main;->onCreate", "Lcn/a/Main;->ask")
    return PermissionPrompt(
        permissions=tuple(ANDROID + name for name in permissions),
        api="Landroid/app/Activity;->requestPermissions",
        caller=chain[-1],
        owner=owner,
        place=Place("classes.dex", "cn.a.Main", "ask", "()V", 4),
        reach=Reach(chain[0], chain, BeforeConsent(before), None),
        purpose=purpose,
        on_refusal=tuple(map(OnRefusal, on_refusal)),
        grade=PermissionGrade(grade),
        confidence=0.9,
    )


def unrequested(*permissions: str, owner: str = "app") -> UnrequestedUse:
    """Return code that needs a permission which the manifest does not request."""
    names = tuple(ANDROID + name for name in permissions)
    place = Place("classes.dex", "cn.a.Ids", "load", "()V", 4)
    return UnrequestedUse(names, "Landroid/hardware/Camera;->open", "Lcn/a/Ids;->load", owner, place)


def screen_text(
    fact: str,
    text: str = "文字",
    *,
    role: str = "entry",
    strong: bool = True,
    source: str = "layout",
    owner: str = "app",
) -> UiText:
    """Return a text of a screen."""
    return UiText(fact, UiRole(role), strong, text, UiSource(source), "layout/main", owner)


def embedded(text: str, *, role: str = "main", place: str = "assets/privacy.html") -> EmbeddedPolicy:
    """Return a policy inside a package."""
    digest = sha256(text.encode()).hexdigest()
    return EmbeddedPolicy(place, DocumentRole(role), "隐私政策", "zh", len(text), digest, digest)


def prompt(
    *,
    agree: tuple[str, ...] = ("同意",),
    refuse: tuple[str, ...] = (),
    basic_mode: tuple[str, ...] = (),
    weak_buttons: tuple[str, ...] = (),
    boxes: tuple[ConsentBox, ...] = (),
) -> ConsentPrompt:
    """Return a layout that asks for consent."""
    place = "layout/consent"
    return ConsentPrompt(
        UiSource.LAYOUT, place, "app", "请阅读《隐私政策》", agree, refuse, basic_mode, weak_buttons, boxes
    )


def box(*, ticked: bool, beside: bool = True) -> ConsentBox:
    """Return a box of a consent prompt; ``beside``: next to the policy's name."""
    return ConsentBox("box", "CheckBox", ticked, beside)


def screens(*texts: UiText, prompts: tuple[ConsentPrompt, ...] = (), accounts: bool = True) -> Ui:
    """Return the screens of an app; ``accounts``: with a button to sign in."""
    sign_in = (screen_text("UI-R01", "登录", role="account"),) if accounts else ()
    return Ui((*texts, *sign_in), prompts)


def endpoint(
    host: str,
    scheme: str | None = "https",
    *,
    owner: str = "app",
    sdk: str | None = None,
    country: str | None = None,
    form: str = "url",
    stage: str = "reachable",
) -> Endpoint:
    """Return a host that code names."""
    place = Place("classes.dex", "cn.a.Api", "call", "()V", 0)
    return Endpoint(host, scheme, EndpointForm(form), owner, sdk, country, Stage(stage), place, 1)


def weakness(
    fact: str, *, owner: str = "app", detail: str | None = "DES", confidence: float = 0.9, class_: str = "cn.a.Keys"
) -> SecurityFact:
    """Return a security fact in a method."""
    place = Place("classes.dex", class_, "make", "()V", 2)
    return SecurityFact(fact, owner, "classes.dex", place, detail, confidence)


def app(
    *permissions: str,
    sdks: tuple[SdkFound, ...] = (),
    components: tuple[Component, ...] = (),
    packer: Packer | None = None,
    reads: tuple[Observation, ...] = (),
    prompts: tuple[PermissionPrompt, ...] = (),
    used_by: Mapping[str, tuple[str, ...]] | None = None,
    unrequested: tuple[UnrequestedUse, ...] = (),
    limits: tuple[Limit, ...] = (),
    ui: Ui | None = None,
    policies: tuple[EmbeddedPolicy, ...] = (),
    policy_urls: tuple[PolicyUrl, ...] = (),
    endpoints: tuple[Endpoint, ...] = (),
    target_sdk: int = 34,
    security: tuple[SecurityFact, ...] | None = (),
    renaming: Renaming | None = None,
) -> App:
    """Return a package that requests the permissions; names without their prefix.

    ``used_by``: the owners whose code uses them; unknown for those that are not named.
    """
    asked = {name for each in prompts for name in each.permissions}
    users = used_by or {}
    return App(
        package_name="cn.mingcha.sample",
        version_name="1.0",
        version_code=1,
        min_sdk=21,
        target_sdk=target_sdk,
        signing=Signing(("v2",), ()),
        permissions=tuple(
            PermissionRequest(
                ANDROID + name,
                None,
                users.get(name),
                PermissionGrade.REQUESTED if ANDROID + name in asked else PermissionGrade.DECLARED,
            )
            for name in permissions
        ),
        components=components,
        sdks=sdks,
        observations=reads,
        prompts=prompts,
        unrequested=unrequested,
        endpoints=endpoints,
        ui=ui,
        security=security,
        packer=packer,
        hybrid=None,
        container=Container(ContainerKind.APK, ()),
        harmony=None,
        policies=policies,
        policy_urls=policy_urls,
        limits=limits,
        renaming=renaming,
    )
