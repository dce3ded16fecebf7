"""The head of the terminal report: app, policy, basis, counts, and what was not analysed."""

from mingcha.exit_status import NOT_YET, all_limits
from mingcha.render.citation import cite
from mingcha.render.contents import MAX_LISTED, MAX_VALUE, add_field, listing
from mingcha.render.page import Page
from mingcha.render.untrusted import visible
from mingcha.result import InputRole, Result
from mingcha.words import Phrases, report_words
from mingcha_analyzers.app.values import App, ContainerKind, Packer
from mingcha_rules.values import Severity, StandardUsed, Verdict

MAX_DETAIL = 120
MAX_DETAILS = 3
SHOWN_DIGITS = 16


def add_head(page: Page, result: Result, words: Phrases) -> None:
    """Add everything a reader wants before the first finding."""
    page.line((words("title"), "bold"))
    tool = result.tool
    head = words("tool_line", version=tool.version, rules=tool.rules_version, knowledge=tool.knowledge_version)
    page.paragraph(head, "dim")
    page.paragraph(words("limits_line"), "dim")
    page.rule()
    _add_app(page, result, words)
    _add_policy(page, result, words)
    _add_basis(page, result, words)
    page.rule()
    _add_counts(page, result, words)
    page.rule()


def _add_app(page: Page, result: Result, words: Phrases) -> None:
    app = result.app
    if app is None:
        add_field(page, words, "app", [words("value.no_app")])
        return
    version = visible(app.version_name or "–", MAX_VALUE)
    code = "–" if app.version_code is None else str(app.version_code)
    name = visible(app.package_name, MAX_VALUE)
    add_field(page, words, "app", [words("value.version", name=name, version=version, code=code)])
    add_field(page, words, "package", _files(result, InputRole.APP, words))
    dumps = _files(result, InputRole.EXTRA_DEX, words)
    if dumps:
        add_field(page, words, "extra_dex", dumps)
    if app.container.kind is not ContainerKind.APK:
        add_field(page, words, "container", [_container(app, words)])
    add_field(page, words, "signing", _signing(app, words))
    add_field(page, words, "sdk_levels", [_levels(app, words)])
    if app.packer is not None:
        add_field(page, words, "packer", [_packer(app, app.packer, words)])


def _files(result: Result, role: InputRole, words: Phrases) -> list[str]:
    """Return name, size and hash of the inputs of a role, the first ones if there are many."""
    files = [file for file in result.inputs if file.role is role]
    texts = []
    for file in files[:MAX_LISTED]:
        path, digest = visible(file.path, MAX_VALUE), file.sha256[:SHOWN_DIGITS] + "…"
        texts.append(words("value.package", path=path, size=f"{file.size:,}", sha256=digest))
    return texts if len(files) == len(texts) else [*texts, words("value.more_items", count=len(files))]


def _container(app: App, words: Phrases) -> str:
    kind, parts = words(f"container.{app.container.kind.value}"), app.container.parts
    if not parts:
        return words("value.container_alone", kind=kind)
    separator = "、" if words.lang == "zh" else ", "
    names = listing([part.name for part in parts], separator, words)
    return words("value.container", kind=kind, count=len(parts), names=names)


def _levels(app: App, words: Phrases) -> str:
    levels = (app.min_sdk, app.target_sdk) if app.harmony is None else (app.harmony.min_api, app.harmony.target_api)
    low, target = ("–" if level is None else str(level) for level in levels)
    return words("value.sdk_levels" if app.harmony is None else "value.harmony_levels", low=low, target=target)


def _packer(app: App, packer: Packer, words: Phrases) -> str:
    name = visible(packer.name, MAX_VALUE)
    if not packer.hides_code:
        return words("value.packer_open", name=name)
    if any(limit.reason == "packed_dumped" for limit in app.limits):
        return words("value.packer_dumped", name=name)
    return words("value.packer", name=name)


def _signing(app: App, words: Phrases) -> list[str]:
    if app.harmony is not None:
        return [words("value.signing_unread")]
    if not app.signing.schemes and not app.signing.certificates:
        return [words("value.unsigned")]
    schemes = " ".join(app.signing.schemes)
    subjects = [visible(certificate.subject, MAX_VALUE) for certificate in app.signing.certificates] or ["–"]
    return [words("value.signing", schemes=schemes, subject=subject) for subject in subjects]


