"""The findings in front of the text, each with links to the places that it rests on."""

from collections.abc import Sequence

from mingcha.render.explain.judged import finding_rows, finding_title
from mingcha.render.explain.reading import Kind, Reading
from mingcha.render.numbering import number_findings
from mingcha.render.web.markup import Html, element, text_html
from mingcha.result import Result
from mingcha.words import Phrases
from mingcha_rules.values import Finding

MAX_FINDINGS = 400
MAX_LINKS = 5


def render_findings(readings: Sequence[Reading], result: Result, words: Phrases) -> Html:
    """Return the findings in the order of the reports; nothing where there are none."""
    findings = result.assessment.findings
    if not findings:
        return ""
    numbers = number_findings(findings)
    places: dict[str, list[int]] = {}
    for number, reading in enumerate(readings):
        if reading.kind is Kind.FINDING:
            places.setdefault(reading.title, []).append(number)
    ordered = sorted(findings, key=lambda finding: numbers[finding.fingerprint])[:MAX_FINDINGS]
    entries = []
    for finding in ordered:
        title = finding_title(finding, numbers)
        entries.append(_entry(finding, numbers[finding.fingerprint], title, places.get(title, [])[:MAX_LINKS], words))
    head = element("summary", text_html(words("explain.findings", count=len(findings))))
    return element("details", head, element("ol", *entries), class_="findings")


def _entry(finding: Finding, number: int, title: str, places: Sequence[int], words: Phrases) -> Html:
    rows = dict(finding_rows(finding, words))
    links = "".join(element("a", text_html(f"↓{at}"), href=f"#r{place}") for at, place in enumerate(places, 1))
    level = element("span", text_html(rows["severity"]), class_=f"level {finding.severity}")
    return element(
        "li",
        element("b", text_html(title)),
        level,
        element("span", text_html(rows["message"])),
        element("span", links, class_="places") if links else "",
        element("span", text_html(rows["clause"]), class_="place"),
        id=f"f{number}",
    )
