"""The findings of the terminal report: message, clauses, both sides' evidence, remedy."""

from collections.abc import Mapping, Sequence

from mingcha.render.citation import cite_all, owner_words
from mingcha.render.numbering import group_findings, number_findings, reference_words
from mingcha.render.page import Page
from mingcha.render.untrusted import visible
from mingcha.result import Result
from mingcha.words import Phrases
from mingcha_analyzers.policy.values import Policy
from mingcha_rules.values import AppEvidence, Finding, PolicyEvidence, Severity

LABEL_WIDTH = 16
INDENT = 4
MAX_QUOTE = 160
MAX_VALUE = 200
MAX_WORDS = 600
MAX_EVIDENCE = 5
STYLES = {Severity.HIGH: "bold red", Severity.MEDIUM: "bold yellow", Severity.LOW: "bold cyan"}
SURE, LIKELY = 0.8, 0.5

Row = tuple[str, list[str]]
"""The key of a label and the texts beside it."""


def add_findings(page: Page, result: Result, words: Phrases) -> None:
    """Add all findings, the gravest first, numbered through."""
    findings = result.assessment.findings
    if not findings:
        page.paragraph(words("heading.no_findings"))
        page.blank()
    numbers = number_findings(findings)
    for severity in Severity:
        groups = group_findings(findings, severity)
        if not groups:
            continue
        name, count = words.judged("severities", severity.value), sum(len(group) for group in groups)
        page.line((words("heading.findings", severity=name, count=count), STYLES[severity]))
        page.blank()
        for group in groups:
            _add_group(page, group, numbers, result, words)


def _add_group(
    page: Page, group: Sequence[Finding], numbers: Mapping[str, int], result: Result, words: Phrases
) -> None:
    """Add findings that differ in their subject only; what they share is said once, below the last."""
    for finding in group:
        message = visible(finding.message.in_(words.lang), MAX_WORDS)
        mark = (f"[{numbers[finding.fingerprint]}] ", STYLES[finding.severity])
        page.hanging(mark, f"{finding.rule_id} {message}", "bold")
        _add_rows(page, _own_rows(finding, result, words), words)
    if len(group) > 1:
        refs = reference_words(numbers[finding.fingerprint] for finding in group)
        page.hanging((f"{refs} ", STYLES[group[0].severity]), words("value.in_common"), "bold")
    _add_rows(page, _shared_rows(group[0], words), words)
    page.blank()


def _add_rows(page: Page, rows: Sequence[Row], words: Phrases) -> None:
    for label, texts in rows:
        page.field(words(f"label.{label}"), texts, LABEL_WIDTH, INDENT)


def _own_rows(finding: Finding, result: Result, words: Phrases) -> list[Row]:
    rows: list[Row] = []
    # A finding on the policy alone says in its message that the words are missing.
    if finding.policy_evidence or (finding.app_evidence and _looks_at_policy(finding)):
        rows.append(("in_policy", _policy_evidence(finding, result, words)))
    if finding.policy_evidence or finding.app_evidence:
        rows.append(("in_app", _app_evidence(finding.app_evidence, words)))
    rows.append(("responsible", [_responsible(finding, result, words)]))
    if finding.suppressed is not None:
        why = finding.suppressed
        approver, expires = (visible(item or "–", MAX_VALUE) for item in (why.approver, why.expires))
        reason = visible(why.reason, MAX_VALUE)
        rows.append(("suppressed", [words("value.suppressed", reason=reason, approver=approver, expires=expires)]))
    return rows


def _shared_rows(finding: Finding, words: Phrases) -> list[Row]:
    rows: list[Row] = [("clause", [cite_all(finding.clauses, words)])]
    if finding.counterparts:
        rows.append(("in_force", [cite_all(finding.counterparts, words)]))
    rows.append(("remedy", [visible(finding.remedy.in_(words.lang), MAX_WORDS)]))
    return rows


def _responsible(finding: Finding, result: Result, words: Phrases) -> str:
    separator = "、" if words.lang == "zh" else ", "
    names = [visible(owner_words(owner, result.app, words), MAX_VALUE) for owner in finding.responsible]
    answering = separator.join(names) or words("value.none")
    confidence = _confidence(finding.confidence, words)
    return words("value.responsible", names=answering, confidence=confidence)


def _looks_at_policy(finding: Finding) -> bool:
    """Tell whether the rule holds the app against the policy; one of another version of the rules is taken to do so."""
    from mingcha_rules.card import load_cards

    card = load_cards().get(finding.rule_id)
    return card is None or card.needs.policy


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
    if evidence.page is not None:
        place = words("value.page_of", path=visible(path, MAX_VALUE), page=evidence.page)
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
