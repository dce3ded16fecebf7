"""Judges a policy and an app: runs the cards, words their findings and gives every clause its verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mingcha_analyzers.app.values import App
from mingcha_analyzers.policy.values import Policy
from mingcha_corpora.errors import UsageError
from mingcha_rules import access_levels, permission_levels, sdk_levels
from mingcha_rules.card import Card, load_cards
from mingcha_rules.catalogue import DEFAULT_STANDARDS, load_clauses, load_standards
from mingcha_rules.checks.table import CHECKS
from mingcha_rules.facts import Facts, code_hidden
from mingcha_rules.gap import Blind, Ceiling, Exempt
from mingcha_rules.values import (
    Assessment,
    AssessmentSummary,
    ClauseVerdict,
    Disclosure,
    Finding,
    Severity,
    StandardUsed,
    Verdict,
)
from mingcha_rules.verdicts import Case, Outcome, judge_clauses
from mingcha_rules.wording import word_finding

__all__ = ["DEFAULT_STANDARDS", "assess"]


def assess(
    policy: Policy | None,
    app: App | None,
    *,
    standards: Sequence[str] = DEFAULT_STANDARDS,
    as_of: str,
    cards: Mapping[str, Card] | None = None,
) -> Assessment:
    """Judge ``policy`` and ``app`` against ``standards`` on the day ``as_of``.

    Raises:
        UsageError: a standard is unknown or has no clauses of its own in the catalogue.
    """
    used = _standards(standards)
    # Cards know Android: what they look for in a package is not there to be found in one of HarmonyOS.
    facts = Facts(policy, app if app is None or app.harmony is None else None, as_of)
    outcomes = [_run(card, facts) for card in (load_cards() if cards is None else cards).values()]
    outcomes = [_within(outcome, standards) for outcome in outcomes]
    findings = tuple(sorted((pair[0] for item in outcomes for pair in item.findings), key=_order))
    clauses = judge_clauses(Case(policy, app, outcomes), standards)
    return Assessment(
        standards=used,
        clauses=clauses,
        disclosures=_disclosures(facts),
        findings=findings,
        summary=_summary(replace(facts, app=app), findings, clauses),
    )


def _standards(ids: Sequence[str]) -> tuple[StandardUsed, ...]:
    ready = {clause.standard for clause in load_clauses().values()}
    for name in ids:
        if name not in ready:
            raise UsageError("standard_unknown", path="--standard", standard=name, known=", ".join(sorted(ready)))
    return tuple(load_standards()[name] for name in dict.fromkeys(ids))


def _run(card: Card, facts: Facts) -> Outcome:
    if (card.needs.policy and facts.policy is None) or (card.needs.app and facts.app is None):
        return Outcome(card, False, (), ())
    findings: list[tuple[Finding, Ceiling]] = []
    blind: list[str] = []
    exempt: dict[str, str] = {}
    for seen in CHECKS[card.check](facts, card):
        if isinstance(seen, Blind):
            blind.append(seen.reason)
        elif isinstance(seen, Exempt):
            exempt.update(dict.fromkeys(seen.clauses, seen.reason))
        else:
            findings.append((word_finding(card, seen, facts.policy), seen.ceiling or card.ceiling))
    return Outcome(card, True, tuple(findings), tuple(blind), exempt)


def _within(outcome: Outcome, standards: Sequence[str]) -> Outcome:
    """Leave of each finding the clauses of the chosen standards; drop those of a card that rests on none of them."""
    kept = []
    for finding, ceiling in outcome.findings:
        clauses = tuple(ref for ref in finding.clauses if ref.partition(":")[0] in standards)
        if clauses:
            kept.append((replace(finding, clauses=clauses), ceiling))
    return replace(outcome, findings=tuple(kept))


def _order(finding: Finding) -> tuple[int, float, str, str]:
    return -finding.severity.rank, -finding.confidence, finding.rule_id, finding.subject


def _disclosures(facts: Facts) -> tuple[Disclosure, ...]:
    if facts.policy is None or facts.app is None:
        return ()
    return (
        *access_levels.as_disclosures(facts.once(access_levels.judge_accesses)),
        *sdk_levels.as_disclosures(facts.once(sdk_levels.judge_sdks)),
        *permission_levels.as_disclosures(facts.once(permission_levels.judge_permissions)),
    )


def _summary(facts: Facts, findings: Sequence[Finding], clauses: Sequence[ClauseVerdict]) -> AssessmentSummary:
    open_ = [finding for finding in findings if finding.suppressed is None]
    return AssessmentSummary(
        findings={level.value: sum(item.severity is level for item in open_) for level in Severity},
        verdicts={verdict.value: sum(item.verdict is verdict for item in clauses) for verdict in Verdict},
        suppressed=len(findings) - len(open_),
        not_analysed=_not_analysed(facts),
    )


def _not_analysed(facts: Facts) -> tuple[str, ...]:
    """Return word keys of what could not be seen, sorted."""
    keys = set()
    if facts.policy is None:
        keys.add("policy")
    else:
        keys.update(limit.stage for limit in facts.policy.limits)
    if facts.app is None:
        keys.add("app")
        return tuple(sorted(keys))
    keys.update(limit.stage for limit in facts.app.limits if limit.stage != "code")
    hidden = code_hidden(facts.app)
    if hidden:
        keys.add(hidden)
    if facts.policy is not None and sdk_levels.list_unseen(facts) == sdk_levels.LIST_NOT_SUPPLIED:
        keys.add("sdk_list")
    return tuple(sorted(keys))
