"""The findings of the terminal report: message, clauses, both sides' evidence, remedy."""

from mingcha.render.citation import cite_all, owner_words
from mingcha.render.page import Page
from mingcha.render.untrusted import visible
from mingcha.result import Result
from mingcha.words import Phrases
from mingcha_analyzers.policy.values import Policy
from mingcha_rules.values import AppEvidence, Finding, PolicyEvidence, Severity

LABEL_WIDTH = 14
INDENT = 4
MAX_QUOTE = 160
MAX_VALUE = 200
MAX_WORDS = 600
MAX_EVIDENCE = 5
STYLES = {Severity.HIGH: "bold red", Severity.MEDIUM: "bold yellow", Severity.LOW: "bold cyan"}
SURE, LIKELY = 0.8, 0.5


def add_findings(page: Page, result: Result, words: Phrases) -> None:
    """Add all findings, the gravest first, numbered through."""
    findings = result.assessment.findings
    if not findings:
        page.paragraph(words("heading.no_findings"))
        page.blank()
    number = 0
    for severity in Severity:
        group = [finding for finding in findings if finding.severity is severity]
        if not group:
            continue
        name = words.judged("severities", severity.value)
        page.line((words("heading.findings", severity=name, count=len(group)), STYLES[severity]))
        page.blank()
        for finding in group:
            number += 1
            _add_finding(page, number, finding, result, words)


def _add_finding(page: Page, number: int, finding: Finding, result: Result, words: Phrases) -> None:
    message = visible(finding.message.in_(words.lang), MAX_WORDS)
    page.hanging((f"[{number}] ", STYLES[finding.severity]), f"{finding.rule_id} {message}", "bold")
    rows = [("clause", [cite_all(finding.clauses, words)])]
    if finding.counterparts:
        rows.append(("in_force", [cite_all(finding.counterparts, words)]))
    rows += [
        ("responsible", [_responsible(finding, result, words)]),
        ("in_policy", _policy_evidence(finding, result, words)),
        ("in_app", _app_evidence(finding.app_evidence, words)),
        ("remedy", [visible(finding.remedy.in_(words.lang), MAX_WORDS)]),
        ("confidence", [_confidence(finding.confidence, words)]),
    ]
    if finding.suppressed is not None:
        why = finding.suppressed
        approver, expires = (visible(item or "–", MAX_VALUE) for item in (why.approver, why.expires))
        reason = visible(why.reason, MAX_VALUE)
        rows.append(("suppressed", [words("value.suppressed", reason=reason, approver=approver, expires=expires)]))
    for label, texts in rows:
        page.field(words(f"label.{label}"), texts, LABEL_WIDTH, INDENT)
    page.blank()


def _responsible(finding: Finding, result: Result, words: Phrases) -> str:
    separator = "、" if words.lang == "zh" else ", "
    names = [visible(owner_words(owner, result.app, words), MAX_VALUE) for owner in finding.responsible]
    acting = visible(owner_words(finding.owner, result.app, words), MAX_VALUE)
    answering = separator.join(names) or words("value.none")
    label = words("label.owner")
    return f"{answering}（{label}：{acting}）" if words.lang == "zh" else f"{answering} ({label.lower()}: {acting})"


def _policy_evidence(finding: Finding, result: Result, words: Phrases) -> list[str]:
    if result.policy is None:
        return [words("value.no_policy")]
    if not finding.policy_evidence:
        return [words("value.no_policy_evidence")]
    policy = result.policy
    texts = [_quotation(evidence, policy, words) for evidence in finding.policy_evidence[:MAX_EVIDENCE]]
    return texts + _more(len(finding.policy_evidence), words)


def _quotation(evidence: PolicyEvidence, policy: Policy, words: Phrases) -> str:
    path = next((document.path for document in policy.documents if document.id == evidence.span.doc), evidence.span.doc)
    place = f"{visible(path, MAX_VALUE)}:{evidence.line}:{evidence.column}"
    return words("value.quote", place=place, quote=visible(evidence.quote.strip(), MAX_QUOTE))


def _app_evidence(evidence: tuple[AppEvidence, ...], words: Phrases) -> list[str]:
    texts = [_sign(item, words) for item in evidence[:MAX_EVIDENCE]]
    return texts + _more(len(evidence), words)


def _sign(item: AppEvidence, words: Phrases) -> str:
    text = f"{words.or_key('evidence', item.kind)} {visible(item.value, MAX_VALUE)}"
    where = [item.file] if item.file else []
    if item.place is not None:
        place = item.place
        method = f"{place.class_ or ''}{'->' if place.method else ''}{place.method or ''}{place.descriptor or ''}"
        where += [part for part in (place.dex, method) if part and part not in where]
    inside = " ".join(visible(part, MAX_VALUE) for part in where)
    if not inside:
        return text
    return f"{text}（{inside}）" if words.lang == "zh" else f"{text} ({inside})"


def _more(count: int, words: Phrases) -> list[str]:
    return [words("value.more_evidence", count=count - MAX_EVIDENCE)] if count > MAX_EVIDENCE else []


def _confidence(number: float, words: Phrases) -> str:
    grade = "high" if number >= SURE else "medium" if number >= LIKELY else "low"
    return words("value.confidence", word=words(f"confidence.{grade}"), number=f"{number:.2f}")
