"""The clause table of the terminal report: each clause that was decided, and why the others were not."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from rich.cells import cell_len

from mingcha.render.citation import cite, place_words
from mingcha.render.numbering import number_findings, reference_words
from mingcha.render.page import Page
from mingcha.render.wrap import pad, wrap
from mingcha.result import Result
from mingcha.words import Phrases
from mingcha_rules.values import ClauseVerdict, Verdict

DECIDED = (Verdict.FAIL, Verdict.REVIEW, Verdict.PASS, Verdict.ATTESTED)
STYLES = {Verdict.FAIL: "red", Verdict.REVIEW: "yellow", Verdict.PASS: "green", Verdict.ATTESTED: "blue"}
GAP = 2
INDENT = 2


@dataclass(frozen=True, slots=True)
class _Row:
    """The words of one line of the table."""

    standard: str
    place: str
    verdict: str
    title: str
    style: str


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
    numbers = number_findings(result.assessment.findings)
    rows = [_row(clause, numbers, words) for clause in decided]
    first = max(cell_len(row.place) for row in rows) + GAP
    second = min(max(cell_len(row.verdict) for row in rows), page.width // 4) + GAP
    standard = None
    for row in rows:
        if row.standard != standard:
            standard = row.standard
            page.line((standard, "bold dim"))
        _add_row(page, row, first, second)


def _add_row(page: Page, row: _Row, first: int, second: int) -> None:
    title_width = page.width - INDENT - first - second
    verdicts, titles = wrap(row.verdict, second - GAP), wrap(row.title, title_width)
    for index in range(max(len(verdicts), len(titles))):
        place = row.place if index == 0 else ""
        verdict, title = (cells[index] if index < len(cells) else "" for cells in (verdicts, titles))
        page.line((" " * INDENT + pad(place, first), ""), (pad(verdict, second), row.style), (title, ""))


def _row(clause: ClauseVerdict, numbers: Mapping[str, int], words: Phrases) -> _Row:
    from mingcha_rules.catalogue import load_clauses

    known = load_clauses().get(clause.id)
    title = known.title.in_(words.lang) if known is not None else ""
    refs = reference_words(numbers[item] for item in clause.findings if item in numbers)
    standard, _, place = clause.id.partition(":")
    verdict = words.judged("verdicts", clause.verdict.value)
    return _Row(
        cite(f"{standard}:", words), place_words(place), verdict, f"{title} {refs}".strip(), STYLES[clause.verdict]
    )


def _add_reasons(page: Page, undecided: list[ClauseVerdict], words: Phrases) -> None:
    page.blank()
    page.paragraph(words("value.counts_shown", count=len(undecided)))
    for (verdict, reason), count in Counter((item.verdict, item.reason) for item in undecided).most_common():
        name = words.judged("verdicts", verdict.value)
        if reason is not None:
            name = words.judged("reasons", reason)
        page.paragraph(words("value.reason_count", reason=name, count=count), indent=2)
