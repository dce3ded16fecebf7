"""The comparison as one HTML page that needs no network and prints."""

from collections.abc import Sequence

from mingcha.comparison import Comparison, PolicyVersion
from mingcha.render.diff.head import count_line, unread_lines, version_lines
from mingcha.render.diff.text import title_of
from mingcha.render.diff.wording import ChangeWords, FieldWords, word_change
from mingcha.render.web.frame import render_frame
from mingcha.render.web.markup import Html, element, text_html
from mingcha.words import Phrases
from mingcha_rules.changes import Change, ChangeKind

MAX_CHANGES = 3000
SIGNS = {ChangeKind.ADDED: "+", ChangeKind.DROPPED: "−", ChangeKind.CHANGED: "±"}


def render_html(comparison: Comparison, lang: str) -> str:
    """Return the page; very many changes are cut, and said."""
    words = Phrases(lang)
    tool = comparison.tool
    made = words("tool_line", version=tool.version, rules=tool.rules_version, knowledge=tool.knowledge_version)
    numbered = list(enumerate(comparison.changes, 1))[:MAX_CHANGES]
    body = [
        element("h1", text_html(words("diff.title"))),
        element("div", *_versions(comparison, words), class_="versions"),
        element("p", text_html(count_line(comparison, words)), class_="counts"),
    ]
    for key, grave in (("diff.grave", True), ("diff.other", False)):
        group = [(number, change) for number, change in numbered if change.grave is grave]
        if group:
            body.append(element("h2", text_html(words(key, count=len(group)))))
            body.append(element("ol", *(_change(*each, comparison, words) for each in group), class_="changes"))
    if len(comparison.changes) > MAX_CHANGES:
        body.append(element("p", text_html(words("value.more_items", count=len(comparison.changes))), class_="warning"))
    if not comparison.changes:
        body.append(element("p", text_html(words("diff.none"))))
    body.append(element("p", text_html(made), class_="made"))
    return render_frame(words("diff.title"), lang, "\n".join(body), styles=("diff/diff.css",))


def _versions(comparison: Comparison, words: Phrases) -> list[Html]:
    return [_version(words("diff.old"), comparison.old, words), _version(words("diff.new"), comparison.new, words)]


def _version(name: str, version: PolicyVersion, words: Phrases) -> Html:
    lines = [element("p", text_html(line)) for line in version_lines(version, words)]
    unread = unread_lines(version, words)
    if unread:
        lines += [element("p", text_html(line), class_="warning") for line in (*unread, words("diff.unread"))]
    return element("section", element("h2", text_html(name)), *lines)


def _change(number: int, change: Change, comparison: Comparison, words: Phrases) -> Html:
    told = word_change(change, comparison.old, comparison.new, words)
    sign = element("span", text_html(SIGNS[change.kind]), class_="sign", aria_hidden="true")
    duty = element("p", text_html(f"{told.duty}　{told.clauses}"), class_="why")
    inner = (
        element("h3", sign, text_html(title_of(told, words))),
        _fields(told.fields),
        element("div", *_places(told, words), class_="places"),
        duty if change.grave else "",
    )
    return element("li", *inner, id=f"c{number}", value=number, class_=change.kind.value)


def _fields(fields: Sequence[FieldWords]) -> Html:
    if not fields:
        return ""
    rows = (
        element(
            "tr",
            element("th", text_html(field.label), scope="row"),
            element("td", _side("del", field.old)),
            element("td", _side("ins", field.new)),
        )
        for field in fields
    )
    return element("table", *rows)


def _side(tag: str, value: str) -> Html:
    return element(tag, text_html(value)) if value else ""


def _places(told: ChangeWords, words: Phrases) -> list[Html]:
    return [
        element("p", element("b", text_html(words(f"diff.{key}"))), " ", text_html(place))
        for key, places in (("old", told.old), ("new", told.new))
        for place in places
    ]
