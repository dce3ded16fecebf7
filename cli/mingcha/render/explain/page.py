"""The annotated page: head, legend, documents section by section, and the panel beside them."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mingcha.render.explain.body import render_blocks
from mingcha.render.explain.facts import find_facts
from mingcha.render.explain.findings import render_findings
from mingcha.render.explain.head import render_head, render_legend, render_outline
from mingcha.render.explain.ink import Ink
from mingcha.render.explain.judged import find_elements, find_judged
from mingcha.render.explain.lacking import Lacking, find_lacking
from mingcha.render.explain.margin import render_gaps, render_margin
from mingcha.render.explain.marks import Mark, gather
from mingcha.render.explain.notes import render_notes
from mingcha.render.explain.reading import Reading
from mingcha.render.numbering import number_findings
from mingcha.render.web.frame import render_frame
from mingcha.render.web.markup import Html, element, text_html
from mingcha.result import Result
from mingcha.words import Phrases
from mingcha_analyzers.policy.values import Document, Policy, Section

MAX_TEXT = 1_500_000
"""Characters of the policy that a page holds; a megabyte of Chinese text is a third of a million."""
MAX_READINGS = 12_000


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What the sections of all documents are written from."""

    policy: Policy
    readings: Sequence[Reading]
    lacking: Mapping[int, tuple[Lacking, ...]]
    numbers: Mapping[str, int]
    words: Phrases


def render_explanation(result: Result, lang: str) -> str:
    """Return the policy of a result as one annotated HTML page; without a policy the page says so."""
    words, policy = Phrases(lang), result.policy
    title = words("explain.title")
    if policy is None:
        return render_frame(title, lang, element("p", text_html(words("value.no_policy"))))
    findings = result.assessment.findings
    readings, left_out = _readings(result, policy, words)
    lacking = find_lacking(policy, findings, result.as_of)
    sheet = _Sheet(policy, readings, lacking, number_findings(findings), words)
    text, cut = _documents(sheet)
    body = (
        render_head(result, policy, words, left_out=left_out, cut=cut),
        render_findings(readings, result, words),
        render_legend(readings, words),
        element("nav", render_outline(policy, words), class_="contents", aria_label=words("explain.contents")),
        element("main", text, id="text"),
        element("aside", _panel(words), id="panel", aria_live="polite", aria_label=words("explain.panel")),
    )
    return render_frame(title, lang, "\n".join(body), styles=("explain/explain.css",), script="explain/explain.js")


def _readings(result: Result, policy: Policy, words: Phrases) -> tuple[list[Reading], int]:
    """Return what is shown, in the order of the text, and how many are left out: the last kinds first."""
    found = [*find_facts(policy, words), *find_judged(result.assessment, words), *find_elements(policy, words)]
    shown = found[:MAX_READINGS]
    place = {document.id: at for at, document in enumerate(policy.documents)}
    shown.sort(key=lambda item: (place.get(item.span.doc, 0), item.span.start, -item.span.end))
    return shown, len(found) - len(shown)


def _documents(sheet: _Sheet) -> tuple[Html, int]:
    """Return the documents, and how many characters of them the page has no room for."""
    room, parts, at = MAX_TEXT, [], 0
    for document in sheet.policy.documents:
        sections = [section for section in sheet.policy.sections if section.span.doc == document.id]
        parts.append(_document(sheet, document, sections, at, max(0, room)))
        room -= len(document.text)
        at += len(sections)
    parts.append(render_gaps(sheet.lacking.get(at, ()), sheet.numbers, sheet.words))
    return "\n".join(parts), max(0, -room)


def _document(sheet: _Sheet, document: Document, sections: Sequence[Section], first: int, room: int) -> Html:
    numbered = [(number, item) for number, item in enumerate(sheet.readings) if item.span.doc == document.id]
    marks = gather(
        [
            (number, item.kind, (item.span.start, item.span.end), [(word.start, word.end) for word in item.words])
            for number, item in numbered
        ]
    )
    writer = _Writer(sheet, document, Ink(document.text, marks, sheet.words), numbered, _marked(marks))
    shown = [(at, section) for at, section in enumerate(sections, first) if section.span.start < room or at == first]
    role = sheet.words.or_key("role", document.role.value)
    head = element(
        "h2", text_html(f"{document.path}（{role}）" if sheet.words.lang == "zh" else f"{document.path} ({role})")
    )
    return element("article", head, *(writer.section(at, section, room) for at, section in shown), id=document.id)


def _marked(marks: Sequence[Mark]) -> Mapping[int, int]:
    """Return for each reading the number that its mark in the text goes by."""
    return {number: mark.numbers[0] for mark in marks if not mark.word for number in mark.numbers}


class _Writer:
    """Writes the sections of one document."""

    def __init__(
        self,
        sheet: _Sheet,
        document: Document,
        ink: Ink,
        numbered: Sequence[tuple[int, Reading]],
        marked: Mapping[int, int],
    ) -> None:
        self.sheet, self.document, self.ink, self.numbered, self.marked = sheet, document, ink, numbered, marked
        self.starts = [block.start for block in document.blocks]
        self.places = [item.span.start for _, item in numbered]
        self.lines = [at for at, char in enumerate(document.text) if char == "\n"]

    def section(self, at: int, section: Section, room: int) -> Html:
        """Return a section: its margin, its text up to ``room``, its notes."""
        start, end = section.span.start, min(section.span.end, max(room, section.span.start))
        blocks = self.document.blocks[self._index(self.starts, start) : self._index(self.starts, end)]
        numbered = self.numbered[self._index(self.places, start) : self._index(self.places, end)]
        notes = [(number, self.marked.get(number, number), self._place(item), item) for number, item in numbered]
        lacking = self.sheet.lacking.get(at, ())
        gaps = render_gaps(lacking, self.sheet.numbers, self.sheet.words)
        margin = render_margin(section, lacking, self.sheet.numbers, self.sheet.words)
        text = element("div", render_blocks(blocks, self.ink), render_notes(notes, self.sheet.words), class_="text")
        return gaps + element("section", margin, text, class_="part", id=f"s{at}")

    def _index(self, places: Sequence[int], offset: int) -> int:
        return bisect_right(places, offset - 1)

    def _place(self, reading: Reading) -> str:
        page = self.document.page(reading.span.start)
        if page is not None:
            return self.sheet.words("value.page", page=page)
        line = bisect_right(self.lines, reading.span.start - 1)
        known = self.document.source_lines
        return self.sheet.words("explain.line", line=known[line] if line < len(known) else line + 1)


def _panel(words: Phrases) -> Html:
    hint = element("p", text_html(words("explain.hint")), class_="hint")
    return element("h2", text_html(words("explain.panel"))) + hint + element("div", class_="readings")
