"""The report for a person at a terminal: what was tested, what was found with both sides' evidence, every clause."""

from mingcha.render.clause_table import add_clauses
from mingcha.render.contents import add_contents
from mingcha.render.finding_block import add_findings
from mingcha.render.page import Page
from mingcha.render.summary_head import add_head
from mingcha.result import Result
from mingcha.words import Phrases


def render_terminal(result: Result, lang: str, *, width: int = 100, color: bool = False) -> str:
    """Return the report as text of ``width`` columns (60 to 200)."""
    words = Phrases(lang)
    page = Page(width)
    add_head(page, result, words)
    add_contents(page, result, words)
    add_findings(page, result, words)
    add_clauses(page, result, words)
    return page.text(color=color)
