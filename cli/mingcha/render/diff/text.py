"""The comparison for a person at a terminal: the grave changes first, each with both places."""

from collections.abc import Sequence

from mingcha.comparison import Comparison
from mingcha.render.diff.head import count_line, unread_lines, version_lines
from mingcha.render.diff.wording import ChangeWords, FieldWords, word_change
from mingcha.render.page import Page
from mingcha.words import Phrases
from mingcha_rules.changes import Change, ChangeKind

LABEL_WIDTH = 16
INDENT = 4
STYLES = {ChangeKind.ADDED: "bold green", ChangeKind.DROPPED: "bold red", ChangeKind.CHANGED: "bold yellow"}


def render_text(comparison: Comparison, lang: str, *, width: int = 100, color: bool = False) -> str:
    """Return the comparison as text of ``width`` columns (60 to 200)."""
    words = Phrases(lang)
    page = Page(width)
    _add_head(page, comparison, words)
    numbered = list(enumerate(comparison.changes, 1))
    for key, grave in (("diff.grave", True), ("diff.other", False)):
        group = [(number, change) for number, change in numbered if change.grave is grave]
        if group:
            page.line((words(key, count=len(group)), "bold"))
            page.blank()
            _add_changes(page, group, comparison, words)
    if not comparison.changes:
        page.paragraph(words("diff.none"))
    return page.text(color=color)


def _add_head(page: Page, comparison: Comparison, words: Phrases) -> None:
    page.line((words("diff.title"), "bold"))
    tool = comparison.tool
    head = words("tool_line", version=tool.version, rules=tool.rules_version, knowledge=tool.knowledge_version)
    page.paragraph(head, "dim")
    page.rule()
    for key, version in (("old", comparison.old), ("new", comparison.new)):
        page.field(words(f"diff.{key}"), version_lines(version, words), LABEL_WIDTH)
        unread = unread_lines(version, words)
        if unread:
            page.field(words("label.not_analysed"), [*unread, words("diff.unread")], LABEL_WIDTH)
    page.rule()
    page.paragraph(count_line(comparison, words))
    page.rule()


def _add_changes(page: Page, group: Sequence[tuple[int, Change]], comparison: Comparison, words: Phrases) -> None:
    for number, change in group:
        told = word_change(change, comparison.old, comparison.new, words)
        page.hanging((f"[{number}] ", STYLES[change.kind]), title_of(told, words), "bold")
        for field in told.fields:
            page.field(field.label, [_field(field, words)], LABEL_WIDTH, INDENT)
        for key, places in (("old", told.old), ("new", told.new)):
            if places:
                page.field(words(f"diff.{key}"), places, LABEL_WIDTH, INDENT)
        if change.grave:
            page.field(words("diff.duty"), [f"{told.duty}　{told.clauses}"], LABEL_WIDTH, INDENT)
        page.blank()


def title_of(told: ChangeWords, words: Phrases) -> str:
    """Return the line over a change: what became of what."""
    if not told.subject:
        return words("diff.whole", kind=told.kind, aspect=told.aspect)
    return words("diff.change", kind=told.kind, aspect=told.aspect, subject=told.subject)


def _field(field: FieldWords, words: Phrases) -> str:
    if field.old and field.new:
        return words("diff.became", old=field.old, new=field.new)
    return f"+ {field.new}" if field.new else f"- {field.old}"
