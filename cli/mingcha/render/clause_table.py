"""The clause table of the terminal report: each clause that was decided, and why the others were not."""

from collections import Counter

from rich.cells import cell_len

from mingcha.render.citation import cite
from mingcha.render.page import Page
from mingcha.render.wrap import pad, wrap
from mingcha.result import Result
from mingcha.words import Phrases
from mingcha_rules.values import ClauseVerdict, Finding, Verdict

DECIDED = (Verdict.FAIL, Verdict.REVIEW, Verdict.PASS, Verdict.ATTESTED)
STYLES = {Verdict.FAIL: "red", Verdict.REVIEW: "yellow", Verdict.PASS: "green", Verdict.ATTESTED: "blue"}
GAP = 2


def add_clauses(page: Page, result: Result, words: Phrases) -> None:
    """Add the decided clauses in the order of the catalogue, then the counts of the undecided ones."""
    clauses = result.assessment.clauses
    page.line((words("heading.clauses"), "bold"))
    decided = [clause for clause in clauses if clause.verdict in DECIDED]
    if decided:
        _add_rows(page, decided, result, words)
    undecided = [clause for clause in clauses if clause.verdict not in DECIDED]
    if undecided:
        _add_reasons(page, undecided, words)


def _add_rows(page: Page, decided: list[ClauseVerdict], result: Result, words: Phrases) -> None:
    from mingcha_rules.catalogue import load_clauses

    catalogue = load_clauses()
    numbers = {item.fingerprint: str(index) for index, item in enumerate(_in_order(result), 1)}
    rows = []
    for clause in decided:
        known = catalogue.get(clause.id)
        title = known.title.in_(words.lang) if known is not None else ""
        refs = "".join(f"[{numbers[item]}]" for item in clause.findings if item in numbers)
        verdict = words.judged("verdicts", clause.verdict.value)
        rows.append((cite(clause.id, words), verdict, f"{title} {refs}".strip(), STYLES[clause.verdict]))
    first = min(max(cell_len(row[0]) for row in rows), page.width // 2) + GAP
    second = min(max(cell_len(row[1]) for row in rows), page.width // 4) + GAP
    for row in rows:
        cells = [wrap(row[0], first - GAP), wrap(row[1], second - GAP), wrap(row[2], page.width - first - second)]
        for index in range(max(len(cell) for cell in cells)):
            a, b, c = (cell[index] if index < len(cell) else "" for cell in cells)
            page.line((pad(a, first), ""), (pad(b, second), row[3]), (c, ""))


def _in_order(result: Result) -> list[Finding]:
    return sorted(result.assessment.findings, key=lambda finding: -finding.severity.rank)


def _add_reasons(page: Page, undecided: list[ClauseVerdict], words: Phrases) -> None:
    page.blank()
    page.paragraph(words("value.counts_shown", count=len(undecided)))
    for (verdict, reason), count in Counter((item.verdict, item.reason) for item in undecided).most_common():
        name = words.judged("verdicts", verdict.value)
        if reason is not None:
            name = words.judged("reasons", reason)
        page.paragraph(words("value.reason_count", reason=name, count=count), indent=2)
