"""The head of the terminal report: app, policy, basis, counts, and what was not analysed."""

from collections import Counter

from mingcha.exit_status import NOT_YET, all_limits
from mingcha.render.citation import cite, sdk_words
from mingcha.render.page import Page
from mingcha.render.untrusted import visible
from mingcha.result import InputRole, Result
from mingcha.words import Phrases, report_words
from mingcha_analyzers.app.values import App, ContainerKind, HybridPart, Packer
from mingcha_analyzers.policy.values import Policy
from mingcha_rules.values import Severity, StandardUsed, Verdict

LABEL_WIDTH = 16
MAX_VALUE = 300
MAX_LISTED = 60
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
    _add_policy(page, result.policy, words)
    _add_basis(page, result, words)
    page.rule()
    _add_counts(page, result, words)
    page.rule()


def add_contents(page: Page, result: Result, words: Phrases) -> None:
    """Add what the package holds: permissions, SDKs, hosts, code outside DEX."""
    app = result.app
    if app is None:
        return
    separator = "、" if words.lang == "zh" else ", "
    permissions = [item.name.removeprefix("android.permission.") for item in app.permissions]
    _field(page, words, "permissions", [_listing(permissions, separator, words)])
    _field(page, words, "sdks", _sdks(app, separator, words))
    if app.endpoints:
        _field(page, words, "endpoints", _endpoints(app, separator, words))
    if app.hybrid:
        _field(page, words, "hybrid", [_hybrid(app.hybrid, separator, words)])
    page.rule()


def _endpoints(app: App, separator: str, words: Phrases) -> list[str]:
    """Return the hosts that the app's own code and files name; those of others are only counted."""
    own = {
        f"{each.scheme}://{each.host}" if each.scheme else each.host for each in app.endpoints if each.owner == "app"
    }
    others = {each.host for each in app.endpoints if each.owner != "app"}
    texts = [words("value.own_hosts", hosts=_listing(sorted(own), separator, words))]
    return [*texts, words("value.other_hosts", count=len(others))] if others else texts


def _hybrid(parts: tuple[HybridPart, ...], separator: str, words: Phrases) -> str:
    """Return the kinds of code outside DEX with how many parts each has."""
    counts = Counter(part.kind for part in parts)
    return separator.join(f"{words.or_key('hybrid', kind)} {count}" for kind, count in sorted(counts.items()))


def _sdks(app: App, separator: str, words: Phrases) -> list[str]:
    """Return the SDKs by name; components that handle no personal information are only counted."""
    from mingcha_corpora.sdks import load_sdk_base

    records = load_sdk_base().records
    silent = {sdk.id for sdk in app.sdks if sdk.id in records and not records[sdk.id].collects_pi}
    shown = [
        f"{sdk_words(sdk.id, app, words)} {sdk.version or ''}".rstrip() + _grade(sdk.confidence)
        for sdk in app.sdks
        if sdk.id not in silent
    ]
    texts = [_listing(shown, separator, words)]
    return [*texts, words("value.silent_sdks", count=len(silent))] if silent else texts


def _grade(confidence: float) -> str:
    return "" if confidence >= 0.8 else f" ({confidence:.2g})"


def _listing(items: list[str], separator: str, words: Phrases) -> str:
    if not items:
        return words("value.none")
    shown = separator.join(visible(item, MAX_VALUE) for item in items[:MAX_LISTED])
    return shown if len(items) <= MAX_LISTED else f"{shown} {words('value.more_items', count=len(items))}"


def _field(page: Page, words: Phrases, label: str, texts: list[str]) -> None:
    page.field(words(f"label.{label}"), texts, LABEL_WIDTH)


def _add_app(page: Page, result: Result, words: Phrases) -> None:
    app = result.app
    if app is None:
        _field(page, words, "app", [words("value.no_app")])
        return
    version = visible(app.version_name or "–", MAX_VALUE)
    code = "–" if app.version_code is None else str(app.version_code)
    name = visible(app.package_name, MAX_VALUE)
    _field(page, words, "app", [words("value.version", name=name, version=version, code=code)])
    _field(page, words, "package", _files(result, InputRole.APP, words))
    dumps = _files(result, InputRole.EXTRA_DEX, words)
    if dumps:
        _field(page, words, "extra_dex", dumps)
    if app.container.kind is not ContainerKind.APK:
        _field(page, words, "container", [_container(app, words)])
    _field(page, words, "signing", _signing(app, words))
    _field(page, words, "sdk_levels", [_levels(app, words)])
    if app.packer is not None:
        _field(page, words, "packer", [_packer(app, app.packer, words)])


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
    names = _listing([part.name for part in parts], separator, words)
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


def _add_policy(page: Page, policy: Policy | None, words: Phrases) -> None:
    if policy is None:
        _field(page, words, "policy", [words("value.no_policy")])
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
    _field(page, words, "policy", texts)


def _add_basis(page: Page, result: Result, words: Phrases) -> None:
    _field(page, words, "basis", [_standard(standard, words) for standard in result.assessment.standards])
    layers = _files(result, InputRole.SDK_BASE, words)
    if layers:
        _field(page, words, "sdk_base", layers)
    _field(page, words, "as_of", [result.as_of])


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
    _field(page, words, "findings", ["   ".join(found)])
    verdicts = [
        f"{words.judged('verdicts', verdict.value)} {count}"
        for verdict in Verdict
        if (count := summary.verdicts.get(verdict.value, 0))
    ]
    _field(page, words, "clauses", ["   ".join(verdicts)])
    _field(page, words, "not_analysed", _not_analysed(result, words))


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