def _fetched(result: Result, words: Phrases) -> list[str]:
    """Return a sentence for each page that was read from the network."""
    return [
        words("value.fetched", url=visible(file.path, MAX_VALUE), size=f"{file.size:,}", sha256=file.sha256)
        for file in result.inputs
        if file.fetched
    ]


def _add_policy(page: Page, result: Result, words: Phrases) -> None:
    policy = result.policy
    if policy is None:
        add_field(page, words, "policy", [words("value.no_policy")])
        return
    facts = [visible(policy.title, MAX_VALUE)] if policy.title else []
    if policy.controller:
        facts.append(words("value.controller", name=visible(policy.controller, MAX_VALUE)))
    if policy.dates.updated:
        facts.append(words("value.updated", date=policy.dates.updated))
    if policy.dates.effective:
        facts.append(words("value.effective", date=policy.dates.effective))
    texts = ["　".join(facts) if words.lang == "zh" else "; ".join(facts)] if facts else []
    for document in policy.documents:
        path = visible(document.path, MAX_VALUE)
        role = words.or_key("role", document.role.value)
        texts.append(words("value.document", path=path, role=role, length=f"{len(document.text):,}"))
    texts += _fetched(result, words)
    typed = sum(1 for section in policy.sections if section.type is not None)
    texts.append(words("value.section_count", count=len(policy.sections), typed=typed))
    texts.append(
        words(
            "value.fact_counts",
            claims=len(policy.claims),
            sdks=len(policy.sdk_disclosures),
            permissions=len(policy.permissions),
            rights=len(policy.rights),
            contacts=len(policy.contacts),
        )
    )
    add_field(page, words, "policy", texts)


def _add_basis(page: Page, result: Result, words: Phrases) -> None:
    add_field(page, words, "basis", [_standard(standard, words) for standard in result.assessment.standards])
    layers = _files(result, InputRole.SDK_BASE, words)
    if layers:
        add_field(page, words, "sdk_base", layers)
    add_field(page, words, "as_of", [result.as_of])


def _standard(standard: StandardUsed, words: Phrases) -> str:
    title, status = standard.title.in_(words.lang), standard.status_words.in_(words.lang)
    text = words("value.standard", number=standard.number, title=title, status=status).strip()
    if standard.replaced_by is None:
        return text
    text_in_force = standard.replaced_by
    if f"cite.{text_in_force}" in report_words():
        text_in_force = cite(f"{text_in_force}:", words)
    replaced = words("value.replaced_by", id=text_in_force)
    return f"{text}；{replaced}" if words.lang == "zh" else f"{text}; {replaced}"


def _add_counts(page: Page, result: Result, words: Phrases) -> None:
    summary = result.assessment.summary
    found = [
        f"{words.judged('severities', severity.value)} {summary.findings.get(severity.value, 0)}"
        for severity in Severity
    ]
    if summary.suppressed:
        found.append(words("value.suppressed_count", count=summary.suppressed))
    add_field(page, words, "findings", ["   ".join(found)])
    verdicts = [
        f"{words.judged('verdicts', verdict.value)} {count}"
        for verdict in Verdict
        if (count := summary.verdicts.get(verdict.value, 0))
    ]
    add_field(page, words, "clauses", ["   ".join(verdicts)])
    add_field(page, words, "not_analysed", _not_analysed(result, words))


def _not_analysed(result: Result, words: Phrases) -> list[str]:
    """Return what was not analysed, in one sentence, and where something of this input was the cause."""
    separator = "、" if words.lang == "zh" else "; "
    keys = result.assessment.summary.not_analysed
    texts = [separator.join(words.judged("not_analysed", key) for key in keys)] if keys else []
    causes: dict[tuple[str, str], list[str]] = {}
    for limit in all_limits(result):
        if limit.reason != NOT_YET:
            causes.setdefault((limit.stage, limit.reason), []).append(limit.detail)
    for (stage, reason), details in causes.items():
        shown = separator.join(visible(detail, MAX_DETAIL) for detail in details[:MAX_DETAILS])
        more = f" {words('value.more_items', count=len(details))}" if len(details) > MAX_DETAILS else ""
        texts.append(f"{words.or_key('stage', stage)}: {words.judged('not_analysed', reason)} {shown}{more}".rstrip())
    return texts or [words("value.none")]
