"""The verdict on each clause, from the findings of the cards that rest on it and from what could not be seen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mingcha_analyzers.app.values import App
from mingcha_analyzers.policy.values import Policy
from mingcha_rules.card import Card
from mingcha_rules.catalogue import Clause, load_children, load_clauses
from mingcha_rules.facts import code_hidden
from mingcha_rules.gap import Ceiling
from mingcha_rules.values import ClauseVerdict, Finding, Verdict

SURE = 0.8
"""Confidence below which a finding can only ask for review."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one card came to: its findings with the ceiling of each, why it was blind, whether it ran.

    ``exempt``: clauses that do not apply to this case, each with the reason.
    """

    card: Card
    ran: bool
    findings: tuple[tuple[Finding, Ceiling], ...]
    blind: tuple[str, ...]
    exempt: Mapping[str, str] = field(default_factory=dict)

    def bears_on(self, clause: str) -> bool:
        """Tell whether the card looks at the clause at all."""
        card = self.card
        return clause in card.clauses or clause in card.covers or clause in card.hints

    def against(self, clause: str) -> Iterator[tuple[Finding, Ceiling]]:
        """Yield what speaks against the clause, with the gravest verdict that it may give."""
        for finding, ceiling in self.findings:
            if ceiling is Ceiling.NOTE:
                continue
            if clause in finding.clauses:
                yield finding, ceiling
            elif clause in self.card.hints:
                yield finding, Ceiling.REVIEW


@dataclass(frozen=True, slots=True)
class Case:
    """Everything a verdict depends on."""

    policy: Policy | None
    app: App | None
    outcomes: Sequence[Outcome]


def judge_clauses(case: Case, standards: Sequence[str]) -> tuple[ClauseVerdict, ...]:
    """Return one verdict for every clause of the standards, in the order of the catalogue."""
    done: dict[str, ClauseVerdict] = {}
    for clause in reversed(tuple(load_clauses().values())):
        if clause.standard in standards:
            # Sub-clauses stand after their heading, so going backwards they are judged first.
            done[clause.id] = _judge(case, clause, done)
    return tuple(done[ref] for ref in load_clauses() if ref in done)


def _judge(case: Case, clause: Clause, done: Mapping[str, ClauseVerdict]) -> ClauseVerdict:
    if clause.kind == "term":
        return ClauseVerdict(clause.id, Verdict.NOT_APPLICABLE, "term", ())
    below = tuple(done[ref] for ref in load_children().get(clause.id, ()))
    own = [pair for outcome in case.outcomes for pair in outcome.against(clause.id)]
    prints = tuple(
        sorted({finding.fingerprint for finding, _ in own} | {ref for item in below for ref in item.findings})
    )
    if not clause.static_can:
        return ClauseVerdict(clause.id, Verdict.UNKNOWN, "attestation_required", prints)
    worst = _worst(own, below, clause)
    if worst is not None:
        return ClauseVerdict(clause.id, worst, None, prints)
    if below:
        verdict, reason = _aggregate(below, clause)
    else:
        verdict, reason = _silent(case, clause)
    return ClauseVerdict(clause.id, verdict, reason, prints)


def _worst(own: Sequence[tuple[Finding, Ceiling]], below: Sequence[ClauseVerdict], clause: Clause) -> Verdict | None:
    """Return fail or review if anything speaks against the clause, never more than it can be given."""
    failed = any(ceiling is Ceiling.FAIL and finding.confidence >= SURE for finding, ceiling in own)
    failed = failed or any(item.verdict is Verdict.FAIL for item in below)
    doubted = bool(own) or any(item.verdict is Verdict.REVIEW for item in below)
    if failed and Verdict.FAIL in clause.static_can:
        return Verdict.FAIL
    if (failed or doubted) and Verdict.REVIEW in clause.static_can:
        return Verdict.REVIEW
    return None


def _aggregate(below: Sequence[ClauseVerdict], clause: Clause) -> tuple[Verdict, str | None]:
    """Return the verdict of a clause with sub-clauses none of which fails or is doubted."""
    open_ = [item for item in below if item.verdict is not Verdict.NOT_APPLICABLE]
    if not open_:
        return Verdict.NOT_APPLICABLE, None
    if all(item.verdict is Verdict.PASS for item in open_) and Verdict.PASS in clause.static_can:
        return Verdict.PASS, None
    reasons = {item.reason for item in open_ if item.reason is not None}
    return Verdict.UNKNOWN, reasons.pop() if len(reasons) == 1 else "aggregate_open"


def _silent(case: Case, clause: Clause) -> tuple[Verdict, str | None]:
    """Return the verdict of a clause against which nothing was found."""
    if clause.decidable == "attestation_only":
        return Verdict.UNKNOWN, "attestation_required"
    resting = [item for item in case.outcomes if item.bears_on(clause.id)]
    if not resting:
        return Verdict.UNKNOWN, _unchecked(case, clause)
    covering = [item for item in resting if clause.id in item.card.covers]
    if case.app is None and covering:
        # What the text must hold is judged by the text; cards that refute by a package that nobody gave can wait.
        resting = [item for item in resting if item in covering or not item.card.needs.app]
    hidden = _not_seen(case, resting)
    if hidden is not None:
        return Verdict.UNKNOWN, hidden
    exempt = next((item.exempt[clause.id] for item in resting if clause.id in item.exempt), None)
    if exempt is not None:
        return Verdict.NOT_APPLICABLE, exempt
    # A covering card that only notes something has not found the clause met.
    if Verdict.PASS in clause.static_can and covering and not any(item.findings for item in covering):
        return Verdict.PASS, None
    return Verdict.UNKNOWN, "no_contrary_evidence"


def _unchecked(case: Case, clause: Clause) -> str:
    """Return why a clause on which no card rests cannot be told."""
    told = not {"policy", "cross"}.isdisjoint(clause.evidence)
    packaged = not {"apk", "cross"}.isdisjoint(clause.evidence)
    if told and case.policy is None:
        return "no_policy"
    if packaged and case.app is None and "policy" not in clause.evidence:
        return "no_app"
    return "no_check_yet"


def _not_seen(case: Case, resting: Sequence[Outcome]) -> str | None:
    """Return why the silence of the cards proves nothing, or null if all of them could look."""
    if any(item.card.needs.policy and not item.ran for item in resting) and case.policy is None:
        return "no_policy"
    if any(item.card.needs.app and not item.ran for item in resting) and case.app is None:
        return "no_app"
    if case.app is not None and any(item.card.needs.app for item in resting):
        hidden = code_hidden(case.app)
        if hidden is not None:
            return hidden
    return next((reason for item in resting for reason in item.blind), None)
